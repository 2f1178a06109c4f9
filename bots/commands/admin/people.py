"""spbe admin agencies, accounts, invite"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.admin.group import AsJson, Lang
from bots.commands.output import emit, language, refusing, say
from scoring.refusal import RefusedInput, Text

if TYPE_CHECKING:
    from assistant.records.agencies import AgencyEntry
    from bots.assembly import Installation

Agency = Annotated[str | None, typer.Option(help="Instansi / agency.")]
Province = Annotated[str | None, typer.Option(help="Provinsi, bagi coordinator / the province, of a coordinator.")]


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


def accounts(
    context: typer.Context,
    deactivate: Annotated[
        int | None, typer.Option(metavar="ID", help="Akhiri akun ini / end this account, its sessions and keys.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Daftar akun, atau akhiri satu / list the accounts, or end one."""
    from assistant.records.accounts import accounts as listed
    from assistant.records.accounts import deactivate as ended

    spoken = language(lang)
    with refusing(spoken):
        engine = context.obj.engine
        if deactivate is not None:
            ended(engine, deactivate)
            say({"id": f"Akun {deactivate} diakhiri.", "en": f"Account {deactivate} was ended."}[spoken])
            return
        found = listed(engine)
        if as_json:
            emit(found)
            return
        for one in found:
            scope = one["province"] if one["role"] == "coordinator" else one["agency"]
            state = "aktif / active" if one["active"] else "diakhiri / ended"
            print(f"{one['id']}\t{one['role']}\t{scope}\t{one['name']}\t{state}")


def invite(
    context: typer.Context,
    agency: Agency = None,
    province: Province = None,
    name: Annotated[str, typer.Option(help="Untuk siapa / for whom.")] = "",
    role: Annotated[str, typer.Option(help="staff | head | coordinator | operator")] = "staff",
    days: Annotated[int, typer.Option(min=1, max=90, help="Berlaku berapa hari / valid for how many days.")] = 7,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Buat kode undangan sekali pakai / make an invitation code that works once."""
    from assistant.records.invitations import invite as invited

    with refusing(language(lang)):
        alone = role == "operator" and agency is None and province is None
        entry = None if alone else belonging(context.obj, role, agency, province)
        code = invited(context.obj.engine, entry, role, name, days)
        if as_json:
            emit({"code": code, "agency": entry and entry.name, "role": role, "days": days})
        else:
            print(code)


def belonging(installation: Installation, role: str, agency: str | None, province: str | None) -> AgencyEntry:
    """The agency that a new account belongs to: its own, or the government of the province it coordinates.

    Raises:
        RefusedInput: neither or both given, a province for another role, or an unknown name.
    """
    register = installation.records.register
    if agency is not None and province is None and role != "coordinator":
        return register.find(agency)
    if province is not None and agency is None and role == "coordinator":
        governments = {e.province: e for e in register.entries if e.kind == "prov" and e.province is not None}
        found = next((e for p, e in governments.items() if p.lower() == province.strip().lower()), None)
        if found is not None:
            return found
        known = ", ".join(sorted(governments))
        raise RefusedInput(
            "unknown_province",
            Text(
                id=f"Provinsi {province[:60]!r} tidak dikenal. Yang diterima: {known}.",
                en=f"Province {province[:60]!r} is unknown. Accepted: {known}.",
            ),
            province=province[:60],
        )
    raise RefusedInput(
        "unclear_scope",
        Text(
            id="Tulis untuk siapa: --agency INSTANSI bagi staff dan head, --province PROVINSI bagi coordinator; "
            "operator tanpa keduanya.",
            en="Say for whom: --agency AGENCY for staff and head, --province PROVINCE for a coordinator; "
            "an operator has neither.",
        ),
        role=role,
    )
