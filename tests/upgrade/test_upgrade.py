"""An installation of the first release is brought up to date when this one starts; everything in it is still there.

The data were made by that release's own code (fill.py), before the second migration.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from assistant.permissions import VISITOR
from assistant.records.assessments import Assessments
from assistant.records.conversations import StoredConversations
from assistant.records.database import open_database, revisions
from assistant.records.invitations import accept, who
from assistant.request import Question
from assistant.settings import Settings
from bots.assembly import Installation
from scoring import RefusedInput
from tests.databases import postgresql_database

HERE = Path(__file__).parent
CODES = {"sqlite": "HFFE-RCS4-PHBJ", "postgresql": "UJTA-APHP-2DV7"}
"""Of the invitations that were open when the data were made."""

TABLES = ("agencies", "accounts", "assessments", "channel_identities", "invitations", "turns", "feedback", "audit")


def _rows(address: str) -> dict[str, list[dict[str, object]]]:
    engine = open_database(address)
    with engine.connect() as connection:
        held = {
            table: [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
            for table in TABLES
        }
    engine.dispose()
    return held


def _old(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database as the first release left it."""
    script = (HERE / f"first-release.{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        path = folder / "spbe.sqlite"
        with sqlite3.connect(path) as connection:
            connection.executescript(script)
        connection.close()
        yield f"sqlite:///{path}"
        return
    with postgresql_database() as url:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as server:
            server.execute(script.encode())
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, dict[str, list[dict[str, object]]], str]]:
    """The installation after ``spbe`` was started on it, what it held before, and the kind of its database."""
    folder: Path = tmp_path_factory.mktemp("upgrade")
    for address in _old(request.param, folder):
        before = _rows(address)
        environment = {**os.environ, "SPBE_DATA_DIR": str(folder), "SPBE_DATABASE_URL": address}
        command = [sys.executable, "-c", "from bots.command_line import main; main()", "ask", "--json"]
        asked = "berapa indeks Kab. Sumedang 2022?"
        done = subprocess.run(
            [*command, asked], env=environment, capture_output=True, text=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["request"]["agency"] == "Pemerintah Kab. Sumedang"
        made = Installation(Settings(data_dir=folder, database_url=address, _env_file=None), threads=1)
        yield made, before, request.param
        made.engine.dispose()


Upgraded = tuple[Installation, dict[str, list[dict[str, object]]], str]


def test_the_first_start_brings_the_schema_up_to_date(upgraded: Upgraded) -> None:
    held, newest = revisions(upgraded[0].engine)
    assert held == newest != "0001"


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_still_there_with_all_it_held(upgraded: Upgraded, table: str) -> None:
    installation, before, _ = upgraded
    after = _rows(installation.settings.database)[table]
    assert before[table], "the old data hold something of everything"
    for row in before[table]:
        assert any(row.items() <= held.items() for held in after), (table, row)


def test_figures_are_answered_as_before_and_the_unpublished_to_their_agency_alone(upgraded: Upgraded) -> None:
    installation, _, _ = upgraded
    staff = who(installation.engine, "telegram", "700000001")
    assert (staff.role, staff.agency_id) == ("staff", "kab-sumedang")
    sumedang = installation.records.register.find("Insun Medal")
    own = Assessments(installation.engine, staff)
    assert [h.assessment.year for h in own.of(sumedang)] == [2021, 2022, 2023]
    newest = own.find(sumedang, 2023)
    assert (newest.assessment.levels[21], newest.source, newest.published) == (4, "isian-2.xlsx", False)
    assert [h.assessment.year for h in Assessments(installation.engine, VISITOR).of(sumedang)] == [2021, 2022]
    private = Question(text="berapa indeks Kab. Sumedang tahun 2023?")
    told = installation.assistant.ask(private, staff)
    assert told.request.year == 2023 and told.figures and not told.abstained
    assert installation.assistant.ask(private, VISITOR).figures != told.figures


def test_a_regulation_that_was_ingested_is_still_found(upgraded: Upgraded) -> None:
    found = upgraded[0].assistant.search("siapa menyusun laporan gangguan Ruang Komando Data Daerah", 3)
    assert found[0]["rule"] == "perbup-sumedang-412-2021"
    assert "triwulan" in " ".join(one["text"] for one in found)


def test_a_conversation_goes_on_where_it_was(upgraded: Upgraded) -> None:
    installation, _, _ = upgraded
    staff = who(installation.engine, "telegram", "700000001")
    (turn,) = StoredConversations(installation.engine).turns(staff.name, "telegram:700000001")
    assert (turn.request.intent, turn.request.node, turn.request.year) == ("why", "domain 2", 2023)


def test_an_open_invitation_is_still_good_and_a_used_one_is_not(upgraded: Upgraded) -> None:
    installation, _, kind = upgraded
    head = accept(installation.engine, CODES[kind], "telegram", "700000002")
    assert (head.role, head.agency_id) == ("head", "kota-bandung")
    with pytest.raises(RefusedInput):
        accept(installation.engine, CODES[kind], "telegram", "700000003")


def test_the_audit_trail_is_whole_and_refuses_to_be_changed(upgraded: Upgraded) -> None:
    installation, before, _ = upgraded
    with installation.engine.connect() as connection:
        actions = [row.action for row in connection.execute(text("SELECT action FROM audit ORDER BY id"))]
    assert len(actions) >= len(before["audit"]) and actions[0] == "assessment stored"
    with pytest.raises(Exception, match="only added to"), installation.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit"))
