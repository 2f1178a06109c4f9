"""Any LangChain chat model, asked for lines of text within a time limit. It has no tools and no memory."""

import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel

from assistant.allowance import Breaker

_FINISHED = ("finish_reason", "done_reason", "stop_reason")  # as OpenAI, Ollama and Anthropic call it


class ModelUnavailable(Exception):  # noqa: N818 - a state, not a fault of the caller
    """No (further) text comes: ``reason`` is "resting", "busy", "late", "endless" or "failed"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LanguageModel:
    """A chat model that never keeps anyone waiting longer than it may.

    Safe to use from several threads.

    Args:
        chat: the model.
        seconds: for a whole reply, from asking to its last line.
        parallel: replies generated at the same time; more are refused at once.
        breaker: rests the model after failures.
    """

    def __init__(self, chat: BaseChatModel, seconds: float, parallel: int = 4, breaker: Breaker | None = None) -> None:
        self._chat = chat
        self.seconds = seconds
        self._free = threading.BoundedSemaphore(parallel)
        self._breaker = breaker or Breaker()

    def lines(self, system: str, user: str, limit: int) -> Iterator[str]:
        """The reply, line by line, as it is generated; a line cut short by an error does not come.

        Args:
            limit: characters, after which the reply is taken for endless.

        Raises:
            ModelUnavailable: nothing (further) will come.
        """
        if not self._breaker.allows():
            raise ModelUnavailable("resting")
        if not self._free.acquire(blocking=False):
            raise ModelUnavailable("busy")
        arrived: queue.Queue[str | Exception | None] = queue.Queue()
        stopped = threading.Event()
        threading.Thread(target=self._generate, args=(system, user, arrived, stopped), daemon=True).start()
        try:
            yield from self._read(arrived, limit)
        except ModelUnavailable:
            self._breaker.failed()
            raise
        except GeneratorExit:  # the reader has all the lines it wants
            self._breaker.worked()
            raise
        else:
            self._breaker.worked()
        finally:
            stopped.set()

    def _read(self, arrived: "queue.Queue[str | Exception | None]", limit: int) -> Iterator[str]:
        until = time.monotonic() + self.seconds
        text = ""
        total = 0
        while True:
            try:
                piece = arrived.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise ModelUnavailable("late") from None
            if isinstance(piece, Exception):
                raise ModelUnavailable("failed") from piece
            if piece is None:
                if text:
                    yield text
                return
            total += len(piece)
            if total > limit:
                raise ModelUnavailable("endless")
            *lines, text = (text + piece).split("\n")
            yield from lines

    def _generate(
        self, system: str, user: str, arrived: "queue.Queue[str | Exception | None]", stopped: threading.Event
    ) -> None:
        """In a thread of its own, which a silent server may hold for the model's own timeout."""
        try:
            finished = None
            for chunk in self._chat.stream([("system", system), ("human", user)]):
                if stopped.is_set():
                    return
                arrived.put(chunk.text)
                finished = next(filter(None, map(chunk.response_metadata.get, _FINISHED)), finished)
            if finished in (None, "length", "max_tokens"):
                raise EOFError("the reply was cut off")
            arrived.put(None)
        except Exception as error:  # whatever a model, its server or the network does: the composed answer stands
            arrived.put(error)
        finally:
            self._free.release()


def chat_model(
    name: str, url: str | None, key: str | None, seconds: float, *, streaming: bool = True, retries: int = 1
) -> BaseChatModel:
    """A chat model by its LangChain name, ``provider:model``; with a URL, one behind an OpenAI-compatible address.

    Raises:
        ImportError: the provider's LangChain package is not installed.
        ValueError: an unknown provider.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": seconds, "max_retries": retries, "temperature": 0}
    if not streaming:
        options["disable_streaming"] = True
    if url is not None:
        # a key of its own, so that no key of the environment is sent to an address it was not meant for
        options |= {"base_url": url, "api_key": key or "none", "model_provider": "openai"}
        name = name.removeprefix("openai:")
    elif key is not None:
        options["api_key"] = key
    made: BaseChatModel = init_chat_model(name, **options)
    return made
