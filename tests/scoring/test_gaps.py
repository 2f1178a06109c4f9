"""What holds a node back, ranked by its exact effect on the index."""

from fractions import Fraction

import pytest
import scoring_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, RefusedInput, gaps

complete = st.lists(st.integers(1, 5), min_size=47, max_size=47).map(lambda v: dict(enumerate(v, 1)))


def test_domain_2_of_bandar_lampung(bandar_lampung: Assessment) -> None:
    found = gaps(bandar_lampung, "domain 2")
    assert [gap.number for gap in found.gaps if gap.loss_to_reference > 0] == [11, 12, 13, 14, 16]
    assert [gap.level for gap in found.gaps[:5]] == [1, 1, 2, 2, 2]
    assert {gap.one_level_gain for gap in found.gaps} == {Fraction("0.025")}
    assert (found.value_shown, found.weight, found.index_shown) == ("2.40", 25, "2.98")


def test_below_keeps_only_what_is_lower(bandar_lampung: Assessment) -> None:
    assert sorted(gap.number for gap in gaps(bandar_lampung, below=2).gaps) == [11, 12, 26, 27, 31]
    assert sorted(gap.number for gap in gaps(bandar_lampung, "aspect 8", below=3).gaps) == [45, 46, 47]
    assert gaps(bandar_lampung, "indicator 40", below=3).gaps == ()


@settings(deadline=None, max_examples=40)
@given(complete, st.sampled_from(["index", "domain 2", "domain 4", "aspect 5", "indicator 21"]))
def test_figures_are_the_oracles(levels: dict[int, int], node: str) -> None:
    found = gaps(Assessment(agency="Contoh", year=2024, levels=levels), node)
    index = Fraction(oracle.index(levels))
    for gap in found.gaps:
        n, level, weight = gap.number, levels[gap.number], Fraction(oracle.WEIGHTS[gap.number])
        assert gap.contribution == weight * level / 100
        at_three, at_five = (Fraction(oracle.index(levels | {n: wanted})) - index for wanted in (max(level, 3), 5))
        assert (gap.loss_to_reference, gap.loss_to_highest) == (at_three, at_five)
        more = None if level == 5 else Fraction(oracle.index(levels | {n: level + 1})) - index
        assert gap.one_level_gain == more
    keys = [(-g.loss_to_reference, -g.loss_to_highest, -g.weight, g.number) for g in found.gaps]
    assert keys == sorted(keys)
    assert [g.rank for g in found.gaps] == list(range(1, len(keys) + 1))


@settings(deadline=None, max_examples=20)
@given(complete)
def test_contributions_add_up_to_the_index(levels: dict[int, int]) -> None:
    found = gaps(Assessment(agency="Contoh", year=2024, levels=levels))
    assert sum(gap.contribution for gap in found.gaps) == found.index


def test_what_is_not_assessed_stands_apart_with_its_span(aceh_tengah: Assessment) -> None:
    found = gaps(aceh_tengah)
    assert [part.number for part in found.unknown] == [43, 44, 7, 8]
    assert [str(part.span) for part in found.unknown[:3]] == ["3/25", "3/25", "13/250"]
    forced = Fraction("0.11") + Fraction("0.1")  # 18 and 38 can only be at level 2
    assert sum(part.span for part in found.unknown) == Fraction("2.9365") - Fraction("2.3825") - forced
    assert {gap.number: gap.level for gap in found.gaps if gap.number in (18, 38)} == {18: 2, 38: 2}
    assert not {part.number for part in found.unknown} & {gap.number for gap in found.gaps}
    assert found.value is None


def test_domains_are_ranked_where_only_domains_are_known() -> None:
    one = Assessment(agency="Contoh", year=2024, domains={1: "3.70", 2: "2.40", 3: "2.55", 4: "3.48"})
    found = gaps(one)
    assert [(gap.node, str(gap.loss_to_reference)) for gap in found.gaps][:2] == [
        ("domain 2", "3/20"),
        ("domain 3", "297/4000"),
    ]
    assert found.granularity == "domain"
    assert [gap.one_level_gain for gap in found.gaps] == [
        Fraction(1, 40),
        Fraction(3, 200),
        None,
        Fraction("0.013"),
    ]


def test_published_domains_are_used_where_nothing_finer_is_known() -> None:
    one = Assessment.model_validate({"agency": "C", "year": 2024, "published": {"index": 3, "domains": [3, 2, 3, 4]}})
    assert gaps(one).gaps[0].node == "domain 2"


@pytest.mark.parametrize("node", ["indicator 21", "aspect 3"])
def test_gaps_finer_than_what_is_known_are_refused(node: str) -> None:
    one = Assessment(agency="Contoh", year=2024, domains={1: "3.70", 2: "2.40", 3: "2.55", 4: "3.48"})
    with pytest.raises(RefusedInput) as refused:
        gaps(one, node)
    assert refused.value.code == "not_known_so_finely"


def test_decimal_instruments_gain_up_to_the_next_range() -> None:
    one = Assessment(instrument="pemdi-2026", agency="C", year=2026, levels={1: "2.00", 19: 1, 20: "4.2"})
    found = {gap.number: gap for gap in gaps(one).gaps}
    assert found[1].one_level_gain == Fraction(5, 100) * Fraction("0.5")
    assert found[19].one_level_gain == Fraction(10, 100) * Fraction("0.5")
    assert found[20].one_level_gain is None
    assert found[20].loss_to_highest == Fraction(15, 100) * Fraction("0.8")
