"""How much a language model may be used: a breaker that rests after failures, and a budget for each asker and day."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date


class Breaker:
    """Stops calling what keeps failing.

    Args:
        failures: in a row, after which it opens.
        rest: seconds until one call is tried again.
    """

    def __init__(self, failures: int = 3, rest: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._failed = 0
        self._opened = 0.0
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Whether a call may be made; while open, one after each rest."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() - self._opened < self._rest:
                return False
            self._opened = self._clock()
            return True

    def worked(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._opened = self._clock()


class DailyBudget:
    """Answers a day that a language model may reword, for each owner; counted in this process.

    Args:
        answers: for each owner and day.
    """

    def __init__(self, answers: int, today: Callable[[], date] = date.today) -> None:
        self._answers, self._today = answers, today
        self._day = today()
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, owner: str) -> bool:
        """Take one answer from an owner's budget; False where it is used up."""
        with self._lock:
            if self._today() != self._day:
                self._day = self._today()
                self._taken.clear()
            if self._taken[owner] >= self._answers:
                return False
            self._taken[owner] += 1
            return True
