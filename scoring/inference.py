"""What published totals say about levels that are not known.

A total printed as 2.59 stands for every exact value from 2.585 to just under 2.595. Together with the levels
that are known it often leaves only some levels possible for the others, or a single one, or none at all: then
the published figures contradict each other, and that is reported.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict

from scoring.assessment import Assessment, Stage
from scoring.figures import Exact, exactly, shown
from scoring.instrument import Instrument, load_instrument
from scoring.refusal import RefusedInput, Text
from scoring.sums import SumNode, Sums, SumTree, between, members

_PRINTED_PLACES = 2
_MOST_PLACES = 12


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class PossibleLevels(_Document):
    """The levels an indicator without a level can still have; one level: it is forced."""

    indicator: int
    name: str
    name_en: str
    levels: tuple[int, ...]


class ForcedSum(_Document):
    """Indicators whose levels are not known one by one, but together make a known sum."""

    node: str
    indicators: tuple[int, ...]
    total: int


class Contradiction(_Document):
    """A published value that what is under it cannot give.

    ``least`` and ``most`` bound what is possible; ``nearest`` are the possible values next to it.
    """

    node: str
    name: str
    name_en: str
    published: Exact
    least: Exact
    most: Exact
    nearest: tuple[Exact, ...]
    text: Text


class Inference(_Document):
    """What follows from the published totals. ``floor`` and ``ceiling`` bound the exact index."""

    instrument: str
    agency: str
    year: int
    stage: Stage
    completeness: str
    forced: dict[int, int]
    possible: tuple[PossibleLevels, ...]
    sums: tuple[ForcedSum, ...]
    contradictions: tuple[Contradiction, ...]
    floor: Exact
    ceiling: Exact
    second_hand: bool


def infer(assessment: Assessment, places: int | None = None) -> Inference:
    """Find what published totals force, leave possible and contradict.

    Args:
        assessment: levels as far as known; published index, domains, aspects (or its own aspects or domains).
        places: decimals to which the totals were rounded; by default as many as they show, at least 2.

    Raises:
        RefusedInput: the instrument has decimal values, so that totals force no levels.
    """
    instrument = load_instrument(assessment.instrument)
    _whole_levels_only(instrument)
    printed = dict(_printed(assessment, places))
    limits = {node: _as_printed(value, decimals) for node, (value, decimals) in printed.items()}
    tree = SumTree(instrument, {n: int(level) for n, level in assessment.levels.items()}, limits)
    tree.narrow()
    missing = [i for i in instrument.indicators if i.number not in assessment.levels]
    possible = tuple(
        PossibleLevels(
            indicator=i.number,
            name=i.name.id,
            name_en=i.name.en,
            levels=tuple(total // tree.leaves[i.number].weight for total in members(tree.leaves[i.number].left)),
        )
        for i in missing
    )
    forced = {one.indicator: one.levels[0] for one in possible if len(one.levels) == 1}
    known = {number: int(level) for number, level in assessment.levels.items()} | forced
    totals = list(members(tree.root.left))
    return Inference(
        instrument=instrument.id,
        agency=assessment.agency,
        year=assessment.year,
        stage=assessment.stage,
        completeness=f"{len(assessment.levels)}/{len(instrument.indicators)}",
        forced=forced,
        possible=possible,
        sums=tuple(_forced_sums(tree, instrument, known)),
        contradictions=tuple(_contradiction(instrument, node, *printed[node.name]) for node in tree.broken),
        floor=tree.root.value(totals[0]),
        ceiling=tree.root.value(totals[-1]),
        second_hand=instrument.second_hand,
    )


def rebuild(
    domains: Mapping[int, Any],
    index: Any,
    rating: str | None,
    year: int,
    instrument: str = "spbe-2020",
) -> dict[int, int] | None:
    """Levels that give domains, index and predikat as they were printed, with two decimals.

    Several choices usually fit; the one nearest to the printed index and most even in each aspect is given.
    A row that says nothing of a domain leaves it open.

    Args:
        domains: number to printed value.
        rating: Indonesian name of the predikat, by the rule of ``year``; None leaves it open.

    Returns:
        Indicator number to level, or None where no levels give what was printed.
    """
    structure = load_instrument(instrument)
    _whole_levels_only(structure)
    limits = {f"domain {n}": _as_printed(exactly(v), _PRINTED_PLACES) for n, v in domains.items()}
    limits["index"] = _as_printed(exactly(index), _PRINTED_PLACES)
    tree = SumTree(structure, {}, limits)
    rated = [
        total
        for total in members(tree.root.own)
        if rating is None or structure.rating(tree.root.value(total), year).name.id == rating
    ]
    if tree.broken or not rated:
        return None
    return tree.choose(min(rated, key=lambda total: abs(tree.root.value(total) - exactly(index))))


def _printed(assessment: Assessment, places: int | None) -> Iterator[tuple[str, tuple[Fraction, int]]]:
    """Every total that is given, by node, with the decimals its source prints."""
    published = assessment.published
    sources: list[dict[str, Fraction]] = [
        {f"aspect {n}": v for n, v in assessment.aspects.items()}
        | {f"domain {n}": v for n, v in assessment.domains.items()}
    ]
    if published is not None:
        totals = {f"aspect {n}": v for n, v in published.aspects.items()}
        totals |= {f"domain {n}": v for n, v in published.domains.items()}
        sources.append(totals if published.index is None else totals | {"index": published.index})
    for source in sources:
        decimals = places if places is not None else max(map(_decimals, source.values()), default=0)
        for node, value in source.items():
            yield node, (value, decimals)


def _decimals(value: Fraction) -> int:
    """How many decimals a printed value has, at least two."""
    fitting = (p for p in range(_PRINTED_PLACES, _MOST_PLACES) if 10**p % value.denominator == 0)
    return next(fitting, _MOST_PLACES)


def _as_printed(value: Fraction, places: int) -> Callable[[SumNode], Sums]:
    """The sums that are shown as a value, rounded half up."""
    half = Fraction(1, 2 * 10**places)

    def allowed(node: SumNode) -> Sums:
        return between(_ceil((value - half) * node.weight), _ceil((value + half) * node.weight) - 1)

    return allowed


def _ceil(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _forced_sums(tree: SumTree, instrument: Instrument, known: dict[int, int]) -> Iterator[ForcedSum]:
    """Sums at the lowest node that forces them; what follows from those below is not repeated."""
    told: list[set[int]] = []
    for node in tree.nodes:
        under = [i.number for i in instrument.indicators_under(node.name)]
        open_ = [number for number in under if number not in known]
        weights = {tree.leaves[number].weight for number in open_}
        implied = set().union(*(group for group in told if group <= set(open_)))
        if len(open_) < 2 or len(weights) != 1 or node.left.bit_count() != 1 or implied == set(open_):
            continue
        rest = sum(known[number] * tree.leaves[number].weight for number in under if number in known)
        told.append(set(open_))
        yield ForcedSum(
            node=node.name,
            indicators=tuple(open_),
            total=(next(members(node.left)) - rest) // weights.pop(),
        )


def _contradiction(instrument: Instrument, node: SumNode, published: Fraction, places: int) -> Contradiction:
    values = [node.value(total) for total in members(node.under)]
    below = [value for value in values if value <= published][-1:]
    above = [value for value in values if value > published][:1]
    name = instrument.node_name(node.name)
    least, most = shown(values[0], places), shown(values[-1], places)
    span_id = _comma(f"hanya {least}" if least == most else f"dari {least} sampai {most}")
    span_en = f"only {least}" if least == most else f"from {least} to {most}"
    near = " / ".join(shown(value, places) for value in below + above)
    printed = shown(published, places)
    return Contradiction(
        node=node.name,
        name=name.id,
        name_en=name.en,
        published=published,
        least=values[0],
        most=values[-1],
        nearest=tuple(below + above),
        text=Text(
            id=f"{name.id}: nilai terbit {_comma(printed)} tidak dapat berasal dari nilai di bawahnya. "
            f"Yang mungkin {span_id}; yang terdekat {_comma(near)}.",
            en=f"{name.en}: the published {printed} cannot come from what is under it. "
            f"Possible is {span_en}; nearest {near}.",
        ),
    )


def _comma(figures: str) -> str:
    return figures.replace(".", ",")


def _whole_levels_only(instrument: Instrument) -> None:
    if not instrument.scale.whole:
        raise RefusedInput(
            "inference_needs_whole_levels",
            Text(
                id=f"{instrument.id} memakai nilai desimal: nilai terbit tidak memaksa tingkat tertentu.",
                en=f"{instrument.id} has decimal values, so published totals force no levels.",
            ),
            instrument=instrument.id,
        )
