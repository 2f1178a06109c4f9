"""Both sides of a change of instrument."""

from fractions import Fraction

import pytest

from scoring import Assessment, RefusedInput, across, load_crosswalk

BEFORE = Assessment(agency="C", year=2025, levels=dict.fromkeys(range(1, 48), 3) | {11: 1, 12: 2})
AFTER = Assessment(instrument="pemdi-2026", agency="C", year=2026, levels={1: "1.26"})


def test_values_stand_side_by_side_with_the_reason() -> None:
    found = across(BEFORE, AFTER)
    crossing = found.crossings[0]
    assert [(side.number, side.value_shown) for side in crossing.before] == [(11, "1.00"), (12, "2.00"), (13, "3.00")]
    assert [(side.number, side.value_shown) for side in crossing.after] == [(1, "1.26")]
    assert (crossing.before_mean, crossing.after_mean) == (2, Fraction("1.26"))
    assert crossing.reason.id
    assert found.second_hand


def test_every_link_is_there_and_a_missing_value_stays_missing() -> None:
    found = across(BEFORE, AFTER)
    assert len(found.crossings) == len(load_crosswalk("spbe-2020", "pemdi-2026").links)
    for crossing in found.crossings:
        assert (crossing.relation == "new") == (not crossing.before)
        assert (crossing.relation == "ends") == (not crossing.after)
        assert (crossing.after_mean is None) == ([side.number for side in crossing.after] != [1])


@pytest.mark.parametrize("pair", [("pemdi-2026", "spbe-2020"), ("spbe-2018", "spbe-2020"), ("../x", "y")])
def test_no_mapping_is_made_up(pair: tuple[str, str]) -> None:
    with pytest.raises(RefusedInput, match="spbe-2020 > pemdi-2026"):
        load_crosswalk(*pair)
