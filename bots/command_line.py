"""The command ``spbe``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets a sentence instead of a traceback
    sys.exit("Tanya SPBE perlu Python 3.11 atau lebih baru. / Tanya SPBE needs Python 3.11 or newer.")

import typer

from bots.commands import (
    admin,
    asking,
    connecting,
    crossing,
    exporting,
    figures,
    importing,
    library,
    province,
    serving,
    sites,
)

app = typer.Typer(
    name="spbe",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Tanya SPBE: kenapa indeks instansi begitu, dan apa langkah berikutnya. / "
    "Ask why an agency's index stands where it stands, and what to do next.",
)
_COMMANDS: dict[str, Callable[..., None]] = {
    "ask": asking.ask,
    "search": asking.search,
    "score": figures.score,
    "gaps": figures.gaps,
    "plan": figures.plan,
    "simulate": figures.simulate,
    "compare": figures.compare,
    "trend": figures.trend,
    "province": province.province,
    "crosswalk": crossing.crosswalk,
    "import": importing.import_files,
    "export": exporting.export,
    "instrument": exporting.instrument,
    "ingest": library.ingest,
    "eval": library.evaluate,
    "serve": serving.serve,
    "mcp": connecting.mcp,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)
app.add_typer(library.index, name="index")
app.add_typer(library.pack, name="pack")
app.add_typer(serving.bot, name="bot")
admin.admin.add_typer(sites.sites, name="sites")
app.add_typer(admin.admin, name="admin")


@app.callback()
def installation(
    context: typer.Context,
    data_dir: Annotated[
        Path | None, typer.Option(envvar="SPBE_DATA_DIR", help="Map data / folder of all state.")
    ] = None,
    no_sample: Annotated[bool, typer.Option("--no-sample", help="Tanpa data contoh / without the sample.")] = False,
) -> None:
    """Open the installation of the data folder; nothing is made before a command needs it."""
    from assistant.settings import read_settings
    from bots.assembly import Installation
    from bots.commands.output import refusing

    with refusing():
        settings = read_settings() if data_dir is None else read_settings(data_dir=data_dir)
    context.obj = Installation(settings, sample=not no_sample)


def main() -> None:
    """Entry point of the distribution."""
    app()
