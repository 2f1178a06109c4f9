"""The group of commands, and the options they share."""

from typing import Annotated

import typer

admin = typer.Typer(no_args_is_help=True, help="Pengelolaan instalasi / administration.")
AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]
