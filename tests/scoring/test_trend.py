"""One agency over the years."""

from fractions import Fraction
from typing import Any

import pytest

from scoring import Assessment, RefusedInput, trend


def known(year: int, index: str, **more: Any) -> Assessment:
    document = {"agency": "Pemerintah Kab. Indramayu", "year": year, "published": {"index": index}}
    return Assessment.model_validate(document | more)


INDRAMAYU = [
    known(2024, "3.93"),
    known(2021, "2.57"),
    known(2023, "3.77", stage="self"),
    known(2022, "3.09"),
    known(2023, "3.53"),
]


def test_the_series_runs_by_year_with_the_external_value() -> None:
    found = trend(INDRAMAYU)
    assert [(p.year, p.value_shown) for p in found.points] == [
        (2021, "2.57"), (2022, "3.09"), (2023, "3.53"), (2024, "3.93")
    ]  # fmt: skip
    assert [move.delta_shown for move in found.moves] == ["0.52", "0.44", "0.40"]
    assert [(p.year, p.stage, p.value_shown) for p in found.others] == [(2023, "self", "3.77")]
    assert found.missing_years == ()
    assert [p.rating for p in found.points] == ["Cukup", "Baik", "Sangat Baik", "Sangat Baik"]


def test_a_missing_year_is_named_and_not_made_up(published_levels: dict[tuple[str, int], Assessment]) -> None:
    city = [a for (agency, _), a in published_levels.items() if agency == "Pemerintah Kota Bandar Lampung"]
    found = trend(city, "domain 1")
    assert [(p.year, p.value_shown) for p in found.points] == [(2021, "1.00"), (2022, "2.00"), (2024, "2.90")]
    assert found.missing_years == (2023,)
    assert [move.skipped for move in found.moves] == [(), (2023,)]
    assert [move.delta for move in found.moves] == [1, Fraction("0.9")]


def test_a_change_of_instrument_is_a_break_without_difference() -> None:
    found = trend([known(2025, "2.59"), known(2026, "1.24", instrument="pemdi-2026")])
    (move,) = found.moves
    assert (move.break_, move.delta) == (True, None)
    assert move.note is not None
    assert "spbe-2020" in move.note.id
    assert "pemdi-2026" in move.note.en
    assert [p.second_hand for p in found.points] == [False, True]


def test_a_node_that_an_instrument_lacks_has_no_value_there() -> None:
    found = trend(
        [known(2025, "2.59", domains={1: 3, 2: 3, 3: 3, 4: 3}), known(2026, "1.24", instrument="pemdi-2026")],
        "domain 1",
    )
    assert [p.value_shown for p in found.points] == ["3.00", None]


def test_a_different_stage_is_noted() -> None:
    (move,) = trend([known(2022, "3.09"), known(2023, "3.77", stage="self")]).moves
    assert move.note is not None
    assert "penilaian mandiri" in move.note.id


def test_a_target_never_stands_for_a_result() -> None:
    found = trend([known(2023, "3.53", stage="self"), known(2023, "4.00", stage="target")])
    assert [p.stage for p in found.points] == ["self"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "one_agency_needed"),
        ([known(2021, "2"), known(2022, "3", agency="Kota Lain")], "one_agency_needed"),
        ([known(2021, "2"), known(2021, "3")], "year_given_twice"),
    ],
)
def test_what_makes_no_series_is_refused(given: list[Assessment], code: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        trend(given)
    assert refused.value.code == code


def test_a_node_nobody_has_is_refused() -> None:
    with pytest.raises(RefusedInput) as refused:
        trend(INDRAMAYU, "domain 9")
    assert refused.value.code == "unknown_node"
