"""The doctor finds what is wrong, says what to do, changes nothing and tells no secret."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from assistant.records.database import migrate, open_database
from assistant.settings import Settings
from bots.assembly import Installation
from bots.commands.admin import admin
from bots.doctor import examine
from bots.doctor.finding import _words
from knowledge.embedding import Embedder, Side, Vectors
from tests.databases import postgresql_database

TOKEN = "123456:hunter2-correct-horse"


class _Service(BaseHTTPRequestHandler):
    """Stands in for Telegram and for a model server: the token and the key decide the status."""

    def do_GET(self) -> None:
        good = self.path == f"/bot{TOKEN}/getMe" or self.headers.get("Authorization") == "Bearer right"
        self.send_response(200 if good else 401)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _made(folder: Path, **settings: Any) -> Installation:
    return Installation(Settings(data_dir=folder, _env_file=None, **settings), sample=False, threads=1)


def _states(installation: Installation) -> dict[str, str]:
    return {finding.check: finding.state for finding in examine(installation)}


def _run(installation: Installation, *arguments: str) -> Result:
    return CliRunner().invoke(admin, ["doctor", *arguments], obj=installation)


def test_a_ready_installation_is_in_order(installation: Installation) -> None:
    installation.settings.data_dir.chmod(0o700)
    states = _states(installation)
    assert set(states.values()) == {"ok"}, states
    assert list(states) == list(_words())
    result = _run(installation, "--json")
    assert result.exit_code == 0
    assert [line["state"] for line in json.loads(result.stdout)] == ["ok"] * len(states)


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    states = _states(_made(tmp_path / "new"))
    assert (states["data folder"], states["database"]) == ("warning", "warning")
    assert not (tmp_path / "new").exists()
    assert _run(_made(tmp_path / "new")).exit_code == 0


def test_every_word_is_there_in_both_languages() -> None:
    for check, cases in _words().items():
        for what, words in cases.items():
            for part in words.values():
                assert set(part) == {"id", "en"} and all(part.values()), (check, what)


def test_a_damaged_database_is_told_from_a_missing_one(tmp_path: Path) -> None:
    installation = _made(tmp_path)
    (tmp_path / "spbe.sqlite").write_bytes(b"not a database, " * 1000)
    (database,) = [finding for finding in examine(installation) if finding.check == "database"]
    assert database.state == "broken" and database.do is not None
    assert "restore" in database.do.en
    assert _run(installation).exit_code == 1


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    secret = "hunter2"
    url = f"postgresql+psycopg://spbe:{secret}@127.0.0.1:1/spbe"
    result = _run(_made(tmp_path, database_url=url), "--lang", "en")
    assert result.exit_code == 1
    assert "BROKEN  database" in result.stdout and "127.0.0.1:1" in result.stdout
    assert secret not in result.output


def test_an_older_schema_is_a_notice_and_a_newer_one_is_broken(tmp_path: Path) -> None:
    installation = _made(tmp_path)
    engine = open_database(installation.settings.database)
    migrate(engine, "0001")
    assert _states(installation)["migrations"] == "warning"
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert _states(installation)["migrations"] == "broken"


def test_a_clock_that_goes_back_is_broken(tmp_path: Path) -> None:
    installation = _made(tmp_path)
    engine = open_database(installation.settings.database)
    migrate(engine)
    assert _states(installation)["clock"] == "ok"
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO audit (at, actor, action, subject, details) VALUES ('2999-01-01', 'x', 'x', 'x', '{}')")
        )
    engine.dispose()
    assert _states(installation)["clock"] == "broken"


def test_postgresql_is_examined_too(tmp_path: Path) -> None:
    with postgresql_database() as url:
        engine = open_database(url)
        migrate(engine)
        engine.dispose()
        states = _states(_made(tmp_path, database_url=url))
    assert (states["database"], states["migrations"], states["clock"]) == ("ok", "ok", "ok")


class _Other(Embedder):
    """An embedder of another name, which gives vectors of no use."""

    name = "other"

    def embed(self, texts: list[str], side: Side) -> Vectors:
        import numpy as np

        return np.zeros((len(texts), 4), np.float32)


def test_another_embedder_and_wrong_vectors_are_found(installation: Installation) -> None:
    other = Installation(installation.settings, threads=1)
    other.embedder = _Other()
    found = {finding.check: finding for finding in examine(other)}
    assert (found["index"].state, found["embedder"].state) == ("broken", "broken")
    assert "spbe index rebuild" in found["index"].found.en


def test_a_chroma_server_that_is_not_there_is_broken(installation: Installation) -> None:
    settings = installation.settings.model_copy(update={"chroma_url": "http://127.0.0.1:1"})
    assert _states(Installation(settings, threads=1))["index"] == "broken"


@pytest.mark.parametrize(
    ("token", "address", "state"),
    [
        (TOKEN, "", "ok"),
        ("123456:wrong", "", "broken"),
        (TOKEN, "http://127.0.0.1:1", "broken"),
        (TOKEN, "x", "broken"),
    ],
)
def test_the_bots_token_is_tried_and_never_shown(
    tmp_path: Path, service: str, token: str, address: str, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    installation = _made(tmp_path, telegram_token=token, telegram_api=address or service)
    assert _states(installation)["telegram"] == state
    shown = _run(installation).output + _run(installation, "--json").output + repr(installation.settings)
    assert token not in shown
    assert token not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("httpx"))


@pytest.mark.parametrize(("key", "state"), [("right", "ok"), ("wrong", "warning")])
def test_a_model_server_that_refuses_is_a_notice(tmp_path: Path, service: str, key: str, state: str) -> None:
    installation = _made(tmp_path, model="small", model_url=f"{service}/v1", model_key=key)
    assert _states(installation)["model"] == state


def test_a_folder_open_to_others_is_a_notice(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert _states(_made(tmp_path))["data folder"] == "warning"


def test_a_full_disk_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 10**6, 10**6))  # type: ignore[attr-defined]
    assert _states(_made(tmp_path))["disk"] == "broken"


def test_a_folder_that_cannot_be_written_to_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # to root nothing is read-only
    assert _states(_made(tmp_path))["data folder"] == "broken"
