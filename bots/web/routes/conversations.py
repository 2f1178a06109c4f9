"""/api/v1/conversations/{id}: what is remembered of a conversation, for its owner to see and to delete."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from assistant.conversation import Turn
from bots.web.state import AskedBy, UsesShared

router = APIRouter(prefix="/api/v1/conversations")

Id = Annotated[str, Path(min_length=1, max_length=100, description="the id given with each question")]


class Remembered(BaseModel):
    """The last understood questions of a conversation, oldest first; empty where nothing is kept."""

    conversation: str
    turns: list[Turn]


@router.get("/{conversation}")
def show(conversation: Id, shared: UsesShared, asker: AskedBy) -> Remembered:
    """Show what is remembered: how each of the last questions was understood, and when it was asked."""
    return Remembered(conversation=conversation, turns=list(shared.assistant.remembered(conversation, asker)))


@router.delete("/{conversation}", status_code=204)
def forget(conversation: Id, shared: UsesShared, asker: AskedBy) -> Response:
    """Forget the conversation; of one that is not kept nothing is left either."""
    shared.assistant.forget(conversation, asker)
    return Response(status_code=204)
