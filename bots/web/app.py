"""The web app: routes by concept, one error shape, and what every response carries."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bots.web import errors
from bots.web.body_limit import BodyLimit
from bots.web.routes import agencies, chat, health, page, scoring, search
from bots.web.security_headers import SecurityHeaders
from bots.web.service import Assistant
from bots.web.settings import WebSettings
from bots.web.state import Shared
from bots.web.work import Work

_STATIC = Path(__file__).parent / "static"


def create_app(assistant: Assistant, settings: WebSettings | None = None) -> FastAPI:
    """Put the web face before an assistant.

    Args:
        assistant: answers; its methods run in threads and may be called at the same time.
        settings: limits and permissions; the defaults suit one machine.
    """
    settings = settings or WebSettings()
    app = FastAPI(title="Tanya SPBE", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.shared = Shared(assistant, settings, Work(settings.workers, settings.waiting))
    errors.install(app)
    app.add_middleware(BodyLimit, limit=settings.body_limit)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    for module in (page, chat, search, scoring, agencies, health):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app
