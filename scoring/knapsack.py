"""The cheapest choice of steps on several ladders whose gains reach a need: exact, over integers.

A choice is the number of steps taken on each ladder. Choices are ordered by total cost, then by how few
ladders are touched, then by the larger total gain, then by more steps on the earlier ladders. The first three
are one integer per step (``_Step.value``), so a single minimum decides them.
"""

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Any, Protocol

import numpy as np

_CELLS = 20_000_000
_SMALL = 2**60


@dataclass(frozen=True)
class Ladder:
    """Steps that can only be taken from the first on.

    Args:
        costs: total cost of taking 0, 1, 2 ... steps (the first is 0, then rising).
        gains: total gain of the same.
        least: steps that have to be taken.
    """

    costs: tuple[int, ...]
    gains: tuple[int, ...]
    least: int = 0


@dataclass(frozen=True)
class _Step:
    taken: int
    value: int
    gain: int


Choice = tuple[int, ...]
_Options = list[_Step]


class _Tables(Protocol):
    """Best values of the ladders from some place on: extended ladder by ladder from the last to the first."""

    def end(self) -> Any: ...
    def extend(self, table: Any, options: _Options) -> Any: ...
    def best(self, table: Any, may_touch: int, need: int) -> int | None: ...


class _Dense:
    """One cell for every need from 0 to ``need``; the first axis is how many ladders may be touched."""

    def __init__(self, need: int, most: int | None, largest: int) -> None:
        self.need, self.rows, self.limited = need, (most or 0) + 1, most is not None
        self.none = 2 * max(largest, 1)
        self.dtype: Any = np.int64 if self.none < _SMALL else object

    def end(self) -> Any:
        table = np.full((self.rows, self.need + 1), self.none, dtype=self.dtype)
        table[:, 0] = 0
        return table

    def extend(self, table: Any, options: _Options) -> Any:
        result = np.full_like(table, self.none)
        for step in options:
            gain = min(step.gain, self.need + 1)
            first = 1 if step.taken and self.limited else 0
            below = table[: self.rows - first]
            into = result[first:]
            value = np.int64(step.value) if self.dtype is np.int64 else step.value
            into[:, gain:] = np.minimum(into[:, gain:], below[:, : self.need + 1 - gain] + value)
            into[:, :gain] = np.minimum(into[:, :gain], below[:, :1] + value)
        return np.minimum(result, self.none)

    def best(self, table: Any, may_touch: int, need: int) -> int | None:
        value = int(table[may_touch if self.limited else 0, need])
        return None if value >= self.none else value


class _Sparse:
    """Only the choices that none beats in both value and gain; for needs too fine for a cell each."""

    def __init__(self, need: int, most: int | None) -> None:
        self.need, self.most = need, most

    def end(self) -> Any:
        return [[(0, 0)] for _ in range((self.most or 0) + 1)]

    def extend(self, table: Any, options: _Options) -> Any:
        result = []
        for may_touch in range(len(table)):
            found = []
            for step in options:
                row = may_touch - (1 if step.taken and self.most is not None else 0)
                if row >= 0:
                    found += [(min(g + step.gain, self.need), v + step.value) for g, v in table[row]]
            found.sort(key=lambda pair: (-pair[0], pair[1]))
            front: list[tuple[int, int]] = []
            for gain, value in found:
                if not front or value < front[-1][1]:
                    front.append((gain, value))
            result.append(front[::-1])
        return result

    def best(self, table: Any, may_touch: int, need: int) -> int | None:
        row = table[may_touch if self.most is not None else 0]
        at = bisect_left(row, (need, -_SMALL * _SMALL))
        return row[at][1] if at < len(row) else None


class Knapsack:
    """The search for one set of ladders.

    Args:
        ladders: in the order that breaks the last ties.
        need: total gain to reach.
        most: how many ladders may be touched; None for any number.
    """

    def __init__(self, ladders: Sequence[Ladder], need: int, most: int | None = None) -> None:
        unit = gcd(*(gain for ladder in ladders for gain in ladder.gains)) or 1
        self.need = max(0, -(-need // unit))
        touchable = sum(len(ladder.costs) > 1 for ladder in ladders)
        self.most = None if most is None or most >= touchable else most
        top = sum(ladder.gains[-1] // unit for ladder in ladders) + 1
        factor = len(ladders) + 1
        self.options: list[_Options] = [
            [
                _Step(
                    k,
                    (ladder.costs[k] * factor + bool(k)) * top - ladder.gains[k] // unit,
                    ladder.gains[k] // unit,
                )
                for k in range(ladder.least, len(ladder.costs))
            ]
            for ladder in ladders
        ]
        largest = sum(max((step.value for step in options), default=0) for options in self.options) + 1
        cells = (self.need + 1) * ((self.most or 0) + 1) * len(ladders)
        dense = cells <= _CELLS and (largest < _SMALL // 2 or cells <= _CELLS // 100)
        self.tables: _Tables = _Dense(self.need, self.most, largest) if dense else _Sparse(self.need, self.most)
        self.suffixes = self._extended([self.tables.end()], self.options)

    def _extended(self, tables: list[Any], options: list[_Options]) -> list[Any]:
        """Tables of every suffix, the longest first."""
        for steps in reversed(options):
            tables = [self.tables.extend(tables[0], steps), *tables]
        return tables

    def cheapest(self) -> Choice | None:
        """The best choice, or None where the need is out of reach."""
        return self._follow(self.suffixes, self.options)

    def _follow(self, tables: list[Any], options: list[_Options]) -> Choice | None:
        may_touch, need, taken = self.most or 0, self.need, []
        value = self.tables.best(tables[0], may_touch, need)
        if value is None:
            return None
        for steps, table in zip(options, tables[1:], strict=True):
            for step in reversed(steps):
                touches = 1 if step.taken and self.most is not None else 0
                if touches > may_touch:
                    continue
                rest = self.tables.best(table, may_touch - touches, max(need - step.gain, 0))
                if rest is not None and rest + step.value == value:
                    break
            else:  # pragma: no cover - the table holds a value only where a step leads to it
                raise AssertionError("no step leads to the value of the table")
            may_touch, need, value = may_touch - touches, max(need - step.gain, 0), rest
            taken.append(step.taken)
        return tuple(taken)

    def by_set(self) -> Iterator[Choice]:
        """For every set of touched ladders its best choice, the best set first.

        A set is found once: whoever follows it differs from it at one ladder and agrees on those before
        (Lawler's partition).
        """
        queue: list[tuple[int, tuple[bool, ...]]] = []
        self._offer(queue, ())
        while queue:
            _, spared = heapq.heappop(queue)  # stored negated: of equal sets the one with earlier ladders first
            pattern = tuple(not place for place in spared)
            options = [*_restricted(self.options, pattern), *self.options[len(pattern) :]]
            tables = self._extended(self.suffixes[len(pattern) :], options[: len(pattern)])
            choice = self._follow(tables, options)
            assert choice is not None
            yield choice
            touched = tuple(taken > 0 for taken in choice)
            for place in range(len(pattern), len(touched)):
                self._offer(queue, (*touched[:place], not touched[place]))

    def _offer(self, queue: list[tuple[int, tuple[bool, ...]]], pattern: tuple[bool, ...]) -> None:
        options = _restricted(self.options, pattern)
        if all(options):
            tables = self._extended(self.suffixes[len(pattern) :], options)
            value = self.tables.best(tables[0], self.most or 0, self.need)
            if value is not None:
                heapq.heappush(queue, (value, tuple(not touched for touched in pattern)))


def _restricted(options: list[_Options], pattern: tuple[bool, ...]) -> list[_Options]:
    """The options of the first ladders, touched or left alone as the pattern says."""
    return [
        [step for step in steps if bool(step.taken) == touched]
        for steps, touched in zip(options, pattern, strict=False)
    ]
