"""Tables of criteria whose headings and numbers a scanner misread or lost; invented, none of a real rule."""

import re

import pytest

from ingest.legal.criteria_tables import IndicatorTable, find_tables
from ingest.legal.lines import logical_lines
from ingest.pages import Page

THEMES = ["Perpustakaan", "Irigasi", "Terminal", "Puskesmas", "Hutan Kota", "Pasar Ikan", "Arsip Desa"]


def form(number: int, heading: str | None = None) -> list[str]:
    theme = THEMES[number % len(THEMES)]
    return [
        "Domain 1 : Tata Kelola",
        "Aspek 2 : Pelayanan",
        f"Indikator {number} : Kematangan Layanan {theme}" if heading is None else heading,
        f"Pertanyaan : Apakah dinas memiliki Layanan {theme}?",
        "Tingkat Kriteria",
        f"1 Layanan {theme} belum ada.",
        f"2 Kriteria tingkat 1 telah terpenuhi dan Layanan {theme} dipakai sebagian.",
        f"3 Kriteria tingkat 2 telah terpenuhi dan Layanan {theme} dipakai semua.",
        f"4 Kriteria tingkat 3 telah terpenuhi dan Layanan {theme} terhubung.",
        f"5 Kriteria tingkat 4 telah terpenuhi serta Layanan {theme} ditinjau ulang.",
        "Jawaban : Pilih tingkat 1, 2, 3, 4, atau 5",
        "Penjelasan :",
    ]


def read(forms: list[list[str]]) -> list[IndicatorTable]:
    text = "\n".join(line for lines in forms for line in lines if line)
    return find_tables(logical_lines([Page.of(text, 1)]))


@pytest.mark.parametrize(
    "heading",
    [
        "Indikator I4 : Kematangan Layanan",
        "Indikator 1 4 : Kematangan Layanan",
        "lndikator 14 : Kematangan Layanan",
        "Indikalor 14 Kematangan Layanan",
        "Indikator : Kematangan Layanan",
        "Indikator 74 : Kematangan Layanan",
        "Indikator l4: Kematangan Layanan",
        "",
    ],
)
def test_a_damaged_or_lost_heading_is_concluded_from_its_neighbours(heading: str) -> None:
    tables = read([form(13), form(14, heading), form(15)])
    assert [table.number for table in tables] == [13, 14, 15]
    assert all(sorted(table.levels) == [1, 2, 3, 4, 5] for table in tables)
    assert THEMES[14 % len(THEMES)] in tables[1].levels[3][0].text


def test_what_was_concluded_is_marked() -> None:
    tables = read([form(13), form(14, ""), form(15)])
    assert [table.inferred for table in tables] == [False, True, False]


def test_two_headings_lost_in_a_row_are_both_concluded() -> None:
    tables = read([form(3), form(4, ""), form(5, ""), form(6)])
    assert [table.number for table in tables] == [3, 4, 5, 6]


def test_a_list_that_starts_over_keeps_its_numbers() -> None:
    tables = read([form(46), form(47), form(1), form(2)])
    assert [(table.number, table.inferred) for table in tables] == [(46, False), (47, False), (1, False), (2, False)]


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("sign", ["9", "T", "A5", "l", "|", "2)", "8.", ""])
def test_a_misread_number_of_a_row_is_concluded_from_its_text_or_the_next(sign: str, level: int) -> None:
    lines = form(7)
    lines[4 + level] = re.sub(r"^\d\s*", f"{sign} " if sign else "", lines[4 + level])
    (table,) = read([lines])
    assert sorted(table.levels) == [1, 2, 3, 4, 5]
    assert [f"tingkat {n - 1}" in table.levels[n][0].text for n in (2, 3, 4, 5)] == [True] * 4


def test_a_row_that_is_lost_does_not_take_the_others_with_it() -> None:
    lines = form(7)
    del lines[8]
    (table,) = read([lines])
    assert sorted(table.levels) == [1, 2, 3, 5]


def test_names_of_indicators_in_a_list_are_no_tables() -> None:
    names = [f"Indikator {n} Kematangan {THEMES[n % 7]}" for n in range(1, 30)]
    assert read([names]) == []
