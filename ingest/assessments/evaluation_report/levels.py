"""How a report writes a level: "3", "3,00", "Level 3 - Terdefinisi", "Tingkat III (Terdefinisi)"."""

import re
from fractions import Fraction

from scoring.figures import exactly

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_LEVEL = re.compile(
    r"^(?:(?:level|tingkat(?:\s+kematangan)?|tkt|tk|lvl|lv)\.?\s*:?\s*)?([0-5](?:[.,]\d{1,4})?|IV|V|I{1,3})"
    r"(?:\s*[-–—:(=/]\s*(?:[a-z][a-z\s/]{0,40}\)?)?)?$",
    re.I,
)


def level_begins(text: str) -> Fraction | None:
    """The level or value that a cell holds, or begins with where its words go on in the next line.

    >>> level_begins("Tingkat III (Terpadu dan"), level_begins("2,75"), level_begins("5 layanan")
    (Fraction(3, 1), Fraction(11, 4), None)
    """
    match = _LEVEL.match(" ".join(text.split()))
    if match is None:
        return None
    said = match[1].upper()
    return Fraction(_ROMAN[said]) if said in _ROMAN else exactly(said.replace(",", "."))
