"""A request that changes something comes from a page of this site, or it is refused.

The session cookie is SameSite=Lax already; this also stops pages of a sister site and old browsers.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bots.web import errors
from bots.web.language import language_of
from bots.web.session_cookie import NAMES

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OPEN = ("/api/", "/v1/")
"""Interfaces for programs, which pages of other sites may call as visitors."""


class SameOrigin:
    """ASGI middleware: 403 for a request of a foreign page, or an unmarked one that carries a session."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE and not _trusted(scope):
            refused = errors.document_of(403, language_of(Request(scope)))
            await JSONResponse(refused, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _trusted(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    with_session = any(f"{name}=" in headers.get("cookie", "") for name in NAMES)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:  # no browser of these years; without a session it has nothing to misuse
        return not with_session
    if scope["path"].startswith(_OPEN) and not with_session:
        return True
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        return False
    return site in (None, "same-origin", "none")
