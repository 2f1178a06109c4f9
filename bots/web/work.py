"""Blocking work in a limited number of threads, so that the event loop never waits for an answer."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread

T = TypeVar("T")


class Overloaded(Exception):  # noqa: N818 - named after the state
    """So many requests are waiting already that one more would only time out."""


class Work:
    """Runs functions in at most ``workers`` threads; at most ``waiting`` calls wait for one.

    Raises:
        Overloaded: from ``run``, where the queue is full.
    """

    def __init__(self, workers: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(workers)
        self._waiting = waiting

    async def run(self, function: Callable[..., T], *args: object) -> T:
        statistics = self._limiter.statistics()
        full = statistics.borrowed_tokens >= statistics.total_tokens
        if full and statistics.tasks_waiting >= self._waiting:
            raise Overloaded
        return await to_thread.run_sync(function, *args, limiter=self._limiter)
