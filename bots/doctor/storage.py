"""Where things are kept: the data folder, the disk, the database, its schema, and the clock they are dated by."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.records.database import open_database, revisions
from assistant.records.models import AuditEntry
from bots.doctor.finding import Finding, finding

if TYPE_CHECKING:
    from bots.assembly import Installation

_RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right shows an earlier moment
_SKEW = timedelta(seconds=30)
_LITTLE, _TOO_LITTLE = 1024, 200  # MB free


def folder(installation: Installation) -> Finding:
    """The data folder is there, can be written to, and is closed to other users."""
    where = installation.settings.data_dir
    if not where.exists():
        return finding("data folder", "warning", "missing", folder=where)
    if not os.access(where, os.W_OK | os.X_OK):
        return finding("data folder", "broken", "read-only", folder=where)
    if where.stat().st_mode & 0o007:
        return finding("data folder", "warning", "open", folder=where)
    return finding("data folder", "ok", "good", folder=where)


def disk(installation: Installation) -> Finding:
    """There is room to go on writing."""
    where = installation.settings.data_dir
    there = next(path for path in (where, *where.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free >> 20
    if free >= _LITTLE:
        return finding("disk", "ok", "good", free=free)
    return finding("disk", "broken" if free < _TOO_LITTLE else "warning", "low", free=free)


def opened(installation: Installation) -> Engine:
    """The database as it is; nothing is created or migrated."""
    return open_database(installation.settings.database)


def database(installation: Installation) -> Finding:
    """The database answers; a SQLite file is whole."""
    address = make_url(installation.settings.database)
    kind = address.get_backend_name()
    if kind == "sqlite" and not Path(address.database or "").exists():
        return finding("database", "warning", "missing")
    try:
        engine = opened(installation)
        try:
            with engine.connect() as connection:
                check = "PRAGMA quick_check(1)" if kind == "sqlite" else "SELECT 'ok'"
                whole = connection.scalar(text(check)) == "ok"
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as reason:
        if "malformed" in str(reason) or "not a database" in str(reason):
            return finding("database", "broken", "damaged")
        where = address.render_as_string(hide_password=True)
        return finding("database", "broken", "silent", where=where, error=type(reason).__name__)
    return finding("database", "ok", "good", kind=kind) if whole else finding("database", "broken", "damaged")


def migrations(engine: Engine) -> Finding:
    """The schema is the one that this release knows."""
    held, newest = revisions(engine)
    if held == newest:
        return finding("migrations", "ok", "good", held=held)
    if held is None or held < (newest or ""):
        return finding("migrations", "warning", "older", held=held, newest=newest)
    return finding("migrations", "broken", "newer", held=held)


def clock(engine: Engine) -> Finding:
    """The clock is not before what has been written, nor far from the database's."""
    now = datetime.now(UTC)
    with engine.connect() as connection:
        newest = connection.scalar(select(func.max(AuditEntry.at))) or _RELEASED
        theirs = connection.scalar(select(func.now(type_=AuditEntry.at.type))) or now
    shown = now.isoformat(timespec="seconds")
    wrong = now < max(_RELEASED, newest - _SKEW) or abs(now - theirs) > _SKEW
    return finding("clock", "broken", "wrong", now=shown) if wrong else finding("clock", "ok", "good", now=shown)
