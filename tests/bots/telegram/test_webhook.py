"""Updates that Telegram delivers to the web app, in which the bot lives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.telegram_updates import TelegramUpdate
from bots.assembly import Installation
from bots.telegram.running import run_inside
from bots.telegram.webhook import PATH, secret_of
from tests.bots.telegram.bot_api import TOKEN, BotApi, listening, reserved
from tests.bots.telegram.running_bots import QuickAssistant, installed

CHAT = 31


@pytest.fixture
def assistant() -> QuickAssistant:
    return QuickAssistant()


@pytest.fixture
def made(folder: Path, api: BotApi, assistant: QuickAssistant) -> Iterator[Installation]:
    """A web app with the bot inside, its webhook set."""
    with reserved() as port:
        here = f"http://127.0.0.1:{port}"
    made = installed(folder, api.address, assistant, telegram_webhook=here)
    with listening(run_inside(FastAPI(), made), port):
        api.until(lambda: bool(api.webhook))
        assert api.webhook["url"] == here + PATH
        yield made


def test_a_delivered_update_is_stored_before_it_is_acknowledged_and_answered(made: Installation, api: BotApi) -> None:
    update = api.message(CHAT, "Satu")
    assert api.deliver(update) == 200
    with Session(made.engine) as session:
        assert [u.update_id for u in session.scalars(select(TelegramUpdate))] == [update["update_id"]]
    assert "Satu" in api.wait(1, CHAT)[0].text


@pytest.mark.parametrize("secret", ["", "salah", secret_of(TOKEN)[:-1], "é"])
def test_without_the_secret_nothing_is_read(made: Installation, api: BotApi, secret: str) -> None:
    assert api.deliver(api.message(CHAT, "Satu"), secret) == 403
    with Session(made.engine) as session:
        assert list(session.scalars(select(TelegramUpdate))) == []


def test_what_is_no_update_is_refused(made: Installation, api: BotApi) -> None:
    for document in ([], "x", {}, {"update_id": "7"}, {"update_id": True}):
        assert api.deliver(document) == 400  # type: ignore[arg-type]


def test_repeated_and_disordered_deliveries_are_answered_once_and_in_order(
    made: Installation, api: BotApi, assistant: QuickAssistant
) -> None:
    updates = [api.message(CHAT, f"Nomor {n}") for n in range(6)]
    for n in (0, 2, 1, 1, 5, 4, 0, 3, 3):
        assert api.deliver(updates[n]) == 200
    api.wait(6, CHAT)
    assert [question.text for question, _ in assistant.asked] == [f"Nomor {n}" for n in range(6)]
    assert len(api.sent(CHAT)) == 6


def test_an_update_that_never_comes_holds_the_next_one_for_a_moment_only(made: Installation, api: BotApi) -> None:
    updates = [api.message(CHAT, f"Nomor {n}") for n in range(3)]
    api.deliver(updates[0])
    api.deliver(updates[2])
    assert "Nomor 2" in api.wait(2, CHAT, seconds=5)[1].text


def test_the_secret_is_what_telegram_allows_and_not_the_token() -> None:
    assert secret_of(TOKEN).isalnum() and len(secret_of(TOKEN)) == 64
    assert TOKEN.split(":")[1] not in secret_of(TOKEN)


def test_without_a_webhook_address_the_bot_inside_asks_for_updates(folder: Path, api: BotApi) -> None:
    made = installed(folder, api.address, QuickAssistant())
    api.message(CHAT, "Satu")
    app = FastAPI()
    with listening(run_inside(app, made)):
        assert "Satu" in api.wait(1, CHAT)[0].text
    assert PATH not in {getattr(route, "path", None) for route in app.routes}
