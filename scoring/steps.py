"""What a plan is made of: steps, the way they make, where it ends, and what blocks it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from scoring.figures import Exact
from scoring.instrument import LegalBasis
from scoring.refusal import Text


class PlanDocument(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Step(PlanDocument):
    """One level up for one indicator, or where values are decimals, from the highest level's start into its range.

    Attributes:
        from_value, to_value: the values it leads between; the levels themselves where levels are whole.
        gain: points of the index, exact; ``index`` is the exact index after this and all earlier steps.
        requirement, evidence, sources: what the new level asks for, what proves it, where that stands.
    """

    indicator: int
    name: str
    name_en: str
    from_level: int
    to_level: int
    from_value: Exact
    to_value: Exact
    cost: Exact
    weeks: Exact | None
    gain: Exact
    index: Exact
    index_shown: str
    requirement: Text | None
    evidence: tuple[Text, ...]
    sources: tuple[LegalBasis, ...]


class Reach(PlanDocument):
    """An index with its predikat."""

    index: Exact
    index_shown: str
    rating: str
    rating_en: str


class Way(PlanDocument):
    """Steps in the order of gain for their cost; ``weeks`` adds up the durations that are given."""

    steps: tuple[Step, ...]
    indicators: tuple[int, ...]
    cost: Exact
    weeks: Exact | None
    end: Reach


class Block(PlanDocument):
    """What keeps the index from rising further, or an indicator from its level.

    ``points`` is what the index loses to it against the top of the scale.
    """

    kind: Literal["locked", "within_reach", "max_indicators", "scale"]
    indicators: tuple[int, ...]
    points: Exact
    text: Text
