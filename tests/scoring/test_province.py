"""A province over its districts."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, RefusedInput, province_view, score

districts = st.lists(
    st.lists(st.integers(1, 5), min_size=47, max_size=47).map(lambda v: dict(enumerate(v, 1))),
    min_size=2,
    max_size=6,
)


def district(number: int, levels: dict[int, int]) -> Assessment:
    return Assessment(agency=f"Kab. {number:02}", year=2024, levels=levels)


def average(cases: list[dict[int, int]]) -> Fraction:
    exact = [score(district(0, levels)).index_exact for levels in cases]
    return sum((Fraction(value or 0) for value in exact), Fraction(0)) / len(cases)


@settings(deadline=None, max_examples=6)
@given(districts)
def test_lifting_the_weak_adds_what_it_says(cases: list[dict[int, int]]) -> None:
    view = province_view([district(n, levels) for n, levels in enumerate(cases)])
    assert view.average == average(cases)
    for part in view.weak:
        if part.node.startswith("indicator"):
            number = int(part.node.split()[1])
            lifted = [levels | {number: max(levels[number], 3)} for levels in cases]
            assert part.average_gain == average(lifted) - view.average
            assert len(part.learners) == sum(levels[number] < 3 for levels in cases)
    weak = {p.node for p in view.weak}
    assert {n for n in range(1, 48) if any(levels[n] < 3 for levels in cases)} == {
        int(node.split()[1]) for node in weak if node.startswith("indicator")
    }
    gains = [part.average_gain for part in view.weak]
    assert gains == sorted(gains, reverse=True)


def test_teachers_stand_at_the_reference_and_learners_below() -> None:
    three = dict.fromkeys(range(1, 48), 3)
    view = province_view([district(1, three | {21: 5}), district(2, three | {21: 1}), district(3, three | {21: 2})])
    part = next(part for part in view.weak if part.node == "indicator 21")
    assert [member.agency for member in part.teachers] == ["Kab. 01"]
    assert [member.agency for member in part.learners] == ["Kab. 02", "Kab. 03"]
    assert part.average_gain == Fraction("0.015") * 3 / 3


def test_nobody_can_teach_what_all_are_weak_at() -> None:
    two = dict.fromkeys(range(1, 48), 2)
    view = province_view([district(1, two), district(2, two)])
    assert all(part.teachers == () for part in view.weak)
    assert view.lift.agencies == ()
    assert view.lift.gain == 0


def test_the_lowest_quarter_rises_to_the_median() -> None:
    cases = [dict.fromkeys(range(1, 48), level) for level in (1, 2, 3, 4, 5)]
    view = province_view([district(n, levels) for n, levels in enumerate(cases)])
    assert (view.lift.agencies, view.lift.to, view.lift.gain) == (("Kab. 00",), 3, Fraction(2, 5))
    assert view.lift.average_after == view.lift.average_before + view.lift.gain == Fraction(17, 5)


def test_only_what_is_alike_is_viewed_together() -> None:
    with pytest.raises(RefusedInput) as refused:
        province_view([district(1, {1: 3}), Assessment(agency="B", year=2023, domains={1: 3, 2: 3, 3: 3, 4: 3})])
    assert refused.value.code == "not_alike"
