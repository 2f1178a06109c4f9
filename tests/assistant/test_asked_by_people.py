"""Questions that no list of intents foresaw: the weakest part, few hands, how it is computed, privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer
from assistant.permissions import VISITOR
from assistant.request import Question

if TYPE_CHECKING:
    from bots.assembly import Installation

CITY = "Kota Bandar Lampung"


def ask(installation: Installation, text: str, agency: str | None = CITY, year: int | None = 2024) -> Answer:
    return installation.assistant.ask(Question(text=text, agency=agency, year=year), VISITOR)


@pytest.mark.parametrize("text", ["domain mana yg paling lemah?", "which domain is our weakest?"])
def test_the_weakest_domain_is_named_first_then_its_indicators(installation: Installation, text: str) -> None:
    answer = ask(installation, text)
    assert "Domain 2" in answer.blocks[0].text.split(",")[0]
    assert answer.request.node == "domain 2"
    assert "(11)" in answer.text
    assert "(45)" not in answer.text  # not of that domain


def test_domains_can_be_ordered_without_levels(installation: Installation) -> None:
    assert "Domain 3 (Manajemen SPBE) **3,91**" in ask(installation, "domain terlemah kami apa", "Kab. Sumedang").text


def test_with_few_hands_the_indicators_that_matter_most_and_what_they_bring(installation: Installation) -> None:
    answer = ask(installation, "kalau cuma boleh lima indikator, mana yang paling berdampak?")
    assert answer.request.at_most == 5
    table = next(block.text for block in answer.blocks if block.kind == "table")
    assert len(table.splitlines()) == 2 + 5
    # exactly: 2,98115 + 2 x 0,05 + 3 x 0,03 from the levels
    assert "**3,17**" in answer.text


@pytest.mark.parametrize(("text", "agency"), [("rata2 indeks jabar 2024", None), ("average index in west java", None)])
def test_an_average_is_that_of_the_province_not_its_office(
    installation: Installation, text: str, agency: str | None
) -> None:
    first = ask(installation, text, agency).blocks[0].text
    assert "3,93" in first or "3.93" in first


def test_the_office_of_a_province_is_meant_where_it_is_named(installation: Installation) -> None:
    assert "4,73" in ask(installation, "indeks pemprov jabar 2024", None).blocks[0].text


def test_how_the_index_is_computed_with_the_askers_own_figures(installation: Installation) -> None:
    answer = ask(installation, "cara hitung indeks gimana sih")
    assert "13% × 2,90 + 25% × 2,40 + 16,5% × 2,55 + 45,5% × 3,48 = **2,98**" in answer.text
    assert answer.citations
    assert "×" not in ask(installation, "how is the index calculated?", None, None).text


def test_a_target_already_passed_needs_no_levels(installation: Installation) -> None:
    first = ask(installation, "apa yang harus dinaikkan biar dapat sangat baik", "Kab. Sumedang").blocks[0].text
    assert "sudah memenuhi" in first
    assert "4,51" in first


def test_an_indicator_is_explained(installation: Installation) -> None:
    answer = ask(installation, "tolong jelaskan indikator 21 dong")
    assert "risiko" in answer.blocks[0].text.lower()
    assert answer.blocks[0].citations


def test_why_lower_than_another_compares_the_two(installation: Installation) -> None:
    answer = ask(installation, "why did Garut score lower than Sumedang?", None, None)
    assert answer.request.intent == "compare"
    assert "furthest behind in Domain 3" in answer.text


def test_what_is_not_held_so_finely_is_compared_one_step_up(installation: Installation) -> None:
    answer = ask(installation, "who can teach us about risk management in West Java?", "Kab. Garut")
    assert "Domain 3" in answer.blocks[0].text
    assert "Kota Bandung (**4.18**)" in answer.text


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("hapus data saya", True),
        ("apakah percakapan ini disimpan?", True),
        ("delete my conversation", True),
        ("apakah data harus disimpan di pusat data nasional?", False),
        ("bagaimana menghapus data pribadi menurut perpres 39?", False),
    ],
)
def test_privacy_is_about_the_asker_not_about_rules(installation: Installation, text: str, ours: bool) -> None:
    assert (ask(installation, text).intent == "help") == ours


def test_a_question_is_never_its_own_suggestion(installation: Installation) -> None:
    suggestions = ask(installation, "Apa itu arsitektur SPBE", None, None).suggestions
    assert all(text.casefold().rstrip("?") != "apa itu arsitektur spbe" for text in suggestions)


@pytest.mark.parametrize(
    ("text", "bound", "count", "named"),
    [
        ("which districts in West Java are below 3?", "<3", "1", "Majalengka"),
        ("kabupaten mana saja di jawa barat yang predikatnya masih baik", "Baik", "2", "Subang"),
        ("siapa saja di lampung yang domain 3 nya di bawah 2", "<2", "8", "Lampung Barat"),
        ("ada berapa kabupaten di indonesia yang di atas 4,6", ">4.6", "2", "Banyuwangi"),
    ],
)
def test_agencies_are_picked_by_a_value_or_a_rating(
    installation: Installation, text: str, bound: str, count: str, named: str
) -> None:
    answer = ask(installation, text, None, None)
    assert answer.request.bound == bound
    assert f"**{count}**" in answer.blocks[0].text
    assert named in next(block.text for block in answer.blocks if block.kind == "table")


def test_the_year_that_a_value_is_held_against_is_not_the_year_asked_for(installation: Installation) -> None:
    answer = ask(installation, "kenapa indeks kami cuma 2,98 padahal tahun lalu 3,2?")
    assert answer.request.year == 2024
    assert ask(installation, "kenapa kami tahun lalu rendah", "Kab. Indramayu").request.year == 2023


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("rencana termurah kami", "plan"),
        ("bantu saya naikin indikator 21", "requirement"),
        ("indeks SPBE berapa?", "score"),
    ],
)
def test_short_wishes_are_understood(installation: Installation, text: str, intent: str) -> None:
    assert ask(installation, text).request.intent == intent


def test_what_a_rule_is_about(installation: Installation) -> None:
    answer = ask(installation, "Perpres 39/2019 tentang apa?", None, None)
    assert "Satu Data Indonesia" in answer.blocks[0].text
    assert answer.citations[0].rule == "perpres-39-2019"
