"""spbe admin: agencies, invitations."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.commands.output import emit, refusing

admin = typer.Typer(no_args_is_help=True, help="Pengelolaan instalasi / administration.")
AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]


@admin.command("agencies")
def agencies(
    context: typer.Context,
    province: Annotated[str | None, typer.Option(help="Hanya provinsi ini / only this province.")] = None,
    as_json: AsJson = False,
) -> None:
    """Register instansi / the register of agencies."""
    with refusing():
        found = [e for e in context.obj.records.agencies() if province is None or e["province"] == province]
        if as_json:
            emit(found)
        else:
            print("\n".join(f"{e['id']}\t{e['name']}\t{e['province'] or e['group']}" for e in found))


@admin.command("invite")
def invite(
    context: typer.Context,
    agency: Annotated[str, typer.Option(help="Instansi / agency.")],
    name: Annotated[str, typer.Option(help="Untuk siapa / for whom.")] = "",
    role: Annotated[str, typer.Option(help="staff | head")] = "staff",
    days: Annotated[int, typer.Option(min=1, max=90, help="Berlaku berapa hari / valid for how many days.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Buat kode undangan sekali pakai / make an invitation code that works once."""
    from assistant.records.invitations import invite as invited

    with refusing():
        entry = context.obj.records.register.find(agency)
        code = invited(context.obj.engine, entry, role, name, days)
        if as_json:
            emit({"code": code, "agency": entry.name, "role": role, "days": days})
        else:
            print(code)
