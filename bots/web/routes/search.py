"""Passages: GET /api/v1/search and GET /api/v1/passages/{id}."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from bots.web.documented import FoundPassage
from bots.web.state import AskedBy, UsesShared
from scoring import RefusedInput, Text

router = APIRouter(prefix="/api/v1")


@router.get("/search", responses={200: {"model": list[FoundPassage]}})
async def search(
    shared: UsesShared,
    q: Annotated[str, Query(max_length=4_000)],
    k: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[dict[str, Any]]:
    """The passages nearest to ``q``, best first, at most ``k``."""
    return await shared.work.run(shared.assistant.search, q, k)


@router.get("/passages/{passage_id:path}", responses={200: {"model": FoundPassage}})
async def passage(passage_id: str, shared: UsesShared, asker: AskedBy) -> dict[str, Any]:
    """One passage with its rule, place and status."""
    found = await shared.work.run(shared.assistant.passage, passage_id, asker)
    if found is None:
        raise RefusedInput(
            "not_found",
            Text(
                id="Kutipan itu tidak ada di pustaka ini. Cari dengan /api/v1/search?q=...",
                en="That passage is not in this library. Look for it with /api/v1/search?q=...",
            ),
            passage=passage_id[:200],
        )
    return found
