"""/mcp: the tools over streamable HTTP, by key or as a visitor. Needs the extra ``mcp``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.permissions import VISITOR, Asker
from bots.mcp import server
from bots.web.limits import count
from bots.web.state import Shared

PATH = "/mcp"
_ASKER = "tanya_spbe.asker"


class _Known:
    """ASGI: who calls is recognised once, and counted, before the tools see anything.

    A token that is not accepted is 401 here, as the protocol wants it, and too many calls are 429.
    """

    def __init__(self, tools: ASGIApp, shared: Shared) -> None:
        self.tools = tools
        self.shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[_ASKER] = await run_in_threadpool(self._asker, Request(scope))
        await self.tools(scope, receive, send)

    def _asker(self, request: Request) -> Asker:
        asker = (self.shared.bearer(request) if self.shared.bearer is not None else None) or VISITOR
        count(request, asker)
        return asker


def mount(app: FastAPI) -> None:
    """Add /mcp to an app; its sessions live as long as the app runs."""

    def asking(context: Context) -> Asker:
        asker = context.request_context.request.scope[_ASKER]  # type: ignore[union-attr]
        assert isinstance(asker, Asker)
        return asker

    shared: Shared = app.state.shared
    tools = server(shared.assistant, asking)
    # Each request stands alone, so that any worker can answer it. The SDK's check of the Host header guards
    # servers that trust whoever reaches them; here a key decides, and pages of other sites are refused already.
    open_to_hosts = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    http = tools.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=open_to_hosts
    )
    (route,) = http.routes
    assert isinstance(route, Route)
    # Nothing is ever sent unasked, so no stream is held open for it: GET is refused, as the protocol allows.
    app.router.routes.append(Route(PATH, _Known(route.app, shared), methods=["POST"]))
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with before(running) as state, tools.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
