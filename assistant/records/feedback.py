"""Feedback on answers: kept, and exported as lines that `spbe eval` and a person can go on with."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assistant.permissions import Asker
from assistant.records.models import Feedback


def keep(
    engine: Engine, asker: Asker, *, channel: str, helpful: bool, question: str, reason: str, evidence: dict[str, Any]
) -> None:
    """Store what somebody thinks of an answer, with the account where there is one."""
    with Session(engine) as session, session.begin():
        session.add(
            Feedback(
                channel=channel,
                account_id=asker.account_id,
                helpful=helpful,
                reason=reason,
                question=question,
                evidence=evidence,
            )
        )


def evaluation_lines(engine: Engine, *, unhelpful_only: bool = False) -> Iterator[dict[str, Any]]:
    """Each thumb as a question for `spbe eval`, without who gave it.

    ``gold`` is empty: which passage answers is for a person to say, with ``shown`` and ``reason`` as a start.
    """
    query = select(Feedback).order_by(Feedback.id)
    if unhelpful_only:
        query = query.where(Feedback.helpful.is_(False))
    with Session(engine) as session:
        for row in session.scalars(query):
            yield {
                "id": f"feedback-{row.id}",
                "question": row.question,
                "kind": "umpan balik",
                "gold": [],
                "helpful": row.helpful,
                "reason": row.reason,
                "shown": row.evidence,
                "channel": row.channel,
                "at": row.created_at.isoformat(timespec="seconds"),
            }
