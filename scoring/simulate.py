"""What would change if indicators stood at other levels."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict

from scoring.assessment import Assessment, Stage
from scoring.completion import completed
from scoring.figures import Exact, exactly, shown
from scoring.inference import ForcedSum
from scoring.instrument import Instrument
from scoring.refusal import RefusedInput, Text
from scoring.scorecard import Scoring, Span

_CHANGE = re.compile(
    r"^\s*(?:I|indikator|indicator)?\s*(\d+)\s*(?:=|:|->|→|\b(?:men)?jadi\b|\bto\b)\s*(\d+(?:[.,]\d+)?)\s*$",
    re.IGNORECASE,
)


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Change(_Document):
    """One indicator at another value; ``before`` is None where it was not assessed.

    ``effect`` is in points of the index, None where there was no value before.
    """

    indicator: int
    name: str
    name_en: str
    before: Exact | None
    after: Exact
    effect: Exact | None


class Difference(_Document):
    """A node whose value changes. Floor and ceiling differ while something under it is not assessed."""

    node: str
    name: str
    name_en: str
    before: Exact | None
    after: Exact | None
    before_shown: str | None
    after_shown: str | None
    delta: Exact | None
    floor: Exact
    ceiling: Exact


class NextBand(_Document):
    """The next higher predikat: the index it needs by the rule of the year, and how far that is."""

    name: str
    name_en: str
    needs: Exact
    distance: Exact


class Simulation(_Document):
    """Before and after. Without all levels there is no index and no rating, only floor and ceiling.

    ``inferred`` are levels that the published totals force, ``sums`` indicators of which they give the sum; both
    are counted.
    """

    instrument: str
    agency: str
    year: int
    stage: Stage
    changes: tuple[Change, ...]
    index: Difference
    nodes: tuple[Difference, ...]
    rating_before: str | None
    rating_after: str | None
    rating_before_en: str | None
    rating_after_en: str | None
    next_band: NextBand | None
    inferred: dict[int, int]
    sums: tuple[ForcedSum, ...]
    second_hand: bool


def simulate(assessment: Assessment, changes: Mapping[int, Any]) -> Simulation:
    """Score an assessment as if some indicators stood at other values.

    Args:
        assessment: at indicator level.
        changes: indicator number to new level (or decimal value where the instrument has them).

    Raises:
        RefusedInput: levels are not known, or a number or value does not exist in the instrument.
    """
    if not assessment.levels:
        raise _levels_needed(assessment)
    known = completed(assessment, changes)
    after = Assessment.model_validate(
        dict(assessment) | {"levels": known.assessment.levels | dict(changes), "published": None}
    )
    old, new = Scoring(known.assessment), Scoring(after)
    instrument = new.instrument
    rated = [
        None if scoring.index.exact is None else instrument.rating(scoring.index.exact, assessment.year)
        for scoring in (old, new)
    ]
    return Simulation(
        instrument=instrument.id,
        agency=assessment.agency,
        year=assessment.year,
        stage=assessment.stage,
        changes=tuple(_changes(known.assessment, after, instrument, changes)),
        index=_difference(instrument, "index", old.index, new.index),
        nodes=tuple(
            _difference(instrument, node, old.span(node), new.span(node))
            for node in _nodes(instrument)
            if old.span(node) != new.span(node)
        ),
        rating_before=rated[0].name.id if rated[0] else None,
        rating_after=rated[1].name.id if rated[1] else None,
        rating_before_en=rated[0].name.en if rated[0] else None,
        rating_after_en=rated[1].name.en if rated[1] else None,
        next_band=None if new.index.exact is None else next_band(instrument, new.index.exact, assessment.year),
        inferred=known.forced,
        sums=known.sums,
        second_hand=instrument.second_hand,
    )


def next_band(instrument: Instrument, index: Fraction, year: int) -> NextBand | None:
    """The predikat above an exact index and the points missing to it; None at the top."""
    for band in instrument.bands:
        needs = instrument.threshold(band, year)
        if needs > index:
            return NextBand(name=band.name.id, name_en=band.name.en, needs=needs, distance=needs - index)
    return None


def read_changes(texts: Iterable[str]) -> dict[int, Fraction]:
    """Read changes as "21=3"; a comma or point is allowed in decimals.

    >>> read_changes(["21=3", "22=4"])
    {21: Fraction(3, 1), 22: Fraction(4, 1)}

    Raises:
        RefusedInput: for other text, or an indicator given twice.
    """
    changes: dict[int, Fraction] = {}
    for text in texts:
        found = _CHANGE.match(text)
        if not found:
            raise _not_a_change(text, "tidak dapat dibaca", "cannot be read")
        number = int(found[1])
        if number in changes:
            raise _not_a_change(text, f"mengulang indikator {number}", f"repeats indicator {number}")
        changes[number] = exactly(found[2].replace(",", "."))
    return changes


def _changes(before: Assessment, after: Assessment, instrument: Instrument, changes: Iterable[int]) -> Iterator[Change]:
    for number in sorted(changes):
        indicator = instrument.indicators[number - 1]
        old, new = before.levels.get(number), after.levels[number]
        effect = None if old is None else indicator.weight * (new - old) / 100
        yield Change(
            indicator=number,
            name=indicator.name.id,
            name_en=indicator.name.en,
            before=old,
            after=new,
            effect=effect,
        )


def _nodes(instrument: Instrument) -> Iterator[str]:
    yield from (f"domain {domain.number}" for domain in instrument.domains)
    yield from (f"aspect {aspect.number}" for aspect in instrument.aspects)


def _difference(instrument: Instrument, node: str, before: Span, after: Span) -> Difference:
    name = instrument.node_name(node)
    old, new = before.exact, after.exact
    return Difference(
        node=node,
        name=name.id,
        name_en=name.en,
        before=old,
        after=new,
        before_shown=None if old is None else shown(old),
        after_shown=None if new is None else shown(new),
        delta=None if old is None or new is None else new - old,
        floor=after.floor,
        ceiling=after.ceiling,
    )


def _levels_needed(assessment: Assessment) -> RefusedInput:
    return RefusedInput(
        "levels_not_known",
        Text(
            id=f"Tingkat tiap indikator {assessment.agency} {assessment.year} belum ada, jadi perubahannya "
            "tidak dapat disimulasikan. Masukkan penilaian sampai tingkat indikator, lalu ulangi.",
            en=f"The levels of {assessment.agency} {assessment.year} by indicator are not known, so changes "
            "cannot be simulated. Give an assessment at indicator level and try again.",
        ),
        basis=assessment.basis,
    )


def _not_a_change(text: str, indonesian: str, english: str) -> RefusedInput:
    return RefusedInput(
        "change_not_understood",
        Text(
            id=f"Perubahan {text!r} {indonesian}. Yang diterima: nomor indikator=tingkat, misalnya 21=3, "
            "tiap indikator satu kali.",
            en=f"Change {text!r} {english}. Accepted: indicator number=level, such as 21=3, each indicator once.",
        ),
        change=text,
    )
