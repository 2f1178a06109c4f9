"""Every level, indicator, weight and band of an instrument becomes a passage with its place."""

import pytest

from knowledge.criteria import passages_of
from knowledge.pack import load_pack
from knowledge.passage import Passage
from scoring import load_instrument
from scoring.instrument import instrument_ids


def rendered(name: str) -> list[Passage]:
    return passages_of(load_instrument(name), load_pack().library)


@pytest.mark.parametrize("name", instrument_ids())
def test_every_indicator_and_level_has_its_passage(name: str) -> None:
    instrument = load_instrument(name)
    ids = [passage.id for passage in rendered(name)]
    assert len(ids) == len(set(ids))
    levels = sum(len(indicator.levels) for indicator in instrument.indicators)
    kinds = sum(bool(parts) for parts in (instrument.domains, instrument.aspects, instrument.indicators))
    assert len(ids) == levels + len(instrument.indicators) + kinds + 1


def test_a_level_says_what_it_requires_at_the_place_of_the_rule() -> None:
    instrument = load_instrument("spbe-2020")
    passage = next(p for p in rendered("spbe-2020") if p.locator == "Indikator 21 Level 3")
    level = instrument.indicators[20].level(3)
    assert passage.rule == "pedoman-menpanrb-3-2024"
    assert passage.place == "pedoman-menpanrb-3-2024#indikator-21/tingkat-3"
    assert level.requirement.id in passage.text
    assert passage.english is not None
    assert level.requirement.en in passage.english
    assert all(proof.id.rstrip(".;") in passage.text for proof in level.evidence)
    assert passage.headings[-2:] == (f"Indikator 21 {instrument.indicators[20].name.id}", "Level 3")


def test_weights_stand_at_their_own_tables() -> None:
    weights = {p.locator: p.text for p in rendered("spbe-2020") if "weights" in p.id}
    assert set(weights) == {"Lampiran, Tabel 7", "Lampiran, Tabel 8", "Lampiran, Tabel 9"}
    assert "45,5%" in weights["Lampiran, Tabel 7"]
    assert "42 " in weights["Lampiran, Tabel 9"]


def test_bands_say_where_each_rating_begins_and_ends() -> None:
    (bands,) = (p for p in rendered("spbe-2020") if p.id.endswith("bands"))
    assert "Sangat Baik: 3,5 sampai di bawah 4,2" in bands.text
    assert "Memuaskan: 4,2 sampai 5" in bands.text
    assert "Excellent: 4.2 to 5" in str(bands.english)


def test_what_was_not_read_first_hand_is_marked() -> None:
    assert all(passage.second_hand for passage in rendered("pemdi-2026"))
