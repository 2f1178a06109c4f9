"""What a question asks for must stand in the passages found."""

import pytest
from small_library import make_passage

from knowledge.answerable import answerable
from knowledge.coverage import WHOLLY, Covered
from knowledge.references import Absent, Reference
from knowledge.retrieval import Hit


def judged(query: str, *texts: str, covered: Covered = WHOLLY, **reference: object) -> str:
    hits = [Hit(make_passage(f"Pasal {n}", text), 1.0, None, covered) for n, text in enumerate(texts, 1)]
    verdict = answerable(query, hits, Reference(**reference))  # type: ignore[arg-type]
    assert verdict.answerable == (verdict.reason == "")
    return verdict.reason


TEAM = "Tim Asesor ditetapkan oleh bupati dan bertugas menilai."


@pytest.mark.parametrize(
    ("query", "held", "reason"),
    [
        ("berapa persen APBD untuk keamanan", "Paling sedikit 5% dari APBD.", "no_percentage"),
        ("berapa honorarium tim asesor", "Honorarium tim asesor Rp 500.000.", "no_pay"),
        ("berapa biaya audit", "Biaya audit Rp 2 juta rupiah.", "no_money"),
        ("tanggal berapa batas akhir penilaian", "Penilaian paling lambat 31 Maret.", "no_deadline"),
        ("berapa lama masa jabatan asesor", "Asesor diangkat selama 3 (tiga) tahun.", "no_tenure"),
        ("berapa lama asesor bertugas", "Asesor bertugas selama 3 (tiga) tahun.", "no_duration"),
        ("jam berapa asesor mulai menilai", "Asesor menilai pukul 08.00 WIB.", "no_clock"),
        ("apa nama aplikasi asesor", "Asesor memakai aplikasi bernama Tauval.", "no_named"),
        ("seberapa sering tim asesor menilai", "Menilai 1 (satu) kali dalam 2 tahun.", "no_frequency"),
        ("nomor telepon sekretariat", "Telepon (021) 555-1234, 021-5551234.", "no_contact"),
        ("ukuran file maksimal unggahan", "Berkas paling besar 10 MB.", "no_size"),
        ("adakah denda bagi bupati", "Bupati dikenai denda.", "no_sanction"),
        ("lupa password aplikasi", "Kata sandi diatur ulang oleh admin.", "no_account"),
        ("merek firewall yang wajib", "Merek firewall ditetapkan Badan.", "no_brand"),
        ("apakah desa wajib ikut", "Desa wajib ikut.", "no_subject"),
        ("what is the maximum file size", "Berkas paling besar 10 MB.", "no_size"),
        ("berapa jumlah anggota tim asesor", "Tim asesor beranggotakan 5 (lima) orang.", "no_count"),
        ("paling banyak berapa anggota tim asesor", "Anggota tim asesor paling banyak 5 (lima) orang.", "no_most"),
    ],
)
def test_a_thing_asked_for_must_stand_in_a_passage(query: str, held: str, reason: str) -> None:
    assert judged(query, TEAM) == reason
    assert judged(query, TEAM, held) == ""


def test_a_persons_name_is_never_in_a_rule() -> None:
    assert judged("siapa nama ketua tim asesor", TEAM) == "no_person"


def test_the_number_of_an_article_is_no_count() -> None:
    assert judged("berapa jumlah anggota tim asesor", "Anggota tim asesor menurut Pasal 5 ayat (2).") == "no_count"


def test_a_year_asked_for_must_stand_beside_the_date() -> None:
    text = "Batas akhir penilaian 31 Maret 2024."
    assert judged("kapan batas akhir penilaian tahun 2024", text) == ""
    assert judged("kapan batas akhir penilaian tahun 2025", text) == "no_deadline"


def test_a_place_that_does_not_exist_is_refused_whatever_was_found() -> None:
    absent = (Absent("article", "Pasal 90", "Pasal 1-77", "Perpres 95/2018"),)
    assert judged("isi pasal 90", TEAM, absent=absent) == "absent"


def test_nothing_found_is_not_answered() -> None:
    assert judged("apa saja") == "nothing_found"


def test_a_short_question_about_a_strange_word_is_refused() -> None:
    assert judged("apa kode rekening belanja", TEAM, strange=("rekening",)) == "unknown_word"


def test_a_paraphrase_may_use_words_of_its_own() -> None:
    query = "Bos kami kebingungan soal ini. Siapa yang mestinya nilai kami?"
    assert judged(query, TEAM, strange=("kebingungan",)) == ""


@pytest.mark.parametrize(
    "query",
    [
        "siapa yang menetapkan tim asesor",
        "apa tugas tim asesor",
        "bagaimana tim asesor ditetapkan",
        "apakah bupati menetapkan tim asesor",
        "who appoints the assessor team",
    ],
)
def test_ordinary_questions_are_answered(query: str) -> None:
    assert judged(query, TEAM) == ""


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("menurut kamu tim asesor perlu dibubarkan", "no_opinion"),
        ("siapa bupati terbaik tahun ini", "no_opinion"),
        ("kira-kira tim asesor akan berapa orang", "no_forecast"),
        ("will the team win an award", "no_forecast"),
        ("tim asesor hari ini menilai siapa", "no_now"),
        ("di gedung mana tim asesor bekerja", "no_site"),
    ],
)
def test_what_rules_cannot_hold_is_never_answered(query: str, reason: str) -> None:
    assert judged(query, f"{TEAM} {query}") == reason


def test_a_plain_question_must_be_spoken_of_for_the_most_part() -> None:
    query = "apa syarat usia pensiun tim asesor"
    assert judged(query, TEAM, covered=Covered(0.45, ("asesor",), ("pensiun", "usia"), 0.45)) == "not_spoken_of"
    assert judged(query, TEAM, covered=Covered(0.55, ("asesor",), ("pensiun",), 0.55)) == ""


def test_a_situation_told_in_words_of_its_own_needs_no_less() -> None:
    query = "Kami dinilai orang dari luar. Siapa yang mengangkat mereka?"
    assert judged(query, TEAM, covered=Covered(0.5, ("dinilai",), ("luar", "mengangkat"), 0.5)) == ""
    assert judged(query, TEAM, covered=Covered(0.4, ("dinilai",), ("luar", "mengangkat"), 0.4)) == "not_spoken_of"


def test_a_place_that_was_named_needs_no_words() -> None:
    steps = frozenset({"pasal-1"})
    assert judged("pasal 1 soal apa", TEAM, covered=Covered(0.0, (), ("soal",), 0.0), steps=steps) == ""


def test_a_figure_counts_wherever_it_stands_in_a_place_about_just_that() -> None:
    text = "Surat tanda register diterbitkan Badan. Paling lama 14 (empat belas) hari kerja."
    query = "berapa lama penerbitan register auditor"
    assert judged(query, text) == "no_duration"
    assert judged(query, text, covered=Covered(0.9, ("register", "penerbitan"), ())) == ""
