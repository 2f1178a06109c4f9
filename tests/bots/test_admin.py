"""spbe admin: people, programs, exports, and a backup that answers as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from assistant.permissions import OPERATOR
from assistant.records.api_keys import asker_with
from assistant.records.invitations import accept, who
from assistant.records.models import Feedback
from assistant.request import Question
from assistant.settings import Settings
from bots.assembly import Installation
from bots.commands.admin import admin
from knowledge.evaluation import load_questions


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """A new installation that may be written to, without its library."""
    return Installation(Settings(data_dir=tmp_path / "data", _env_file=None), sample=False, threads=1)


def run(installation: Installation, *arguments: str) -> Result:
    return CliRunner().invoke(admin, list(arguments), obj=installation)


def good(installation: Installation, *arguments: str) -> str:
    result = run(installation, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_people_are_invited_listed_and_ended(house: Installation) -> None:
    staff = good(house, "invite", "--agency", "Kab. Sumedang", "--name", "Bagian Organisasi").strip()
    accept(house.engine, staff, "telegram", "1")
    province = json.loads(good(house, "invite", "--role", "coordinator", "--province", "jawa barat", "--json"))
    asker = accept(house.engine, province["code"], "telegram", "2")
    assert (asker.role, asker.province) == ("coordinator", "Jawa Barat")
    operator = accept(house.engine, good(house, "invite", "--role", "operator").strip(), "telegram", "3")
    assert (operator.role, operator.agency_id, operator.province) == ("operator", None, None)
    listed = json.loads(good(house, "accounts", "--json"))
    assert [(a["role"], a["active"]) for a in listed] == [("staff", True), ("coordinator", True), ("operator", True)]
    assert "Bagian Organisasi" in good(house, "accounts")
    good(house, "accounts", "--deactivate", "1")
    assert who(house.engine, "telegram", "1").role == "visitor"
    assert json.loads(good(house, "accounts", "--json"))[0]["active"] is False


@pytest.mark.parametrize(
    "arguments",
    [
        ("invite", "--role", "coordinator"),
        ("invite", "--role", "coordinator", "--agency", "Kab. Sumedang"),
        ("invite", "--role", "coordinator", "--province", "Atlantis"),
        ("invite", "--role", "staff", "--province", "Jawa Barat"),
        ("invite", "--role", "operator", "--agency", "Kab. Sumedang"),
        ("invite", "--agency", "Kab. Atlantis"),
        ("accounts", "--deactivate", "7"),
        ("keys", "create", "--name", "portal"),
        ("keys", "revoke", "7"),
        ("restore", "nothing.backup"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(house: Installation, arguments: tuple[str, ...]) -> None:
    result = run(house, *arguments)
    assert result.exit_code == 1
    assert len(result.stderr.strip()) > 20 and "Traceback" not in result.output
    assert result.stdout == ""


def test_a_key_is_shown_once_and_revoked(house: Installation) -> None:
    key = good(house, "keys", "create", "--name", "portal", "--agency", "Kab. Sumedang").strip()
    assert asker_with(house.engine, key) is not None
    listed = json.loads(good(house, "keys", "list", "--json"))
    assert [(k["id"], k["works"], k["name"]) for k in listed] == [(1, True, "portal")]
    assert key not in good(house, "keys", "list", "--json") + good(house, "keys", "list")
    good(house, "keys", "revoke", "1")
    assert asker_with(house.engine, key) is None


def test_feedback_becomes_lines_that_the_evaluation_reads(house: Installation, tmp_path: Path) -> None:
    with Session(house.engine) as session, session.begin():
        for helpful in (True, False):
            session.add(Feedback(channel="telegram", helpful=helpful, question="apa isi pasal 6?", evidence={"f": []}))
    good(house, "feedback", "--to", str(tmp_path / "feedback.jsonl"))
    questions = load_questions(tmp_path / "feedback.jsonl")
    assert [question.question for question in questions] == ["apa isi pasal 6?"] * 2
    (line,) = good(house, "feedback", "--unhelpful").splitlines()
    assert json.loads(line)["helpful"] is False


def test_the_audit_trail_is_exported(house: Installation) -> None:
    good(house, "invite", "--agency", "Kab. Sumedang", "--name", "Siti")
    (line,) = good(house, "audit").splitlines()
    assert (json.loads(line)["action"], json.loads(line)["actor"]) == ("invited", "operator")
    assert "Siti" not in line
    assert good(house, "audit", "--since", "2999-01-01") == ""


def test_old_backups_are_cleared_away_when_asked(house: Installation) -> None:
    folder = house.settings.data_dir / "backups"
    folder.mkdir(parents=True)
    for year in (2001, 2002, 2003):
        (folder / f"tanya-spbe-{year}0101T000000Z.backup").write_text("old")
    (folder / "mine.backup").write_text("kept")
    made = Path(good(house, "backup", "--keep", "2").strip())
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["mine.backup", "tanya-spbe-20030101T000000Z.backup", made.name]
    )


def test_a_restored_installation_answers_the_same(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "spbe.backup"
    good(installation, "backup", "--to", str(archive))
    settings = Settings(data_dir=tmp_path / "restored", _env_file=None)
    good(Installation(settings), "restore", str(archive))
    restored = Installation(settings, threads=1)
    restored.prepare()
    for text in (
        "kenapa domain 2 kami rendah?",
        "Apa syarat level 3 indikator manajemen risiko?",
        "siapa yang menetapkan arsitektur SPBE pemerintah daerah?",
    ):
        question = Question(text=text, agency="Pemerintah Kota Bandar Lampung", year=2024)
        before, after = (house.assistant.ask(question, OPERATOR).model_dump() for house in (installation, restored))
        assert before == after
    assert restored.index.check()["added"] == 0
    restored.index.close()
    restored.engine.dispose()
