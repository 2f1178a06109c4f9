"""Who a chat is: the account tied to it, and the language chosen in it."""

from typing import cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from assistant.records.models import ChannelIdentity
from scoring import Language

CHANNEL = "telegram"


def chosen_language(engine: Engine, chat: int) -> Language | None:
    """The language chosen with /bahasa; None where it follows the question."""
    with Session(engine) as session:
        identity = session.get(ChannelIdentity, (CHANNEL, str(chat)))
        return None if identity is None else cast("Language | None", identity.language)


def choose_language(engine: Engine, chat: int, language: Language | None) -> None:
    with Session(engine) as session, session.begin():
        identity = session.get(ChannelIdentity, (CHANNEL, str(chat)))
        if identity is None:
            identity = ChannelIdentity(channel=CHANNEL, external_id=str(chat))
            session.add(identity)
        identity.language = language


def untie(engine: Engine, chat: int) -> None:
    """Forget which account and language a chat has."""
    with Session(engine) as session, session.begin():
        identity = session.get(ChannelIdentity, (CHANNEL, str(chat)))
        if identity is not None:
            session.delete(identity)
