"""Where requests are counted: in one place for all workers, or in each worker's memory while that place is away."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from limits import RateLimitItem
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter, RateLimiter
from limits.util import WindowStats

Told = TypeVar("Told")
_AWAY = 10.0  # seconds before a storage that failed is asked again, so that not every request waits for it
_PATIENCE = 1.0  # seconds for the storage to answer
_log = logging.getLogger(__name__)


def storage_at(address: str) -> Storage:
    """The storage of an address such as ``redis://host:6379``; nothing is sent to it yet."""
    patience = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE} if address.startswith("redis") else {}
    storage = storage_from_string(address, **patience)
    assert isinstance(storage, Storage)  # asynchronous ones have addresses of their own
    return storage


class Counting(RateLimiter):
    """A moving window; a storage that does not answer refuses nobody and stops nothing.

    Args:
        storage: of all workers, or one worker's memory.
    """

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage)
        self._together = MovingWindowRateLimiter(storage)
        self._alone = MovingWindowRateLimiter(MemoryStorage())
        self._away_until = 0.0

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        return self._told(lambda limiter: limiter.hit(item, *identifiers, cost=cost))

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        return self._told(lambda limiter: limiter.test(item, *identifiers, cost=cost))

    def get_window_stats(self, item: RateLimitItem, *identifiers: str) -> WindowStats:
        return self._told(lambda limiter: limiter.get_window_stats(item, *identifiers))

    def clear(self, item: RateLimitItem, *identifiers: str) -> None:
        self._told(lambda limiter: limiter.clear(item, *identifiers))

    def _told(self, ask: Callable[[RateLimiter], Told]) -> Told:
        if monotonic() >= self._away_until:
            try:
                return ask(self._together)
            except self.storage.base_exceptions as reason:
                self._away_until = monotonic() + _AWAY
                _log.warning("the storage of limits does not answer (%s); counting alone", type(reason).__name__)
        return ask(self._alone)
