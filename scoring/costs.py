"""What level steps cost an agency, and what it cannot or will not touch."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from scoring.figures import Exact, unrounded
from scoring.instrument import Instrument
from scoring.refusal import RefusedInput, Text


def _positive(value: Fraction) -> Fraction:
    if value <= 0:
        raise ValueError("must be more than zero")
    return value


Price = Annotated[Exact, AfterValidator(_positive)]


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class StepCost(_Given):
    """The price of one step: lifting an indicator from the level below to ``level``.

    ``cost`` is in whatever unit the agency uses throughout; ``weeks`` is its duration.
    """

    indicator: int
    level: int
    cost: Price = Fraction(1)
    weeks: Price | None = None


class Costs(_Given):
    """An agency's own prices and limits. A step without a price costs ``default``.

    Attributes:
        locked: indicators that are not to be touched.
        highest: the level within reach for every indicator; ``highest_of`` for single ones.
        max_indicators: how many indicators may be touched at most.
    """

    steps: tuple[StepCost, ...] = ()
    default: Price = Fraction(1)
    locked: frozenset[int] = frozenset()
    highest: int | None = None
    highest_of: dict[int, int] = {}
    max_indicators: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _each_step_once(self) -> Self:
        seen: set[tuple[int, int]] = set()
        for step in self.steps:
            if (step.indicator, step.level) in seen:
                raise ValueError(f"indicator {step.indicator} level {step.level} is priced twice")
            seen.add((step.indicator, step.level))
        return self

    @cached_property
    def _prices(self) -> dict[tuple[int, int], StepCost]:
        return {(step.indicator, step.level): step for step in self.steps}

    def price(self, indicator: int, level: int) -> Fraction:
        step = self._prices.get((indicator, level))
        return step.cost if step else self.default

    def weeks(self, indicator: int, level: int) -> Fraction | None:
        step = self._prices.get((indicator, level))
        return step.weeks if step else None

    def within_reach(self, indicator: int, instrument: Instrument) -> int:
        """The highest level the agency allows for an indicator that is not locked."""
        highest = instrument.levels[-1]
        general = highest if self.highest is None else self.highest
        return min(highest, self.highest_of.get(indicator, general))

    def check(self, instrument: Instrument) -> None:
        """Refuse prices and limits for indicators or levels that do not exist.

        Raises:
            RefusedInput: naming the first of them.
        """
        numbers = range(1, len(instrument.indicators) + 1)
        for number in (*(step.indicator for step in self.steps), *sorted(self.locked), *self.highest_of):
            if number not in numbers:
                raise _unknown("indikator", "indicator", number, f"1-{numbers[-1]}", instrument)
        limits: list[Any] = [step.level for step in self.steps] + list(self.highest_of.values())
        limits += [] if self.highest is None else [self.highest]
        for level in limits:
            if level not in instrument.levels:
                accepted = f"{instrument.levels[0]}-{instrument.levels[-1]}"
                raise _unknown("tingkat", "level", level, accepted, instrument)


def _unknown(id_: str, en: str, number: Any, accepted: str, instrument: Instrument) -> RefusedInput:
    return RefusedInput(
        "cost_not_allowed",
        Text(
            id=f"Tabel biaya: {id_} {number} tidak ada pada {instrument.id} (yang ada: {accepted}).",
            en=f"Cost table: {en} {number} does not exist in {instrument.id} (there are {accepted}).",
        ),
        **{en: unrounded(number) if isinstance(number, Fraction) else number},
    )
