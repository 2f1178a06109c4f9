"""The web app over an installation: in this process, or in each of several workers."""

from __future__ import annotations

import os

from fastapi import FastAPI

from assistant.settings import read_settings
from bots.assembly import Installation
from bots.logs import configure
from bots.metrics import worker_metrics
from bots.web.app import create_app
from bots.web.bearer import bearers
from bots.web.limits import Limits
from bots.web.portal.portal import Portals
from bots.web.portal.sites import Sites
from bots.web.records import Records

GRACE = 20  # seconds in which a server that was told to stop finishes its answers
_WORKER = "_SPBE_WORKER"
"""What `spbe serve --workers` hands to its workers beside the settings: "sample", "telegram"."""


def web_app(installation: Installation, *, telegram: bool = False) -> FastAPI:
    """The app over a prepared installation, with whatever the first question would wait for loaded."""
    installation.assistant.warm()
    sites = Sites(installation.settings.data_dir, installation.settings.sites)
    limits = Limits.of(installation.settings)
    portals = Portals.of(installation.assistant, sites, limits.limiter)
    bearer = bearers(installation.engine, portals.asker)
    app = create_app(
        installation.assistant,
        records=Records.of(installation),
        bearer=bearer,
        portals=portals,
        limits=limits,
    )
    if telegram:
        from bots.telegram.running import run_inside

        app = run_inside(app, installation)
    return app


def hand_to_workers(installation: Installation, *, telegram: bool) -> None:
    """Put into the environment what the workers, which are new processes, are made from."""
    os.environ["SPBE_DATA_DIR"] = str(installation.settings.data_dir)
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ[_WORKER] = " ".join(
        word for word, given in (("sample", installation.sample), ("telegram", telegram)) if given
    )


def worker_app() -> FastAPI:
    """The app of one worker; uvicorn calls this in each."""
    given = os.environ.get(_WORKER, "").split()
    settings = read_settings()
    configure(settings)
    installation = Installation(settings, sample="sample" in given, threads=1)
    worker_metrics(installation)
    return web_app(installation, telegram="telegram" in given)
