"""Bulk scoring gives what the exact path gives."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from scoring import Assessment, RefusedInput, load_instrument, score, score_all
from scoring.figures import shown


def same(levels: Any, instrument: str, year: int) -> None:
    structure = load_instrument(instrument)
    found = score_all(levels, structure, year)
    for row in range(len(levels)):
        card = score(Assessment(instrument=instrument, agency="C", year=year, levels=list(map(int, levels[row]))))
        values = [card.index, *(n.value for n in card.domains), *(n.value for n in card.aspects)]
        assert [shown(Fraction(int(v), 100)) for v in found.hundredths[row]] == values
        assert structure.bands[found.ratings[row]].name.id == card.rating
        assert found.index_exact(row) == Fraction(card.index_exact or 0)


@pytest.mark.parametrize(("year", "dtype"), [(2024, np.int8), (2023, np.int64), (2022, np.uint8)])
def test_rows_are_scored_as_one_by_one(year: int, dtype: Any) -> None:
    same(np.random.default_rng(year).integers(1, 6, (150, 47)).astype(dtype), "spbe-2020", year)


def test_levels_from_zero_are_scored_as_one_by_one() -> None:
    same(np.random.default_rng(1).integers(0, 6, (60, 37)).astype(np.int8), "spbe-2018", 2018)


def test_borders_of_bands_and_halves_are_kept() -> None:
    """Rows whose index lies on a border or a half hundredth, found by walking level by level."""
    rows = []
    for start in range(1, 5):
        levels = [start] * 47
        for place in range(47):
            levels[place] += 1
            rows.append(list(levels))
    exact = [Fraction(score_all(np.array([row]), load_instrument("spbe-2020"), 2024).index_exact(0)) for row in rows]
    assert any((200 * value).denominator == 1 and (100 * value).denominator == 2 for value in exact)
    same(np.array(rows, dtype=np.int8), "spbe-2020", 2024)
    same(np.array(rows, dtype=np.int8), "spbe-2020", 2023)


def test_blocks_join_without_a_seam() -> None:
    levels = np.random.default_rng(3).integers(1, 6, (20_001, 47), dtype=np.int8)
    instrument = load_instrument("spbe-2020")
    whole = score_all(levels, instrument, 2024)
    for start in (0, 399, 400, 7999, 8000, 16_000, 19_999, 20_000):
        alone = score_all(levels[start : start + 1], instrument, 2024)
        assert (whole.hundredths[start] == alone.hundredths[0]).all()
        assert whole.totals[start] == alone.totals[0]
        assert whole.ratings[start] == alone.ratings[0]


def test_no_rows_are_no_results() -> None:
    found = score_all(np.empty((0, 47), dtype=np.int8), load_instrument("spbe-2020"), 2024)
    assert found.hundredths.shape == (0, 13)


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (np.full((2, 47), 6, dtype=np.int8), "Row 0, indicator 1: level 6"),
        (np.zeros((1, 47), dtype=np.int8), "level 0"),
        (np.full((2, 46), 3, dtype=np.int8), "47 columns"),
        (np.full(47, 3, dtype=np.int8), "47 columns"),
        (np.full((2, 47), 3.0), "integer array"),
    ],
)
def test_what_is_no_complete_assessment_is_refused(levels: Any, words: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        score_all(levels, load_instrument("spbe-2020"), 2024)
    assert words in refused.value.message.en


def test_decimal_instruments_are_refused() -> None:
    with pytest.raises(RefusedInput, match="desimal"):
        score_all(np.full((1, 20), 3, dtype=np.int8), load_instrument("pemdi-2026"), 2026)
