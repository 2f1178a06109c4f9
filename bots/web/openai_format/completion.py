"""An Answer as a chat completion, whole or in chunks; the Answer itself travels along in the field ``answer``."""

import re
import secrets
import time
from collections.abc import Iterator
from typing import Any

from assistant.answer import Answer
from bots.web.openai_format.asked import MODEL, Asked

_COUNTED = re.compile(r"\w+|[^\w\s]")
_PIECE = re.compile(r"[^\n]+\n*|\n+")


def whole(answer: Answer, asked: Asked) -> dict[str, Any]:
    """The ``chat.completion`` document."""
    message = {"role": "assistant", "content": answer.text, "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        **_head("chat.completion"),
        "choices": [choice],
        "usage": usage(answer, asked),
        "answer": answer.model_dump(mode="json"),
    }


def chunks(answer: Answer, asked: Asked) -> Iterator[dict[str, Any]]:
    """The ``chat.completion.chunk`` documents; their contents together are the text.

    The last one carries the Answer; it is the one with the counts where those were asked for.
    """
    head = _head("chat.completion.chunk")

    def chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        return {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]}

    yield chunk({"role": "assistant", "content": ""})
    for piece in _PIECE.findall(answer.text):
        yield chunk({"content": piece})
    carried = {"answer": answer.model_dump(mode="json")}
    if asked.stream_options is not None and asked.stream_options.include_usage:
        yield chunk({}, "stop")
        yield {**head, "choices": [], "usage": usage(answer, asked), **carried}
    else:
        yield {**chunk({}, "stop"), **carried}


def usage(answer: Answer, asked: Asked) -> dict[str, int]:
    """Words and punctuation marks read and written; where no model is at work there are no tokens of one."""
    read = sum(len(_COUNTED.findall(message.text)) for message in asked.messages)
    written = len(_COUNTED.findall(answer.text))
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{secrets.token_hex(12)}", "object": kind, "created": int(time.time()), "model": MODEL}
