"""What a conversation remembers: the last Requests, structured, for a while, and nothing of the wording but queries.

Where it is kept is the records' business; this room says what is kept, for how long, and who may see it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from assistant.request import Request

REMEMBERED = 8  # turns; a follow-up never reaches further back
EXPIRES = timedelta(hours=12)  # after the last turn
SWEPT = timedelta(hours=1)  # how often a process that answers forgets what has expired


class Turn(BaseModel):
    """One understood question.

    Attributes:
        at: when it was asked, with time zone.
    """

    model_config = ConfigDict(frozen=True)

    at: datetime
    request: Request


class ConversationStore(Protocol):
    """Where turns are kept, by owner and conversation id; an id is unique within a channel ("telegram:123")."""

    def turns(self, owner: str, conversation: str) -> Sequence[Turn]:
        """The turns kept, oldest first; none for an unknown conversation or one of another owner."""

    def add(self, owner: str, conversation: str, turn: Turn, keep: int) -> None:
        """Add a turn and drop all but the last ``keep``."""

    def conversations(self, owner: str) -> Sequence[str]:
        """The ids of an owner's conversations."""

    def delete(self, owner: str, conversation: str) -> None:
        """Forget a conversation; an unknown one is no error."""

    def delete_before(self, moment: datetime) -> int:
        """Forget the conversations whose last turn is older; returns how many."""


class InMemoryConversations:
    """Conversations of one process: the command line's, and tests'."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], list[Turn]] = {}

    def turns(self, owner: str, conversation: str) -> Sequence[Turn]:
        return tuple(self._kept.get((owner, conversation), ()))

    def add(self, owner: str, conversation: str, turn: Turn, keep: int) -> None:
        kept = self._kept.setdefault((owner, conversation), [])
        kept.append(turn)
        del kept[:-keep]

    def conversations(self, owner: str) -> Sequence[str]:
        return tuple(conversation for known, conversation in self._kept if known == owner)

    def delete(self, owner: str, conversation: str) -> None:
        self._kept.pop((owner, conversation), None)

    def delete_before(self, moment: datetime) -> int:
        old = [key for key, turns in self._kept.items() if turns[-1].at < moment]
        for key in old:
            del self._kept[key]
        return len(old)


class Memory:
    """The memory of all conversations.

    Args:
        store: where turns are kept.
        expires: how long after its last turn a conversation is forgotten.
        remembered: how many turns are kept.
    """

    def __init__(self, store: ConversationStore, expires: timedelta = EXPIRES, remembered: int = REMEMBERED) -> None:
        self._store = store
        self._expires = expires
        self._remembered = remembered
        self._swept: datetime | None = None

    def previous(self, owner: str, conversation: str | None, now: datetime) -> tuple[Request, ...]:
        """The Requests a follow-up may refer to, oldest first; none once the conversation has expired."""
        if conversation is None:
            return ()
        turns = self._store.turns(owner, conversation)
        if turns and now - turns[-1].at > self._expires:
            self._store.delete(owner, conversation)
            return ()
        return tuple(turn.request for turn in turns)

    def remember(self, owner: str, conversation: str | None, request: Request, now: datetime) -> None:
        """Keep a Request; a call without a conversation leaves nothing behind."""
        if conversation is None:
            return
        self._store.add(owner, conversation, Turn(at=now, request=request), self._remembered)
        if self._swept is None or now - self._swept > SWEPT:
            self._swept = now
            self.sweep(now)

    def shown(self, owner: str) -> dict[str, tuple[Turn, ...]]:
        """Everything kept of an owner's conversations, for the owner to see."""
        return {known: tuple(self._store.turns(owner, known)) for known in self._store.conversations(owner)}

    def forget(self, owner: str, conversation: str | None = None) -> None:
        """Delete one conversation, or all of an owner's."""
        for known in [conversation] if conversation is not None else list(self._store.conversations(owner)):
            self._store.delete(owner, known)

    def sweep(self, now: datetime) -> int:
        """Forget what has expired; returns how many conversations that were."""
        return self._store.delete_before(now - self._expires)
