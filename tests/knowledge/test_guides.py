"""Every indicator has a guide that leaves nothing empty; every level says what it needs, what proves it and where."""

from __future__ import annotations

import pytest

from knowledge.pack import load_pack
from knowledge.pack_entries import IndicatorGuide
from scoring import Instrument, Text, load_instrument

INSTRUMENT = load_instrument("spbe-2020")
GUIDES = {guide.number: guide for guide in load_pack().guides["spbe-2020"]}


def empty(texts: tuple[Text, ...]) -> bool:
    return not texts or any(not text.id.strip() or not text.en.strip() for text in texts)


def test_every_indicator_has_a_guide() -> None:
    assert set(GUIDES) == {indicator.number for indicator in INSTRUMENT.indicators}


@pytest.mark.parametrize("number", sorted(GUIDES))
def test_a_guide_leaves_nothing_empty(number: int) -> None:
    guide: IndicatorGuide = GUIDES[number]
    assert guide.accepted is not None
    assert not empty((guide.measures, guide.accepted))
    assert not empty(guide.refused)
    assert not empty(guide.stays_low)
    assert not empty(guide.first_steps)
    assert not empty(guide.contents)
    assert guide.owner == "not stated" or guide.owner.source
    assert guide.source


@pytest.mark.parametrize("indicator", INSTRUMENT.indicators, ids=lambda indicator: str(indicator.number))
def test_each_next_level_says_what_it_needs_what_proves_it_and_where_that_stands(indicator: object) -> None:
    part = INSTRUMENT.indicators[indicator.number - 1]  # type: ignore[attr-defined]
    _complete(INSTRUMENT, part.number)
    assert part.legal_basis


def _complete(instrument: Instrument, number: int) -> None:
    for level in instrument.indicators[number - 1].levels:
        assert not empty((level.requirement,))
        assert not empty(level.evidence)
        assert instrument.sources_of(number, level.level)
