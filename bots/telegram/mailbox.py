"""The bot's inbox and outbox in the records' database.

Blocking; called from threads. One process handles them (bots.telegram.running holds the lock), any may fill the inbox.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.records.models import now
from assistant.records.telegram_updates import TelegramAnswer, TelegramMessage, TelegramUpdate
from bots.telegram.incoming import chat_of
from bots.telegram.outgoing import Kept, Outgoing, Reply

TRIES = 2  # calls of a message whose outcome may have been a delivery
BEGINNINGS = 3  # of handling an update; one that stops the process that often is given up
KEPT = timedelta(days=30)


class Mailbox:
    """The stored updates and messages of one bot.

    Args:
        engine: the records' database.
        bot: Telegram's id of the bot.
        gap: how long an update waits for one with a lower number; a webhook's may arrive out of order.
    """

    def __init__(self, engine: Engine, bot: int, gap: timedelta = timedelta(0)) -> None:
        self.engine = engine
        self.bot = bot
        self._gap = gap

    # -- in ----------------------------------------------------------------------------------------------

    def store(self, documents: Sequence[dict[str, Any]]) -> set[int]:
        """Store updates as they came; known ones are left as they are. Returns the chats they belong to."""
        rows = [
            {
                "bot": self.bot,
                "update_id": document["update_id"],
                "chat": chat_of(document),
                "document": document,
                "state": "waiting",
                "attempts": 0,
                "received_at": now(),
            }
            for document in documents
        ]
        if rows:
            dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
            with Session(self.engine) as session, session.begin():
                session.execute(dialect.insert(TelegramUpdate).on_conflict_do_nothing(), rows)
        return {row["chat"] for row in rows}

    def busy_chats(self) -> set[int]:
        """Chats with an update to handle or a message to send."""
        with Session(self.engine) as session:
            chats: set[int] = set()
            for query in (
                select(TelegramUpdate.chat).where(TelegramUpdate.bot == self.bot, TelegramUpdate.state == "waiting"),
                select(TelegramMessage.chat).where(
                    TelegramMessage.bot == self.bot,
                    TelegramMessage.state.in_(("waiting", "sending", "unknown")),
                    TelegramMessage.attempts < TRIES,
                ),
            ):
                chats.update(session.scalars(query.distinct()))
            return chats

    def begin(self, chat: int) -> tuple[int, dict[str, Any], int] | float | None:
        """Take a chat's next update.

        Returns:
            its id, its document and how often it was begun, this time included; or the seconds to wait, where one with
            a lower number may still come; or None where none waits.
        """
        mine = (TelegramUpdate.bot == self.bot,)
        with Session(self.engine) as session, session.begin():
            found = session.scalars(
                select(TelegramUpdate)
                .where(*mine, TelegramUpdate.chat == chat, TelegramUpdate.state == "waiting")
                .order_by(TelegramUpdate.update_id)
                .limit(1)
            ).first()
            if found is None:
                return None
            waited = now() - found.received_at
            if waited < self._gap:
                before = select(func.max(TelegramUpdate.update_id)).where(
                    *mine, TelegramUpdate.update_id < found.update_id
                )
                if session.scalar(before) not in (None, found.update_id - 1):
                    return (self._gap - waited).total_seconds()
            found.attempts += 1
            return found.update_id, dict(found.document), found.attempts

    def finish(self, update_id: int, chat: int, reply: Reply, state: str = "done") -> None:
        """Mark an update as done and store what it leads to, both or neither."""
        with Session(self.engine) as session, session.begin():
            session.execute(
                update(TelegramUpdate)
                .where(TelegramUpdate.bot == self.bot, TelegramUpdate.update_id == update_id)
                .values(state=state, document={})
            )
            for message in reply.messages:
                session.add(
                    TelegramMessage(
                        bot=self.bot,
                        chat=chat,
                        update_id=update_id,
                        content=message.model_dump(mode="json", exclude_defaults=True),
                    )
                )
            if reply.kept is not None:
                session.add(TelegramAnswer(bot=self.bot, chat=chat, **reply.kept.model_dump(mode="json")))

    # -- out ---------------------------------------------------------------------------------------------

    def recover(self) -> int:
        """After a restart: what was being sent has an unknown outcome. Returns how many those are."""
        with Session(self.engine) as session, session.begin():
            done = session.execute(
                update(TelegramMessage)
                .where(TelegramMessage.bot == self.bot, TelegramMessage.state == "sending")
                .values(state="unknown", error="the bot stopped while sending")
            )
            return int(done.rowcount)  # type: ignore[attr-defined]

    def take(self, chat: int) -> tuple[int, Outgoing] | None:
        """Take a chat's next message to send, marked as being sent before the call is made."""
        with Session(self.engine) as session, session.begin():
            found = session.scalars(
                select(TelegramMessage)
                .where(
                    TelegramMessage.bot == self.bot,
                    TelegramMessage.chat == chat,
                    TelegramMessage.state.in_(("waiting", "unknown")),
                    TelegramMessage.attempts < TRIES,
                )
                .order_by(TelegramMessage.id)
                .limit(1)
            ).first()
            if found is None:
                return None
            found.state = "sending"
            found.attempts += 1
            return found.id, Outgoing.model_validate(found.content)

    def sent(self, message: int) -> None:
        self._settle(message, state="sent", content={})

    def refused(self, message: int, error: str) -> None:
        """Telegram will not take it, now or later."""
        self._settle(message, state="failed", error=error, content={})

    def put_back(self, message: int, error: str) -> None:
        """It certainly did not arrive; the attempt does not count."""
        self._settle(message, state="waiting", error=error, attempts=TelegramMessage.attempts - 1)

    def uncertain(self, message: int, error: str) -> None:
        """It may have arrived; it is sent once more at most."""
        self._settle(message, state="unknown", error=error)

    def _settle(self, message: int, **values: Any) -> None:
        with Session(self.engine) as session, session.begin():
            session.execute(update(TelegramMessage).where(TelegramMessage.id == message).values(**values))

    # -- buttons -----------------------------------------------------------------------------------------

    def kept(self, answer: str, chat: int) -> Kept | None:
        """What the buttons under an answer stand for; None for another chat's answer or a forgotten one."""
        with Session(self.engine) as session:
            found = session.get(TelegramAnswer, answer)
            if found is None or (found.bot, found.chat) != (self.bot, chat):
                return None
            return Kept.model_validate(found, from_attributes=True)

    # -- keeping less ------------------------------------------------------------------------------------

    def forget(self, chat: int) -> None:
        """Drop all that is kept of a chat's answers; messages still to be sent stay."""
        with Session(self.engine) as session, session.begin():
            session.execute(delete(TelegramAnswer).where(TelegramAnswer.bot == self.bot, TelegramAnswer.chat == chat))
            session.execute(
                delete(TelegramMessage).where(
                    TelegramMessage.bot == self.bot,
                    TelegramMessage.chat == chat,
                    (TelegramMessage.state.in_(("sent", "failed"))) | (TelegramMessage.attempts >= TRIES),
                )
            )

    def sweep(self) -> None:
        """Drop what is older than 30 days; numbers of updates are kept so long to know repeated ones."""
        before = now() - KEPT
        with Session(self.engine) as session, session.begin():
            session.execute(
                delete(TelegramUpdate).where(TelegramUpdate.received_at < before, TelegramUpdate.state != "waiting")
            )
            for table in (TelegramMessage, TelegramAnswer):
                session.execute(delete(table).where(table.created_at < before))
