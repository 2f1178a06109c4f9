"""How much a language model may be used: a breaker that rests after failures, and a budget for each asker and day."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Spending:
    """How today's budgets stand, without saying whose they are.

    Attributes:
        limit: answers for each owner and day. spent: by all owners together.
        owners: who asked the model today. exhausted: of them, who may not any more.
    """

    limit: int
    spent: int
    owners: int
    exhausted: int


class DailyBudget:
    """Answers a day that a language model may reword, for each owner; counted in this process.

    Args:
        answers: for each owner and day.
        told: is told how the budgets stand, whenever one is asked for an answer.
    """

    def __init__(
        self,
        answers: int,
        today: Callable[[], date] = date.today,
        told: Callable[[Spending], None] | None = None,
    ) -> None:
        self._answers, self._today, self._told = answers, today, told
        self._day = today()
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, owner: str) -> bool:
        """Take one answer from an owner's budget; False where it is used up."""
        with self._lock:
            if self._today() != self._day:
                self._day = self._today()
                self._taken.clear()
            free = self._taken[owner] < self._answers
            self._taken[owner] += free
            taken = self._taken.values()
            spent = sum(taken), len(taken), sum(count >= self._answers for count in taken)
            if self._told is not None:
                self._told(Spending(self._answers, *spent))
            return free
