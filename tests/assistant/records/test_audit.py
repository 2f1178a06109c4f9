"""The audit trail is only added to, and can be exported."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from assistant.records import audit
from assistant.records.agencies import Agencies
from assistant.records.invitations import accept, invite
from assistant.records.models import now
from tests.assistant.records.conftest import OURS, put

CHANGES = [
    "UPDATE audit SET actor = 'nobody'",
    "UPDATE audit SET details = '{}' WHERE id = 1",
    "DELETE FROM audit",
    "DELETE FROM audit WHERE id = 1",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_was_written(engine: Engine, register: Agencies, change: str) -> None:
    put(engine, register, OURS)
    before = list(audit.entries(engine))
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.execute(text(change))
    assert list(audit.entries(engine)) == before != []


def test_it_says_who_did_what_to_which_thing(engine: Engine, register: Agencies) -> None:
    ours = register.find(OURS)
    asker = accept(engine, invite(engine, ours, "staff", "Siti"), "telegram", "42")
    put(engine, register, OURS, stage="self", published=False, by=asker)
    found = [(e["actor"], e["action"], e["subject"]) for e in audit.entries(engine)]
    assert found == [
        ("operator", "invited", ours.id),
        (asker.name, "joined", ours.id),
        (asker.name, "assessment stored", f"{ours.id} 2024 self"),
    ]
    assert "Siti" not in json.dumps(list(audit.entries(engine)))


def test_an_export_starts_where_it_is_asked_to(engine: Engine, register: Agencies) -> None:
    put(engine, register, OURS)
    assert len(list(audit.entries(engine, now() - timedelta(minutes=1)))) == 1
    assert list(audit.entries(engine, now() + timedelta(minutes=1))) == []
