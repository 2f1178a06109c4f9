"""What a plan is to reach: an index, a predikat, every indicator at least a level, or several at once."""

import re
from fractions import Fraction
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from scoring.figures import Exact, exactly, unrounded
from scoring.instrument import Instrument, RatingBand
from scoring.refusal import RefusedInput, Text

_EVERY = re.compile(
    r"\b(?:semua|setiap|tiap|seluruh|masing-masing|every|each|all)\b[^\d]*?(?:indi[kc]at\w+|nilai|levels?|tingkat)"
    r"[^\d]*?(\d+)(?![\d.,]*\d)"
    r"|\b(?:minimal|minimum|paling (?:rendah|sedikit)|at least|level|tingkat) (?:level |tingkat |di )*"
    r"([1-5])(?![\d.,]*\d)"
    r"(?: \w+){0,2} (?:semua(?:nya)?|setiap|seluruh(?:nya)?|every|each|all|everywhere|across the board)\b"
)
_MINIMUM = re.compile(r"(?:target\s+)?minim(?:al|um)\s+nasional|national\s+minimum(?:\s+target)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Target(BaseModel):
    """The conditions a plan has to meet together.

    Attributes:
        index: the exact index is at least this.
        rating: Indonesian name of the predikat to earn by the rule of the year.
        every: every indicator stands at this level or higher.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    index: Exact | None = None
    rating: str | None = None
    every: int | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.index is None and self.rating is None and self.every is None:
            raise ValueError("a target needs an index, a rating or a level for every indicator")
        return self

    def needed_index(self, instrument: Instrument, year: int) -> Fraction:
        """The least exact index that meets the index and rating conditions."""
        needed = [instrument.scale.lowest]
        if self.index is not None:
            needed.append(self.index)
        if self.rating is not None:
            needed.append(instrument.threshold(band_named(instrument, self.rating), year))
        return max(needed)


def band_named(instrument: Instrument, name: str) -> RatingBand:
    """The band with an Indonesian or English name, whatever its capitals.

    Raises:
        RefusedInput: naming the bands there are.
    """
    wanted = " ".join(name.casefold().split())
    for band in instrument.bands:
        if wanted in (band.name.id.casefold(), band.name.en.casefold()):
            return band
    raise _not_a_target(name, instrument)


def read_target(text: str, instrument: Instrument) -> Target:
    """Read a target as people write it.

    >>> from scoring import load_instrument
    >>> read_target("3,5 dan semua indikator minimal 3", load_instrument("spbe-2020"))
    Target(index=Fraction(7, 2), rating=None, every=3)

    Raises:
        RefusedInput: for anything else; the message says what is accepted.
    """
    rest = " ".join(text.casefold().split())
    index = rating = every = None
    minimum = instrument.minimum
    if minimum and (found := _MINIMUM.search(rest)):
        index, every = minimum.index, minimum.indicator
        rest = _without(rest, found)
    if found := _EVERY.search(rest):
        every = int(found[1] or found[2])
        rest = _without(rest, found)
    names = {name.casefold(): band for band in instrument.bands for name in (band.name.id, band.name.en)}
    for name in sorted(names, key=len, reverse=True):
        if found := re.search(rf"\b{re.escape(name)}\b", rest):
            rating = names[name].name.id
            rest = _without(rest, found)
            break
    numbers = _NUMBER.findall(rest)
    if numbers:
        index = exactly(numbers[0].replace(",", "."))
    scale = instrument.scale
    fits = index is None or scale.lowest <= index <= scale.highest
    fits = fits and (every is None or every in instrument.levels)
    if len(numbers) > 1 or not fits or (index is None and rating is None and every is None):
        raise _not_a_target(text, instrument)
    return Target(index=index, rating=rating, every=every)


def every_level(text: str) -> str | None:
    """The part of a text that asks every indicator for a level ("semua indikator minimal 3"), as a target."""
    found = _EVERY.search(text.casefold()) or _MINIMUM.search(text.casefold())
    return found[0] if found else None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _not_a_target(text: str, instrument: Instrument) -> RefusedInput:
    low, high = unrounded(instrument.scale.lowest), unrounded(instrument.scale.highest)
    names_id = ", ".join(band.name.id for band in instrument.bands)
    names_en = ", ".join(band.name.en for band in instrument.bands)
    return RefusedInput(
        "target_not_understood",
        Text(
            id=f"Target {text!r} tidak dapat dipakai untuk {instrument.id}. Yang diterima: indeks dari {low} "
            f'sampai {high} (misalnya 3,5), predikat ({names_id}), atau "semua indikator minimal 3".',
            en=f"Target {text!r} cannot be used for {instrument.id}. Accepted: an index from {low} to {high} "
            f'(such as 3.5), a rating ({names_en}), or "every indicator at least 3".',
        ),
        target=text,
        instrument=instrument.id,
    )
