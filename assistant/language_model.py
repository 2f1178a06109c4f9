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
        retries: of a call that failed before anything came, for a reason that may pass; a server that says it is busy
            is not asked again.
        clock: seconds that pass.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        seconds: float,
        parallel: int = 4,
        breaker: Breaker | None = None,
        retries: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chat, self._retries, self._clock = chat, retries, clock
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
            self._start(lambda: self._pieces(system, user), arrived, stopped)
            yield from self._read(arrived, limit, self.seconds if seconds is None else seconds)

    def structured(self, form: type[Form], system: str, user: str, seconds: float) -> Form:
        """A form filled in by the model, as LangChain's structured output makes it.

        Raises:
            ModelUnavailable: nothing came in time, or not this form.
        """
        arrived: queue.Queue[Any] = queue.Queue()
        stopped = threading.Event()
        filling = self._chat.with_structured_output(form)
        with self._attempt(stopped):
            self._start(lambda: iter((filling.invoke([("system", system), ("human", user)]),)), arrived, stopped)
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

    def _start(self, call: Callable[[], Iterator[Any]], arrived: "queue.Queue[Any]", stopped: threading.Event) -> None:
        """Call in a thread of its own, which a silent server may hold for the model's own timeout."""
        thread = threading.Thread(target=self._work, args=(call, arrived, stopped), daemon=True, name="spbe-model")
        thread.start()

    def _work(self, call: Callable[[], Iterator[Any]], arrived: "queue.Queue[Any]", stopped: threading.Event) -> None:
        begun = False
        try:
            for attempt in range(self._retries + 1):
                try:
                    for piece in call():
                        if stopped.is_set():
                            return
                        begun = True
                        arrived.put(piece)
                    arrived.put(None)
                    return
                except (
                    Exception
                ) as error:  # whatever a model, its server or the network does: the composed answer stands
                    if begun or stopped.is_set() or attempt == self._retries or not _may_pass(error):
                        arrived.put(error)
                        return
        finally:
            self._free.release()

    def _read(self, arrived: "queue.Queue[str | Exception | None]", limit: int, seconds: float) -> Iterator[str]:
        until = self._clock() + seconds
        text = ""
        total = 0
        while True:
            try:
                piece = arrived.get(timeout=max(0.0, until - self._clock()))
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

    def _pieces(self, system: str, user: str) -> Iterator[str]:
        finished = None
        for chunk in self._chat.stream([("system", system), ("human", user)]):
            yield chunk.text
            finished = next(filter(None, map(chunk.response_metadata.get, _FINISHED)), finished)
        if finished in (None, "length", "max_tokens"):
            raise EOFError("the reply was cut off")


def _may_pass(error: Exception) -> bool:
    """Whether a call may work a moment later: the server broke, or could not be reached."""
    status = getattr(error, "status_code", None)
    return status >= 500 if isinstance(status, int) else type(error).__name__ in ("APIConnectionError", "ConnectError")


def chat_model(name: str, url: str | None, key: str | None, seconds: float, *, streaming: bool = True) -> BaseChatModel:
    """A chat model by its LangChain name, ``provider:model``; with a URL, one behind an OpenAI-compatible address.

    It tries nothing again by itself: a client that waits as long as a busy server asks for would outlast the answer.

    Raises:
        ImportError: the provider's LangChain package is not installed.
        ValueError: an unknown provider.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": seconds, "max_retries": 0, "temperature": 0}
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
