"""Backup and restore: everything an installation holds, as one archive that fits either database engine.

A ZIP file with ``manifest.json`` (format, schema revision, hash of every member), one ``tables/NAME.jsonl`` for each
table, and the ``files/`` of the data folder. The vector index is left out, as it is made anew from the vectors.
"""

import base64
import contextlib
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Connection, Engine, LargeBinary, MetaData, Table, insert, select, text

from assistant.records.database import migrate_within, open_database, revisions
from scoring import RefusedInput, Text

FORMAT = "tanya-spbe-backup"
VERSION = 1
_LEFT_OUT = ("chroma", "backups", ".restoring", "lost+found")
_ROWS = 500  # inserted in one statement
_PIECE = 1 << 20  # bytes


@dataclass
class Contents:
    """What an archive holds: rows by table, and the number of files."""

    revision: str
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0


# -- backup ------------------------------------------------------------------------------------------------


def back_up(engine: Engine, data_dir: Path, to: Path) -> Contents:
    """Write everything into one archive, while others go on reading and writing; it shows one moment.

    Raises:
        RefusedInput: the archive exists already, or cannot be written there; nothing is left behind.
    """
    if to.exists():
        raise _refused("backup_exists", f"{to.name} sudah ada. Pilih nama lain.", f"{to.name} exists. Choose another.")
    part = to.with_name(f"{to.name}.part")
    held, _ = revisions(engine)
    contents = Contents(held or "")
    try:
        with part.open("wb") as file:
            os.chmod(part, 0o600)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                hashes = dict(_write_tables(engine, archive, contents))
                hashes.update(_write_files(data_dir, archive, contents, {part, to}))
                manifest = {
                    "format": FORMAT,
                    "version": VERSION,
                    "release": version("tanya-spbe"),
                    "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "revision": contents.revision,
                    "tables": contents.tables,
                    "members": hashes,
                }
                archive.writestr("manifest.json", json.dumps(manifest, indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    except OSError as reason:
        part.unlink(missing_ok=True)
        raise _refused(
            "backup_not_written",
            f"Cadangan {to.name} tidak dapat ditulis: {reason.strerror}. Periksa map tujuan dan ruang disk.",
            f"The backup {to.name} cannot be written: {reason.strerror}. Check the folder and the disk's free space.",
        ) from reason
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return contents


def _write_tables(engine: Engine, archive: zipfile.ZipFile, contents: Contents) -> Iterator[tuple[str, str]]:
    postgresql = engine.dialect.name == "postgresql"
    with engine.connect() as connection:
        if postgresql:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            connection.exec_driver_sql("BEGIN")  # one snapshot; the driver would begin only at a write
        for table in _tables(connection):
            name = f"tables/{table.name}.jsonl"
            with _hashed(archive, name) as (member, digest):
                rows = 0
                for row in connection.execution_options(yield_per=_ROWS).execute(select(table)):
                    member.write(json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n")
                    rows += 1
            contents.tables[table.name] = rows
            yield name, digest.hexdigest()


def _write_files(
    data_dir: Path, archive: zipfile.ZipFile, contents: Contents, never: set[Path]
) -> Iterator[tuple[str, str]]:
    for path in sorted(data_dir.rglob("*")):
        relative = path.relative_to(data_dir)
        if relative.parts[0] in _LEFT_OUT or relative.parts[0].startswith("spbe.sqlite") or path in never:
            continue
        if path.suffix in (".lock", ".part") or path.is_symlink() or not path.is_file():
            continue
        name = f"files/{relative.as_posix()}"
        with path.open("rb") as source, _hashed(archive, name) as (member, digest):
            shutil.copyfileobj(source, member, _PIECE)
        contents.files += 1
        yield name, digest.hexdigest()


class _Hashing:
    """Writes through, and remembers the hash of what went by."""

    def __init__(self, target: IO[bytes], digest: Any) -> None:
        self._target, self._digest = target, digest

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._target.write(data)


@contextlib.contextmanager
def _hashed(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[Any, Any]]:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        yield _Hashing(member, digest), digest


# -- restore -----------------------------------------------------------------------------------------------


def restore(archive_path: Path, database: str, data_dir: Path) -> Contents:
    """Bring back an archive into an empty data folder and an empty database: all of it or nothing.

    Args:
        database: SQLAlchemy address; the engine need not be the one the archive was made on.

    Raises:
        RefusedInput: the place is not empty; the archive is damaged, no backup, or of a newer release.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    staging = data_dir / ".restoring"
    shutil.rmtree(staging, ignore_errors=True)  # of a restore that was killed
    found = sorted(path.name for path in data_dir.iterdir() if path.name != "lost+found")
    if found:
        raise _refused(
            "not_empty",
            f"Map data tidak kosong ({', '.join(found[:3])}). Pulihkan ke map kosong: spbe --data-dir MAP_BARU ...",
            f"The data folder is not empty ({', '.join(found[:3])}). Restore into an empty one: spbe --data-dir NEW ...",
        )
    in_folder = database.startswith("sqlite:///") and Path(database.removeprefix("sqlite:///")).parent == data_dir
    with _opened(archive_path) as (archive, manifest):
        try:
            staging.mkdir()
            contents = _restore_files(archive, manifest, staging)
            address = f"sqlite:///{staging / 'spbe.sqlite'}" if in_folder else database
            engine = open_database(address)
            try:
                with engine.begin() as connection:
                    _restore_tables(connection, archive, manifest, contents)
                    if not in_folder:
                        _move_in(staging, data_dir)
                if in_folder:
                    with engine.connect() as connection:
                        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                engine.dispose()
            if in_folder:
                _move_in(staging, data_dir)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return contents


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its manifest, once every member has been held against its hash."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            if manifest.get("format") != FORMAT:
                raise KeyError("format")
            if manifest["version"] > VERSION:
                raise _refused(
                    "newer_backup",
                    f"{path.name} dibuat oleh rilis yang lebih baru ({manifest['release']}). Pasang rilis itu.",
                    f"{path.name} was made by a newer release ({manifest['release']}). Install that release.",
                )
            names = set(archive.namelist()) - {"manifest.json"}
            for name in sorted(names | set(manifest["members"])):
                if name not in names or _digest(archive, name) != manifest["members"].get(name):
                    raise zipfile.BadZipFile(name)
            yield archive, manifest
    except (zipfile.BadZipFile, EOFError, UnicodeDecodeError) as reason:
        raise _refused(
            "backup_damaged",
            f"{path.name} rusak ({reason}). Tidak ada yang dipulihkan. Pakai cadangan lain.",
            f"{path.name} is damaged ({reason}). Nothing was restored. Use another backup.",
        ) from reason
    except (KeyError, TypeError, json.JSONDecodeError) as reason:
        raise _refused(
            "no_backup",
            f"{path.name} bukan cadangan Tanya SPBE. Yang diterima: berkas dari spbe admin backup.",
            f"{path.name} is no backup of Tanya SPBE. Accepted: a file made by spbe admin backup.",
        ) from reason
    except OSError as reason:
        raise _refused(
            "backup_not_read",
            f"{path.name} tidak dapat dibaca: {reason.strerror}. Tidak ada yang dipulihkan.",
            f"{path.name} cannot be read: {reason.strerror}. Nothing was restored.",
        ) from reason


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as member:
        return hashlib.file_digest(member, "sha256").hexdigest()


def _restore_tables(
    connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any], contents: Contents
) -> None:
    """The schema as it was, the rows, then the newest schema; in the caller's transaction."""
    if _tables(connection):
        raise _refused(
            "not_empty",
            "Basis data tujuan tidak kosong. Buat basis data baru, lalu ulangi.",
            "The database is not empty. Make a new one, then try again.",
        )
    migrate_within(connection, contents.revision)
    for table in _tables(connection):
        name = f"tables/{table.name}.jsonl"
        if name not in manifest["members"]:
            continue
        with archive.open(name) as member:
            for rows in _batches(member, table):
                connection.execute(insert(table), rows)
        contents.tables[table.name] = manifest["tables"][table.name]
        _continue_numbers(connection, table)
    connection.execute(text("DELETE FROM library_meta WHERE key = 'indexed'"))  # the index is made anew
    migrate_within(connection)


def _batches(member: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    columns = list(table.columns)
    rows: list[dict[str, Any]] = []
    for line in member:
        values = json.loads(line)
        rows.append({column.name: _typed(value, column.type) for column, value in zip(columns, values, strict=True)})
        if len(rows) == _ROWS:
            yield rows
            rows = []
    if rows:
        yield rows


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL counts on from the highest number that came back."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        query = text("SELECT pg_get_serial_sequence(:table, :column)")
        if sequence := connection.scalar(query, {"table": table.name, "column": column.name}):
            highest = connection.scalar(select(column).order_by(column.desc()).limit(1))
            connection.execute(
                text("SELECT setval(:s, :n, :used)"), {"s": sequence, "n": highest or 1, "used": bool(highest)}
            )


def _restore_files(archive: zipfile.ZipFile, manifest: dict[str, Any], staging: Path) -> Contents:
    contents = Contents(manifest["revision"])
    for name in manifest["members"]:
        place = PurePosixPath(name)
        if place.parts[0] != "files":
            continue
        if place.is_absolute() or ".." in place.parts:
            raise zipfile.BadZipFile(name)
        target = staging.joinpath(*place.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as member, target.open("wb") as file:
            shutil.copyfileobj(member, file, _PIECE)
        contents.files += 1
    return contents


def _move_in(staging: Path, data_dir: Path) -> None:
    """Into place, the database last: without it the folder is an installation that was never opened."""
    for path in sorted(staging.iterdir(), key=lambda path: path.name.startswith("spbe.sqlite")):
        path.rename(data_dir / path.name)


# -- both --------------------------------------------------------------------------------------------------


def _tables(connection: Connection) -> list[Table]:
    """The tables as the database has them, those first that others refer to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    try:
        wanted = kind.python_type
    except NotImplementedError:
        return value
    return wanted.fromisoformat(value) if wanted in (datetime, date) else value


def _refused(code: str, id: str, en: str) -> RefusedInput:  # noqa: A002 - as Text calls it
    return RefusedInput(code, Text(id=id, en=en))
