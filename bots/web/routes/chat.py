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

from assistant.answer import Answer
from assistant.request import Question
from bots.web import errors
from bots.web.language import ask_in, language_of
from bots.web.rendering import block_html
from bots.web.state import AskedBy, Shared, UsesShared
from scoring import Language, RefusedInput, Text

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

    def question(self, limit: int) -> Question:
        """The question as the assistant takes it.

        Raises:
            RefusedInput: it is empty or longer than ``limit`` characters.
        """
        text = self.message.strip()
        if not text:
            raise RefusedInput(
                "empty_question",
                Text(
                    id="Pertanyaannya kosong. Tulis pertanyaan, misalnya: kenapa domain 2 kami rendah?",
                    en="The question is empty. Write one, such as: why is our domain 2 low?",
                ),
            )
        if len(text) > limit:
            raise RefusedInput(
                "question_too_long",
                Text(
                    id=f"Pertanyaannya {len(text)} karakter; paling banyak {limit}. Ringkas lalu kirim lagi.",
                    en=f"The question has {len(text)} characters; at most {limit} are read. Shorten it.",
                ),
                length=len(text),
                limit=limit,
            )
        return Question(
            text=text,
            agency=self.agency or None,
            year=self.year,
            language=self.lang,
            conversation=self.conversation,
        )


@router.post("/api/v1/chat", response_model=Answer)
async def chat(
    message: ChatMessage,
    request: Request,
    shared: UsesShared,
    asker: AskedBy,
    accept: Annotated[str, Header()] = "*/*",
) -> Response:
    """Answer a question; with ``Accept: text/event-stream`` as ``block`` events and one ``answer`` or ``error``."""
    ask_in(request, message.lang)
    question = message.question(shared.settings.question_limit)
    answering = shared.work.run(shared.assistant.ask, question, asker)
    if "text/event-stream" in accept:
        return EventSourceResponse(_events(asyncio.ensure_future(answering), shared, language_of(request)))
    return JSONResponse((await answering).model_dump(mode="json"))


async def _events(
    answering: "asyncio.Future[Answer]", shared: Shared, language: Language
) -> AsyncIterator[bytes]:
    """Blocks, then the whole Answer; a comment now and then while nothing is ready, against idle proxies."""
    try:
        while not (await asyncio.wait({answering}, timeout=shared.settings.keepalive))[0]:
            yield KEEPALIVE_COMMENT
        answer = answering.result()
    except RefusedInput as refused:
        yield _event("error", errors.refusal(refused, language))
        return
    except errors.Overloaded:
        yield _event("error", errors.busy(language))
        return
    except Exception:
        _log.exception("a question could not be answered")
        yield _event("error", errors.failure(language))
        return
    finally:
        answering.cancel()
    for number, block in enumerate(answer.blocks):
        yield _event("block", {**block.model_dump(mode="json"), "number": number, "html": block_html(block)})
    yield _event("answer", answer.model_dump(mode="json"))


def _event(name: str, data: Any) -> bytes:
    return format_sse_event(data_str=to_json(data).decode(), event=name)
