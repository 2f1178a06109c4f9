"""The instrument spbe-2020: its structure and words, what a broken file is told, the published results."""

import csv
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring import Assessment, Instrument, RefusedInput, Text, load_instrument, score
from scoring.figures import exactly, shown
from scoring.instrument import SHIPPED
from scoring.scorecard import Node

FILE = SHIPPED / "spbe-2020.yaml"
RUN = 12  # words in a row that count as copied


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return load_instrument("spbe-2020")


def texts(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    """Every requirement, proof and note with its place."""
    for indicator in instrument.indicators:
        place = f"indicator {indicator.number}"
        if indicator.note is not None:
            yield f"{place} note", indicator.note
        for level in indicator.levels:
            yield f"{place} level {level.level} requirement", level.requirement
            for number, proof in enumerate(level.evidence, 1):
                yield f"{place} level {level.level} evidence {number}", proof


# --- structure ---------------------------------------------------------------------------------------------


def test_it_has_4_domains_8_aspects_47_indicators_of_5_levels(instrument: Instrument) -> None:
    assert [len(instrument.domains), len(instrument.aspects), len(instrument.indicators)] == [4, 8, 47]
    assert all([level.level for level in i.levels] == [1, 2, 3, 4, 5] for i in instrument.indicators)


def test_weights_are_those_of_permenpanrb_59_2020(instrument: Instrument) -> None:
    assert [d.weight for d in instrument.domains] == [13, 25, Fraction("16.5"), Fraction("45.5")]
    assert [a.weight for a in instrument.aspects] == [
        13, 10, 10, 5, 12, Fraction("4.5"), Fraction("27.5"), 18
    ]  # fmt: skip
    of_aspect = {1: "1.3", 2: "2.5", 3: "2.5", 4: "2.5", 5: "1.5", 6: "1.5", 7: "2.75", 8: "3"}
    assert all(i.weight == Fraction(of_aspect[i.aspect]) for i in instrument.indicators)
    assert sum(i.weight for i in instrument.indicators) == 100


@pytest.mark.parametrize(
    ("number", "name", "aspect"),
    [
        (1, "Kebijakan Internal Arsitektur SPBE", 1),
        (11, "Arsitektur SPBE", 2),
        (12, "Peta Rencana SPBE", 2),
        (18, "Penggunaan Sistem Penghubung Layanan", 3),
        (21, "Penerapan Manajemen Risiko SPBE", 5),
        (31, "Pelaksanaan Audit Keamanan SPBE", 6),
        (36, "Layanan Kepegawaian", 7),
        (42, "Layanan Pengaduan Pelayanan Publik", 8),
        (47, "Layanan Publik Sektor 3", 8),
    ],
)
def test_indicators_bear_their_official_names(instrument: Instrument, number: int, name: str, aspect: int) -> None:
    indicator = instrument.indicators[number - 1]
    assert (indicator.name.id, indicator.aspect) == (name, aspect)


def test_the_names_and_weights_are_those_of_the_collected_facts(instrument: Instrument, shared: Path) -> None:
    facts = json.loads((shared / "facts" / "spbe-2020.json").read_text(encoding="utf-8"))
    domain_of = {a.number: a.domain for a in instrument.aspects}
    assert [(i.number, i.name.id, i.aspect, domain_of[i.aspect], i.weight) for i in instrument.indicators] == [
        (f["no"], f["nama"], f["aspek"], f["domain"], exactly(f["bobot"])) for f in facts
    ]


def test_every_indicator_rests_on_an_article(instrument: Instrument) -> None:
    for indicator in instrument.indicators:
        assert indicator.legal_basis[0].rule == "perpres-95-2018"
        assert all(basis.locator.strip() for basis in indicator.legal_basis)


# --- words -------------------------------------------------------------------------------------------------


def test_every_level_says_what_it_requires_and_what_proves_it(instrument: Instrument) -> None:
    for indicator in instrument.indicators:
        for level in indicator.levels:
            assert level.evidence, f"indicator {indicator.number} level {level.level} has no evidence"
    for place, text in texts(instrument):
        assert len(text.id.split()) > 2, place
        assert len(text.en.split()) > 2, place


def test_english_is_not_a_copy_of_the_indonesian(instrument: Instrument) -> None:
    assert [place for place, text in texts(instrument) if text.id.strip() == text.en.strip()] == []


def test_the_irregular_ladder_of_indicator_3_is_kept_and_explained(instrument: Instrument) -> None:
    indicator = instrument.indicators[2]
    assert "level 2" in indicator.level(4).requirement.id.lower()
    assert "sebagian" in indicator.level(3).requirement.id
    assert indicator.note is not None


def test_a_person_names_every_domain_aspect_and_indicator_in_both_languages(instrument: Instrument) -> None:
    parts = (instrument.domains, instrument.aspects, instrument.indicators)
    named = [(part.name.id, part.aliases) for group in parts for part in group]
    assert len(named) == 59
    for name, aliases in named:
        assert len(aliases) >= 2, name
        assert len(set(aliases)) == len(aliases), name
        assert all(alias == alias.lower().strip() for alias in aliases), name


@pytest.mark.parametrize(
    ("spoken", "numbers"),
    [
        ("manajemen risiko", [21]),
        ("csirt", [22]),
        ("splp", [7, 18]),
        ("arsitektur spbe", [1, 11]),
        ("manajemen data", [3, 23]),
        ("audit keamanan", [31]),
        ("knowledge management", [26]),
        ("jdih", [44]),
    ],
)
def test_everyday_names_lead_to_their_indicators(instrument: Instrument, spoken: str, numbers: list[int]) -> None:
    assert [i.number for i in instrument.indicators if spoken in i.aliases] == numbers


def test_sentences_are_short(instrument: Instrument) -> None:
    for place, text in texts(instrument):
        for sentence in re.split(r"(?<=[.!?])\s+", f"{text.id} {text.en}"):
            assert len(sentence.split()) <= 40, f"{place}: {sentence}"


def words(text: str) -> list[str]:
    return re.findall(r"[0-9a-z]+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def strings(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        for part in document.values() if isinstance(document, dict) else document:
            yield from strings(part)


def test_no_twelve_words_in_a_row_are_copied_from_an_official_text(instrument: Instrument, shared: Path) -> None:
    official: set[tuple[str, ...]] = set()
    for rule in sorted((shared / "regulations").glob("*.txt")):
        official |= runs(rule.read_text(encoding="utf-8", errors="replace"))
    for name in ("pedoman-3-2024-indikator.json", "spbe-2018-levels.json"):
        for text in strings(json.loads((shared / "facts" / name).read_text(encoding="utf-8"))):
            official |= runs(text)
    assert len(official) > 50_000
    copied = [place for place, text in texts(instrument) if runs(text.id) & official]
    assert copied == []


# --- broken files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "broken", "told"),
    [
        ('    weight: "1.3"\n', '    weight: "1.3"\n    weight: "1.3"\n', "key 'weight' stands twice"),
        ('    weight: "1.3"\n', '    weight: "1.4"\n', "aspect 1: its parts weigh 13.1, it says 13"),
        ('en: "Internal Policy"}, weight: "13"', 'en: "Internal Policy"}, weight: "14"', "domain 1"),
        (
            "{id: Kurang, en: Poor}, lower: 1}",
            "{id: Kurang, en: Poor}, lower: 1.5}",
            "bands: must begin at 1",
        ),
        ("{id: Cukup, en: Fair}, lower: ", "{id: Cukup, en: Fair}, lower: 1} # ", "bands: must begin at 1"),
        ("  - number: 2\n", "  - number: 48\n", "indicators: numbers must run 1, 2, 3"),
        ("      - level: 5\n", "      - level: 6\n", "indicator 1: levels [1, 2, 3, 4, 6]"),
    ],
    ids=["repeated key", "indicator weight", "domain weight", "band gap", "band overlap", "number", "level"],
)
def test_a_file_that_does_not_hold_together_is_refused_with_the_place(
    tmp_path: Path, whole: str, broken: str, told: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert whole in text
    file = tmp_path / "spbe-2020.yaml"
    file.write_text(text.replace(whole, broken, 1), encoding="utf-8")
    with pytest.raises(RefusedInput) as refusal:
        load_instrument(file)
    assert refusal.value.code == "broken_instrument"
    assert told in refusal.value.message.en
    assert told in refusal.value.message.id
    assert refusal.value.message.en.startswith("spbe-2020.yaml: ")


def test_an_unharmed_copy_loads(tmp_path: Path, instrument: Instrument) -> None:
    file = tmp_path / "spbe-2020.yaml"
    file.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_instrument(file) == instrument


# --- published results -------------------------------------------------------------------------------------


def values(nodes: tuple[Node, ...]) -> list[str | None]:
    return [node.value for node in nodes]


def cases(shared: Path) -> list[dict[str, Any]]:
    held = json.loads((shared / "results" / "indicator-levels.json").read_text(encoding="utf-8"))
    return [case for case in held if case["instrument"] == "spbe-2020"]


def test_complete_cases_give_the_published_figures(shared: Path) -> None:
    complete = [case for case in cases(shared) if len(case["levels"]) == 47]
    assert len(complete) >= 3
    for case in complete:
        card, published = score(Assessment.model_validate(case)), case["published"]
        assert card.index == shown(exactly(published["index"])), case["year"]
        assert values(card.domains) == [shown(exactly(v)) for v in published["domains"]], case["year"]
        assert values(card.aspects) == [shown(exactly(v)) for v in published["aspects"]], case["year"]
        assert card.rating == published.get("rating", card.rating), case["year"]
        assert card.completeness == "47/47"


def test_aceh_tengah_2025_has_an_interval_and_no_index(shared: Path) -> None:
    case = next(case for case in cases(shared) if case["agency"] == "Pemerintah Kab. Aceh Tengah")
    card = score(Assessment.model_validate(case))
    assert (card.index, card.index_exact, card.rating) == (None, None, None)
    assert (card.floor, card.ceiling, card.completeness) == ("2.3825", "2.9365", "41/47")
    assert card.published is not None
    assert card.published["index"] == "2.59"
    assert values(card.domains)[2] == "1.00", "domain 3 is complete although the assessment is not"


@pytest.fixture(scope="module")
def worked(shared: Path) -> dict[str, dict[str, str]]:
    """The worked examples of the regulation: table -> node ("I11", "A2", "D2", "INDEKS") -> value."""
    tables: dict[str, dict[str, str]] = {}
    with (shared / "results" / "worked-examples.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["instrument"] == "PermenPANRB59/2020":
                table = row["instansi"].rpartition(" ")[2]
                tables.setdefault(table, {})[row["indicator_or_aggregate_code"]] = row["value"]
    return tables


@pytest.mark.parametrize(
    ("table", "given", "letter", "asked"),
    [("10", "levels", "I", "A2"), ("11", "aspects", "A", "D2"), ("12", "domains", "D", "INDEKS")],
)
def test_the_worked_examples_of_the_regulation_come_out(
    worked: dict[str, dict[str, str]], table: str, given: str, letter: str, asked: str
) -> None:
    example = worked[table]
    known = {code[1:]: v for code, v in example.items() if code != asked and re.fullmatch(letter + r"\d+", code)}
    assert len(known) in (3, 4)
    card = score(Assessment.model_validate({"agency": f"Tabel {table}", "year": 2021, given: known}))
    found = {"A2": card.aspects[1].value, "D2": card.domains[1].value, "INDEKS": card.index}[asked]
    assert found == shown(exactly(example[asked]))
