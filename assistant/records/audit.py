"""The audit trail, to be read and exported; a trigger of the database keeps it from being changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from assistant.records.models import AuditEntry


def entries(engine: Engine, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """The entries since a moment, oldest first, as JSON documents."""
    columns = (AuditEntry.id, AuditEntry.at, AuditEntry.actor, AuditEntry.action, AuditEntry.subject)
    query = select(*columns, AuditEntry.details).order_by(AuditEntry.id)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    with engine.connect() as connection:
        for row in connection.execution_options(yield_per=1000).execute(query):
            yield {**row._asdict(), "at": row.at.isoformat()}
