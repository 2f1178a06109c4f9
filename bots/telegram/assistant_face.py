"""What the bot needs from the assistant; anything that answers to this can stand behind it."""

from collections.abc import Callable
from typing import Any, Protocol

from assistant.answer import Answer, Block
from assistant.permissions import Asker
from assistant.records.agencies import Agencies
from assistant.request import Question


class Memory(Protocol):
    def forget(self, owner: str, conversation: str | None = None) -> None:
        """Delete one conversation, or all of an owner's."""


class Assistant(Protocol):
    """Every method may block and may raise ``RefusedInput``."""

    @property
    def memory(self) -> Memory:
        """What conversations remember."""

    def ask(self, question: Question, asker: Asker, settled: Callable[[Block], None]) -> Answer:
        """The checked answer; "we" is the agency of the asker's account. ``settled`` gets each block once certain."""

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        """The nearest passages, best first, as the documents of shared/DESIGN.md section 4."""

    @property
    def register(self) -> Agencies:
        """The register of agencies."""
