"""spbe admin backup, restore"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bots.commands.admin.group import Lang
from bots.commands.output import language, refusing, say


def backup(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Berkas atau map tujuan / file or folder; default: backups/ in the data."),
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Simpan sekian yang terbaru di map itu / keep the newest of that folder.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Cadangkan semuanya ke satu berkas, sambil melayani / back up everything into one file, while serving."""
    from assistant.records.backup import back_up

    spoken = language(lang)
    with refusing(spoken):
        data_dir = context.obj.settings.data_dir
        if to is None:
            to = data_dir / "backups"
            to.mkdir(parents=True, exist_ok=True)
        if to.is_dir():
            to = to / datetime.now(UTC).strftime("tanya-spbe-%Y%m%dT%H%M%SZ.backup")
        made = back_up(context.obj.engine, data_dir, to)
        if keep is not None:
            for old in sorted(to.parent.glob("tanya-spbe-*.backup"))[:-keep]:
                old.unlink()
        rows = sum(made.tables.values())
        say(
            {
                "id": f"{to}: {rows} baris, {made.files} berkas. Simpan di mesin lain; isinya tidak dienkripsi.",
                "en": f"{to}: {rows} rows, {made.files} files. Keep it on another machine; it is not encrypted.",
            }[spoken]
        )
        print(to)


def restore(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(help="Berkas cadangan / the backup.")],
    lang: Lang = None,
) -> None:
    """Pulihkan cadangan ke map data kosong / restore a backup into an empty data folder and database."""
    from assistant.records.restore import restore as restored

    spoken = language(lang)
    with refusing(spoken):
        settings = context.obj.settings
        made = restored(archive, settings.database, settings.data_dir)
        rows = sum(made.tables.values())
        say(
            {
                "id": f"Pulih: {rows} baris, {made.files} berkas. Indeks dibangun ulang saat perintah berikutnya.",
                "en": f"Restored: {rows} rows, {made.files} files. The next command makes the index anew.",
            }[spoken]
        )
