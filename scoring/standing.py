"""What an assessment is said to be worth: the published value first, else the computed one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scoring.assessment import Assessment
from scoring.scorecard import Scoring

Source = Literal["published", "computed"]


@dataclass(frozen=True)
class Standing:
    """The value of a node; None with floor and ceiling where something under it is not assessed."""

    value: Fraction | None
    floor: Fraction
    ceiling: Fraction
    source: Source


def standing(scoring: Scoring, node: str) -> Standing:
    """The value of "index", "domain 2", "aspect 5" or "indicator 21"."""
    kind, number = scoring.instrument.node(node)
    published = scoring.assessment.published
    value = None
    if published is not None and kind != "indicator":
        totals = {"domain": published.domains, "aspect": published.aspects}
        value = published.index if kind == "index" else totals[kind].get(number)
    if value is not None:
        return Standing(value, value, value, "published")
    span = scoring.span(node)
    return Standing(span.exact, span.floor, span.ceiling, "computed")


def finest(assessment: Assessment) -> Assessment:
    """The assessment with its published aspects or domains as values where it holds no values of its own."""
    published = assessment.published
    if assessment.basis != "index" or published is None:
        return assessment
    if published.aspects:
        return assessment.model_copy(update={"aspects": published.aspects})
    return assessment.model_copy(update={"domains": published.domains})
