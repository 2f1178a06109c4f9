"""What is said in a conversation: premises put right, the listed picked, parts raised, and what is kept and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer
from assistant.permissions import VISITOR
from assistant.request import Question
from assistant.service import _QuestionVectors
from assistant.understanding.weighing import TURN_WEIGHTS, learned
from knowledge.catalogue import LibraryChangedError
from knowledge.retrieval import Hit, Retriever
from tests.assistant.understanding_set import lines_of

if TYPE_CHECKING:
    from bots.assembly import Installation

BL = "Pemerintah Kota Bandar Lampung"
INDRAMAYU = "Pemerintah Kab. Indramayu"


def told(installation: Installation, *texts: str, agency: str | None = BL) -> Answer:
    """The last answer of a conversation."""
    talk = f"test:{abs(hash((texts, agency)))}"
    answers = [
        installation.assistant.ask(Question(text=text, agency=agency, conversation=talk), VISITOR) for text in texts
    ]
    return answers[-1]


def test_the_assistant_hands_on_vectors_that_the_weights_were_learned_from(installation: Installation) -> None:
    assert _QuestionVectors(installation.assistant.retriever).name == learned(TURN_WEIGHTS).embedder


def test_a_question_is_asked_anew_where_an_ingest_took_away_a_passage_of_its_answer(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, refused = Retriever.search, [LibraryChangedError("official:taken-away")]

    def once_refused(self: Retriever, *given: object, **more: object) -> list[Hit]:
        if refused:
            raise refused.pop()
        return search(self, *given, **more)  # type: ignore[arg-type]

    expected = told(installation, "apa tugas walidata?")
    monkeypatch.setattr(Retriever, "search", once_refused)
    assert told(installation, "apa tugas walidata?").blocks == expected.blocks
    assert not refused


def test_fresh_utterances_are_answered_as_they_are_understood(
    installation: Installation, request: pytest.FixtureRequest
) -> None:
    wrong = []
    for line in lines_of(request.path.with_name("utterances_fresh_3.jsonl")):
        answer = installation.assistant.ask(Question(text=line["text"], agency=line["agency"]), VISITOR)
        if answer.intent not in (line["expect"]["intent"], *line["expect"].get("intent_also", ())):
            wrong.append((line["id"], answer.intent))
        assert all(block.text.strip() for block in answer.blocks), line["id"]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("text", "agency", "first"),
    [
        ("kenapa indeks kita turun?", BL, "tidak turun; naik 1,48 dari 1,50 (2022) ke 2,98 (2024)"),
        ("urutan berapa kita di Lampung?", BL, "Kota Bandar Lampung di peringkat **10** dari 16 instansi di Lampung"),
        ("what is our rank in Lampung?", BL, "Kota Bandar Lampung ranks **10** of 16 agencies in Lampung in 2024"),
        ("why did our index drop?", BL, "did not fall; it rose by 1.48 from 1.50 (2022) to 2.98 (2024)"),
        ("kenapa nilai kami naik?", INDRAMAYU, "naik 0,40 dari 3,53 (2023) ke 3,93 (2024)"),
        ("bener ga indeks kita 3,10?", BL, "bukan 3,10, melainkan 2,98"),
        ("is it true that our index is 3.10?", BL, "is not 3.10 but 2.98"),
        ("kenapa indikator 21 kami cuma level 1", BL, "bukan 1, melainkan 3"),
        ("apakah kami sudah Sangat Baik?", BL, "Belum sampai Sangat Baik"),
        ("apakah kami sudah Baik?", BL, "Benar."),
        ("dampaknya apa kalau indikator 31 turun jadi level 1", BL, "indeksnya tetap **2,98**"),
    ],
)
def test_a_false_premise_is_put_right_first(installation: Installation, text: str, agency: str, first: str) -> None:
    assert first in told(installation, text, agency=agency).blocks[0].text


def test_every_indicator_at_least_a_level_is_a_target(installation: Installation) -> None:
    answer = told(installation, "minimal 3 semua indikator, apa yang harus dikerjakan")
    assert "setiap indikator minimal tingkat 3" in answer.blocks[0].text
    assert "**17 kenaikan tingkat** pada 12 indikator" in answer.blocks[0].text


def test_a_domain_is_raised_by_its_own_indicators(installation: Installation) -> None:
    answer = told(installation, "gimana biar domain 2 jadi 3,5")
    assert "dari 2,40 (2024) menjadi 3,50: **11 kenaikan tingkat**" in answer.blocks[0].text
    touched = {int(node.split()[1]) for node in answer.request.listed}
    assert touched <= set(range(11, 21))
    assert "2,55 (2024) menjadi 3,00" in told(installation, "domain 3 kita berapa", "gimana cara naikinnya").text


def test_agencies_are_compared_in_a_year_that_both_have(installation: Installation) -> None:
    answer = told(installation, "selisih kami dengan gayo lues berapa", agency="Pemerintah Kab. Aceh Tengah")
    assert (answer.request.year, answer.abstained) == (2024, False)


def test_no_column_of_zeros_stands_beside_higher_levels(installation: Installation) -> None:
    answer = told(installation, "yang belum level 4 di layanan administrasi apa saja")
    assert "0,00" not in answer.text
    assert all(all(values) for values in answer.charts[0].series.values())


def test_without_levels_the_distance_is_told(installation: Installation) -> None:
    answer = told(installation, "kurang berapa lagi ke memuaskan dan apa yang dinaikin", agency=INDRAMAYU)
    assert "kurang **0,27** dari 3,93" in answer.blocks[0].text
    assert not answer.abstained


def test_one_of_what_was_listed_can_be_picked(installation: Installation) -> None:
    listed = told(installation, "indikator terlemah kita apa").request.listed
    picked = told(installation, "indikator terlemah kita apa", "kenapa yang kedua rendah?")
    assert (picked.intent, picked.request.node) == ("why", listed[1])
    proved = told(installation, "indikator terlemah kita apa", "bukti untuk yang pertama?")
    assert (proved.intent, proved.request.node) == ("requirement", listed[0])
    raised = told(installation, "indikator terlemah kita apa", "kalau semuanya jadi 3 indeksnya berapa?")
    assert "**3,35**" in raised.blocks[0].text  # as the plan for every indicator at least 3 ends
    first = told(installation, "siapa saja yang tertinggi di Jawa Barat?", "kenapa yang pertama bisa tinggi?")
    assert (first.intent, first.request.agency) == ("why", "Pemerintah Provinsi Jawa Barat")


def test_a_question_about_the_rule_spoken_of_is_searched_with_it(installation: Installation) -> None:
    answer = told(installation, "PermenPANRB 59/2020 masih berlaku?", "penggantinya apa?")
    assert answer.intent == "rule"
    assert "8/2026" in answer.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hapus percakapan saya", "hapus"),
        ("makasih ya", "Sama-sama"),
        ("ok sip", "Siap"),
        ("kamu siapa?", "Tanya SPBE"),
        ("bisa bahasa inggris ga?", "bahasa Inggris"),
        ("jawabanmu salah", "Maaf"),
        ("siapa saja yang bisa baca pertanyaan saya?", "hanya untuk percakapan itu sendiri"),
        ("selamat pagi", "Halo"),
        ("kamu bisa apa saja?", "nilai instansi, sebabnya"),
    ],
)
def test_what_is_asked_about_the_assistant_is_answered(installation: Installation, text: str, said: str) -> None:
    answer = told(installation, text, agency=None)
    assert answer.intent == "help"
    assert said in answer.text


def test_a_conversation_is_shown_to_its_owner_and_deleted_on_request(installation: Installation) -> None:
    talk = ("skor kota metro 2024", "apa yang kamu ingat dari percakapan ini?")
    assert "Skor kota metro 2024" in told(installation, *talk, agency=None).text
    after = told(installation, "skor kota metro 2024", "hapus percakapan saya", "kenapa segitu?", agency=None)
    assert after.request.agency is None
    assert "Tidak ada percakapan" in installation.assistant.ask(Question(text="hapus percakapan saya"), VISITOR).text


def test_what_is_published_coarsely_is_told_coarsely(installation: Installation) -> None:
    text = told(installation, "level kolaborasi penerapan kami", agency=INDRAMAYU).text
    assert "yang dipublikasikan baru Domain 2 (Tata Kelola SPBE): **3,80**" in text


def test_several_parts_asked_for_at_once_are_all_told(installation: Installation) -> None:
    text = told(installation, "domain 2, domain 3, dan indikator 16 kami berapa").text
    assert "**2,40**" in text
    assert "**2,55**" in text
    assert "indikator 16 (Layanan Pusat Data) **2**" in text


def test_evidence_of_several_indicators_is_told_for_each(installation: Installation) -> None:
    answer = told(installation, "bukti indikator 11 dan 12 level 3")
    items = [block.text for block in answer.blocks if block.kind == "item"]
    assert len(items) == 2
    assert "Arsitektur SPBE (11), tingkat 3" in items[0]
    assert "Peta Rencana SPBE (12), tingkat 3" in items[1]
    assert all(block.citations for block in answer.blocks if block.kind == "item")


@pytest.mark.parametrize("text", ["pasal 5", "pasal berikutnya"])
def test_another_article_is_that_of_the_rule_spoken_of(installation: Installation, text: str) -> None:
    answer = told(installation, "pasal 4 perpres 95 2018 bunyinya apa", text)
    assert {citation.rule for citation in answer.citations} == {"perpres-95-2018"}
    assert all(citation.locator.startswith("Pasal 5") for citation in answer.citations)


@pytest.mark.parametrize("text", ["apa isi pasal 4 perwal 10/2026?", "pasal 4 perbup 10 tahun 2026 isinya apa"])
def test_the_article_of_a_rule_that_is_not_held_is_not_answered_from_another(
    installation: Installation, text: str
) -> None:
    assert "10" in (first := told(installation, text).blocks[0].text).split(" tidak ada dalam pustaka ini")[0]
    assert "tidak ada dalam pustaka ini" in first


def test_an_article_that_the_rule_spoken_of_lacks_is_said_not_to_exist(installation: Installation) -> None:
    assert told(installation, "pasal 4 perpres 95 2018", "pasal 99").text.startswith("Pasal 99 tidak ada pada Perpres")


def test_every_indicator_at_a_level_lowers_none_that_stands_higher(installation: Installation) -> None:
    answer = told(installation, "kalo semua jadi 3?")
    assert answer.intent == "simulate"
    assert set(answer.request.levels) == {"2", "11", "12", "13", "14", "16", "26", "27", "31", "45", "46", "47"}
    assert "12 indikator" in answer.text
    assert "**3,35**" in answer.text
    assert told(installation, "buat rencana ke 3,2", "kalo semua jadi 3?").request.levels == answer.request.levels


def test_the_domain_that_rose_most_is_told_first(installation: Installation) -> None:
    first = told(installation, "skor spbe 2022 sama 2024", "naiknya di domain mana").blocks[0].text
    places = [first.index(f"Domain {number}") for number in (4, 3, 2, 1)]
    assert places == sorted(places)
    assert "naik 1,66 (dari 1,82 ke 3,48)" in first


def test_neighbours_are_those_of_the_province(installation: Installation) -> None:
    assert told(installation, "bandingkan kita dengan tetangga").request.group == "Lampung"


def test_evidence_after_a_plan_is_that_of_its_steps(installation: Installation) -> None:
    answer = told(installation, "indikator 27 level berapa", "rencana ke 3,2", "bukti dukungnya apa")
    assert answer.request.nodes == ("indicator 43", "indicator 45", "indicator 46")
    assert len([block for block in answer.blocks if block.kind == "item"]) == 3


def test_who_stands_next_to_us_is_told(installation: Installation) -> None:
    answer = told(installation, "urutan berapa kita di Lampung?", "siapa diatas kita?")
    assert any(
        "di atasnya Kab. Pringsewu (3,05), di bawahnya Kab. Pesisir Barat (2,94)" in block.text
        for block in answer.blocks
    ), answer.text


def test_what_is_easiest_after_a_reason_is_planned_where_the_reason_was_and_proved_by_its_steps(
    installation: Installation,
) -> None:
    asked = ("kenapa domain 2 kami rendah?", "yg paling gampang dinaikin apa")
    assert (told(installation, *asked).intent, told(installation, *asked).request.node) == ("plan", "domain 2")
    proved = told(installation, *asked, "buktinya apa aja").request
    assert (proved.intent, proved.evidence, proved.nodes[:2]) == (
        "requirement",
        True,
        ("indicator 11", "indicator 12"),
    )
