"""Any LangChain chat model, asked for lines of text or a filled-in form within a time limit.

It has no tools that do anything and no memory.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from langchain_core.language_models.chat_models import BaseChatModel
from pydantic import BaseModel

from assistant.allowance import Breaker

Form = TypeVar("Form", bound=BaseModel)
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

    def lines(self, system: str, user: str, limit: int, seconds: float | None = None) -> Iterator[str]:
        """The reply, line by line, as it is generated; a line cut short by an error does not come.

        Args:
            limit: characters, after which the reply is taken for endless.
            seconds: to wait in all, where less is left than the model's own.

        Raises:
            ModelUnavailable: nothing (further) will come.
        """
        arrived: queue.Queue[str | Exception | None] = queue.Queue()
        stopped = threading.Event()
        with self._attempt(stopped):
            self._start(self._generate, system, user, arrived, stopped)
            yield from self._read(arrived, limit, self.seconds if seconds is None else seconds)

    def structured(self, form: type[Form], system: str, user: str, seconds: float) -> Form:
        """A form filled in by the model, as LangChain's structured output makes it.

        Raises:
            ModelUnavailable: nothing came in time, or not this form.
        """
        arrived: queue.Queue[Form | Exception] = queue.Queue()
        with self._attempt(threading.Event()):
            self._start(self._fill_in, form, system, user, arrived)
            try:
                filled = arrived.get(timeout=seconds)
            except queue.Empty:
                raise ModelUnavailable("late") from None
            if not isinstance(filled, form):
                raise ModelUnavailable("failed") from (filled if isinstance(filled, Exception) else None)
            return filled

    @contextmanager
    def _attempt(self, stopped: threading.Event) -> Iterator[None]:
        """One call of the model, counted by the breaker."""
        if not self._breaker.allows():
            raise ModelUnavailable("resting")
        if not self._free.acquire(blocking=False):
            raise ModelUnavailable("busy")
        try:
            yield
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

    def _start(self, work: Callable[..., None], *given: object) -> None:
        """In a thread of its own, which a silent server may hold for the model's own timeout."""
        threading.Thread(target=self._freeing, args=(work, *given), daemon=True, name="spbe-model").start()

    def _freeing(self, work: Callable[..., None], *given: object) -> None:
        try:
            work(*given)
        finally:
            self._free.release()

    @staticmethod
    def _read(arrived: "queue.Queue[str | Exception | None]", limit: int, seconds: float) -> Iterator[str]:
        until = time.monotonic() + seconds
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

    def _fill_in(self, form: type[BaseModel], system: str, user: str, arrived: "queue.Queue[object]") -> None:
        try:
            arrived.put(self._chat.with_structured_output(form).invoke([("system", system), ("human", user)]))
        except Exception as error:  # the same; also a reply that does not fit the form
            arrived.put(error)


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
