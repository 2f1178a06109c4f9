"""The cheapest level steps that reach a target, proven optimal by dynamic programming over exact integers.

A step lifts one indicator by one level; levels are cumulative, so a step to 4 needs the one to 3 before it.
Of equally cheap plans the one that touches the fewest indicators is taken, then the one with the higher
index, then the one with more steps on the lower indicator numbers.

Where values are decimals (pemdi-2026) a step leads to the least value of the next level's range, since nothing is
written about what lies inside a range. Only a target out of reach that way may use one more step per indicator,
the last, inside the highest range: it costs what the step into that level costs, and counts as leading to the end
of the scale until the plan is chosen; then the least of such steps is lowered to the value that is still enough.
"""

from fractions import Fraction
from itertools import islice

from scoring.assessment import Assessment, Stage
from scoring.completion import completed
from scoring.costs import Costs
from scoring.figures import Exact
from scoring.inference import ForcedSum
from scoring.refusal import RefusedInput, Text
from scoring.search import PlanSearch
from scoring.steps import Block, Reach, Way
from scoring.target import Target

TIE_RULE = Text(
    id="Bila sama murah: indikator yang disentuh paling sedikit, lalu indeks tertinggi, "
    "lalu langkah terbanyak pada nomor indikator terkecil.",
    en="Of equally cheap plans: fewest indicators touched, then highest index, "
    "then most steps on the lowest indicator numbers.",
)
MOST_ALTERNATIVES = 5


class Plan(Way):
    """The cheapest way to a target.

    Attributes:
        reached: False where no allowed steps reach the target: then there are no steps, ``furthest`` says how
            far one can get and ``blocks`` what is in the way.
        start: where the plan begins; indicators in ``assumed_lowest`` have no level and count as lowest.
        inferred: levels that are not known but that the published totals force; ``shared`` are levels counted for
            indicators of which the totals only give the sum (``sums``).
        gap: points from the start to the index needed, 0 where that is reached already.
        alternatives: other sets of indicators, cheapest first, none with a step to spare.
    """

    instrument: str
    agency: str
    year: int
    stage: Stage
    target: Target
    needed_index: Exact
    reached: bool
    start: Reach
    gap: Exact
    assumed_lowest: tuple[int, ...]
    inferred: dict[int, int]
    sums: tuple[ForcedSum, ...]
    shared: dict[int, int]
    furthest: Reach
    blocks: tuple[Block, ...]
    alternatives: tuple[Way, ...]
    tie_rule: Text
    second_hand: bool


def plan(
    assessment: Assessment,
    target: Target,
    costs: Costs | None = None,
    alternatives: int = 0,
    year: int | None = None,
) -> Plan:
    """Find the cheapest steps from an assessment to a target.

    Args:
        assessment: at indicator level; missing levels count as what published totals force, else as the lowest,
            and the plan says so.
        target: what is to be reached, all of it together.
        costs: the agency's prices and limits; without them every step costs 1.
        alternatives: how many other plans to give, at most 5.
        year: whose rating rule applies; the assessment's own by default.

    Raises:
        RefusedInput: levels are not known, or costs name what does not exist.
    """
    if not assessment.levels:
        raise _levels_needed(assessment)
    known = completed(assessment)
    count = 1 + min(alternatives, MOST_ALTERNATIVES)
    work = PlanSearch(known.assessment, target, costs or Costs(), year or assessment.year)
    choices = list(islice(work.choices(), count))
    if not choices and work.peak < work.instrument.scale.highest:
        work = PlanSearch(known.assessment, target, costs or Costs(), work.year, within_top=True)
        choices = list(islice(work.choices(), count))
    way = work.way(choices[0]) if choices else work.way(tuple(0 for _ in work.ladders))
    return Plan(
        **dict(way),
        instrument=work.instrument.id,
        agency=assessment.agency,
        year=assessment.year,
        stage=assessment.stage,
        target=target,
        needed_index=work.needed_index,
        reached=bool(choices),
        start=work.reach(work.start),
        gap=max(work.needed_index - work.start, Fraction(0)),
        assumed_lowest=tuple(i.number for i in work.instrument.indicators if i.number not in known.assessment.levels),
        inferred=known.forced,
        sums=known.sums,
        shared=known.shares,
        furthest=work.reach(work.furthest),
        blocks=() if choices else tuple(work.blocks()),
        alternatives=tuple(work.way(choice) for choice in choices[1:]),
        tie_rule=TIE_RULE,
        second_hand=work.instrument.second_hand,
    )


def _levels_needed(assessment: Assessment) -> RefusedInput:
    return RefusedInput(
        "levels_not_known",
        Text(
            id=f"Tingkat tiap indikator {assessment.agency} {assessment.year} belum ada, "
            "jadi langkahnya tidak dapat dihitung. Masukkan penilaian sampai tingkat indikator, lalu ulangi.",
            en=f"The levels of {assessment.agency} {assessment.year} by indicator are not known, "
            "so steps cannot be computed. Give an assessment at indicator level and try again.",
        ),
        basis=assessment.basis,
    )
