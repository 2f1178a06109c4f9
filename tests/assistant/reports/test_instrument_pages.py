"""The review pages: current, complete, and with the source of everything on them."""

from pathlib import Path

import pytest

from assistant.reports.instrument_page import instrument_page
from knowledge.pack import load_pack
from scoring.instrument import SHIPPED, load_instrument

PAGES = Path(__file__).parents[3] / "docs" / "instruments"
IDS = sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def test_every_instrument_that_ships_has_its_page() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == IDS


@pytest.mark.parametrize("name", IDS)
def test_pages_are_current(name: str) -> None:
    made = instrument_page(load_instrument(name), load_pack().library)
    assert (PAGES / f"{name}.md").read_text(encoding="utf-8") == made, "run: spbe instrument --to docs/instruments"


@pytest.mark.parametrize("name", IDS)
def test_pages_hold_every_weight_criterion_evidence_and_source(name: str) -> None:
    instrument, library = load_instrument(name), load_pack().library
    page = instrument_page(instrument, library, "en")
    for indicator in instrument.indicators:
        assert f"| Indicator {indicator.number} | {indicator.name.en} |" in page
        for level in indicator.levels:
            assert level.requirement.en in page
            assert all(proof.en in page for proof in level.evidence)
        for source in indicator.legal_basis:
            rule = library.get(source.rule)
            assert f"{rule.short if rule else source.rule}, {source.locator}" in page
    places = page.count("Source: ")
    assert places >= 2 + sum(len(i.levels) for i in instrument.indicators if instrument.level_sources)
    assert ("**Second-hand.**" in page) == instrument.second_hand
