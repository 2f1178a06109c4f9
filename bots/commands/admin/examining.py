"""spbe admin doctor"""

from __future__ import annotations

import typer

from bots.commands.admin.group import AsJson, Lang
from bots.commands.output import emit, language, refusing

_MARKS = {"ok": "ok   ", "warning": "perlu", "broken": "RUSAK"}
_MARKS_EN = {"ok": "ok    ", "warning": "notice", "broken": "BROKEN"}


def doctor(context: typer.Context, as_json: AsJson = False, lang: Lang = None) -> None:
    """Periksa instalasi dan katakan apa yang perlu dilakukan / examine the installation and say what to do."""
    from bots.doctor import examine

    spoken = language(lang)
    with refusing(spoken):
        found = examine(context.obj)
    if as_json:
        emit(
            [
                {"check": f.check, "state": f.state, "found": f.found.into(spoken), "do": f.do and f.do.into(spoken)}
                for f in found
            ]
        )
    else:
        marks = _MARKS_EN if spoken == "en" else _MARKS
        for f in found:
            print(f"{marks[f.state]}  {f.check:<11} {f.found.into(spoken)}")
            if f.do is not None:
                print(f"{'':>20}-> {f.do.into(spoken)}")
    if any(f.state == "broken" for f in found):
        raise typer.Exit(1)
