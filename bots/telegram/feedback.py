"""A thumb under an answer, kept once for an answer however often it is pressed."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from assistant.permissions import Asker
from assistant.records.models import Feedback
from assistant.records.telegram_updates import TelegramAnswer
from bots.telegram.outgoing import Kept


def thumb(engine: Engine, kept: Kept, helpful: bool, asker: Asker) -> None:
    """Store what was thought of an answer; a second press replaces the first."""
    with Session(engine) as session, session.begin():
        answer = session.get_one(TelegramAnswer, kept.id)
        given = None if answer.feedback_id is None else session.get(Feedback, answer.feedback_id)
        if given is None:
            given = Feedback(
                channel="telegram",
                account_id=asker.account_id,
                question=kept.question,
                evidence=dict(kept.evidence),
                helpful=helpful,
            )
            session.add(given)
        given.helpful = helpful
        session.flush()
        answer.feedback_id = given.id
