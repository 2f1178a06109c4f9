"""What a conversation is about: its last Requests, structured, until they expire."""

from datetime import timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from assistant.records.models import Turn, now
from assistant.request import Request

_RECALLED = 6  # turns that a follow-up can refer to


class Conversations:
    """The memory of conversations; their owners may read and delete it.

    Args:
        engine: the records' database.
        lifetime: how long a turn can be referred to.
    """

    def __init__(self, engine: Engine, lifetime: timedelta = timedelta(hours=12)) -> None:
        self._engine = engine
        self._lifetime = lifetime

    def recall(self, conversation: str) -> list[Request]:
        """The last requests, oldest first; none of them older than the lifetime."""
        query = (
            select(Turn.request)
            .where(Turn.conversation == conversation, Turn.created_at > now() - self._lifetime)
            .order_by(Turn.id.desc())
            .limit(_RECALLED)
        )
        with Session(self._engine) as session:
            return [Request.model_validate(document) for document in reversed(session.scalars(query).all())]

    def remember(self, conversation: str, request: Request) -> None:
        document = request.model_dump(mode="json")
        with Session(self._engine) as session, session.begin():
            session.add(Turn(conversation=conversation, request=document))

    def forget(self, conversation: str) -> int:
        """Delete a conversation; returns how many turns it had."""
        with Session(self._engine) as session, session.begin():
            return session.execute(delete(Turn).where(Turn.conversation == conversation)).rowcount  # type: ignore[attr-defined, no-any-return]

    def expire(self, after: timedelta) -> int:
        """Delete turns older than the retention period."""
        with Session(self._engine) as session, session.begin():
            return session.execute(delete(Turn).where(Turn.created_at < now() - after)).rowcount  # type: ignore[attr-defined, no-any-return]
