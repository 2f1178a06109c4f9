"""Updates that Telegram delivers: a route that stores them before it says yes."""

import hashlib
import hmac
import json
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from bots.telegram.mailbox import Mailbox

PATH = "/telegram/updates"


def secret_of(token: str) -> str:
    """The secret that Telegram sends with every update; made from the bot's token, so that every worker knows it."""
    return hmac.new(token.encode(), b"tanya-spbe webhook", hashlib.sha256).hexdigest()


def webhook(mailbox: Callable[[], Mailbox], secret: str, stored: Callable[[set[int]], None]) -> APIRouter:
    """The route of the updates.

    Args:
        mailbox: of this bot, asked for when the first update comes.
        secret: without it in the header X-Telegram-Bot-Api-Secret-Token nothing is read.
        stored: is told the chats that have something new.
    """
    router = APIRouter()

    @router.post(PATH, include_in_schema=False)
    async def updates(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            document = json.loads(await request.body())
        except ValueError:
            return Response(status_code=400)
        if not isinstance(document, dict) or type(document.get("update_id")) is not int:
            return Response(status_code=400)
        stored(await run_in_threadpool(mailbox().store, [document]))
        return Response(status_code=200)

    return router
