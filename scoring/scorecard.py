"""The index of an assessment, exactly, with the trace of every figure.

Index = sum(weight x value) / sum(weights), at every node of the tree, without rounding in between
(PermenPANRB 59/2020, Lampiran II.B; shared/FIELD.md section 1).
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from scoring.assessment import Assessment, Basis, Published, Stage
from scoring.figures import Exact, shown, unrounded
from scoring.instrument import Aspect, Domain, Indicator, Instrument, load_instrument


class Span(BaseModel):
    """What a node can be worth: floor and ceiling are equal where everything under it is known."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    floor: Fraction
    ceiling: Fraction

    @property
    def exact(self) -> Fraction | None:
        return self.floor if self.floor == self.ceiling else None


class Term(BaseModel):
    """One product of the weighted mean: weight (percent) x value."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    node: str
    weight: Exact
    value: Exact
    product: Exact


class TraceStep(BaseModel):
    """How one figure came about: the sum of its terms divided by the divisor."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    node: str
    terms: tuple[Term, ...]
    divisor: Exact
    value: Exact


class Node(BaseModel):
    """A domain, aspect or indicator with its value: ``value`` shown, ``exact`` unrounded, both text."""

    model_config = ConfigDict(frozen=True)

    number: int
    name: str
    name_en: str
    weight: str
    value: str | None
    exact: str | None
    floor: str
    ceiling: str


class IndicatorNode(Node):
    level: int | None
    aspect: int
    domain: int | None


class Scorecard(BaseModel):
    """The document of shared/DESIGN.md section 4. Figures are text: nothing on the way rounds them."""

    model_config = ConfigDict(frozen=True)

    instrument: str
    agency: str
    year: int
    stage: Stage
    basis: Basis
    index: str | None
    index_exact: str | None
    rating: str | None
    floor: str
    ceiling: str
    completeness: str
    published: dict[str, object] | None
    domains: tuple[Node, ...]
    aspects: tuple[Node, ...]
    indicators: tuple[IndicatorNode, ...]
    trace: tuple[TraceStep, ...]
    second_hand: bool


class Scoring:
    """The exact values behind a scorecard, for whoever computes on (gaps, plans, comparisons).

    Args:
        assessment: at any granularity; missing values widen the spans.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.instrument: Instrument = load_instrument(assessment.instrument)

    @cached_property
    def indicators(self) -> dict[int, Span]:
        levels = self.assessment.levels
        return {i.number: self._span(levels.get(i.number)) for i in self.instrument.indicators}

    @cached_property
    def aspects(self) -> dict[int, Span]:
        known = self.assessment.aspects
        return {
            a.number: self._span(known[a.number])
            if a.number in known
            else self._mean([(i.weight, self.indicators[i.number]) for i in self.instrument.indicators_of(a)])
            for a in self.instrument.aspects
        }

    @cached_property
    def domains(self) -> dict[int, Span]:
        known = self.assessment.domains
        return {
            d.number: self._span(known[d.number])
            if d.number in known
            else self._mean([(a.weight, self.aspects[a.number]) for a in self.instrument.aspects_of(d)])
            for d in self.instrument.domains
        }

    @cached_property
    def index(self) -> Span:
        if self.instrument.domains:
            return self._mean([(d.weight, self.domains[d.number]) for d in self.instrument.domains])
        return self._mean([(a.weight, self.aspects[a.number]) for a in self.instrument.aspects])

    def span(self, node: str) -> Span:
        """The span of "index", "domain 2", "aspect 5" or "indicator 21"."""
        kind, number = self.instrument.node(node)
        if kind == "index":
            return self.index
        return {"domain": self.domains, "aspect": self.aspects, "indicator": self.indicators}[kind][number]

    @cached_property
    def known(self) -> tuple[int, int]:
        """How many of the parts at the assessment's granularity are known, and how many there are."""
        counts = {
            "indicator": (len(self.assessment.levels), len(self.instrument.indicators)),
            "aspect": (len(self.assessment.aspects), len(self.instrument.aspects)),
            "domain": (len(self.assessment.domains), len(self.instrument.domains)),
            "index": (0, len(self.instrument.indicators)),
        }
        return counts[self.assessment.basis]

    def _span(self, value: Fraction | None) -> Span:
        scale = self.instrument.scale
        if value is None:
            return Span(floor=scale.lowest, ceiling=scale.highest)
        return Span(floor=value, ceiling=value)

    @staticmethod
    def _mean(parts: Sequence[tuple[Fraction, Span]]) -> Span:
        weight = sum((w for w, _ in parts), Fraction(0))
        return Span(
            floor=sum((w * span.floor for w, span in parts), Fraction(0)) / weight,
            ceiling=sum((w * span.ceiling for w, span in parts), Fraction(0)) / weight,
        )

    @cached_property
    def trace(self) -> tuple[TraceStep, ...]:
        """Every figure that is known, from the index down, with the terms it is made of."""
        steps: list[TraceStep] = []
        top: Iterable[Domain | Aspect] = self.instrument.domains or self.instrument.aspects
        self._step(steps, "index", self.index, top)
        for domain in self.instrument.domains:
            if domain.number not in self.assessment.domains:
                parts = self.instrument.aspects_of(domain)
                self._step(steps, f"domain {domain.number}", self.domains[domain.number], parts)
        for aspect in self.instrument.aspects:
            if aspect.number not in self.assessment.aspects:
                inds = self.instrument.indicators_of(aspect)
                self._step(steps, f"aspect {aspect.number}", self.aspects[aspect.number], inds)
        return tuple(steps)

    def _step(
        self, steps: list[TraceStep], node: str, span: Span, parts: Iterable[Domain | Aspect | Indicator]
    ) -> None:
        if span.exact is None:
            return
        terms = []
        for part in parts:
            name = f"{type(part).__name__.lower()} {part.number}"
            value = self.span(name).floor
            terms.append(Term(node=name, weight=part.weight, value=value, product=part.weight * value))
        divisor = sum((term.weight for term in terms), Fraction(0))
        steps.append(TraceStep(node=node, terms=tuple(terms), divisor=divisor, value=span.exact))

    def scorecard(self) -> Scorecard:
        instrument, assessment = self.instrument, self.assessment
        exact = self.index.exact
        return Scorecard(
            instrument=instrument.id,
            agency=assessment.agency,
            year=assessment.year,
            stage=assessment.stage,
            basis=assessment.basis,
            index=None if exact is None else shown(exact),
            index_exact=None if exact is None else unrounded(exact),
            rating=None if exact is None else instrument.rating(exact, assessment.year).name.id,
            floor=unrounded(self.index.floor),
            ceiling=unrounded(self.index.ceiling),
            completeness="{}/{}".format(*self.known),
            published=_document(assessment.published),
            domains=tuple(self._node(d, self.domains[d.number]) for d in instrument.domains),
            aspects=tuple(self._node(a, self.aspects[a.number]) for a in instrument.aspects),
            indicators=tuple(self._indicator(i) for i in instrument.indicators),
            trace=self.trace,
            second_hand=instrument.second_hand,
        )

    def _indicator(self, indicator: Indicator) -> IndicatorNode:
        span = self.indicators[indicator.number]
        aspect = self.instrument.aspects[indicator.aspect - 1]
        level = None if span.exact is None else self.instrument.level_of(span.exact)
        node = self._node(indicator, span)
        return IndicatorNode(**dict(node), level=level, aspect=aspect.number, domain=aspect.domain)

    @staticmethod
    def _node(part: Domain | Aspect | Indicator, span: Span) -> Node:
        return Node(
            number=part.number,
            name=part.name.id,
            name_en=part.name.en,
            weight=unrounded(part.weight),
            value=None if span.exact is None else shown(span.exact),
            exact=None if span.exact is None else unrounded(span.exact),
            floor=unrounded(span.floor),
            ceiling=unrounded(span.ceiling),
        )


def _document(published: Published | None) -> dict[str, object] | None:
    if published is None:
        return None
    return {
        "index": None if published.index is None else shown(published.index),
        "rating": published.rating,
        "domains": {str(number): shown(value) for number, value in published.domains.items()},
        "aspects": {str(number): shown(value) for number, value in published.aspects.items()},
    }


def score(assessment: Assessment) -> Scorecard:
    """Score an assessment.

    An incomplete assessment has no index and no rating; it has floor and ceiling (the missing indicators
    at the lowest and at the highest level) and completeness.

    >>> from scoring import Assessment, score
    >>> domains = {1: "3.70", 2: "3.40", 3: "3.00", 4: "3.20"}
    >>> card = score(Assessment(agency="Contoh", year=2024, domains=domains))
    >>> card.index, card.rating
    ('3.28', 'Baik')
    """
    return Scoring(assessment).scorecard()
