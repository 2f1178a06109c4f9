"""Shapes that offices make of their tables: pivoted, an agency or a year a sheet, footers, spaces, slips."""

from pathlib import Path

import openpyxl
from shapes import BANDUNG, GARUT, HEADER, I20, MINE, A, B, case, head, listed, name, said, xlsx
from writers import SheetOf, write_xlsx

SELF = "Penilaian Mandiri"
WORDS = ["", "satu", "dua", "tiga", "empat", "lima"]
OTHER = said(GARUT, 2024, "self", B)
EARLIER = said(BANDUNG, 2023, "self", B)


def sheets(*made: SheetOf):  # type: ignore[no-untyped-def]
    return lambda path: write_xlsx(path, *made)


def hidden_row(path: Path) -> None:
    xlsx([*head(), HEADER, *listed(A)])(path)
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[20].hidden = True
    book.save(path)


case("tk_3", ".xlsx", xlsx([*head(), HEADER, *listed(A, show=lambda v: f"Tk. {v}")]), MINE)
case("levels_in_words", ".xlsx", xlsx([*head(), HEADER, *listed(A, show=lambda v: WORDS[v])]), MINE)
case(
    "spaces_everywhere",
    ".xlsx",
    xlsx([*head("  Kota  Bandung "), ["No ", " Indikator  ", "Nilai  "], *listed(A, show=lambda v: f" {v} ")]),
    MINE,
)
case(
    "spaces_that_do_not_break",
    ".xlsx",
    xlsx([*head(), HEADER, *([n, name(n).replace(" ", "\u00a0"), f"{v}\u00a0"] for n, v in A.items())]),
    MINE,
)
ASPECTS = [f"Aspek {i.aspect}" for i in I20.indicators]
case(
    "aspect_on_its_first_row",
    ".xlsx",
    xlsx(
        [
            *head(),
            ["Aspek", "No", "Indikator", "Nilai"],
            *(
                ["" if n > 1 and ASPECTS[n - 1] == ASPECTS[n - 2] else ASPECTS[n - 1], n, name(n), v]
                for n, v in A.items()
            ),
        ]
    ),
    MINE,
)
case(
    "pivoted",
    ".xlsx",
    xlsx([*head(), ["Nilai", *(f"Indikator {n}" for n in A)], ["Nilai", *A.values()]]),
    MINE,
)
case(
    "pivoted_agencies",
    ".xlsx",
    xlsx([[f"Tahun 2024 {SELF}"], ["Instansi", *A], ["Kota Bandung", *A.values()], ["Kab. Garut", *B.values()]]),
    MINE,
    OTHER,
)
case(
    "agency_in_the_name_of_its_sheet",
    ".xlsx",
    sheets(
        SheetOf("Kota Bandung", [[f"Tahun 2024 {SELF}"], HEADER, *listed(A)]),
        SheetOf("Kab Garut", [[f"Tahun 2024 {SELF}"], HEADER, *listed(B)]),
    ),
    MINE,
    OTHER,
)
case(
    "year_in_the_name_of_its_sheet",
    ".xlsx",
    sheets(
        *(
            SheetOf(y, [["Instansi", "Kota Bandung"], ["Tahap", SELF], HEADER, *listed(v)])
            for y, v in (("2024", A), ("2023", B))
        )
    ),
    MINE,
    EARLIER,
)
case(
    "years_as_th",
    ".xlsx",
    xlsx(
        [
            ["Instansi", "Kota Bandung"],
            ["Tahap", SELF],
            ["No", "Indikator", "Th. 2023", "Th. 2024"],
            *([n, name(n), B[n], A[n]] for n in A),
        ]
    ),
    MINE,
    EARLIER,
)
case(
    "date_of_printing_above",
    ".xlsx",
    xlsx([["Bandung, 3 Januari 2025"], [f"{SELF} SPBE Tahun 2024"], ["Kota Bandung"], HEADER, *listed(A)]),
    MINE,
)
case(
    "date_of_signing_below",
    ".xlsx",
    xlsx(
        [
            ["Kota Bandung"],
            [f"{SELF} SPBE Tahun 2024"],
            HEADER,
            *listed(A),
            [],
            ["", "Bandung, 3 Januari 2025"],
            ["", "Kepala Dinas Komunikasi dan Informatika"],
        ]
    ),
    MINE,
)
case(
    "sum_and_mean_below",
    ".xlsx",
    xlsx([*head(), HEADER, *listed(A), ["", "Jumlah", sum(A.values())], ["", "Rata-rata", sum(A.values()) / 47]]),
    MINE,
)
case(
    "header_twice",
    ".xlsx",
    xlsx([*head(), HEADER, *listed(A)[:20], HEADER, *listed(A)[20:]]),
    MINE,
)
case("hidden_row", ".xlsx", hidden_row, MINE)
case("agency_misspelt", ".xlsx", xlsx([*head("Kota Bandugn"), HEADER, *listed(A)]), MINE)
case("pemkot", ".xlsx", xlsx([*head("Pemkot Bandung"), HEADER, *listed(A)]), MINE)
case("names_cut_off", ".xlsx", xlsx([*head(), HEADER, *([n, name(n)[:40], v] for n, v in A.items())]), MINE)
case("shuffled", ".xlsx", xlsx([*head(), HEADER, *sorted(listed(A), key=lambda r: r[0] * 29 % 47)]), MINE)
case(
    "numbers_from_nought",
    ".xlsx",
    xlsx([*head(), HEADER, *([n - 1, name(n), v] for n, v in A.items())]),
    MINE,
)
case(
    "evidence_beside",
    ".xlsx",
    xlsx(
        [
            *head(),
            ["No", "Indikator", "Nilai", "Bukti Dukung", "Catatan"],
            *([n, name(n), v, f"SK {n}/2024\nNotula rapat" if n % 2 else "", "dibahas"] for n, v in A.items()),
        ]
    ),
    said(
        BANDUNG,
        2024,
        "self",
        A,
        evidence={str(n): [f"SK {n}/2024", "Notula rapat"] for n in A if n % 2},
    ),
)
