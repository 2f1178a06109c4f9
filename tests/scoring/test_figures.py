"""Exact numbers and how they are shown, against decimal arithmetic."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.figures import exactly, shown, unrounded

fractions = st.fractions(min_value=-10, max_value=10, max_denominator=2000)


@given(fractions, st.integers(0, 12))
def test_shown_rounds_half_up_as_decimal_does(value: Fraction, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
    assert shown(value, places) == format(abs(expected) if expected == 0 else expected, "f")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("4.725", "4.73"),
        ("2.675", "2.68"),
        ("3.4985", "3.50"),
        ("2.9795", "2.98"),
        ("1.005", "1.01"),
        ("0", "0.00"),
    ],
)
def test_halves_go_up_where_binary_floats_would_not(value: str, text: str) -> None:
    assert shown(Fraction(value)) == text


def test_many_places_are_plain_digits() -> None:
    assert shown(Fraction(0), 10) == "0.0000000000"
    assert shown(Fraction(12, 11), 10) == "1.0909090909"


@given(st.fractions())
def test_unrounded_loses_nothing(value: Fraction) -> None:
    assert Fraction(unrounded(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=12))
def test_unrounded_writes_decimals_that_end_without_a_slash(value: Decimal) -> None:
    text = unrounded(Fraction(value))
    assert "/" not in text
    assert "E" not in text
    assert Decimal(text) == value


@pytest.mark.parametrize("number", [2.98, "2.98", Decimal("2.98"), Fraction(298, 100), " 2.98 "])
def test_numbers_are_read_without_binary_noise(number: object) -> None:
    assert exactly(number) == Fraction(298, 100)


@pytest.mark.parametrize("number", [True, None, "x", "", "1/0", float("nan"), float("inf"), [1]])
def test_what_is_no_number_is_refused(number: object) -> None:
    with pytest.raises(ValueError, match="not a number"):
        exactly(number)
