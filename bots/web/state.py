"""What every route of one app shares, and how a route gets it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.permissions import VISITOR, Asker
from bots.web.service import Assistant
from bots.web.settings import WebSettings
from bots.web.work import Work


@dataclass(frozen=True)
class Shared:
    """The assistant, its limits, and the threads it may use."""

    assistant: Assistant
    settings: WebSettings
    work: Work


def _shared(request: Request) -> Shared:
    shared = request.app.state.shared
    assert isinstance(shared, Shared)
    return shared


def _asker() -> Asker:
    """Everyone is a visitor, who sees what is published, until accounts exist."""
    return VISITOR


UsesShared = Annotated[Shared, Depends(_shared)]
AskedBy = Annotated[Asker, Depends(_asker)]
