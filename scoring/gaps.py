"""Which indicators hold a node back, and what each is worth to the index.

All effects are in points of the whole index (weight x difference / 100), whatever node is asked about,
so that they can be added and compared.
"""

from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from scoring.assessment import Assessment, Basis, Stage
from scoring.completion import completed
from scoring.figures import Exact, shown
from scoring.instrument import Aspect, Domain, Indicator, Instrument
from scoring.refusal import RefusedInput, Text
from scoring.scorecard import Scoring, Span
from scoring.standing import finest

Part = Indicator | Aspect | Domain
_USUAL_LEVEL = 3


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Gap(_Document):
    """One known part under the node: what it gives and what it loses, in points of the index.

    Attributes:
        weight: percent of the index.
        value: exact value; ``value_shown`` with two decimals.
        level: the level the value counts as; None above indicators.
        contribution: weight x value / 100; ``contribution_shown`` with two decimals.
        loss_to_reference: what the index would gain if the part stood at the reference level; 0 if it does.
        loss_to_highest: the same for the highest value of the scale.
        one_level_gain: what one level more adds, None at the highest level. For an aspect or domain: what one
            level more of any of its indicators adds, None where their weights differ.
    """

    rank: int
    node: str
    number: int
    name: str
    name_en: str
    weight: Exact
    value: Exact
    value_shown: str
    level: int | None
    contribution: Exact
    contribution_shown: str
    loss_to_reference: Exact
    loss_to_highest: Exact
    one_level_gain: Exact | None


class UnknownPart(_Document):
    """A part without a value: ``span`` is how many points it can move the index."""

    node: str
    number: int
    name: str
    name_en: str
    weight: Exact
    span: Exact


class Gaps(_Document):
    """Gaps ranked by loss to the reference level, then to the highest, then weight, then number.

    ``granularity`` is what the parts are; ``reference_level`` the national minimum of an indicator (3 where
    the instrument states none); ``value`` the node's own, None while something under it is missing. ``inferred``
    are levels that are not known but that the published totals force.
    """

    instrument: str
    agency: str
    year: int
    stage: Stage
    node: str
    name: str
    name_en: str
    weight: Exact
    granularity: Basis
    value: Exact | None
    value_shown: str | None
    index: Exact | None
    index_shown: str | None
    reference_level: int
    below: int | None
    gaps: tuple[Gap, ...]
    unknown: tuple[UnknownPart, ...]
    inferred: dict[int, int]
    second_hand: bool


def reference_level(instrument: Instrument) -> int:
    """The level gaps are measured against first: the national minimum of an indicator, else 3."""
    return instrument.minimum.indicator if instrument.minimum else _USUAL_LEVEL


def gaps(assessment: Assessment, node: str = "index", below: int | None = None) -> Gaps:
    """Rank what is under a node by what it costs the index.

    Args:
        assessment: at indicator, aspect or domain level; published parts count where nothing finer is known.
        node: "index", "domain 2", "aspect 5" or "indicator 21".
        below: keep only parts under this level.

    Raises:
        RefusedInput: unknown node, or nothing is known under it.
    """
    assessment = finest(assessment)
    inferred = completed(assessment).forced
    assessment = assessment.model_copy(
        update={"levels": assessment.levels | {number: Fraction(level) for number, level in inferred.items()}}
    )
    scoring = Scoring(assessment)
    instrument = scoring.instrument
    parts = _parts(instrument, assessment.basis, node)
    known = [(part, value) for part in parts if (value := scoring.span(_name(part)).exact) is not None]
    if not known and not assessment.levels:
        raise _too_coarse(assessment, instrument, node)
    reference = reference_level(instrument)
    bar = None if below is None else instrument.value_of(below)
    found = [_gap(instrument, part, value, reference) for part, value in known if bar is None or value < bar]
    found.sort(key=lambda g: (-g.loss_to_reference, -g.loss_to_highest, -g.weight, g.number))
    unknown = [_unknown(part, scoring.span(_name(part))) for part in parts]
    own = scoring.span(node).exact
    index = scoring.index.exact
    name = instrument.node_name(node)
    return Gaps(
        instrument=instrument.id,
        agency=assessment.agency,
        year=assessment.year,
        stage=assessment.stage,
        node=node,
        name=name.id,
        name_en=name.en,
        weight=_weight(instrument, node),
        granularity=assessment.basis,
        value=own,
        value_shown=None if own is None else shown(own),
        index=index,
        index_shown=None if index is None else shown(index),
        reference_level=reference,
        below=below,
        gaps=tuple(gap.model_copy(update={"rank": rank}) for rank, gap in enumerate(found, 1)),
        unknown=tuple(sorted((u for u in unknown if u), key=lambda u: (-u.span, u.number))),
        inferred=inferred,
        second_hand=instrument.second_hand,
    )


def _parts(instrument: Instrument, basis: Basis, node: str) -> list[Part]:
    kind, number = instrument.node(node)
    under = instrument.indicators_under(node)
    if basis == "indicator":
        return list(under)
    if kind == "indicator":
        return []
    aspects = sorted({indicator.aspect for indicator in under})
    if basis == "aspect":
        return [instrument.aspects[a - 1] for a in aspects]
    if basis == "domain" and kind != "aspect":
        return [d for d in instrument.domains if kind == "index" or d.number == number]
    return []


def _name(part: Part) -> str:
    return f"{type(part).__name__.lower()} {part.number}"


def _weight(instrument: Instrument, node: str) -> Fraction:
    return sum((indicator.weight for indicator in instrument.indicators_under(node)), Fraction(0))


def _gap(instrument: Instrument, part: Part, value: Fraction, reference: int) -> Gap:
    share = part.weight / 100
    level = instrument.level_of(value) if isinstance(part, Indicator) else None
    contribution = share * value
    return Gap(
        rank=0,
        node=_name(part),
        number=part.number,
        name=part.name.id,
        name_en=part.name.en,
        weight=part.weight,
        value=value,
        value_shown=shown(value),
        level=level,
        contribution=contribution,
        contribution_shown=shown(contribution),
        loss_to_reference=share * max(instrument.value_of(reference) - value, Fraction(0)),
        loss_to_highest=share * (instrument.scale.highest - value),
        one_level_gain=_one_level_gain(instrument, part, value),
    )


def _one_level_gain(instrument: Instrument, part: Part, value: Fraction) -> Fraction | None:
    if isinstance(part, Indicator):
        level = instrument.level_of(value)
        if level >= instrument.levels[-1]:
            return None
        return part.weight * (instrument.value_of(level + 1) - value) / 100
    weights = {indicator.weight for indicator in instrument.indicators_under(_name(part))}
    return weights.pop() / 100 if len(weights) == 1 and instrument.scale.whole else None


def _unknown(part: Part, span: Span) -> UnknownPart | None:
    if span.exact is not None:
        return None
    return UnknownPart(
        node=_name(part),
        number=part.number,
        name=part.name.id,
        name_en=part.name.en,
        weight=part.weight,
        span=part.weight * (span.ceiling - span.floor) / 100,
    )


def _too_coarse(assessment: Assessment, instrument: Instrument, node: str) -> RefusedInput:
    grain_id = {"indicator": "indikator", "aspect": "aspek", "domain": "domain", "index": "indeks"}
    where = f"{assessment.agency} {assessment.year}"
    return RefusedInput(
        "not_known_so_finely",
        Text(
            id=f"Nilai {where} hanya diketahui sampai tingkat {grain_id[assessment.basis]}, "
            f"jadi celah di bawah {node!r} tidak dapat dihitung. Masukkan tingkat kematangan tiap indikator.",
            en=f"{where} is known at {assessment.basis} level only, so gaps under {node!r} cannot be "
            "computed. Give the level of each indicator.",
        ),
        basis=assessment.basis,
        node=node,
        instrument=instrument.id,
    )
