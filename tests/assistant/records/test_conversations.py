"""Conversations belong to their owner, and are forgotten."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from assistant.conversation import Memory
from assistant.records.conversations import StoredConversations
from assistant.request import Request

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _request(year: int) -> Request:
    return Request(intent="score", year=year)


def test_a_conversation_is_its_owners_alone(engine: Engine) -> None:
    memory = Memory(StoredConversations(engine))
    memory.remember("account 1", "telegram:42", _request(2024), NOW)
    memory.remember("account 2", "telegram:42", _request(2023), NOW)
    assert [request.year for request in memory.previous("account 1", "telegram:42", NOW)] == [2024]
    assert memory.previous("account 3", "telegram:42", NOW) == ()
    memory.forget("account 2")
    assert list(memory.shown("account 1")) == ["telegram:42"]
    assert memory.shown("account 2") == {}


def test_only_the_last_turns_are_kept_in_their_order(engine: Engine) -> None:
    memory = Memory(StoredConversations(engine), remembered=3)
    for year in range(2018, 2025):
        memory.remember("account 1", "a", _request(year), NOW)
        memory.remember("account 1", "b", _request(year), NOW)
    assert [request.year for request in memory.previous("account 1", "a", NOW)] == [2022, 2023, 2024]
    assert [request.year for request in memory.previous("account 1", "b", NOW)] == [2022, 2023, 2024]


def test_what_has_expired_is_swept_and_never_used(engine: Engine) -> None:
    memory = Memory(StoredConversations(engine))
    memory.remember("account 1", "new", _request(2024), NOW)
    memory.remember("account 1", "old", _request(2024), NOW - timedelta(hours=13))
    memory.remember("account 2", "older", _request(2024), NOW - timedelta(days=3))
    assert memory.sweep(NOW) == 2
    assert list(memory.shown("account 1")) == ["new"]
    assert memory.previous("account 1", "new", NOW + timedelta(hours=13)) == ()


def test_moments_come_back_aware(engine: Engine) -> None:
    memory = Memory(StoredConversations(engine))
    memory.remember("account 1", "a", _request(2024), NOW)
    (turn,) = memory.shown("account 1")["a"]
    assert turn.at == NOW and turn.at.tzinfo is not None


def test_no_wording_is_kept_in_a_turn_of_figures(engine: Engine) -> None:
    memory = Memory(StoredConversations(engine))
    memory.remember("account 1", "a", _request(2024), NOW)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT request FROM turns").all()
    assert "score" in str(rows)
    assert _request(2024).model_dump(mode="json").keys() >= {"intent", "year"}
