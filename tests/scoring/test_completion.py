"""Levels that published totals force are counted in plans, what-ifs and gaps, and named there."""

from fractions import Fraction
from typing import Any

import pytest

from scoring import Assessment, Target, plan, score
from scoring.completion import completed
from scoring.figures import exactly, shown
from scoring.gaps import gaps
from scoring.simulate import simulate

LEVELS = {number: 1 + (number * 3) % 5 for number in range(1, 48)}


def published(levels: dict[int, int]) -> dict[str, Any]:
    card = score(Assessment(agency="Contoh", year=2024, levels=levels))
    return {
        "index": card.index,
        "domains": {d.number: d.value for d in card.domains},
        "aspects": {a.number: a.value for a in card.aspects},
    }


def partial(*missing: int) -> Assessment:
    levels = {n: v for n, v in LEVELS.items() if n not in missing}
    return Assessment.model_validate(
        {"agency": "Contoh", "year": 2024, "levels": levels, "published": published(LEVELS)}
    )


def test_one_missing_level_of_an_aspect_is_forced_and_counted_everywhere() -> None:
    known = partial(11, 22)
    assert completed(known).forced == {11: LEVELS[11], 22: LEVELS[22]}
    way = plan(known, Target(index=Fraction(4)))
    assert (way.inferred, way.assumed_lowest, way.shared) == ({11: LEVELS[11], 22: LEVELS[22]}, (), {})
    assert way.start == plan(Assessment(agency="Contoh", year=2024, levels=LEVELS), Target(index=Fraction(4))).start
    assert simulate(known, {1: 5}).index.before == way.start.index
    found = gaps(known)
    assert found.unknown == () and found.inferred == way.inferred
    assert {gap.number: gap.level for gap in found.gaps}[11] == LEVELS[11]


def test_two_missing_levels_of_an_aspect_are_shared_out_and_make_the_published_index() -> None:
    known = partial(15, 16)
    total = LEVELS[15] + LEVELS[16]
    found = completed(known)
    assert found.forced == {}
    assert [(one.indicators, one.total) for one in found.sums] == [((15, 16), total)]
    assert sum(found.shares.values()) == total and max(found.shares.values()) - min(found.shares.values()) <= 1
    way = plan(known, Target(index=Fraction(4)))
    assert way.assumed_lowest == () and way.shared == found.shares
    assert shown(way.start.index) == published(LEVELS)["index"]


def test_a_change_to_one_of_a_sum_leaves_the_other_open() -> None:
    supposed = simulate(partial(15, 16), {15: 5})
    assert supposed.index.after is None and supposed.sums == ()
    assert supposed.index.floor < supposed.index.ceiling


@pytest.mark.parametrize("stated", [None, {"index": "2.00"}])
def test_without_totals_or_against_them_nothing_is_filled_in(stated: dict[str, Any] | None) -> None:
    levels = {n: 5 for n in LEVELS if n != 11}
    known = Assessment.model_validate({"agency": "Contoh", "year": 2024, "levels": levels, "published": stated})
    assert completed(known).assessment == known
    assert plan(known, Target(every=3)).assumed_lowest == (11,)


def test_aceh_tengah_2025_starts_at_its_published_index(aceh_tengah: Any) -> None:
    known = Assessment.model_validate(aceh_tengah)
    way = plan(known, Target(index=Fraction(3)))
    assert way.inferred == {18: 2, 38: 2}
    assert [(one.indicators, one.total) for one in way.sums] == [((7, 8), 5), ((43, 44), 6)]
    assert known.published is not None and known.published.index is not None
    assert shown(way.start.index) == shown(exactly(known.published.index))
