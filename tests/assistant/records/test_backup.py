"""A backup taken while others write brings everything back, on either engine, or nothing."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, inspect, text

from assistant.permissions import OPERATOR
from assistant.records import audit
from assistant.records.agencies import Agencies
from assistant.records.api_keys import asker_with, create_key
from assistant.records.assessments import Assessments
from assistant.records.backup import back_up
from assistant.records.database import open_database
from assistant.records.holdings import Holdings
from assistant.records.invitations import accept, invite, who
from assistant.records.restore import restore
from assistant.records.sampling import load_sample
from knowledge.store import Store
from scoring import RefusedInput
from tests.assistant.records.conftest import OURS, put
from tests.databases import postgresql_database


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "evidence" / "2024").mkdir(parents=True)
    (folder / "evidence" / "2024" / "sk arsitektur.pdf").write_bytes(b"%PDF-\x00\xff")
    (folder / "chroma").mkdir()
    (folder / "chroma" / "index.bin").write_bytes(b"made anew")
    (folder / "sites.yaml").write_text("[]\n")
    return folder


@pytest.fixture
def filled(engine: Engine, register: Agencies) -> Engine:
    """Something in every kind of column."""
    load_sample(engine)
    ours = register.find(OURS)
    asker = accept(engine, invite(engine, ours, "staff", "Bagian Organisasi"), "telegram", "42")
    put(engine, register, OURS, stage="self", level=2, published=False, by=asker)
    put(engine, register, OURS, stage="self", level=4, published=False, by=asker)
    Store(engine).add_vectors("e", ["c"], np.arange(4, dtype=np.float32)[None])
    Store(engine).set_meta(indexed="1:e", embedder="e")
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database to restore into; its data folder is tmp_path / "new"."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'spbe.sqlite'}"
    else:
        with postgresql_database() as url:
            yield url


def _everything(engine: Engine) -> dict[str, list[Any]]:
    found = {}
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            if table not in ("alembic_version", "library_meta"):
                rows = connection.execute(text(f"SELECT * FROM {table}")).all()
                found[table] = sorted(str([_common(value) for value in row]) for row in rows)
    return found


def _common(value: Any) -> str:
    """Values as both engines give them: JSON and moments are text in one and objects in the other."""
    if isinstance(value, str) and value[:1] in "[{":
        return json.dumps(json.loads(value), sort_keys=True)
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return str(bytes(value)) if isinstance(value, bytes | memoryview) else str(value)


def test_everything_comes_back_on_either_engine(filled: Engine, data_dir: Path, tmp_path: Path, target: str) -> None:
    before = _everything(filled)
    made = back_up(filled, data_dir, tmp_path / "spbe.backup")
    assert (tmp_path / "spbe.backup").stat().st_mode & 0o077 == 0
    contents = restore(tmp_path / "spbe.backup", target, tmp_path / "new")
    assert contents.tables == made.tables
    assert (contents.files, made.files) == (2, 2)
    assert (tmp_path / "new/evidence/2024/sk arsitektur.pdf").read_bytes() == b"%PDF-\x00\xff"
    assert not (tmp_path / "new/chroma").exists() and not (tmp_path / "new/.restoring").exists()
    engine = open_database(target)
    assert _everything(engine) == before
    assert Store(engine).vectors_of("e", ["c"])["c"].tolist() == [0, 1, 2, 3]
    assert Store(engine).meta("indexed") is None
    engine.dispose()


def test_what_was_restored_goes_on(filled: Engine, data_dir: Path, tmp_path: Path, target: str) -> None:
    _, key = create_key(filled, "portal", "staff", Holdings(filled).register.find(OURS))
    back_up(filled, data_dir, tmp_path / "spbe.backup")
    restore(tmp_path / "spbe.backup", target, tmp_path / "new")
    engine = open_database(target)
    register = Holdings(engine).register
    asker = who(engine, "telegram", "42")
    assert (asker.role, asker.agency_id) == ("staff", register.find(OURS).id)
    assert asker_with(engine, key) is not None
    assert put(engine, register, OURS, stage="self", level=5, published=False, by=asker)
    held = Assessments(engine, OPERATOR).find(register.find(OURS), 2024, "self")
    assert set(held.assessment.levels.values()) == {5}
    with pytest.raises(Exception, match="only added to"), engine.begin() as connection:
        connection.execute(text("DELETE FROM audit"))
    engine.dispose()


def test_a_backup_shows_one_moment_while_others_write(engine: Engine, register: Agencies, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    put(engine, register, OURS, level=1)
    stop, wrote = threading.Event(), []

    def write() -> None:
        level = 1
        while not stop.is_set():
            level = level % 5 + 1
            wrote.append(put(engine, register, OURS, level=level))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(engine, tmp_path / "data", tmp_path / f"{number}.backup")
    finally:
        stop.set()
        writer.join()
    assert len(wrote) > 3
    for number in range(3):
        folder = tmp_path / f"new{number}"
        restore(tmp_path / f"{number}.backup", f"sqlite:///{folder / 'spbe.sqlite'}", folder)
        copy = open_database(f"sqlite:///{folder / 'spbe.sqlite'}")
        with copy.connect() as connection:
            current = connection.scalar(text("SELECT count(*) FROM assessments WHERE replaced_at IS NULL"))
            stored = connection.scalar(text("SELECT count(*) FROM assessments"))
        assert current == 1
        assert len(list(audit.entries(copy))) == stored
        copy.dispose()


@pytest.fixture(scope="module")
def archive(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small good backup."""
    folder = tmp_path_factory.mktemp("good")
    shutil.copy(sqlite_template, folder / "spbe.sqlite")
    (folder / "note.txt").write_text("x")
    engine = open_database(f"sqlite:///{folder / 'spbe.sqlite'}")
    path = tmp_path_factory.mktemp("archive") / "good.backup"
    back_up(engine, folder, path)
    engine.dispose()
    return path


def _changed(archive: Path, to: Path, **members: bytes | None) -> Path:
    """A copy of the archive with members replaced or, where None, left out."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = members.get(name.rsplit("/")[-1].split(".")[0], old.read(name))
            if content is not None:
                new.writestr(name, content)
    return to


def _manifest(archive: Path, **values: object) -> bytes:
    with zipfile.ZipFile(archive) as old:
        return json.dumps({**json.loads(old.read("manifest.json")), **values}).encode()


def _bad(archive: Path, folder: Path) -> dict[str, tuple[Path, str]]:
    cut, text_file = folder / "cut", folder / "text"
    cut.write_bytes(archive.read_bytes()[:-2000])
    text_file.write_text("hello")
    return {
        "cut off": (cut, "backup_damaged"),
        "no archive": (text_file, "backup_damaged"),
        "missing": (folder / "missing", "backup_not_read"),
        "another zip": (_changed(archive, folder / "zip", manifest=b"{}"), "no_backup"),
        "no manifest": (_changed(archive, folder / "none", manifest=None), "no_backup"),
        "changed rows": (_changed(archive, folder / "rows", agencies=b"[]\n"), "backup_damaged"),
        "rows left out": (_changed(archive, folder / "left", agencies=None), "backup_damaged"),
        "newer format": (
            _changed(archive, folder / "newer", manifest=_manifest(archive, version=99)),
            "newer_backup",
        ),
        "newer schema": (
            _changed(archive, folder / "schema", manifest=_manifest(archive, revision="9999")),
            "newer_database",
        ),
    }


PROBLEMS = (
    "cut off",
    "no archive",
    "missing",
    "another zip",
    "no manifest",
    "changed rows",
    "rows left out",
    "newer format",
    "newer schema",
)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_bad_archive_is_refused_and_leaves_nothing(archive: Path, tmp_path: Path, target: str, problem: str) -> None:
    path, code = _bad(archive, tmp_path)[problem]
    with pytest.raises(RefusedInput) as refused:
        restore(path, target, tmp_path / "new")
    assert refused.value.code == code
    assert list((tmp_path / "new").iterdir()) == []
    if "postgresql" in target:
        engine = open_database(target)
        assert inspect(engine).get_table_names() == []
        engine.dispose()
    restore(archive, target, tmp_path / "new")  # the place is as good as before


def test_nothing_is_restored_over_something(archive: Path, tmp_path: Path, target: str) -> None:
    restore(archive, target, tmp_path / "new")
    with pytest.raises(RefusedInput) as refused:
        restore(archive, target, tmp_path / "new")
    assert refused.value.code == "not_empty"
    if "postgresql" in target:
        with pytest.raises(RefusedInput) as refused:
            restore(archive, target, tmp_path / "other")
        assert refused.value.code == "not_empty"
        assert list((tmp_path / "other").iterdir()) == []


def test_a_backup_never_overwrites_and_leaves_no_half_file(
    engine: Engine, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").write_text("precious")
    with pytest.raises(RefusedInput, match="sudah ada"):
        back_up(engine, data_dir, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "precious"
    with pytest.raises(RefusedInput):
        back_up(engine, data_dir, tmp_path / "no folder" / "x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(RefusedInput, match="No space left"):
        back_up(engine, data_dir, tmp_path / "x")
    assert not list(tmp_path.glob("x*"))
