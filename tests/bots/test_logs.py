"""Logs strike out what looks like a secret, in either format, in tracebacks too."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from assistant.records.database import open_database
from assistant.settings import Settings
from bots.logs import configure

SECRETS = (
    "123456789:AAhunter2correcthorsebatterystaple0",
    "spbe_hunter2correcthorsebatterystaple01234567",
    "Bearer hunter2correcthorse",
    "postgresql+psycopg://spbe:hunter2@db/spbe",
)


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(False)


def _logged(monkeypatch: pytest.MonkeyPatch, form: Literal["text", "json"]) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    configure(Settings(log_format=form, _env_file=None))
    return stream


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_struck_out(monkeypatch: pytest.MonkeyPatch, form: Literal["text", "json"], secret: str) -> None:
    stream = _logged(monkeypatch, form)
    try:
        raise ValueError(f"cannot use {secret} here")
    except ValueError:
        logging.getLogger("bots.x").exception("failed with %s", secret)
    told = stream.getvalue()
    assert "hunter2" not in told
    assert told.count("[...]") >= 2 and "cannot use" in told and "ValueError" in told


def test_a_json_line_is_one_document_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _logged(monkeypatch, "json")
    try:
        raise ValueError("line\nbreak")
    except ValueError:
        logging.getLogger("bots.x").exception("two\nlines")
    (line,) = stream.getvalue().splitlines()
    document = json.loads(line)
    assert (document["message"], document["level"], document["logger"]) == ("two\nlines", "error", "bots.x")
    assert "line\nbreak" in document["traceback"]


def test_libraries_that_log_addresses_are_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _logged(monkeypatch, "text")
    for name in ("httpx", "uvicorn.access", "sqlalchemy.engine", "telegram.ext"):
        logging.getLogger(name).info("GET /api/v1/search?q=rahasia")
    assert stream.getvalue() == ""


def test_an_error_of_the_database_does_not_show_what_was_written(tmp_path: Path) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    engine = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with pytest.raises(SQLAlchemyError) as failed, engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:q)"), {"q": "kenapa rahasia"})
    engine.dispose()
    assert "rahasia" not in str(failed.value)
