"""spbe admin feedback, audit: what is written out line by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bots.commands.output import line, refusing, say

To = Annotated[Path | None, typer.Option("--to", help="Berkas JSONL / JSONL file; default: standard output.")]


def feedback(
    context: typer.Context,
    to: To = None,
    unhelpful: Annotated[bool, typer.Option("--unhelpful", help="Hanya yang tidak membantu / only the bad.")] = False,
) -> None:
    """Umpan balik sebagai baris untuk spbe eval / feedback as lines for spbe eval."""
    from assistant.records.feedback import evaluation_lines

    with refusing():
        _write(evaluation_lines(context.obj.engine, unhelpful_only=unhelpful), to)


def audit(
    context: typer.Context,
    to: To = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Sejak tanggal (UTC) / since a day.")
    ] = None,
) -> None:
    """Jejak audit: siapa melakukan apa / the audit trail: who did what."""
    from assistant.records.audit import entries

    with refusing():
        _write(entries(context.obj.engine, None if since is None else since.replace(tzinfo=UTC)), to)


def _write(documents: Iterable[dict[str, Any]], to: Path | None) -> None:
    if to is None:
        for document in documents:
            line(document)
        return
    import json

    with to.open("w", encoding="utf-8") as file:
        count = sum(file.write(json.dumps(document, ensure_ascii=False) + "\n") > 0 for document in documents)
    say(f"{to}: {count}")
