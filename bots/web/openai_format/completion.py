"""An Answer as a chat completion, whole or in chunks; the Answer itself travels along in the field ``answer``."""

import re
import secrets
import time
from collections.abc import Iterator
from typing import Any

from assistant.answer import Answer, Block, markdown
from bots.web.openai_format.asked import MODEL, Asked

_COUNTED = re.compile(r"\w+|[^\w\s]")


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


class Chunks:
    """The ``chat.completion.chunk`` documents of one answer; their contents together are its text.

    Args:
        asked: what was asked for.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._head = _head("chat.completion.chunk")
        self._blocks: tuple[Block, ...] = ()
        self._said = ""

    def opening(self) -> dict[str, Any]:
        """The first chunk."""
        return self._chunk({"role": "assistant", "content": ""})

    def block(self, block: Block) -> dict[str, Any]:
        """The text that one more block adds."""
        self._blocks += (block,)
        numbers = {token: int(token[1:]) for one in self._blocks for token in one.citations}  # {c2} is source 2
        text = markdown(self._blocks, numbers)
        added = text.removeprefix(self._said)
        self._said = text
        return self._chunk({"content": added})

    def closing(self, answer: Answer) -> Iterator[dict[str, Any]]:
        """What is still to be said, and the end.

        The last chunk carries the Answer; it is the one with the counts where those were asked for.
        """
        if rest := answer.text.removeprefix(self._said):
            yield self._chunk({"content": rest})
        carried = {"answer": answer.model_dump(mode="json")}
        options = self._asked.stream_options
        if options is not None and options.include_usage:
            yield self._chunk({}, "stop")
            yield {**self._head, "choices": [], "usage": usage(answer, self._asked), **carried}
        else:
            yield {**self._chunk({}, "stop"), **carried}

    def _chunk(self, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        return {**self._head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]}


def usage(answer: Answer, asked: Asked) -> dict[str, int]:
    """Words and punctuation marks read and written; where no model is at work there are no tokens of one."""
    read = sum(len(_COUNTED.findall(message.text)) for message in asked.messages)
    written = len(_COUNTED.findall(answer.text))
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{secrets.token_hex(12)}", "object": kind, "created": int(time.time()), "model": MODEL}
