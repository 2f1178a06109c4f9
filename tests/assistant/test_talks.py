"""Whole conversations put to the assistant: what is understood of each turn, and what an answer listed picked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.permissions import VISITOR
from assistant.request import Question
from tests.assistant.talks import judged

if TYPE_CHECKING:
    from bots.assembly import Installation


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        # Right when first measured: 88 of 146, 42 of 68, 44 of 55, 31 of 39, 66 of 94, 34 of 48, 40 of 46,
        # 21 of 30 turns. All were mended on afterwards, and the weights were learned from them too.
        ("dialogues_asked.yaml", 0),
        ("dialogues_asked_2.yaml", 3),
        ("dialogues_asked_3.yaml", 0),
        ("dialogues_asked_4.yaml", 0),
        ("dialogues_asked_5.yaml", 4),
        ("dialogues_asked_6.yaml", 0),
        ("dialogues_asked_7.yaml", 1),
        ("dialogues_asked_8.yaml", 1),
        # By another hand than the conversations the weights were learned from, and not learned from. Right by the rules
        # alone: 92 of 112, 90 of 105, 90 of 112, 91 of 107 turns; with the weights when first measured: 93, 93, 100,
        # 96. The first three were mended on afterwards; the fourth has not been looked at.
        ("dialogues_held.yaml", 7),
        ("dialogues_held_2.yaml", 7),
        ("dialogues_held_3.yaml", 3),
        ("dialogues_held_4.yaml", 11),
    ],
)
def test_conversations_are_understood(installation: Installation, name: str, wrong: int) -> None:
    result = judged(installation.assistant, name)
    assert len(result.wrong) <= wrong, result.wrong


def last(installation: Installation, *texts: str, agency: str | None = None) -> str:
    """The text of the last answer of a conversation."""
    talk = f"talks:{abs(hash((texts, agency)))}"
    asked = [Question(text=text, agency=agency, conversation=talk) for text in texts]
    return [installation.assistant.ask(question, VISITOR).text for question in asked][-1]


def test_who_improved_more_is_told_by_how_far_values_moved(installation: Installation) -> None:
    told = last(installation, "bandingkan kota bandung dan kota bogor", "which of the two improved more since 2023?")
    first = told.split(".\n")[0]
    assert "Kota Bandung rose more, by 0.61" in first
    assert "3.98 (2023) to 4.59 (2024)" in first


def test_nobody_is_said_to_have_fallen_who_rose(installation: Installation) -> None:
    told = last(installation, "kab mana di jabar yang turun paling banyak dari 2023")
    assert told.startswith("Tidak ada yang turun")
    assert "Kab. Karawang" in told.split("|")[0]


def test_a_change_without_both_years_is_not_made_up(installation: Installation) -> None:
    told = last(installation, "kota malang atau kota surabaya yang naik lebih banyak sejak 2023")
    assert "belum dapat dibandingkan" in told


def test_agencies_that_have_not_reached_a_predikat_are_picked(installation: Installation) -> None:
    told = last(installation, "kab/kota mana di jabar yang belum sangat baik")
    assert told.startswith("**2** dari 27")
    assert "Kab. Majalengka" in told
    assert "Kab. Sumedang" not in told.split("|", 1)[1].rsplit("|", 1)[0]


@pytest.mark.parametrize(
    "text", ["indeks kota metro 2015 berapa", "tren kab garut dari 2015 ke 2017", "peringkat kabupaten di bali 2015"]
)
def test_a_refusal_leads_on(installation: Installation, text: str) -> None:
    answer = installation.assistant.ask(Question(text=text), VISITOR)
    assert answer.abstained
    assert 2 <= len(answer.suggestions) <= 3
    for suggestion in answer.suggestions:
        assert not installation.assistant.ask(Question(text=suggestion), VISITOR).abstained, suggestion


def test_two_levels_without_an_indicator_are_told_apart_in_general(installation: Installation) -> None:
    told = last(installation, "apa bedanya level 3 dan level 4")
    assert told.startswith("Tingkat 3 berarti **Terdefinisi**, sedangkan tingkat 4 berarti **Terpadu dan Terukur**")
    assert "sebutkan indikatornya" in told


def test_two_predikat_are_told_apart_by_their_bounds(installation: Installation) -> None:
    told = last(installation, "apa bedanya sangat baik sama memuaskan")
    assert "**Sangat Baik** 3,50 sampai di bawah 4,20" in told
    assert "**Memuaskan** 4,20 sampai 5,00" in told


def test_evidence_comes_first_where_it_was_asked_for(installation: Installation) -> None:
    told = last(installation, "bukti indikator 12 level 3 apa")
    assert told.startswith("Untuk tingkat 3, bukti indikator 12")


@pytest.mark.parametrize(
    "text", ["gaji P3K di pemda naik ga", "cara reset password simpeg", "tukin pns cair kapan", "printer kantor rusak"]
)
def test_matters_of_the_office_that_are_not_the_index_are_declined(installation: Installation, text: str) -> None:
    answer = installation.assistant.ask(Question(text=text, agency="Kota Bandar Lampung"), VISITOR)
    assert answer.intent == "out_of_scope"
