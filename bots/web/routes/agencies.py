"""The register and what is held: /api/v1/agencies, their scorecards, /compare and /trend."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.permissions import Asker
from bots.web.documented import ListedAgency
from bots.web.service import Assistant
from bots.web.state import AskedBy, UsesShared
from scoring import Scorecard, score
from scoring.compare import Comparison, compare
from scoring.trend import Trend, trend

router = APIRouter(prefix="/api/v1")


@router.get("/agencies", responses={200: {"model": list[ListedAgency]}})
async def agencies(shared: UsesShared) -> list[dict[str, Any]]:
    """Every agency of the register."""
    return await shared.work.run(shared.assistant.agencies)


@router.get("/agencies/{agency_id}/scorecards")
async def scorecards(agency_id: str, shared: UsesShared, asker: AskedBy) -> list[Scorecard]:
    """The scorecards of everything held for an agency, by year."""
    return await shared.work.run(_scorecards, shared.assistant, agency_id, asker)


@router.get("/trend")
async def trend_(
    shared: UsesShared,
    asker: AskedBy,
    agency: Annotated[str, Query(min_length=1, max_length=300)],
    node: Annotated[str, Query(max_length=100)] = "index",
) -> Trend:
    """An agency over the years: one stage a year, the moves between them, breaks of the instrument named."""
    return await shared.work.run(_trend, shared.assistant, agency, node, asker)


@router.get("/compare")
async def compare_(
    shared: UsesShared,
    asker: AskedBy,
    agency: Annotated[list[str] | None, Query(max_length=50)] = None,
    group: Annotated[str | None, Query(max_length=200)] = None,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
) -> Comparison:
    """Agencies side by side at every node: ``?agency=A&agency=B``, ``?group=Jawa Barat``, or both."""
    return await shared.work.run(_compare, shared.assistant, agency or [], group, year, asker)


def _scorecards(assistant: Assistant, agency: str, asker: Asker) -> list[Scorecard]:
    return [score(assessment) for assessment in assistant.assessments(agency, asker)]


def _trend(assistant: Assistant, agency: str, node: str, asker: Asker) -> Trend:
    return trend(assistant.assessments(agency, asker), node)


def _compare(assistant: Assistant, named: list[str], group: str | None, year: int | None, asker: Asker) -> Comparison:
    held = [assistant.assessment(agency, year, None, asker) for agency in named]
    theirs = assistant.group(group, year, asker) if group is not None else []
    return compare([*held, *(assessment for assessment in theirs if assessment not in held)])
