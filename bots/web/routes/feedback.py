"""POST /api/v1/feedback: whether an answer helped, and why."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from assistant.records import feedback
from bots.web.state import AskedBy, UsesRecords

router = APIRouter()

Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Evidence(BaseModel):
    """What the answer rested on.

    Attributes:
        figures: one line a figure. The page sends what a figure is and its source: its id means nothing later.
        citations: one line a citation; the page sends rule and place.
        intent: how the question was understood.
    """

    model_config = ConfigDict(extra="forbid")

    figures: Annotated[list[Line], Field(max_length=200)] = []
    citations: Annotated[list[Line], Field(max_length=200)] = []
    intent: Annotated[str, StringConstraints(max_length=50)] | None = None


class Opinion(BaseModel):
    """A thumb on the answer to ``question``, with a reason for whoever wants to give one."""

    model_config = ConfigDict(extra="forbid")

    helpful: StrictBool
    question: Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"\S")]
    reason: Annotated[str, Field(max_length=1_000)] = ""
    evidence: Evidence = Evidence()


@router.post("/api/v1/feedback", status_code=201)
def give(opinion: Opinion, records: UsesRecords, asker: AskedBy) -> dict[str, bool]:
    """Keep what somebody thinks of an answer, for the people who make the answers better."""
    feedback.keep(
        records.holdings.engine,
        asker,
        channel="web",
        helpful=opinion.helpful,
        reason=opinion.reason.strip(),
        question=opinion.question.strip(),
        evidence=opinion.evidence.model_dump(exclude_none=True),
    )
    return {"stored": True}
