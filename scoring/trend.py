"""One agency over the years, with a visible break where the instrument changed and no year made up."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from pydantic import BaseModel, ConfigDict

from scoring.assessment import STAGE_NAMES, Assessment, Stage
from scoring.figures import Exact, shown
from scoring.refusal import RefusedInput, Text
from scoring.scorecard import Scoring
from scoring.standing import Source, finest, standing

_STAGES: tuple[str, ...] = get_args(Stage)
"""From the first to the last stage; of one year the latest but no target makes the series."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Point(_Document):
    """The node in one year at one stage; without a value where it is not fully known or does not exist.

    ``rating`` is the predikat of the index, and stands only there: the published one where there is one.
    """

    year: int
    stage: Stage
    instrument: str
    value: Exact | None
    value_shown: str | None
    floor: Exact | None
    ceiling: Exact | None
    source: Source
    rating: str | None
    second_hand: bool


class Move(_Document):
    """From one year of the series to the next that is known.

    Attributes:
        delta: the difference; None where a value is missing or the instrument changed.
        break_: True where the instrument changed: the values are not comparable, and ``note`` says so.
        skipped: years in between for which nothing is known.
    """

    from_year: int
    to_year: int
    delta: Exact | None
    delta_shown: str | None
    break_: bool
    skipped: tuple[int, ...]
    note: Text | None


class Trend(_Document):
    """``points`` has one stage a year, ``others`` the other stages of the same years."""

    agency: str
    node: str
    points: tuple[Point, ...]
    moves: tuple[Move, ...]
    missing_years: tuple[int, ...]
    others: tuple[Point, ...]


def trend(assessments: Sequence[Assessment], node: str = "index") -> Trend:
    """Follow one agency's node over the years.

    Args:
        assessments: of one agency, in any order; several stages of one year are allowed.
        node: "index", "domain 2" ...; instruments without it have points without a value.

    Raises:
        RefusedInput: nothing given, several agencies, one year and stage twice, or a node no instrument has.
    """
    _check(assessments)
    if not any(_has(assessment, node) for assessment in assessments):
        Scoring(assessments[0]).instrument.node(node)
    ordered = sorted(assessments, key=lambda a: (a.year, a.stage != "target", _STAGES.index(a.stage)))
    latest = {assessment.year: assessment for assessment in ordered}
    series = list(latest.values())
    points = [_point(assessment, node) for assessment in series]
    known = set(latest)
    missing = [year for year in range(min(known), max(known)) if year not in known]
    return Trend(
        agency=assessments[0].agency,
        node=node,
        points=tuple(points),
        moves=tuple(_move(before, after, missing) for before, after in pairwise(points)),
        missing_years=tuple(missing),
        others=tuple(_point(assessment, node) for assessment in ordered if assessment not in series),
    )


def _check(assessments: Sequence[Assessment]) -> None:
    agencies = sorted({assessment.agency for assessment in assessments})
    if len(agencies) != 1:
        names = ", ".join(agencies) or "-"
        raise RefusedInput(
            "one_agency_needed",
            Text(
                id=f"Tren memerlukan penilaian dari satu instansi; yang diberikan: {names}.",
                en=f"A trend needs the assessments of one agency; given: {names}.",
            ),
            agencies=agencies,
        )
    keys = [(assessment.year, assessment.stage) for assessment in assessments]
    for year, stage in keys:
        if keys.count((year, stage)) > 1:
            raise RefusedInput(
                "year_given_twice",
                Text(
                    id=f"Tahun {year} ({STAGE_NAMES[stage].id}) diberikan dua kali. Pilih satu.",
                    en=f"Year {year} ({STAGE_NAMES[stage].en}) is given twice. Choose one.",
                ),
                year=year,
                stage=stage,
            )


def _has(assessment: Assessment, node: str) -> bool:
    try:
        Scoring(assessment).instrument.node(node)
    except RefusedInput:
        return False
    return True


def _point(assessment: Assessment, node: str) -> Point:
    scoring = Scoring(finest(assessment))
    instrument, published = scoring.instrument, assessment.published
    found = standing(scoring, node) if _has(assessment, node) else None
    value = found.value if found else None
    rating = None
    if node == "index" and value is not None:
        printed = published.rating if published else None
        rating = printed or instrument.rating(value, assessment.year).name.id
    return Point(
        year=assessment.year,
        stage=assessment.stage,
        instrument=instrument.id,
        value=value,
        value_shown=None if value is None else shown(value),
        floor=found.floor if found else None,
        ceiling=found.ceiling if found else None,
        source=found.source if found else "computed",
        rating=rating,
        second_hand=instrument.second_hand,
    )


def _move(before: Point, after: Point, missing: list[int]) -> Move:
    break_ = before.instrument != after.instrument
    delta: Fraction | None = None
    if not break_ and before.value is not None and after.value is not None:
        delta = after.value - before.value
    return Move(
        from_year=before.year,
        to_year=after.year,
        delta=delta,
        delta_shown=None if delta is None else shown(delta),
        break_=break_,
        skipped=tuple(year for year in missing if before.year < year < after.year),
        note=_note(before, after),
    )


def _note(before: Point, after: Point) -> Text | None:
    if before.instrument != after.instrument:
        return Text(
            id=f"Instrumen berganti dari {before.instrument} ke {after.instrument}: "
            f"nilai {before.year} dan {after.year} tidak dapat dibandingkan langsung.",
            en=f"The instrument changed from {before.instrument} to {after.instrument}: "
            f"the values of {before.year} and {after.year} are not directly comparable.",
        )
    if before.stage != after.stage:
        old, new = STAGE_NAMES[before.stage], STAGE_NAMES[after.stage]
        return Text(
            id=f"Tahapnya berbeda: {old.id} pada {before.year}, {new.id} pada {after.year}.",
            en=f"The stages differ: {old.en} in {before.year}, {new.en} in {after.year}.",
        )
    return None
