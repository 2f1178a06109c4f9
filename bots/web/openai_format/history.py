"""Which conversation a list of messages goes on with.

The client sends the whole conversation each time and no id. What was asked here before is remembered in this
process; otherwise (another worker, a restart, an edited or branched conversation) the earlier questions are
asked again, in order, in a new conversation. So the list of messages alone decides what a question means.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from assistant.answer import Answer, Block
from assistant.permissions import Asker
from bots.web.openai_format.asked import Asked
from bots.web.service import Assistant
from scoring import RefusedInput

REPLAYED = 6  # earlier questions; a follow-up seldom reaches further back
REMEMBERED = 10_000  # conversations, at some 200 bytes


class History:
    """Remembers which conversation holds exactly which questions. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holds: OrderedDict[str, str] = OrderedDict()

    def ask(
        self, assistant: Assistant, asked: Asked, asker: Asker, settled: Callable[[Block], None] | None = None
    ) -> Answer:
        """Answer the last question in the light of the earlier ones; ``settled`` hears of each block of it.

        Raises:
            RefusedInput: the last question cannot be answered as it is asked.
        """
        *earlier, last = asked.asked
        if asked.conversation is not None:
            return assistant.ask(asked.question(last, asked.conversation), asker, settled)
        conversation = self._take(_key(asked, asker, earlier)) if earlier else None
        if conversation is None:
            conversation = f"openai:{secrets.token_urlsafe(16)}"
            for text in earlier[-REPLAYED:]:
                try:
                    assistant.ask(asked.question(text, conversation), asker)
                except RefusedInput:
                    continue  # it was refused then, too, and left nothing to refer to
        answer = assistant.ask(asked.question(last, conversation), asker, settled)
        self._put(_key(asked, asker, [*earlier, last]), conversation)
        return answer

    def _take(self, key: str) -> str | None:
        """The conversation, for one use: asking it once more adds a turn to it."""
        with self._lock:
            return self._holds.pop(key, None)

    def _put(self, key: str, conversation: str) -> None:
        with self._lock:
            self._holds[key] = conversation
            while len(self._holds) > REMEMBERED:
                self._holds.popitem(last=False)


def _key(asked: Asked, asker: Asker, questions: list[str]) -> str:
    parts = (repr(asker), asked.agency, asked.year, asked.lang, *questions)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
