"""POST /api/v1/chat: a question in, the Answer out, whole or as events."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from assistant.answer import Answer, Block
from assistant.request import Question
from bots.web import errors
from bots.web.arriving import arriving
from bots.web.documented import EVENTS, refused_as_events
from bots.web.language import ask_in, language_of
from bots.web.rendering import block_html
from bots.web.state import AskedBy, UsesShared
from bots.web.work import Overloaded
from scoring import Language, RefusedInput

router = APIRouter()
_log = logging.getLogger(__name__)


class ChatMessage(BaseModel):
    """A question and its context.

    Attributes:
        message: the question, in the asker's words.
        conversation: id of the conversation whose earlier turns it may refer to.
        agency: the asker's own agency, "kami" in the question.
        year: the year meant where the question names none.
        lang: language of the answer; that of the question where left out.
    """

    model_config = ConfigDict(extra="forbid")

    message: str
    conversation: str | None = Field(default=None, min_length=1, max_length=100)
    agency: str | None = Field(default=None, max_length=300)
    year: int | None = Field(default=None, ge=2000, le=2100)
    lang: Language | None = None

    def question(self) -> Question:
        """The question as the assistant takes it."""
        return Question(
            text=self.message,
            agency=self.agency or None,
            year=self.year,
            language=self.lang,
            conversation=self.conversation,
        )


@router.post(
    "/api/v1/chat",
    response_model=Answer,
    responses={200: {"content": EVENTS}, **refused_as_events(403, 404, 422, 429, 503)},
)
async def chat(
    message: ChatMessage,
    request: Request,
    shared: UsesShared,
    asker: AskedBy,
    accept: Annotated[str, Header()] = "*/*",
) -> Response:
    """Answer a question; as JSON, or with ``Accept: text/event-stream`` as events.

    The events are a ``block`` for each block, then ``answer`` with the whole Answer, or ``error``. What is
    refused before the first event has the status of the refusal as well.
    """
    ask_in(request, message.lang)
    ask, question = shared.assistant.ask, message.question()
    if "text/event-stream" not in accept:
        return JSONResponse((await shared.work.run(ask, question, asker)).model_dump(mode="json"))
    language = language_of(request)
    answering, coming = arriving(shared.work, shared.settings.keepalive, ask, question, asker)
    first = await anext(coming, None)
    if answering.done() and (problem := _problem(answering.exception(), language)):
        status, document = problem
        headers = {"Retry-After": errors.COME_BACK} if status == 503 else None
        return Response(_event("error", document), status, headers, media_type="text/event-stream")
    return EventSourceResponse(_events(answering, first, coming, language))


async def _events(
    answering: "asyncio.Future[Answer]", first: Block | None, coming: AsyncIterator[Block | None], language: Language
) -> AsyncIterator[bytes]:
    """Each block as it is certain, then the whole Answer; a comment now and then in silence, against idle proxies."""
    number = 0
    try:
        block = first
        while not (answering.done() and block is None):
            yield KEEPALIVE_COMMENT if block is None else _block_event(number, block)
            number += block is not None
            block = await anext(coming, None)
        if problem := _problem(answering.exception(), language):
            yield _event("error", problem[1])
            return
    finally:
        answering.cancel()
    answer = answering.result()
    for later, block in enumerate(answer.blocks[number:], number):
        yield _block_event(later, block)
    yield _event("answer", answer.model_dump(mode="json"))


def _problem(exception: BaseException | None, language: Language) -> tuple[int, dict[str, Any]] | None:
    """Status and error document of what kept a question from being answered."""
    match exception:
        case None:
            return None
        case RefusedInput():
            return errors.refusal_status(exception), errors.refusal(exception, language)
        case Overloaded():
            return 503, errors.busy(language)
    if isinstance(exception, errors.UNREACHABLE):
        return 503, errors.unreachable(exception, language)
    _log.error("a question could not be answered", exc_info=exception)
    return 500, errors.failure(language)


def _block_event(number: int, block: Block) -> bytes:
    return _event("block", {**block.model_dump(mode="json"), "number": number, "html": block_html(block)})


def _event(name: str, data: Any) -> bytes:
    return format_sse_event(data_str=to_json(data).decode(), event=name)
