"""Backup: everything an installation holds as one archive, while it serves."""

import contextlib
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, select

from assistant.records.archive import FORMAT, PIECE, ROWS, STAGING, VERSION, Contents, plain, refused, tables_of
from assistant.records.database import revisions

_LEFT_OUT = ("chroma", "backups", STAGING, "lost+found")


def back_up(engine: Engine, data_dir: Path, to: Path) -> Contents:
    """Write everything into one archive, while others go on reading and writing; it shows one moment.

    Raises:
        RefusedInput: the archive exists already, or cannot be written there; nothing is left behind.
    """
    if to.exists():
        raise refused("backup_exists", f"{to.name} sudah ada. Pilih nama lain.", f"{to.name} exists. Choose another.")
    part = to.with_name(f"{to.name}.part")
    held, _ = revisions(engine)
    contents = Contents(held or "")
    try:
        with part.open("wb") as file:
            part.chmod(0o600)
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
        raise refused(
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
        for table in tables_of(connection):
            name = f"tables/{table.name}.jsonl"
            with _hashed(archive, name) as (member, digest):
                rows = 0
                for row in connection.execution_options(yield_per=ROWS).execute(select(table)):
                    member.write(json.dumps([plain(value) for value in row], ensure_ascii=False).encode() + b"\n")
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
            shutil.copyfileobj(source, member, PIECE)
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
