"""spbe admin sites: the portals that embed the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.output import emit, refusing, say

if TYPE_CHECKING:
    from bots.web.portal.sites import Sites

sites = typer.Typer(no_args_is_help=True, help="Portal yang menyematkan obrolan / portals that embed the chat.")
AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Name = Annotated[str, typer.Argument(help="Id situs / id of the site.")]


@sites.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Situs, pemakaian hari ini, dan sakelarnya / sites, their use today, and their switch."""
    from datetime import UTC, datetime

    from assistant.records.site_days import spent

    with refusing():
        known = _sites(context)
        today = datetime.now(UTC).date()
        found = [known.find(name) for name in known.all()]
        questions = {site.id: spent(context.obj.engine, site.id, today) for site in found}
        if as_json:
            emit(
                [
                    {
                        "id": site.id,
                        "origins": list(site.origins),
                        "paused": site.paused,
                        "questions_today": questions[site.id],
                        "daily_budget": site.daily_budget,
                    }
                    for site in found
                ]
            )
            return
        for site in found:
            state = "dihentikan / paused" if site.paused else "aktif / active"
            print(f"{site.id}\t{state}\t{questions[site.id]}/{site.daily_budget}\t{' '.join(site.origins)}")


@sites.command("pause")
def pause(context: typer.Context, site: Name) -> None:
    """Hentikan sementara, berlaku seketika / pause a site, at once."""
    with refusing():
        _sites(context).pause(site, True)
        say(f"{site}: dihentikan / paused")


@sites.command("resume")
def resume(context: typer.Context, site: Name) -> None:
    """Jalankan lagi / resume a site."""
    with refusing():
        _sites(context).pause(site, False)
        say(f"{site}: aktif / active")


def _sites(context: typer.Context) -> Sites:
    from bots.web.portal.sites import Sites

    settings = context.obj.settings
    return Sites(settings.data_dir, settings.sites)
