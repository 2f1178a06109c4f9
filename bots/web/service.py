"""What the web face needs from the assistant; anything that answers to this can stand behind it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from assistant.answer import Answer, Block
from assistant.conversation import Turn
from assistant.permissions import Asker
from assistant.request import Question
from scoring import Assessment


class Assistant(Protocol):
    """Every method may block and may raise ``RefusedInput``; assessments are those the asker may see."""

    def ask(self, question: Question, asker: Asker, settled: Callable[[Block], None] | None = None) -> Answer:
        """The checked answer; ``settled`` is called with each of its blocks, in order, as soon as it is certain."""

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        """The nearest passages, best first, as the documents of shared/DESIGN.md section 4."""

    def passage(self, passage_id: str, asker: Asker) -> dict[str, Any] | None:
        """One passage with the status of its rule; None where there is none that the asker may see."""

    def remembered(self, conversation: str, asker: Asker) -> Sequence[Turn]:
        """What is kept of the asker's conversation, oldest first."""

    def forget(self, conversation: str, asker: Asker) -> None:
        """Forget the asker's conversation; one that is not kept is no error."""

    def agencies(self) -> list[dict[str, Any]]:
        """The register: ``id``, ``name``, ``kind``, ``province``, ``group``."""

    def assessment(self, agency: str, year: int | None, stage: str | None, asker: Asker) -> Assessment:
        """What is held for an agency, in any spelling of its name or by id; the latest year by default."""

    def assessments(self, agency: str, asker: Asker) -> list[Assessment]:
        """All that is held for an agency, by year, the preferred stage of a year first."""

    def group(self, group: str, year: int | None, asker: Asker) -> list[Assessment]:
        """What is held for the agencies of a province or group in a year."""
