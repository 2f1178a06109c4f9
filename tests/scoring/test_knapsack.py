"""The search for the cheapest steps, against trying every choice."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.knapsack import Knapsack, Ladder, _Sparse

Choice = tuple[int, ...]


@st.composite
def ladders(draw: st.DrawFn, largest_cost: int = 6, largest_gain: int = 9) -> list[Ladder]:
    made = []
    for _ in range(draw(st.integers(1, 5))):
        steps = draw(st.integers(0, 3))
        costs, gains = [0], [0]
        for _ in range(steps):
            costs.append(costs[-1] + draw(st.integers(1, largest_cost)))
            gains.append(gains[-1] + draw(st.integers(1, largest_gain)))
        made.append(Ladder(tuple(costs), tuple(gains), draw(st.integers(0, min(1, steps)))))
    return made


def total(ladders: Sequence[Ladder], choice: Choice, kind: str) -> int:
    return sum(getattr(ladder, kind)[taken] for ladder, taken in zip(ladders, choice, strict=True))


def ordering(ladders: Sequence[Ladder], choice: Choice) -> tuple[object, ...]:
    """The stated rule: cost, ladders touched, larger gain, more steps on earlier ladders."""
    touched = sum(taken > 0 for taken in choice)
    return (
        total(ladders, choice, "costs"),
        touched,
        -total(ladders, choice, "gains"),
        [-taken for taken in choice],
    )


def every(ladders: Sequence[Ladder], need: int, most: int | None) -> list[Choice]:
    """Every choice that reaches the need, in the order of the stated rule."""
    choices = product(*(range(ladder.least, len(ladder.costs)) for ladder in ladders))
    fitting = [
        choice
        for choice in choices
        if total(ladders, choice, "gains") >= need and (most is None or sum(taken > 0 for taken in choice) <= most)
    ]
    return sorted(fitting, key=lambda choice: ordering(ladders, choice))


needs = st.integers(0, 40)
limits = st.none() | st.integers(0, 5)


@settings(deadline=None, max_examples=300)
@given(ladders(), needs, limits)
def test_no_choice_is_better(ladders: list[Ladder], need: int, most: int | None) -> None:
    best = (every(ladders, need, most) or [None])[0]
    assert Knapsack(ladders, need, most).cheapest() == best


@settings(deadline=None, max_examples=100)
@given(ladders(), needs, limits)
def test_sets_come_best_first_each_once(ladders: list[Ladder], need: int, most: int | None) -> None:
    expected: dict[tuple[bool, ...], Choice] = {}
    for choice in every(ladders, need, most):
        expected.setdefault(tuple(taken > 0 for taken in choice), choice)
    found = list(Knapsack(ladders, need, most).by_set())
    assert sorted(found) == sorted(expected.values())
    keys = [ordering(ladders, choice)[:3] for choice in found]
    assert keys == sorted(keys)


@settings(deadline=None, max_examples=60)
@given(ladders(10**15, 10**12), st.integers(0, 4 * 10**12), limits)
def test_prices_in_rupiah_and_fine_gains_stay_exact(ladders: list[Ladder], need: int, most: int | None) -> None:
    search = Knapsack(ladders, need, most)
    assert search.cheapest() == (every(ladders, need, most) or [None])[0]


@settings(deadline=None, max_examples=100)
@given(ladders(10**16, 9), needs, limits)
def test_costs_beyond_64_bits_stay_exact(ladders: list[Ladder], need: int, most: int | None) -> None:
    assert Knapsack(ladders, need, most).cheapest() == (every(ladders, need, most) or [None])[0]


def test_a_need_too_fine_for_cells_is_searched_without_them() -> None:
    search = Knapsack([Ladder((0, 1), (0, 10**9 + 7)), Ladder((0, 3), (0, 10**9 + 9))], 10**9 + 8)
    assert isinstance(search.tables, _Sparse)
    assert search.cheapest() == (0, 1)


@pytest.mark.parametrize("most", [None, 0, 1])
def test_out_of_reach_is_none(most: int | None) -> None:
    search = Knapsack([Ladder((0, 1), (0, 5))], 6, most)
    assert search.cheapest() is None
    assert list(search.by_set()) == []
