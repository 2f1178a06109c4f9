"""POST /v1/chat/completions and GET /v1/models, as the official ``openai`` client calls them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from fastapi.sse import KEEPALIVE_COMMENT
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from assistant.answer import Answer, Block
from bots.web import errors
from bots.web.arriving import arriving
from bots.web.documented import EVENTS
from bots.web.language import ask_in, language_of
from bots.web.openai_format import completion
from bots.web.openai_format.asked import MODEL, Asked, known
from bots.web.openai_format.history import History
from bots.web.state import AskedBy, UsesShared
from bots.web.work import Overloaded
from scoring import Language, RefusedInput

_MADE = 1_764_000_000  # when this "model" appeared, in seconds since 1970; clients only show it
_KINDS = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class OpenAIRoute(APIRoute):
    """A route whose errors carry OpenAI's ``type`` and ``param`` beside our ``code``, ``message``, ``details``."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except (RefusedInput, RequestValidationError, HTTPException, Overloaded, *errors.UNREACHABLE) as exception:
                return _error(*errors.described(exception, request))

        return handled


router = APIRouter(prefix="/v1", route_class=OpenAIRoute)
_history = History()
_log = logging.getLogger(__name__)


@router.post("/chat/completions", responses={200: {"content": EVENTS}})
async def complete(asked: Asked, request: Request, shared: UsesShared, asker: AskedBy) -> Response:
    """Answer the last question of a conversation; ``stream`` gives it in chunks."""
    ask_in(request, asked.lang)
    asked = asked.checked()
    question = (_history.ask, shared.assistant, asked, asker)
    if not asked.stream:
        return JSONResponse(completion.whole(await shared.work.run(*question), asked))
    answering, coming = arriving(shared.work, shared.settings.keepalive, *question)
    first = await anext(coming, None)
    if answering.done():
        answering.result()  # a refusal now still has its own status
    stream = _stream(answering, first, coming, completion.Chunks(asked), language_of(request))
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.get("/models")
async def models() -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [_model(MODEL)]}


@router.get("/models/{model}")
async def model(model: str) -> dict[str, Any]:
    """The model of that name."""
    return _model(known(model))


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": _MADE, "owned_by": "tanya-spbe"}


async def _stream(
    answering: "asyncio.Future[Answer]",
    first: Block | None,
    coming: AsyncIterator[Block | None],
    chunks: completion.Chunks,
    language: Language,
) -> AsyncIterator[bytes]:
    """Each block as it is certain, then the rest; a comment now and then in silence, against idle proxies."""
    try:
        yield _data(chunks.opening())
        block = first
        while not (answering.done() and block is None):
            yield KEEPALIVE_COMMENT if block is None else _data(chunks.block(block))
            block = await anext(coming, None)
        try:
            answer = answering.result()
        except RefusedInput as refused:
            yield _data(_typed(errors.refusal(refused, language), errors.refusal_status(refused)))
            return
        except errors.UNREACHABLE as exception:
            yield _data(_typed(errors.unreachable(exception, language), 503))
            return
        except Exception as exception:  # the status is sent; an error can only be told in the stream
            _log.error("a completion could not be streamed", exc_info=exception)
            yield _data(_typed(errors.failure(language), 500))
            return
    finally:
        answering.cancel()
    for chunk in chunks.closing(answer):
        yield _data(chunk)
    yield b"data: [DONE]\n\n"


def _data(document: dict[str, Any]) -> bytes:
    return b"data: " + to_json(document) + b"\n\n"


def _typed(document: dict[str, Any], status: int) -> dict[str, Any]:
    problems = document["error"]["details"].get("problems") or [{}]
    kind = _KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {**document["error"], "type": kind, "param": problems[0].get("where")}}


def _error(status: int, document: dict[str, Any], headers: dict[str, str]) -> JSONResponse:
    return JSONResponse(_typed(document, status), status, headers)
