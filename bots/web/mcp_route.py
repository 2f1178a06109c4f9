"""/mcp: the tools over streamable HTTP, by key or as a visitor. Needs the extra ``mcp``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings

from assistant.permissions import VISITOR, Asker
from bots.mcp import server
from bots.web.state import Shared


def mount(app: FastAPI) -> None:
    """Add /mcp to an app; its sessions live as long as the app runs."""
    shared: Shared = app.state.shared

    def asking(context: Context) -> Asker:
        request = context.request_context.request
        if shared.bearer is None or request is None:
            return VISITOR
        return shared.bearer(request) or VISITOR

    tools = server(shared.assistant, asking)
    # Each request stands alone, so that any worker can answer it. The SDK's check of the Host header guards
    # servers that trust whoever reaches them; here a key decides, and pages of other sites are refused already.
    open_to_hosts = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    http = tools.streamable_http_app(stateless_http=True, json_response=True, transport_security=open_to_hosts)
    app.router.routes.extend(http.routes)
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with before(running) as state, tools.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
