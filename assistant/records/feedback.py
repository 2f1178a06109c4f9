"""Feedback on answers, exported as lines that `spbe eval` and a person can go on with."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assistant.records.models import Feedback


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
