"""No request body above the limit is read.

Starlette's own limit answers in plain text; this one lets the app answer in its one error shape.
"""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bots.web.session_cookie import NAMES


class BodyLimit:
    """ASGI middleware: the body ends in an HTTPException 413 as soon as it is longer than ``limit`` bytes.

    Args:
        uploads: the limit where somebody with a session sends files.
    """

    def __init__(self, app: ASGIApp, limit: int, uploads: int) -> None:
        self.app = app
        self.limit = limit
        self.uploads = uploads

    def _limit(self, scope: Scope) -> int:
        cookie = Headers(scope=scope).get("cookie", "")
        member = any(f"{name}=" in cookie for name in NAMES)
        return self.uploads if member and scope["path"].startswith("/penilaian/") else self.limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope)
        announced = Headers(scope=scope).get("content-length", "")
        too_long = announced.isdecimal() and int(announced) > limit
        read = 0

        async def counted() -> Message:
            nonlocal read
            if too_long:
                raise HTTPException(413)
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)
