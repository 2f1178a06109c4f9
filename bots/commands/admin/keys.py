"""spbe admin keys: the keys by which programs ask."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.commands.admin.group import AsJson, Lang
from bots.commands.admin.people import Agency, Province, belonging
from bots.commands.output import emit, language, refusing, say

keys = typer.Typer(no_args_is_help=True, help="Kunci API bagi program / API keys for programs.")


@keys.command("create")
def create(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Program apa / which program.")],
    agency: Agency = None,
    province: Province = None,
    role: Annotated[str, typer.Option(help="staff | head | coordinator")] = "staff",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Buat kunci; hanya ditampilkan sekali / make a key; it is shown once."""
    from assistant.records.api_keys import create_key

    with refusing(language(lang)):
        entry = belonging(context.obj, role, agency, province)
        number, key = create_key(context.obj.engine, name, role, entry)
        if as_json:
            emit({"id": number, "key": key, "agency": entry.name, "role": role})
        else:
            print(key)


@keys.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Daftar kunci, tanpa kuncinya / list the keys, without the keys themselves."""
    from assistant.records.api_keys import keys as listed

    with refusing():
        found = listed(context.obj.engine)
        if as_json:
            emit(found)
            return
        for one in found:
            scope = one["province"] or one["agency"]
            state = "berlaku / works" if one["works"] else "dicabut / revoked"
            print(f"{one['id']}\t{one['start']}...\t{one['role']}\t{scope}\t{one['name']}\t{state}")


@keys.command("revoke")
def revoke(
    context: typer.Context,
    key: Annotated[int, typer.Argument(metavar="ID", help="Nomor kunci / number of the key.")],
    lang: Lang = None,
) -> None:
    """Cabut kunci / end a key."""
    from assistant.records.api_keys import revoke_key

    spoken = language(lang)
    with refusing(spoken):
        revoke_key(context.obj.engine, key)
        say({"id": f"Kunci {key} dicabut.", "en": f"Key {key} was revoked."}[spoken])
