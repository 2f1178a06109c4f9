"""spbe serve, spbe bot telegram"""

from __future__ import annotations

from typing import Annotated

import typer

from bots.commands.output import progress_bar, refusing, say

bot = typer.Typer(no_args_is_help=True, help="Bot percakapan / chat bots.")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Alamat / address.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port.")] = 8000,
    telegram: Annotated[bool, typer.Option("--telegram", help="Jalankan juga bot Telegram / run the bot too.")] = False,
) -> None:
    """Jalankan obrolan web dan API / serve the web chat and the API."""
    import uvicorn

    from bots.web.app import create_app
    from bots.web.bearer import bearers
    from bots.web.portal.portal import Portals
    from bots.web.portal.sites import Sites
    from bots.web.records import Records

    with refusing():
        installation = context.obj
        installation.threads = 1
        with progress_bar() as report:
            installation.prepare(report)
        installation.assistant.warm()
        sites = Sites(installation.settings.data_dir, installation.settings.sites)
        portals = Portals.of(installation.assistant, sites)
        bearer = bearers(installation.engine, portals.asker)
        app = create_app(installation.assistant, records=Records.of(installation), bearer=bearer, portals=portals)
        if telegram:
            from bots.telegram.running import run_inside

            app = run_inside(app, installation)
        say(f"http://{host}:{port}")
        uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=20)


@bot.command("telegram")
def bot_telegram(context: typer.Context) -> None:
    """Jalankan bot Telegram / run the Telegram bot (polling)."""
    with refusing():
        from bots.telegram.running import run

        installation = context.obj
        installation.threads = 1
        with progress_bar() as report:
            installation.prepare(report)
        installation.assistant.warm()
        run(installation)
