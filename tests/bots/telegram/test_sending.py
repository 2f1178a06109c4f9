"""What becomes of an answer when a call fails, and what of an update when the bot stops."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.telegram_updates import TelegramMessage, TelegramUpdate
from bots.assembly import Installation
from bots.telegram.mailbox import BEGINNINGS, Mailbox
from bots.telegram.outgoing import Outgoing, Reply
from tests.bots.telegram.bot_api import BOT, BotApi, Fault
from tests.bots.telegram.running_bots import QuickAssistant, installed, running

CHAT = 21


@pytest.fixture
def assistant() -> QuickAssistant:
    return QuickAssistant()


@pytest.fixture
def made(folder: Path, api: BotApi, assistant: QuickAssistant) -> Installation:
    return installed(folder, api.address, assistant)


def first(number: int, fault: Fault) -> Callable[[str], Fault | None]:
    """The first so many sendMessage calls fail."""
    left = [fault] * number
    return lambda method: left.pop() if method == "sendMessage" and left else None


def outbox(made: Installation) -> list[tuple[str, int]]:
    with Session(made.engine) as session:
        return [(m.state, m.attempts) for m in session.scalars(select(TelegramMessage).order_by(TelegramMessage.id))]


def ask_through(made: Installation, api: BotApi, *texts: str) -> list[str]:
    """Write, wait until nothing is left to do; the accepted texts."""
    for text in texts:
        api.message(CHAT, text)
    with running(made) as bot:
        api.until(lambda: len(outbox(made)) == len(texts) and not bot.mailbox.busy_chats())
    return [call.text.split(":")[0] for call in api.sent(CHAT)]


def test_silence_after_acceptance_leads_to_one_repetition(made: Installation, api: BotApi) -> None:
    api.fails = first(1, "silence after")
    assert ask_through(made, api, "Satu", "Dua") == ["Satu", "Satu", "Dua"]
    assert outbox(made) == [("sent", 2), ("sent", 1)]


def test_two_unknown_outcomes_are_the_end_of_it(made: Installation, api: BotApi) -> None:
    api.fails = first(2, "silence after")
    assert ask_through(made, api, "Satu", "Dua") == ["Satu", "Satu", "Dua"]
    assert outbox(made) == [("unknown", 2), ("sent", 1)]


def test_a_server_error_is_an_unknown_outcome_too(made: Installation, api: BotApi) -> None:
    api.fails = first(1, "500")
    assert ask_through(made, api, "Satu", "Dua") == ["Satu", "Dua"]
    assert outbox(made) == [("sent", 2), ("sent", 1)]


def test_the_retry_waits_until_the_api_answers_again(made: Installation, api: BotApi) -> None:
    down: set[str] = {"sendMessage"}
    api.fails = lambda method: "500" if method in down else None
    api.message(CHAT, "Satu")
    with running(made) as bot:
        api.until(lambda: api.polls > 0)
        down.add("getMe")
        api.until(lambda: outbox(made) == [("unknown", 1)])
        time.sleep(0.7)
        assert outbox(made) == [("unknown", 1)]
        down.clear()
        api.until(lambda: not bot.mailbox.busy_chats())
    assert outbox(made) == [("sent", 2)]


def test_retry_after_is_waited_for_and_counts_as_no_attempt(made: Installation, api: BotApi) -> None:
    api.fails = first(2, "429")
    start = time.monotonic()
    assert ask_through(made, api, "Satu", "Dua") == ["Satu", "Dua"]
    assert time.monotonic() - start >= 2
    assert outbox(made) == [("sent", 1), ("sent", 1)]


def test_a_refused_message_is_given_up_and_the_next_one_sent(made: Installation, api: BotApi) -> None:
    api.message(CHAT, "Satu")
    with running(made) as bot:
        api.until(lambda: outbox(made) == [("sent", 1)])
        known = api.chats.pop(CHAT)
        api.update({"message": {"message_id": 900, "date": 1, "chat": known, "text": "Dua"}})
        api.until(lambda: outbox(made)[1:] == [("failed", 1)])
        api.message(CHAT, "Tiga")
        api.until(lambda: outbox(made)[2:] == [("sent", 1)])
        assert bot.mailbox.busy_chats() == set()


def test_an_unreachable_api_costs_no_attempt(made: Installation, api: BotApi) -> None:
    bot = Mailbox(made.engine, BOT["id"])
    bot.store([api.message(CHAT, "Satu")])
    bot.finish(api.pending[0]["update_id"], CHAT, Reply(messages=(Outgoing(html="Satu"),)))
    taken = bot.take(CHAT)
    assert taken is not None and taken[1].html == "Satu"
    bot.put_back(taken[0], "ConnectError")
    assert outbox(made) == [("waiting", 0)]


def test_a_restart_sends_what_was_being_sent_once_more_and_handles_what_waits(
    made: Installation, api: BotApi, assistant: QuickAssistant
) -> None:
    bot = Mailbox(made.engine, BOT["id"])
    first_, second = api.message(CHAT, "Satu"), api.message(CHAT, "Dua")
    bot.store([first_, second])
    bot.finish(first_["update_id"], CHAT, Reply(messages=(Outgoing(html="Satu: jawaban"),)))
    bot.take(CHAT)
    assert outbox(made) == [("sending", 1)]
    with running(made):
        api.wait(2, CHAT)
    assert [call.text.split(":")[0] for call in api.sent(CHAT)] == ["Satu", "Dua"]
    assert outbox(made) == [("sent", 2), ("sent", 1)]
    assert len(assistant.asked) == 1, "the repeated delivery of an update is known"


def test_an_update_that_stops_the_bot_again_and_again_is_given_up(
    made: Installation, api: BotApi, assistant: QuickAssistant
) -> None:
    bot = Mailbox(made.engine, BOT["id"])
    update = api.message(CHAT, "Satu")
    bot.store([update])
    for _ in range(BEGINNINGS):
        bot.begin(CHAT)
    with running(made):
        (told,) = api.wait(1, CHAT)
    assert "kesalahan" in told.text and assistant.asked == []
    with Session(made.engine) as session:
        assert [u.state for u in session.scalars(select(TelegramUpdate))] == ["failed"]


def test_what_is_older_than_a_month_goes_but_never_what_waits(made: Installation, api: BotApi) -> None:
    from datetime import timedelta

    from assistant.records.models import now

    bot = Mailbox(made.engine, BOT["id"])
    done, waiting = api.message(CHAT, "Satu"), api.message(CHAT, "Dua")
    bot.store([done, waiting])
    bot.finish(done["update_id"], CHAT, Reply(messages=(Outgoing(html="Satu"),)))
    with Session(made.engine) as session, session.begin():
        for row in (*session.scalars(select(TelegramUpdate)), *session.scalars(select(TelegramMessage))):
            moment = now() - timedelta(days=31)
            setattr(row, "received_at" if isinstance(row, TelegramUpdate) else "created_at", moment)
    bot.sweep()
    with Session(made.engine) as session:
        assert [u.update_id for u in session.scalars(select(TelegramUpdate))] == [waiting["update_id"]]
    assert outbox(made) == []
