"""An instrument of ten indicators, written as a YAML file and nothing else, goes through everything."""

from fractions import Fraction
from typing import Any

import numpy as np

from scoring import Assessment, Target, compare, gaps, infer, plan, read_target, score, score_all, simulate, trend

ASPECTS = [["4", "4", "12"], ["10", "10", "20"], ["8", "8", "12", "12"]]


def test_ten_indicators_without_code(make_instrument: Any) -> None:
    instrument = make_instrument("uji-10", ASPECTS)
    levels = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 1, 7: 2, 8: 3, 9: 4, 10: 5}
    one = Assessment(instrument="uji-10", agency="Kota A", year=2024, levels=levels)
    index = Fraction(4 * 1 + 4 * 2 + 12 * 3 + 10 * 4 + 10 * 5 + 20 * 1 + 8 * 2 + 8 * 3 + 12 * 4 + 12 * 5, 100)
    card = score(one)
    assert (Fraction(card.index_exact or 0), card.rating, len(card.aspects), card.domains) == (index, "Tinggi", 3, ())
    assert gaps(one).gaps[0].number == 6
    found = plan(one, Target(index=Fraction("3.6")))
    assert (found.cost, found.indicators) == (3, (6,))
    assert plan(one, read_target("tinggi", instrument)).cost == 0
    assert simulate(one, {6: 5}).index.after == index + Fraction("0.8")
    other = one.model_copy(update={"agency": "Kota B", "levels": one.levels | {6: Fraction(5)}})
    assert [entry.agency for entry in compare([one, other]).nodes[0].entries] == ["Kota B", "Kota A"]
    later = other.model_copy(update={"agency": "Kota A", "year": 2025})
    assert trend([one, later]).moves[0].delta == Fraction("0.8")
    partial = {"instrument": "uji-10", "agency": "A", "year": 2024, "levels": levels | {6: None}}
    assert infer(Assessment.model_validate(partial | {"published": {"index": card.index}})).forced == {6: 1}
    bulk = score_all(np.array([list(levels.values())]), instrument, 2024)
    assert (bulk.nodes, bulk.index_exact(0)) == (("index", "aspect 1", "aspect 2", "aspect 3"), index)


def test_weights_that_never_end_in_decimals(make_instrument: Any) -> None:
    make_instrument("uji-3", [["100/3", "100/3", "100/3"]])
    one = Assessment(instrument="uji-3", agency="Kota A", year=2024, levels={1: 1, 2: 2, 3: 2})
    card = score(one)
    assert (card.index, card.index_exact) == ("1.67", "5/3")
    assert plan(one, Target(index=Fraction(2))).cost == 1
