"""One assessment, target and cost table, searched for the cheapest steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import islice
from math import ceil, lcm
from typing import Literal

from scoring.assessment import Assessment
from scoring.costs import Costs
from scoring.figures import shown
from scoring.instrument import Indicator, Instrument, load_instrument
from scoring.knapsack import Choice, Knapsack, Ladder
from scoring.refusal import Text
from scoring.scorecard import Scoring
from scoring.steps import Block, Reach, Step, Way
from scoring.target import Target

_MOST_TRIED = 60
_MOST_NAMED = 8


@dataclass(frozen=True)
class _Rung:
    """One step on an indicator's ladder: the level it makes and the value it leads to."""

    level: int
    value: Fraction


class PlanSearch:
    """One assessment, target and cost table, as ladders for the knapsack.

    Steps lead to where the range of a level begins. With ``within_top`` one more may follow, inside the range of
    the highest level up to the end of the scale, at the price of the step into that level.
    """

    def __init__(
        self, assessment: Assessment, target: Target, costs: Costs, year: int, *, within_top: bool = False
    ) -> None:
        self.instrument: Instrument = load_instrument(assessment.instrument)
        costs.check(self.instrument)
        self.target, self.costs, self.year = target, costs, year
        scoring = Scoring(assessment)
        self.start = scoring.index.floor
        self.values = {number: span.floor for number, span in scoring.indicators.items()}
        self.levels = {number: self.instrument.level_of(value) for number, value in self.values.items()}
        self.needed_index = target.needed_index(self.instrument, year)
        highest = self.instrument.levels[-1]
        self.peak = self.instrument.scale.highest if within_top else self.instrument.value_of(highest)
        self.tops = {i.number: self._top(i.number) for i in self.instrument.indicators}
        self.rungs = {i.number: self._rungs(i.number) for i in self.instrument.indicators}
        self.short = [
            i for i in self.instrument.indicators if target.every is not None and self.tops[i.number] < target.every
        ]
        self.gains = {i.number: self._gains(i) for i in self.instrument.indicators}
        exact_gains = list(self.gains.values())
        exact_costs = [self._costs(i) for i in self.instrument.indicators]
        need = self.needed_index - self.start
        scale = lcm(need.denominator, *(g.denominator for gains in exact_gains for g in gains))
        unit = lcm(*(c.denominator for row in exact_costs for c in row))
        self.need = max(0, int(need * scale))
        self.ladders = [
            Ladder(
                tuple(c.numerator * (unit // c.denominator) for c in row),
                tuple(g.numerator * (scale // g.denominator) for g in gains),
                self._least(i, len(gains)),
            )
            for i, gains, row in zip(self.instrument.indicators, exact_gains, exact_costs, strict=True)
        ]

    def _top(self, number: int) -> int:
        if number in self.costs.locked:
            return self.levels[number]
        return max(self.levels[number], self.costs.within_reach(number, self.instrument))

    def _rungs(self, number: int) -> tuple[_Rung, ...]:
        top, highest = self.tops[number], self.instrument.levels[-1]
        rungs = [_Rung(level, self.instrument.value_of(level)) for level in range(self.levels[number] + 1, top + 1)]
        value = rungs[-1].value if rungs else self.values[number]
        if top == highest and number not in self.costs.locked and value < self.peak:
            rungs.append(_Rung(highest, self.peak))
        return tuple(rungs)

    def _gains(self, indicator: Indicator) -> list[Fraction]:
        value, share = self.values[indicator.number], indicator.weight / 100
        return [Fraction(0), *(share * (rung.value - value) for rung in self.rungs[indicator.number])]

    def _costs(self, indicator: Indicator) -> list[Fraction]:
        totals = [Fraction(0)]
        for rung in self.rungs[indicator.number]:
            totals.append(totals[-1] + self.costs.price(indicator.number, rung.level))
        return totals

    def _least(self, indicator: Indicator, rungs: int) -> int:
        if self.target.every is None:
            return 0
        return min(max(0, self.target.every - self.levels[indicator.number]), rungs - 1)

    def choices(self) -> Iterator[Choice]:
        """Plans by rising cost; after the first only those without a step to spare."""
        if self.short:
            return
        search = Knapsack(self.ladders, self.need, self.costs.max_indicators)
        for place, choice in enumerate(islice(search.by_set(), _MOST_TRIED)):
            if place == 0 or not self._has_step_to_spare(choice):
                yield choice

    def _has_step_to_spare(self, choice: Choice) -> bool:
        total = sum(ladder.gains[taken] for ladder, taken in zip(self.ladders, choice, strict=True))
        return any(
            taken > ladder.least and total - ladder.gains[taken] + ladder.gains[taken - 1] >= self.need
            for ladder, taken in zip(self.ladders, choice, strict=True)
        )

    def reach(self, index: Fraction) -> Reach:
        band = self.instrument.rating(index, self.year)
        return Reach(index=index, index_shown=shown(index), rating=band.name.id, rating_en=band.name.en)

    def way(self, choice: Choice) -> Way:
        steps = self._ordered(choice)
        weeks = [step.weeks for step in steps if step.weeks is not None]
        return Way(
            steps=tuple(steps),
            indicators=tuple(sorted({step.indicator for step in steps})),
            cost=sum((step.cost for step in steps), Fraction(0)),
            weeks=sum(weeks, Fraction(0)) if weeks else None,
            end=self.reach(steps[-1].index if steps else self.start),
        )

    def _ordered(self, choice: Choice) -> list[Step]:
        """The steps, the best gain for its cost first among those whose lower steps are taken."""
        chosen = self._lowered({number: self.rungs[number][:taken] for number, taken in enumerate(choice, 1) if taken})
        queue = [self._offer(number, rungs, 0) for number, rungs in chosen.items()]
        heapify(queue)
        steps: list[Step] = []
        index = self.start
        while queue:
            _, number, place = heappop(queue)
            index += self._gain(number, chosen[number], place)
            steps.append(self._step(number, chosen[number], place, index))
            if place + 1 < len(chosen[number]):
                heappush(queue, self._offer(number, chosen[number], place + 1))
        return steps

    def _lowered(self, chosen: dict[int, tuple[_Rung, ...]]) -> dict[int, tuple[_Rung, ...]]:
        """The same steps, the least of those that end inside the highest level's range no higher than needed.

        Its value is given to the hundredth, rounded up, as values are shown.
        """
        begins = self.instrument.value_of(self.instrument.levels[-1])
        inside = {n: rungs for n, rungs in chosen.items() if rungs[-1].value > begins}
        if not inside:
            return chosen
        number, rungs = max(inside.items(), key=lambda item: self._offer(item[0], item[1], len(item[1]) - 1))
        share = self.instrument.indicators[number - 1].weight / 100
        reached = self.start + sum((self.gains[n][len(rungs)] for n, rungs in chosen.items()), Fraction(0))
        enough = rungs[-1].value - (reached - self.needed_index) / share
        value = min(rungs[-1].value, Fraction(ceil(enough * 100), 100))
        return chosen | {number: (*rungs[:-1], _Rung(rungs[-1].level, value))}

    def _offer(self, number: int, rungs: tuple[_Rung, ...], place: int) -> tuple[Fraction, int, int]:
        return -self._gain(number, rungs, place) / self.costs.price(number, rungs[place].level), number, place

    def _before(self, number: int, rungs: tuple[_Rung, ...], place: int) -> _Rung:
        return rungs[place - 1] if place else _Rung(self.levels[number], self.values[number])

    def _gain(self, number: int, rungs: tuple[_Rung, ...], place: int) -> Fraction:
        rise = rungs[place].value - self._before(number, rungs, place).value
        return self.instrument.indicators[number - 1].weight * rise / 100

    def _step(self, number: int, rungs: tuple[_Rung, ...], place: int, index: Fraction) -> Step:
        indicator = self.instrument.indicators[number - 1]
        before, level = self._before(number, rungs, place), rungs[place].level
        wanted = indicator.level(level) if indicator.levels else None
        return Step(
            indicator=number,
            name=indicator.name.id,
            name_en=indicator.name.en,
            from_level=before.level,
            to_level=level,
            from_value=before.value,
            to_value=rungs[place].value,
            cost=self.costs.price(number, level),
            weeks=self.costs.weeks(number, level),
            gain=self._gain(number, rungs, place),
            index=index,
            index_shown=shown(index),
            requirement=wanted.requirement if wanted else None,
            evidence=wanted.evidence if wanted else (),
            sources=self.instrument.sources_of(number, level),
        )

    @cached_property
    def furthest(self) -> Fraction:
        """The highest index the agency's limits allow, whatever it costs."""
        rises = sorted((gains[-1] for gains in self.gains.values()), reverse=True)
        return self.start + sum(rises[: self.costs.max_indicators], Fraction(0))

    def blocks(self) -> Iterator[Block]:
        """What is in the way of a target that cannot be reached."""
        low = self.furthest < self.needed_index
        held = [i for i in self.instrument.indicators if (low and self._value_at_top(i) < self.peak) or i in self.short]
        locked = [i for i in held if i.number in self.costs.locked]
        capped = [i for i in held if i.number not in self.costs.locked]
        if locked:
            yield self._block("locked", locked, "dikunci, tidak boleh diubah", "locked, not to be touched")
        if capped:
            yield self._block(
                "within_reach",
                capped,
                "tidak dapat melewati tingkat yang terjangkau",
                "cannot pass the level in reach",
            )
        if self.costs.max_indicators is not None:
            everything = self.start + sum((gains[-1] for gains in self.gains.values()), Fraction(0))
            yield Block(
                kind="max_indicators",
                indicators=(),
                points=everything - self.furthest,
                text=Text(
                    id=f"Paling banyak {self.costs.max_indicators} indikator boleh disentuh.",
                    en=f"At most {self.costs.max_indicators} indicators may be touched.",
                ),
            )
        if self.peak < self.needed_index:
            yield Block(
                kind="scale",
                indicators=(),
                points=self.needed_index - self.peak,
                text=Text(
                    id=f"Tingkat {self.instrument.levels[-1]} di semua indikator baru menjamin {shown(self.peak)}.",
                    en=f"Level {self.instrument.levels[-1]} in every indicator secures only {shown(self.peak)}.",
                ),
            )

    def _block(
        self, kind: Literal["locked", "within_reach"], held: list[Indicator], indonesian: str, english: str
    ) -> Block:
        lost = [i.weight * (self.peak - self._value_at_top(i)) / 100 for i in held]
        many = len(held) > _MOST_NAMED
        numbers = str(len(held)) if many else ", ".join(str(i.number) for i in held)
        return Block(
            kind=kind,
            indicators=tuple(i.number for i in held),
            points=sum((max(points, Fraction(0)) for points in lost), Fraction(0)),
            text=Text(
                id=f"{numbers} indikator {indonesian}." if many else f"Indikator {numbers} {indonesian}.",
                en=f"{numbers} indicators: {english}." if many else f"Indicators {numbers}: {english}.",
            ),
        )

    def _value_at_top(self, indicator: Indicator) -> Fraction:
        rungs = self.rungs[indicator.number]
        return rungs[-1].value if rungs else self.values[indicator.number]
