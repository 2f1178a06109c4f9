"""What would change if indicators stood elsewhere."""

from fractions import Fraction

import pytest
import scoring_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, RefusedInput, load_instrument, read_changes, simulate

complete = st.lists(st.integers(1, 5), min_size=47, max_size=47).map(lambda v: dict(enumerate(v, 1)))
changes = st.dictionaries(st.integers(1, 47), st.integers(1, 5), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (["21=4"], "2.99"),
        (["11=3", "12=3"], "3.08"),
        (["31=3"], "3.01"),
        (["45=4", "46=4", "47=4"], "3.16"),
        (["20=3"], "2.95"),
    ],
)
def test_bandar_lampung_if(bandar_lampung: Assessment, wanted: list[str], index: str) -> None:
    found = simulate(bandar_lampung, read_changes(wanted))
    assert (found.index.before_shown, found.index.after_shown) == ("2.98", index)
    assert found.next_band is not None
    assert found.index.after is not None
    assert (found.next_band.name, found.next_band.distance) == (
        "Sangat Baik",
        Fraction("3.5") - found.index.after,
    )


@settings(deadline=None, max_examples=40)
@given(complete, changes)
def test_effects_are_the_oracles(levels: dict[int, int], wanted: dict[int, int]) -> None:
    found = simulate(Assessment(agency="Contoh", year=2024, levels=levels), wanted)
    after = Fraction(oracle.index(levels | wanted))
    assert found.index.after == after
    assert sum((change.effect or Fraction(0) for change in found.changes), found.index.before) == after
    assert found.rating_after == oracle.rating(oracle.index(levels | wanted))
    old, new = oracle.all_shown(levels), oracle.all_shown(levels | wanted)
    shown = {node.node: (node.before_shown, node.after_shown) for node in found.nodes}
    assert all(shown[node] == (old[node], new[node]) for node in shown)
    assert {node for node in old if old[node] != new[node]} <= {*shown, "index"}


def test_the_assessment_itself_is_left_as_it_was(bandar_lampung: Assessment) -> None:
    before = bandar_lampung.model_copy(deep=True)
    simulate(bandar_lampung, {21: 5})
    assert bandar_lampung == before


def test_without_all_levels_there_is_an_interval_and_no_rating(aceh_tengah: Assessment) -> None:
    found = simulate(aceh_tengah, {1: 5, 43: 4})
    assert (found.index.after, found.rating_after, found.next_band) == (None, None, None)
    assert found.index.floor < found.index.ceiling
    assert [(change.before, change.effect is None) for change in found.changes] == [(2, False), (None, True)]


def test_at_the_top_there_is_no_next_band() -> None:
    top = Assessment(agency="Contoh", year=2024, levels=dict.fromkeys(range(1, 48), 5))
    assert simulate(top, {1: 4}).next_band is None


@pytest.mark.parametrize("wanted", [{21: 6}, {48: 3}, {21: 0}, {21: Fraction("2.5")}])
def test_levels_that_do_not_exist_are_refused(bandar_lampung: Assessment, wanted: dict[int, int]) -> None:
    with pytest.raises(RefusedInput):
        simulate(bandar_lampung, wanted)


def test_changes_need_levels() -> None:
    with pytest.raises(RefusedInput) as refused:
        simulate(Assessment(agency="Contoh", year=2024, domains={1: 3}), {21: 3})
    assert refused.value.code == "levels_not_known"


def test_changes_are_read_as_people_write_them() -> None:
    assert read_changes(["21=3", " I22 = 4", "indikator 5: 2", "3=2,5", "indikator 4 jadi 2,75"]) == {
        21: 3,
        22: 4,
        5: 2,
        3: Fraction("2.5"),
        4: Fraction("2.75"),
    }


@pytest.mark.parametrize("wrong", [["21"], ["x=3"], ["21=tiga"], ["21=3", "21=4"], [""]])
def test_other_changes_are_refused(wrong: list[str]) -> None:
    with pytest.raises(RefusedInput, match="21=3"):
        read_changes(wrong)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 20), st.integers(10000, 50000).map(lambda value: Fraction(value, 10000)))
def test_where_values_are_decimals_any_within_the_scale_may_be_supposed(number: int, value: Fraction) -> None:
    held = Assessment(instrument="pemdi-2026", agency="Contoh", year=2026, levels=dict.fromkeys(range(1, 21), 1))
    text = f"indikator {number} jadi {str(float(value)).replace('.', ',')}"
    found = simulate(held, read_changes([text]))
    weight = load_instrument("pemdi-2026").indicators[number - 1].weight
    assert found.index.after == 1 + weight * (value - 1) / 100
    assert found.second_hand
    for outside in (Fraction("0.99"), Fraction("5.01")):
        with pytest.raises(RefusedInput):
            simulate(held, {number: outside})
