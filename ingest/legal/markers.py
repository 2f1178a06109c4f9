"""Markers of Indonesian legal lists: (1), a., 1., 1), a), A., 1.2, and what OCR makes of them."""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["ayat", "number", "letter", "number)", "letter)", "(letter)", "LETTER", "ROMAN", "decimal", "LETTER.n"]

#: Letters that OCR writes for digits.
_DIGITS = str.maketrans({"l": "1", "I": "1", "|": "1", "!": "1", "O": "0", "o": "0", "S": "5", "Z": "2", "B": "8"})
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
           "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV", "XXVI", "XXVII")  # fmt: skip

_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("ayat", re.compile(r"^[({\[]\s?(\d{1,3}[a-z]?|[lI|!]|[\dlIO]{1,3})\s?[)}\]]\s*(?=\S|$)")),
    ("ayat", re.compile(r"^[({\[]\s?([\dlIO]{1,3}[\\/]?)\s?(?=[A-Z]|\s[A-Z])")),
    ("decimal", re.compile(r"^(\d{1,2}(?:\.\s?\d{1,2})+)\.?\s+(?=[A-Z])")),
    ("number", re.compile(r"^(\d{1,3}|[lI])\.\s*(?=[^\s\d.,])")),
    ("number)", re.compile(r"^(\d{1,2}|[lI])\)\s*(?=\S)")),
    ("letter", re.compile(r"^([a-z])\.\s*(?=[^\s.])")),
    ("letter)", re.compile(r"^([a-z])\)\s*(?=\S)")),
    ("(letter)", re.compile(r"^\(([a-z])\)\s*(?=\S)")),
    ("LETTER.n", re.compile(r"^([A-Z]\.\d{1,2})\.?\s+(?=\S)")),
    ("LETTER", re.compile(r"^([A-Z])\.\s+(?=\S)")),
    ("ROMAN", re.compile(r"^([IVX]{1,6})\.\s+(?=\S)")),
)


#: A row of a table of criteria starts with its number in a column of its own; OCR may read any one sign for
#: it, or add one to it.
_ROW = re.compile(r"^([^\sa-z(\[|/&-]\d|[^\sa-z(\[|/&-]|[tli]|\|(?!.*\|))[.)]?(?:\s+(?=[A-Z])|$)")
_BUILDS_ON = re.compile(r"^(?:\S{1,2}\s+)?Kriteria\s+(?:tingkat|level)\s+(\d)\s+(?:telah|sudah)\b", re.I)


@dataclass(frozen=True)
class Row:
    """How a row of a table of criteria starts.

    Attributes:
        value: its number as it stands; None where no digit can be made of it.
        builds_on: the level that its text says it builds on: "Kriteria tingkat 2 telah terpenuhi dan".
    """

    value: int | None
    builds_on: int | None


def row(text: str) -> Row | None:
    """The row that a line opens; None where it opens none."""
    sign, said = _ROW.match(text), _BUILDS_ON.match(text)
    if sign is None and said is None:
        return None
    return Row(number(sign[1]) if sign else None, int(said[1]) if said else None)


@dataclass(frozen=True)
class Marker:
    """How a line starts.

    Attributes:
        style: which list it belongs to.
        values: what its number may be, the likeliest first: "(21" is 2 with a misread bracket, or 21.
        written: the marker as it stands, without brackets.
        end: where the text behind it starts.
    """

    style: Style
    values: tuple[int, ...]
    written: str
    end: int

    def locator(self, value: int) -> str:
        """The part of a locator that it makes, such as "ayat (2)" or "huruf c"."""
        match self.style:
            case "ayat":
                return f"ayat ({value})"
            case "number":
                return f"angka {value}"
            case "number)":
                return f"angka {value})"
            case "letter":
                return f"huruf {chr(96 + value)}"
            case "letter)":
                return f"huruf {chr(96 + value)})"
            case "(letter)":
                return f"huruf ({chr(96 + value)})"
            case "LETTER":
                return f"huruf {chr(64 + value)}"
            case "ROMAN":
                return f"bagian {ROMANS[value - 1]}"
            case "LETTER.n":
                return f"huruf {self.written}"
            case "decimal":
                return f"angka {self.written.replace(' ', '')}"


def markers(text: str) -> list[Marker]:
    """All readings of how the line starts; "I." is the letter I or Roman one."""
    found = []
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        if values := _values(style, match[1]):
            found.append(Marker(style, values, match[1].replace(" ", ""), match.end()))
    return found


def starts_item(text: str) -> bool:
    """Whether the line starts with a marker of a list."""
    return bool(markers(text))


def number(written: str) -> int | None:
    """The number behind digits that OCR may have misread.

    >>> number("2O"), number("I 1"), number("12"), number("x")
    (20, 11, 12, None)
    """
    digits = written.replace(" ", "").translate(_DIGITS)
    return int(digits) if digits.isdecimal() else None


def roman(written: str) -> int | None:
    """The value of a Roman numeral up to 27; a small l or a 1 is a misread I."""
    text = written.replace("l", "I").replace("1", "I")
    return ROMANS.index(text) + 1 if text in ROMANS else None


def _values(style: Style, written: str) -> tuple[int, ...]:
    match style:
        case "ayat":
            return _ayat_values(written)
        case "number" | "number)":
            value = number(written)
            return (value,) if value else ()
        case "letter" | "letter)" | "(letter)":
            return (ord(written) - 96,)
        case "LETTER":
            return (ord(written) - 64,)
        case "ROMAN":
            value = roman(written)
            return (value,) if value else ()
        case "LETTER.n":
            return (int(written.split(".")[1]),)
        case "decimal":
            return (int(re.split(r"\.\s?", written)[-1]),)


def _ayat_values(written: str) -> tuple[int, ...]:
    whole = number(written.rstrip("abcdefghijk\\/"))
    values = [] if whole is None else [whole]
    # An unclosed bracket is often read as 1 or l: "(21 Standar" is "(2) Standar".
    if len(written) >= 2 and written[-1] in "1lI\\/":
        shorter = number(written[:-1])
        if shorter is not None:
            values.insert(0 if written[-1] != "1" else len(values), shorter)
    return tuple(value for value in values if value)
