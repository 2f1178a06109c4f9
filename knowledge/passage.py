"""A passage: the smallest piece of a rule that is retrieved, cited and shown."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["official", "digest", "finding"]


class Passage(BaseModel):
    """One place of one rule, as text.

    Attributes:
        id: stable name, unique in the library; ``official:``, ``digest:`` or ``finding:`` and the place.
        rule: id of the rule, such as ``perpres-95-2018``.
        title: short title for citations, such as ``Perpres 95/2018 tentang SPBE``.
        locator: the place as people cite it, such as ``Pasal 6 ayat (1)`` or ``Indikator 21 Level 3``.
        text: the whole passage as the rule has it (official), or our statement of it (digest).
        kind: official text, our digest of it, or a finding of the assessors about one agency.
        page: page in the source, where it has pages; counted from 1.
        headings: the headings above it, outermost first.
        questions: questions that this passage answers, further keys to it.
        second_hand: the text behind it was not read by us.
        inferred: its heading was missing in a damaged source and inferred from the sequence.
        agency: register name of the agency it belongs to; None for law. ``published`` False keeps it there.
        english: the same in English, where our digest has it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    rule: str
    title: str
    locator: str
    text: str
    kind: Kind = "official"
    page: int | None = None
    headings: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    second_hand: bool = False
    inferred: bool = False
    agency: str | None = None
    published: bool = True
    english: str | None = None

    @property
    def place(self) -> str:
        """The canonical place, equal for a digest and the official text it digests."""
        return f"{self.rule}#{place(self.locator)}"


_STEPS = (
    ("pasal", r"pasal\s+(\d+[a-z]?|[ivxl]+)\b"),
    ("ayat", r"ayat\s+\(?(\d+[a-z]?)\)?"),
    ("huruf", r"huruf\s+([a-z])\b"),
    ("angka", r"angka\s+(\d+(?:\.\d+)*)"),
    ("indikator", r"indikator\s+(\d+)"),
    ("tingkat", r"(?:tingkat|level)\s+(\d+)"),
    ("tabel", r"tabel\s+(\d+)"),
    ("bab", r"bab\s+([ivxl]+|\d+)\b"),
)


def place(locator: str) -> str:
    """Normalise a locator so that spellings of one place agree.

    >>> place("Pasal 6 ayat (1)"), place("BAB II, Indikator 21 Level 3")
    ('pasal-6/ayat-1', 'indikator-21/tingkat-3')
    """
    text = locator.lower()
    found = [f"{name}-{match[1]}" for name, pattern in _STEPS if (match := re.search(pattern, text))]
    if any(step.startswith(("pasal", "indikator")) for step in found):
        found = [step for step in found if not step.startswith("bab")]
    return "/".join(found) or re.sub(r"[^a-z0-9]+", "-", text).strip("-")
