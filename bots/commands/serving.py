"""spbe serve, spbe bot telegram"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.output import progress_bar, refusing, say

if TYPE_CHECKING:
    from bots.assembly import Installation

bot = typer.Typer(no_args_is_help=True, help="Bot percakapan / chat bots.")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Alamat / address.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port.")] = 8000,
    telegram: Annotated[bool, typer.Option("--telegram", help="Jalankan juga bot Telegram / run the bot too.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Banyaknya proses / number of processes.")] = 1,
) -> None:
    """Jalankan obrolan web dan API / serve the web chat and the API."""
    import uvicorn

    with refusing():
        installation: Installation = context.obj
        _prepared(installation, workers)
        from bots.web.limits import Limits
        from bots.web.serving import GRACE, hand_to_workers, web_app

        Limits.of(installation.settings)  # a bad setting is refused here, not by every worker again and again
        if workers == 1:
            app: object = web_app(installation, telegram=telegram)
        else:
            hand_to_workers(installation, telegram=telegram)
            installation.engine.dispose()
            app = "bots.web.serving:worker_app"
        say(f"http://{host}:{port}")
        uvicorn.run(
            app,  # type: ignore[arg-type]
            factory=workers > 1,
            workers=workers,
            host=host,
            port=port,
            log_config=None,
            log_level="warning",
            forwarded_allow_ips=installation.settings.trusted_proxies,
            timeout_graceful_shutdown=GRACE,
        )


@bot.command("telegram")
def bot_telegram(context: typer.Context) -> None:
    """Jalankan bot Telegram / run the Telegram bot (polling)."""
    with refusing():
        from bots.telegram.running import run

        installation: Installation = context.obj
        _prepared(installation, workers=1)
        installation.assistant.warm()
        run(installation)


def _prepared(installation: Installation, workers: int) -> None:
    """What every server does first: logs, metrics, and the library brought up to date."""
    from bots.logs import configure
    from bots.metrics import serve_metrics

    configure(installation.settings)
    installation.threads = 1
    serve_metrics(installation, workers)
    with progress_bar() as report:
        installation.prepare(report)
