"""The web app: routes by concept, one error shape, and what every response carries."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bots.web import errors
from bots.web.body_limit import BodyLimit
from bots.web.documented import REFUSALS
from bots.web.limits import Limited, Limits
from bots.web.openai_format import routes as openai_format
from bots.web.portal import routes as portal_routes
from bots.web.portal.portal import Portals
from bots.web.records import Records
from bots.web.routes import (
    account,
    agencies,
    assessments,
    chat,
    comparison_pages,
    conversations,
    evidence,
    feedback,
    health,
    imports,
    library_pages,
    page,
    plan_page,
    province_page,
    scorecard_page,
    scoring,
    search,
)
from bots.web.same_origin import SameOrigin
from bots.web.security_headers import SecurityHeaders
from bots.web.service import Assistant
from bots.web.settings import WebSettings
from bots.web.state import Bearer, Shared
from bots.web.work import Work

_PAGES = (
    account,
    imports,
    assessments,
    evidence,
    feedback,
    scorecard_page,
    plan_page,
    comparison_pages,
    province_page,
    library_pages,
)
_STATIC = Path(__file__).parent / "static"


def create_app(
    assistant: Assistant,
    settings: WebSettings | None = None,
    records: Records | None = None,
    bearer: Bearer | None = None,
    portals: Portals | None = None,
    limits: Limits | None = None,
) -> FastAPI:
    """Put the web face before an assistant.

    Args:
        assistant: answers; its methods run in threads and may be called at the same time.
        settings: limits and permissions; the defaults suit one machine.
        records: accounts, self-assessments and the pages over them; without them everybody is a visitor
            and there is the chat alone.
        bearer: recognises the tokens of programs and portals; without it nobody has any.
        portals: the sites that embed the chat; their visitors' tokens are for ``bearer`` to recognise.
        limits: how much may be asked for in a span of time; without them, as much as anyone likes.
    """
    settings = settings or WebSettings()
    app = FastAPI(title="Tanya SPBE", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.shared = Shared(assistant, settings, Work(settings.workers, settings.waiting), records, bearer)
    errors.install(app)
    app.add_middleware(BodyLimit, limit=settings.body_limit, uploads=settings.upload_limit)
    app.add_middleware(SameOrigin)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    app.state.limits = limits
    for module in (page, health):
        app.include_router(module.router)
    routes = (chat, conversations, search, scoring, agencies, openai_format)
    for module in (*routes, *(_PAGES if records is not None else ())):
        app.include_router(module.router, dependencies=[Limited], responses=REFUSALS)
    if portals is not None:
        app.state.portals = portals
        app.include_router(portal_routes.router)
    if find_spec("mcp") is not None:
        from bots.web import mcp_route

        mcp_route.mount(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app
