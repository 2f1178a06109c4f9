"""The register and what is held: /api/v1/agencies, their scorecards, comparison and trend."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.permissions import Asker
from bots.web.service import Assistant
from bots.web.state import AskedBy, UsesShared
from scoring import Assessment, RefusedInput, Scorecard, Text, score

router = APIRouter(prefix="/api/v1")
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("/agencies")
async def agencies(shared: UsesShared) -> list[dict[str, Any]]:
    """Every agency of the register."""
    return await shared.work.run(shared.assistant.agencies)


@router.get("/agencies/{agency_id}/scorecards")
async def scorecards(agency_id: str, shared: UsesShared, asker: AskedBy) -> list[Scorecard]:
    """The scorecards of everything held for an agency, by year."""
    return await shared.work.run(_scorecards, shared.assistant, agency_id, asker)


@router.get("/trend")
async def trend(agency: str, shared: UsesShared, asker: AskedBy) -> dict[str, Any]:
    """The index of an agency over the years, as published and as computed, every stage that is held."""
    cards = await shared.work.run(_scorecards, shared.assistant, agency, asker)
    return {"agency": cards[0].agency if cards else agency, "points": [summary(card) for card in cards]}


@router.get("/compare")
async def compare(
    shared: UsesShared,
    asker: AskedBy,
    agency: Annotated[list[str] | None, Query(max_length=50)] = None,
    group: Annotated[str | None, Query(max_length=200)] = None,
    year: Year = None,
) -> dict[str, Any]:
    """Agencies side by side, highest index first: ``?agency=A&agency=B`` or ``?group=Jawa Barat``."""
    named = agency or []
    if group is None and len(named) < 2:
        raise RefusedInput(
            "nothing_to_compare",
            Text(
                id="Sebut dua instansi atau lebih (?agency=A&agency=B) atau satu kelompok (?group=Jawa Barat).",
                en="Name two agencies or more (?agency=A&agency=B) or one group (?group=Jawa Barat).",
            ),
        )
    cards = await shared.work.run(_compared, shared.assistant, named, group, year, asker)
    rows = sorted(map(summary, cards), key=lambda row: float(row["shown"] or 0), reverse=True)
    return {"group": group, "year": year, "agencies": rows}


def summary(card: Scorecard) -> dict[str, Any]:
    """A scorecard in one line. ``shown`` is the published index, and the computed one where none is published."""
    published = card.published or {}
    computed = card.model_dump(
        mode="json",
        include={
            "agency", "instrument", "year", "stage", "basis", "index", "rating", "floor", "ceiling", "completeness"
        },
    )  # fmt: skip
    return {
        **computed,
        "published": card.published,
        "shown": published.get("index") or card.index,
        "domains": {str(domain.number): domain.value for domain in card.domains},
        "aspects": {str(aspect.number): aspect.value for aspect in card.aspects},
    }


def _scorecards(assistant: Assistant, agency: str, asker: Asker) -> list[Scorecard]:
    return [score(assessment) for assessment in assistant.assessments(agency, asker)]


def _compared(
    assistant: Assistant, named: list[str], group: str | None, year: int | None, asker: Asker
) -> list[Scorecard]:
    held: list[Assessment] = [assistant.assessment(agency, year, None, asker) for agency in named]
    if group is not None:
        held += assistant.group(group, year, asker)
    return [score(assessment) for assessment in {(a.agency, a.year, a.stage): a for a in held}.values()]
