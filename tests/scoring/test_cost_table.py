"""Cost tables as agencies write them."""

from fractions import Fraction
from typing import Any

import pytest

from scoring import Costs, RefusedInput, StepCost, read_costs


def test_rows_in_indonesian_and_english_are_the_same() -> None:
    expected = Costs(steps=(StepCost(indicator=21, level=3, cost="2.5", weeks=6),), locked=frozenset({40}))
    assert (
        read_costs(
            [
                {"Indikator": "21", "Tingkat": "3", "Biaya": "2,5", "Minggu": 6, "Keterangan": "dokumen"},
                {"Indikator": 40, "Tingkat": None, "Biaya": "", "Terkunci": "Ya"},
            ]
        )
        == expected
    )
    assert (
        read_costs([{"indicator": 21, "level": 3.0, "cost": 2.5, "weeks": "6"}, {"indicator": "40", "locked": "yes"}])
        == expected
    )


def test_a_document_is_read_by_its_fields() -> None:
    found = read_costs({"steps": [{"indicator": 1, "level": 2, "cost": "3"}], "highest": 4, "max_indicators": 6})
    assert (found.price(1, 2), found.price(1, 3), found.highest, found.max_indicators) == (3, 1, 4, 6)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([{"indikator": "x", "tingkat": 3, "biaya": 1}], "row 2, indicator"),
        ([{"indikator": 1, "tingkat": "2,5", "biaya": 1}], "row 2, level"),
        ([{"indikator": 1, "tingkat": 2, "biaya": 1}, {"indikator": 1, "tingkat": 3, "biaya": 0}], "row 3, cost"),
        ([{"indikator": 1, "tingkat": 2}], "row 2, cost"),
        ([{"indikator": 1, "tingkat": 2, "biaya": 1, "minggu": "-3"}], "row 2, weeks"),
        ([{"indikator": 1, "tingkat": 2, "biaya": 1}, {"indikator": 1, "tingkat": 2, "biaya": 2}], "row 3"),
        ([{"indikator": 1, "terkunci": "mungkin"}], "row 2, locked"),
        ({"steps": [{"indicator": 1, "level": 2, "cost": 0}]}, "steps.0.cost"),
        ({"locked": [1], "prices": {}}, "prices"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(rows: Any, place: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        read_costs(rows)
    assert refused.value.code == "costs_not_understood"
    assert place in refused.value.message.en


def test_prices_stay_exact() -> None:
    assert read_costs([{"indikator": 1, "tingkat": 2, "biaya": "0,1"}]).price(1, 2) == Fraction(1, 10)
