"""How much of a question a place speaks of."""

import pytest

from knowledge.coverage import covered, is_plain, stems_of, wanted
from knowledge.spelling import Spelling
from knowledge.vocabulary import Vocabulary

HELD = {"asesor": 40, "tim": 60, "menetapkan": 50, "honor": 1, "perangkat": 50, "daerah": 90, "audit": 30}
PLACE = stems_of(["Tim Asesor ditetapkan oleh kepala daerah melalui perangkat daerah.", "The team is audited yearly."])


def share(question: str, everyday: dict[str, str] | None = None) -> tuple[float, tuple[str, ...]]:
    found = covered(wanted(question, Spelling(everyday=everyday or {}), Vocabulary(HELD, HELD, 100)), PLACE)
    return found.share, found.missing


def test_a_place_that_speaks_of_all_covers_all_whatever_the_affixes() -> None:
    assert share("siapa yang menetapkan tim asesor?") == (1.0, ())


def test_a_rare_word_that_is_missing_weighs_more_than_a_common_one_that_is_there() -> None:
    part, missing = share("berapa honor tim")
    assert part < 0.2
    assert missing == ("honor",)


def test_the_rarest_missing_word_comes_first() -> None:
    assert share("honor audit pilkada")[1] == ("pilkada", "honor")


@pytest.mark.parametrize("question", ["sebutkan isi pasal 4", "perpres 95 tahun 2018"])
def test_words_that_only_ask_do_not_count(question: str) -> None:
    assert share(question) == (1.0, ())


def test_scraps_of_chat_do_not_count() -> None:
    assert share("tim asesor tu n wrn yg") == (1.0, ())


def test_everyday_words_are_covered_by_what_rules_call_them() -> None:
    assert share("opd")[0] == 0
    assert share("opd", {"opd": "perangkat daerah"}) == (1.0, ())


def test_a_phrase_is_covered_by_what_rules_call_it() -> None:
    assert share("kantor dinas", {"kantor dinas": "perangkat daerah"}) == (1.0, ())


def test_english_endings_do_not_matter() -> None:
    assert share("audits of teams")[0] == 1.0


def test_words_written_without_vowels_are_known_and_others_are_left() -> None:
    vocabulary = Vocabulary(["semua", "kebijakan", "bukti", "bakti"], {"bukti": 9, "bakti": 1}, 10)
    assert [vocabulary.unshortened(word) for word in ("smua", "kbijakan", "bkti", "semua", "blockchain", "adm")] == [
        "semua", "kebijakan", "bukti", "semua", "blockchain", "adm",
    ]  # fmt: skip


def test_joined_words_speak_of_what_they_join() -> None:
    vocabulary = Vocabulary(["pegawai", "tugas"])
    assert vocabulary.strange(["antarpegawai", "purnatugas", "antariksa"]) == ("antariksa",)


def test_a_missing_word_of_daily_speech_counts_little_in_the_judgement_a_thing_counts_whole() -> None:
    def judged(question: str) -> float:
        return covered(wanted(question, Spelling(), Vocabulary(HELD, HELD, 100)), PLACE).judged

    assert judged("tim asesor santai") > 2 * judged("tim asesor antivirus")
    assert judged("tim asesor") == 1.0


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("kencang", True),
        ("dijaga", True),
        ("walaupun", True),
        ("pengguna", False),
        ("keputusan", False),
        ("gaji", False),
    ],
)
def test_words_of_daily_speech_name_no_thing(word: str, plain: bool) -> None:
    assert is_plain(word) is plain
