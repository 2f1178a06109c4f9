"""Utterances are understood: intent and slots, fast, and never a wrong confident answer."""

import json
import statistics
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.request import Question
from assistant.understanding import AgencyName, understand
from assistant.understanding.training import examples, fingerprint, fingerprint_of_turns, tells_in
from assistant.understanding.weighing import INTENT_WEIGHTS, TURN_WEIGHTS, learned, weighed
from knowledge.embedding import Embedder, make_embedder
from scoring import load_instrument
from tests.assistant.understanding_set import Published, ask, judge, lines_of, published

OWN = Path(__file__).with_name("utterances.jsonl")
BL = "Pemerintah Kota Bandar Lampung"
FEW = Published(
    [
        AgencyName("Pemerintah Kab. Bogor", "kab", "Jawa Barat"),
        AgencyName("Pemerintah Kota Bogor", "kota", "Jawa Barat"),
        AgencyName("Pemerintah Provinsi Jawa Barat", "prov", "Jawa Barat"),
        AgencyName("Kementerian Kesehatan", "k-l"),
    ]
)


@pytest.fixture(scope="module")
def register(shared: Path) -> Published:
    return published(shared)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return make_embedder(threads=1)


def test_the_development_utterances_are_understood(shared: Path, register: Published, embedder: Embedder) -> None:
    judged = judge(lines_of(shared / "eval" / "utterances.jsonl"), register, embedder)
    assert (judged.intents, judged.lines) == (45, 45), judged.wrong
    assert (judged.slots_right, judged.slots) == (104, 104), judged.wrong


def test_our_own_utterances_are_understood(register: Published, embedder: Embedder) -> None:
    judged = judge(lines_of(OWN), register, embedder)
    assert judged.lines >= 120
    assert judged.intents >= 0.98 * judged.lines, judged.wrong
    assert judged.slots_right >= 0.98 * judged.slots, judged.wrong


def test_no_question_about_the_rules_is_turned_away(shared: Path, register: Published, embedder: Embedder) -> None:
    wrong = []
    for line in (shared / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        for agency in (None, BL):
            understood = ask({"text": question["question"], "agency": agency}, register, embedder)
            allowed = {"rule", "requirement"} if question["gold"] else {"rule", "requirement", "score"}
            if understood.request.intent not in allowed:
                wrong.append((question["id"], understood.request.intent))
    assert wrong == []


def test_fresh_utterances_are_understood(register: Published, embedder: Embedder) -> None:
    # Written before the understanding was tuned on it. First measured 2026-11-24: intent 175/196, slots 251/278
    # (256/278 after five expectations of ours were put right); by the weights alone, before any cue: 186/196.
    judged = judge(lines_of(OWN.with_name("utterances_fresh.jsonl")), register, embedder)
    assert judged.lines >= 190
    assert judged.intents >= 0.97 * judged.lines, judged.wrong
    assert judged.slots_right >= 0.97 * judged.slots, judged.wrong


@pytest.mark.parametrize("name", [f"utterances_fresh_{part}.jsonl" for part in (2, 3, 4, 5, 6, 7)])
def test_later_fresh_utterances_are_understood(name: str, register: Published, embedder: Embedder) -> None:
    # Written before the understanding was tuned on them. Right at first, intents and slots: 80/95 and 131/148,
    # 69/75 and 109/115. The fourth and fifth were held out until the end: 75/75 and 113/115, 35/36 and 47/48. The
    # sixth and seventh, written after that in other voices: 40/40 and 59/64, 20/20 and 34/34.
    judged = judge(lines_of(OWN.with_name(name)), register, embedder)
    assert judged.intents >= 0.96 * judged.lines, judged.wrong
    assert judged.slots_right >= 0.97 * judged.slots, judged.wrong


def test_the_vector_is_handed_on_and_spared_where_the_rules_are_certain(
    register: Published, embedder: Embedder
) -> None:
    assert ask({"text": "halo"}, register, embedder).vector is None
    text = "ada yang ganjil, mohon pencerahan"
    assert ask({"text": text}, register, embedder).vector == pytest.approx(embedder.embed_query(text), abs=1e-5)


def test_rules_cost_less_than_a_fifth_of_an_embedding(register: Published, embedder: Embedder) -> None:
    lines = lines_of(OWN)
    for line in lines[:20]:
        ask(line, register)
        embedder.embed_query(line["text"])
    ratios = []
    for line in lines:
        start = time.perf_counter()
        embedder.embed_query(line["text"])
        embedded = time.perf_counter()
        ask(line, register)
        ratios.append((time.perf_counter() - embedded) / (embedded - start))
    assert statistics.median(ratios) <= 0.2


def test_the_shipped_weights_were_learned_from_the_examples_as_they_are(embedder: Embedder) -> None:
    for path, now in ((INTENT_WEIGHTS, fingerprint), (TURN_WEIGHTS, fingerprint_of_turns)):
        with np.load(path) as file:
            assert str(file["of"]) == now(), "run python -m assistant.understanding.training"
        assert learned(path).embedder == embedder.name  # type: ignore[attr-defined]


def test_there_are_examples_enough_of_every_intent() -> None:
    often = Counter(example.intent for example in examples())
    assert min(often.values()) >= 95
    assert len(often) == 11


def test_another_embedder_has_the_weights_without_a_vector() -> None:
    found = tells_in("kenapa domain 2 kami rendah?", BL)
    weights = learned(INTENT_WEIGHTS)
    alone = weighed(found, None, None, weights)
    assert max(alone, key=lambda intent: alone[intent]) == "why"
    assert sum(alone.values()) == pytest.approx(1.0)
    assert weighed(found, [0.5] * 7, "another", weights) == alone


def test_a_bare_name_of_two_agencies_is_asked_back() -> None:
    request = ask({"text": "skor bogor 2024"}, FEW).request
    assert request.clarify is not None
    assert request.clarify.slot == "agency"
    assert request.clarify.choices == ("Pemerintah Kab. Bogor", "Pemerintah Kota Bogor")
    assert request.agency is None


def test_an_unknown_agency_is_named_with_its_nearest() -> None:
    request = ask({"text": "skor kab bogorr"}, FEW).request
    assert request.agency == "Pemerintah Kab. Bogor"
    request = ask({"text": "skor kota wakanda 2024"}, FEW).request
    assert request.agency is None
    assert "kota wakanda" in request.unknown


def test_policy_and_practice_are_asked_back_unless_the_levels_decide() -> None:
    instrument = load_instrument("spbe-2020")
    question = Question(text="bukti apa untuk naik ke level 2 di arsitektur?", agency="Pemerintah Kota Bogor")
    asked = understand(question, FEW, instrument).request
    assert asked.clarify is not None
    assert asked.clarify.choices == ("indicator 1", "indicator 11")
    decided = understand(question, FEW, instrument, levels={1: 3, 11: 1}).request
    assert (decided.node, decided.level, decided.clarify) == ("indicator 11", 2, None)


def test_a_claimed_value_is_kept_as_a_premise() -> None:
    request = ask({"text": "kenapa domain 2 kami 4,5?", "agency": "Pemerintah Kota Bogor"}, FEW).request
    assert (request.intent, request.node, request.premise) == ("why", "domain 2", "4.5")


def test_the_year_of_the_text_wins_then_the_context_then_the_latest() -> None:
    line = {"text": "skor kita", "agency": "Pemerintah Kota Bogor"}
    assert ask({**line, "text": "skor kita 2021", "year": 2022}, FEW).request.year == 2021
    assert ask({**line, "year": 2022}, FEW).request.year == 2022
    assert ask(line, FEW).request.year == 2024
    unresolved = understand(Question(**line), FEW, load_instrument("spbe-2020"))
    assert unresolved.request.year is None


@pytest.mark.parametrize(
    ("text", "rule", "locator"),
    [
        ("isi pasal 46 ayat (2) huruf a perpres no. 95 tahun 2018", "perpres-95-2018", "Pasal 46 ayat (2) huruf a"),
        ("permen panrb 59 masih berlaku?", "permenpanrb-59", None),
        ("Article 12 of Perpres 39/2019", "perpres-39-2019", "Pasal 12"),
        ("lampiran permenpanrb 59/2020 bab iii", "permenpanrb-59-2020", "BAB III"),
        ("UU PDP 27/2022 pasal 5", "27-2022", "Pasal 5"),
    ],
)
def test_rules_and_places_are_read(text: str, rule: str, locator: str | None) -> None:
    request = ask({"text": text}, FEW).request
    assert (request.intent, request.rule, request.locator) == ("rule", rule, locator)


def test_another_instrument_costs_no_code() -> None:
    instrument = load_instrument("pemdi-2026")
    number = 5
    name = instrument.indicators[number - 1].name.id
    question = Question(text=f"apa kriteria level 3 untuk {name}?")
    assert understand(question, FEW, instrument).request.node == f"indicator {number}"
    supposed = Question(text="kalau indikator 5 jadi 3,2 indeks jadi berapa", agency="Pemerintah Kota Bogor")
    assert understand(supposed, FEW, instrument).request.levels == {"5": 3.2}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_understood_as_something(text: str) -> None:
    request = ask({"text": text, "agency": "Pemerintah Kota Bogor"}, FEW).request
    assert request.clarify is None or len(request.clarify.choices) <= 4
