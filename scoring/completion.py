"""An assessment with the levels filled in that its published totals leave no choice about."""

from collections.abc import Collection
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from scoring.assessment import Assessment
from scoring.inference import ForcedSum, infer
from scoring.instrument import load_instrument


class Completion(BaseModel):
    """What was filled in.

    Attributes:
        assessment: with the forced levels, and the shares of the sums.
        forced: indicator to the only level that the published totals allow.
        sums: indicators that are only known together.
        shares: what each of those is counted at: the sum as even as it goes, the higher shares last.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    assessment: Assessment
    forced: dict[int, int] = {}
    sums: tuple[ForcedSum, ...] = ()
    shares: dict[int, int] = {}


def completed(assessment: Assessment, changed: Collection[int] = ()) -> Completion:
    """Fill in what published totals force.

    Args:
        assessment: at any granularity; nothing is filled in where no level or no total is known, or where the
            totals contradict the levels.
        changed: indicators that are about to be changed; a sum with one of them is not shared out, as the others
            of it are then not known.
    """
    instrument = load_instrument(assessment.instrument)
    complete = len(assessment.levels) == len(instrument.indicators)
    if complete or not assessment.levels or assessment.published is None or not instrument.scale.whole:
        return Completion(assessment=assessment)
    found = infer(assessment)
    if found.contradictions:
        return Completion(assessment=assessment)
    sums = tuple(one for one in found.sums if not set(one.indicators) & (set(changed) | set(found.forced)))
    shares = {number: level for one in sums for number, level in _shared(one).items()}
    possible = {one.indicator: one.levels for one in found.possible}
    if not all(level in possible[number] for number, level in shares.items()):
        sums, shares = (), {}
    filled = {number: Fraction(level) for number, level in (found.forced | shares).items()}
    levels = dict(sorted((assessment.levels | filled).items()))
    return Completion(
        assessment=assessment.model_copy(update={"levels": levels}),
        forced=found.forced,
        sums=sums,
        shares=shares,
    )


def _shared(one: ForcedSum) -> dict[int, int]:
    each, rest = divmod(one.total, len(one.indicators))
    even = len(one.indicators) - rest
    return {number: each + (place >= even) for place, number in enumerate(one.indicators)}
