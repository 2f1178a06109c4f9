"""Restore: an archive back into an empty place, all of it or nothing."""

import contextlib
import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Connection, Table, insert, select, text

from assistant.records.archive import FORMAT, PIECE, ROWS, STAGING, VERSION, Contents, refused, tables_of, typed
from assistant.records.database import migrate_within, open_database


def restore(archive_path: Path, database: str, data_dir: Path) -> Contents:
    """Bring back an archive into an empty data folder and an empty database: all of it or nothing.

    Args:
        database: SQLAlchemy address; the engine need not be the one the archive was made on.

    Raises:
        RefusedInput: the place is not empty; the archive is damaged, no backup, or of a newer release.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    staging = data_dir / STAGING
    shutil.rmtree(staging, ignore_errors=True)  # of a restore that was killed
    found = sorted(path.name for path in data_dir.iterdir() if path.name != "lost+found")
    if found:
        raise refused(
            "not_empty",
            f"Map data tidak kosong ({', '.join(found[:3])}). Pulihkan ke map kosong: spbe --data-dir MAP_BARU ...",
            f"The data folder is not empty ({', '.join(found[:3])}). Restore into an empty one: spbe --data-dir ...",
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
                raise refused(
                    "newer_backup",
                    f"{path.name} dibuat oleh rilis yang lebih baru ({manifest['release']}). Pasang rilis itu.",
                    f"{path.name} was made by a newer release ({manifest['release']}). Install that release.",
                )
            names = set(archive.namelist()) - {"manifest.json"}
            for name in sorted(names | set(manifest["members"])):
                if name not in names or _digest(archive, name) != manifest["members"].get(name):
                    raise zipfile.BadZipFile(name)
            yield archive, manifest
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, zlib.error) as reason:
        raise refused(
            "backup_damaged",
            f"{path.name} rusak ({reason}). Tidak ada yang dipulihkan. Pakai cadangan lain.",
            f"{path.name} is damaged ({reason}). Nothing was restored. Use another backup.",
        ) from reason
    except (KeyError, TypeError, json.JSONDecodeError) as reason:
        raise refused(
            "no_backup",
            f"{path.name} bukan cadangan Tanya SPBE. Yang diterima: berkas dari spbe admin backup.",
            f"{path.name} is no backup of Tanya SPBE. Accepted: a file made by spbe admin backup.",
        ) from reason
    except OSError as reason:
        raise refused(
            "backup_not_read",
            f"{path.name} tidak dapat dibaca: {reason.strerror}. Tidak ada yang dipulihkan.",
            f"{path.name} cannot be read: {reason.strerror}. Nothing was restored.",
        ) from reason


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _restore_tables(
    connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any], contents: Contents
) -> None:
    """The schema as it was, the rows, then the newest schema; in the caller's transaction."""
    if tables_of(connection):
        raise refused(
            "not_empty",
            "Basis data tujuan tidak kosong. Buat basis data baru, lalu ulangi.",
            "The database is not empty. Make a new one, then try again.",
        )
    migrate_within(connection, contents.revision)
    for table in tables_of(connection):
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
        rows.append({column.name: typed(value, column.type) for column, value in zip(columns, values, strict=True)})
        if len(rows) == ROWS:
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
            shutil.copyfileobj(member, file, PIECE)
        contents.files += 1
    return contents


def _move_in(staging: Path, data_dir: Path) -> None:
    """Into place, the database last: without it the folder is an installation that was never opened."""
    for path in sorted(staging.iterdir(), key=lambda path: path.name.startswith("spbe.sqlite")):
        path.rename(data_dir / path.name)
