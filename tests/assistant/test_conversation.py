"""A conversation remembers Requests for a while, for its owner only."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.conversation import InMemoryConversations, Memory
from assistant.request import Request

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ASKED = Request(intent="why", node="domain 2")


@pytest.fixture
def memory() -> Memory:
    return Memory(InMemoryConversations(), expires=timedelta(hours=1), remembered=2)


def test_the_last_requests_come_back_oldest_first(memory: Memory) -> None:
    for node in ("domain 1", "domain 2", "domain 3"):
        memory.remember("ani", "telegram:1", ASKED.model_copy(update={"node": node}), NOW)
    assert [request.node for request in memory.previous("ani", "telegram:1", NOW)] == ["domain 2", "domain 3"]


def test_another_owner_sees_nothing(memory: Memory) -> None:
    memory.remember("ani", "telegram:1", ASKED, NOW)
    assert memory.previous("budi", "telegram:1", NOW) == ()
    assert memory.shown("budi") == {}


def test_a_conversation_expires_after_its_last_turn(memory: Memory) -> None:
    memory.remember("ani", "web:1", ASKED, NOW)
    assert memory.previous("ani", "web:1", NOW + timedelta(minutes=59)) == (ASKED,)
    assert memory.previous("ani", "web:1", NOW + timedelta(minutes=61)) == ()
    assert memory.shown("ani") == {}


def test_a_sweep_forgets_only_what_has_expired(memory: Memory) -> None:
    memory.remember("ani", "web:old", ASKED, NOW)
    memory.remember("ani", "web:new", ASKED, NOW + timedelta(hours=1))
    assert memory.sweep(NOW + timedelta(hours=1, minutes=30)) == 1
    assert list(memory.shown("ani")) == ["web:new"]


def test_an_owner_can_see_and_delete_one_or_all(memory: Memory) -> None:
    memory.remember("ani", "web:1", ASKED, NOW)
    memory.remember("ani", "web:2", ASKED, NOW)
    assert memory.shown("ani")["web:1"][0].request == ASKED
    memory.forget("ani", "web:1")
    assert list(memory.shown("ani")) == ["web:2"]
    memory.forget("ani")
    assert memory.shown("ani") == {}


def test_a_call_without_a_conversation_leaves_nothing(memory: Memory) -> None:
    memory.remember("ani", None, ASKED, NOW)
    assert memory.shown("ani") == {}
    assert memory.previous("ani", None, NOW) == ()


def test_whoever_answers_forgets_what_has_expired_now_and_then(memory: Memory) -> None:
    memory.remember("ani", "web:left", ASKED, NOW)
    memory.remember("budi", "web:2", ASKED, NOW + timedelta(minutes=30))
    assert set(memory.shown("ani")) == {"web:left"}
    memory.remember("budi", "web:2", ASKED, NOW + timedelta(minutes=61))
    assert memory.shown("ani") == {} and set(memory.shown("budi")) == {"web:2"}
