"""Tables of the Telegram bot: what came in, what is to go out, what the buttons of an answer stand for.

An update is stored before it is acknowledged and is done in the transaction that stores its replies; a message is
marked before it is sent. So a bot that is killed at any moment goes on where it was.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.models import Base, Moment, now


class TelegramUpdate(Base):
    """An update as it came; its document is emptied once it is done.

    ``state``: waiting, done, failed. ``attempts`` counts the times its handling was begun.
    """

    __tablename__ = "telegram_updates"
    __table_args__ = (Index(None, "bot", "state", "chat", "update_id"),)

    bot: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)


class TelegramMessage(Base):
    """A message to send; its content is emptied once nothing more will be done with it.

    ``state``: waiting; sending (marked before the call); unknown (it may have arrived); sent; failed (refused).
    ``attempts`` counts the calls whose outcome is not known to be a refusal: at most two.
    """

    __tablename__ = "telegram_messages"
    __table_args__ = (Index(None, "bot", "state", "chat", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bot: Mapped[int] = mapped_column(BigInteger)
    chat: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)


class TelegramAnswer(Base):
    """What the buttons under an answer stand for: its suggestions, and what a thumb is about."""

    __tablename__ = "telegram_answers"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    bot: Mapped[int] = mapped_column(BigInteger)
    chat: Mapped[int] = mapped_column(BigInteger, index=True)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    suggestions: Mapped[list[str]] = mapped_column(JSON)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    feedback_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
