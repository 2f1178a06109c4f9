"""What an archive of a backup is made of, and how values stand in it, whichever database they come from.

A ZIP file with ``manifest.json`` (format, schema revision, hash of every member), one ``tables/NAME.jsonl`` for each
table, and the ``files/`` of the data folder. The vector index is left out, as it is made anew from the vectors.
"""

import base64
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, MetaData, Table

from scoring import RefusedInput, Text

FORMAT = "tanya-spbe-backup"
VERSION = 1
STAGING = ".restoring"
ROWS = 500  # read or inserted at a time
PIECE = 1 << 20  # bytes of a file at a time


@dataclass
class Contents:
    """What an archive holds: rows by table, and the number of files."""

    revision: str
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0


def tables_of(connection: Connection) -> list[Table]:
    """The tables as the database has them, those first that others refer to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def typed(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    try:
        wanted = kind.python_type
    except NotImplementedError:
        return value
    return wanted.fromisoformat(value) if wanted in (datetime, date) else value


def refused(code: str, id: str, en: str) -> RefusedInput:  # noqa: A002 - as Text calls it
    return RefusedInput(code, Text(id=id, en=en))
