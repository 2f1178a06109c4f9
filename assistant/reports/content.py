"""What a report says, once: every format renders this and adds nothing of its own.

Texts are in the report's language and hold no control characters; figures are exact and are rounded where shown.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.answer import Chart, Citation
from scoring import Assessment, Instrument, Language


@dataclass(frozen=True)
class Statement:
    """Words with the numbers of the sources that carry them; ``lead`` is set off before them."""

    text: str
    sources: tuple[int, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A figure of the summary as it is shown, and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class NodeRow:
    """A domain or aspect: ``value`` is the published one where there is one, None where not fully known."""

    kind: str
    number: int
    name: str
    weight: Fraction
    value: Fraction | None
    floor: Fraction
    ceiling: Fraction


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with the value it was given; None where it is not assessed."""

    number: int
    name: str
    aspect: int
    weight: Fraction
    value: Fraction | None


@dataclass(frozen=True)
class GapRow:
    """What a part costs the index, in points; ``one_more`` None where that is not one number."""

    kind: str
    number: int
    name: str
    weight: Fraction
    value: Fraction
    one_more: Fraction | None
    to_reference: Fraction
    to_highest: Fraction


@dataclass(frozen=True)
class PlanRow:
    """All steps of one indicator; owner and date are for the agency to fill in.

    ``assumed``: its level is not known; the plan counts it from the lowest one, or its share of a known sum.
    """

    indicator: int
    name: str
    weight: Fraction
    from_level: int
    to_level: int
    assumed: bool
    gain: Fraction
    requirements: tuple[Statement, ...]
    evidence: tuple[str, ...]
    cost: Fraction
    weeks: Fraction | None


@dataclass(frozen=True)
class PlanPart:
    """The cheapest way to the target. ``rows`` is empty where it is reached already or out of reach.

    ``priced``: the agency gave its own costs, so that those of the rows say something.
    """

    target: str
    verdict: str
    start: Fraction
    end: Fraction
    end_rating: str
    rows: tuple[PlanRow, ...]
    notes: tuple[str, ...]
    priced: bool = False


@dataclass(frozen=True)
class Summary:
    """The first page: where the index stands, what holds it back, what to do first."""

    figures: tuple[KeyFigure, ...]
    verdict: tuple[Statement, ...]
    holding_back: tuple[Statement, ...]
    first: tuple[Statement, ...]


@dataclass(frozen=True)
class Report:
    """One agency's year at one stage.

    Attributes:
        agency: register name; ``called``: as it is spoken. stage: in words.
        assessment: with its finest values, for the workbook. reference: level that gaps are measured against.
        published_index, published_rating: as the ministry published them, if it did.
        radar: of the aspects or domains; ``bars``: of the largest gaps; None where too little is known.
        findings: the assessors' words that the asker may see.
        limits: one sentence for everything that cannot be said, and why.
        figures_from: where the figures come from, one line.
        made_on: handed in, never read from a clock.
    """

    language: Language
    agency: str
    called: str
    year: int
    stage: str
    instrument: Instrument
    assessment: Assessment
    made_on: date
    reference: int
    published_index: Fraction | None
    published_rating: str | None
    summary: Summary
    nodes: tuple[NodeRow, ...]
    indicators: tuple[IndicatorRow, ...]
    gaps: tuple[GapRow, ...]
    plan: PlanPart | None
    findings: tuple[Statement, ...]
    limits: tuple[str, ...]
    figures_from: str
    citations: tuple[Citation, ...]
    radar: Chart | None
    bars: Chart | None

    def given(self, node: NodeRow) -> Fraction | None:
        """What the assessment itself holds for a node, apart from what was published."""
        held = self.assessment.domains if node.kind == "domain" else self.assessment.aspects
        return held.get(node.number)
