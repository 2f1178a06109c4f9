"""The stand-in of the Bot API, and bots that talk to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bots.telegram.bot_api import BotApi, serving

if TYPE_CHECKING:
    from pathlib import Path

    from bots.assembly import Installation


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A stand-in that is up; its address is ``api.address``."""
    standin = BotApi()
    with serving(standin) as address:
        standin.address = address
        yield standin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def whole(installation: Installation, folder: Path, api: BotApi) -> Installation:
    """An installation with records of its own, the sample data in them, over the library of ``installation``."""
    from assistant.conversation import Memory
    from assistant.records.conversations import StoredConversations
    from assistant.service import Assistant
    from tests.bots.telegram.running_bots import installed

    made = installed(folder, api.address, sample=True)
    memory = Memory(StoredConversations(made.engine))
    made.__dict__["assistant"] = Assistant(made.engine, installation.retriever, memory)
    return made
