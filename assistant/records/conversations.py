"""Where the turns of conversations are kept (assistant.conversation says what, and for how long)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, delete, func, select
from sqlalchemy.orm import Session, aliased

from assistant.conversation import Turn
from assistant.records.models import TurnRecord
from assistant.request import Request


class StoredConversations:
    """The conversations of an installation, in its database.

    Args:
        engine: the records' database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def turns(self, owner: str, conversation: str) -> Sequence[Turn]:
        query = select(TurnRecord).where(*_of(owner, conversation)).order_by(TurnRecord.id)
        with Session(self._engine) as session:
            return [
                Turn(at=row.created_at, request=Request.model_validate(row.request)) for row in session.scalars(query)
            ]

    def add(self, owner: str, conversation: str, turn: Turn, keep: int) -> None:
        with Session(self._engine) as session, session.begin():
            session.add(
                TurnRecord(
                    owner=owner,
                    conversation=conversation,
                    request=turn.request.model_dump(mode="json"),
                    created_at=turn.at,
                )
            )
            session.flush()
            kept = select(TurnRecord.id).where(*_of(owner, conversation)).order_by(TurnRecord.id.desc()).limit(keep)
            last = session.scalars(kept).all()[-1]
            session.execute(delete(TurnRecord).where(*_of(owner, conversation), TurnRecord.id < last))

    def conversations(self, owner: str) -> Sequence[str]:
        query = select(TurnRecord.conversation).where(TurnRecord.owner == owner).distinct()
        with Session(self._engine) as session:
            return session.scalars(query.order_by(TurnRecord.conversation)).all()

    def delete(self, owner: str, conversation: str) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(delete(TurnRecord).where(*_of(owner, conversation)))

    def delete_before(self, moment: datetime) -> int:
        with Session(self._engine) as session, session.begin():
            newer = aliased(TurnRecord)
            goes_on = (
                select(newer.id)
                .where(
                    newer.owner == TurnRecord.owner,
                    newer.conversation == TurnRecord.conversation,
                    newer.created_at >= moment,
                )
                .exists()
            )
            over = TurnRecord.created_at < moment, ~goes_on
            ended = select(TurnRecord.owner, TurnRecord.conversation).where(*over).distinct().subquery()
            count = session.scalar(select(func.count()).select_from(ended)) or 0
            session.execute(delete(TurnRecord).where(*over), execution_options={"synchronize_session": False})
            return count


def _of(owner: str, conversation: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return TurnRecord.owner == owner, TurnRecord.conversation == conversation
