"""Which indicators of one instrument go on in the next, and an agency's values on both sides of the change."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scoring.assessment import Assessment
from scoring.figures import Exact, shown
from scoring.instrument import Instrument, LegalBasis, load_instrument
from scoring.refusal import RefusedInput, Text
from scoring.yaml_text import read_yaml

SHIPPED = Path(__file__).parent / "crosswalks"


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Link(_Document):
    """Indicators that treat the same subject; one side is empty where a subject ends or is new."""

    from_: tuple[int, ...] = Field(alias="from")
    to: tuple[int, ...]
    relation: Literal["continues", "partly", "ends", "new"]
    reason: Text
    source: LegalBasis


class Crosswalk(_Document):
    """A mapping between two instruments, many to many, with the reason of each link."""

    from_instrument: str
    to_instrument: str
    second_hand: bool
    note: Text
    links: tuple[Link, ...]


class Side(_Document):
    """An indicator on one side; the value is None where it is not assessed."""

    number: int
    name: str
    name_en: str
    value: Exact | None
    value_shown: str | None


class Crossing(_Document):
    """One link with the values on both sides.

    ``before_mean`` and ``after_mean`` are weighted means, None where a value is missing. They stand side by
    side: the criteria differ, so no difference is computed.
    """

    relation: str
    reason: Text
    source: LegalBasis
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    before_mean: Exact | None
    after_mean: Exact | None


class Across(_Document):
    """An agency before and after a change of instrument."""

    from_instrument: str
    to_instrument: str
    before_year: int
    after_year: int
    crossings: tuple[Crossing, ...]
    note: Text
    second_hand: bool


@cache
def load_crosswalk(from_instrument: str, to_instrument: str) -> Crosswalk:
    """The shipped crosswalk between two instruments.

    Raises:
        RefusedInput: there is none; the message names those there are.
    """
    path = SHIPPED / f"{from_instrument}--{to_instrument}.yaml"
    if path not in SHIPPED.glob("*.yaml"):
        known = ", ".join(sorted(file.stem.replace("--", " > ") for file in SHIPPED.glob("*.yaml")))
        pair = f"{from_instrument} > {to_instrument}"
        raise RefusedInput(
            "no_crosswalk",
            Text(
                id=f"Belum ada padanan indikator {pair}. Yang ada: {known}.",
                en=f"There is no mapping of indicators {pair}. There are: {known}.",
            ),
            from_instrument=from_instrument,
            to_instrument=to_instrument,
        )
    return Crosswalk.model_validate(read_yaml(path))


def across(before: Assessment, after: Assessment) -> Across:
    """Set the values of two assessments side by side, subject by subject.

    Raises:
        RefusedInput: no crosswalk leads from the first instrument to the second.
    """
    crosswalk = load_crosswalk(before.instrument, after.instrument)
    old, new = load_instrument(before.instrument), load_instrument(after.instrument)
    return Across(
        from_instrument=old.id,
        to_instrument=new.id,
        before_year=before.year,
        after_year=after.year,
        crossings=tuple(
            Crossing(
                relation=link.relation,
                reason=link.reason,
                source=link.source,
                before=_sides(before, old, link.from_),
                after=_sides(after, new, link.to),
                before_mean=_mean(before, old, link.from_),
                after_mean=_mean(after, new, link.to),
            )
            for link in crosswalk.links
        ),
        note=crosswalk.note,
        second_hand=crosswalk.second_hand,
    )


def _sides(assessment: Assessment, instrument: Instrument, numbers: Sequence[int]) -> tuple[Side, ...]:
    sides = []
    for number in numbers:
        name, value = instrument.indicators[number - 1].name, assessment.levels.get(number)
        text = None if value is None else shown(value)
        sides.append(Side(number=number, name=name.id, name_en=name.en, value=value, value_shown=text))
    return tuple(sides)


def _mean(assessment: Assessment, instrument: Instrument, numbers: Sequence[int]) -> Fraction | None:
    if not numbers or any(number not in assessment.levels for number in numbers):
        return None
    weights = {number: instrument.indicators[number - 1].weight for number in numbers}
    total = sum((weights[n] * assessment.levels[n] for n in numbers), Fraction(0))
    return total / sum(weights.values(), Fraction(0))
