"""Headers, letterheads, merged cells; how indicators are written."""

from typing import Any

from shapes import (
    BANDUNG,
    FIVE,
    HEADER,
    I20,
    MINE,
    OFFICIAL,
    STAGES,
    A,
    B,
    C,
    X,
    Y,
    case,
    head,
    listed,
    name,
    said,
    side_by_side,
    xlsx,
)

# -- headers, letterheads, merged cells ----------------------------------------------------------------------------

case("plain", ".xlsx", xlsx([*head(), HEADER, *listed(A)]), MINE)
LETTERHEAD = [
    ["PEMERINTAH KOTA BANDUNG"],
    ["DINAS KOMUNIKASI DAN INFORMATIKA"],
    ["Jl. Wastukencana No. 2 Bandung"],
    [],
    ["HASIL PENILAIAN MANDIRI SPBE"],
    ["TAHUN 2024"],
    ["Berdasarkan PermenPANRB Nomor 59 Tahun 2020"],
    [],
]
case("letterhead", ".xlsx", xlsx([*LETTERHEAD, HEADER, *listed(A)]), MINE)
case("letterhead_merged", ".xlsx", xlsx([*LETTERHEAD, HEADER, *listed(A)], "A1:F1", "A2:F2", "A5:F5", "A6:F6"), MINE)
case(
    "labels_with_colons",
    ".xlsx",
    xlsx([["Nama Instansi : Pemerintah Kota Bandung"], ["Tahun : 2024"], ["Tahap : Mandiri"], HEADER, *listed(A)]),
    MINE,
)
case(
    "label_and_colon_apart",
    ".xlsx",
    xlsx([["Instansi", ":", "Kota Bandung"], ["Tahun", ":", "2024"], ["Tahap", ":", "Mandiri"], HEADER, *listed(A)]),
    MINE,
)
case(
    "far_from_the_corner", ".xlsx", xlsx([[]] * 15 + [[None] * 4 + row for row in [*head(), HEADER, *listed(A)]]), MINE
)
case(
    "signature_below",
    ".xlsx",
    xlsx([*head(), HEADER, *listed(A), [], ["", "Bandung, 3 Maret 2025"], ["", "Kepala Dinas"]]),
    MINE,
)
rows = listed(A)
case("header_repeated_on_each_page", ".xlsx", xlsx([*head(), HEADER, *rows[:20], HEADER, *rows[20:]]), MINE)
case(
    "five_stages",
    ".xlsx",
    xlsx([["Kota Bandung"], ["Tahun 2024"], ["No", "Indikator", *FIVE], *side_by_side(*X)]),
    *(said(BANDUNG, 2024, stage, x) for stage, x in zip(STAGES, X, strict=True)),
)
case(
    "two_years_five_stages",
    ".xlsx",
    xlsx(
        [
            ["Instansi: Kota Bandung"],
            [],
            ["No", "Indikator", 2023, *[""] * 4, 2024],
            ["", "", *FIVE, *FIVE],
            *side_by_side(*X, *Y),
        ],
        "A3:A4",
        "B3:B4",
        "C3:G3",
        "H3:L3",
    ),
    *(
        said(BANDUNG, year, stage, x)
        for year, columns in ((2023, X), (2024, Y))
        for stage, x in zip(STAGES, columns, strict=True)
    ),
)
case(
    "stage_above_years",
    ".xlsx",
    xlsx(
        [
            ["Instansi: Kota Bandung"],
            ["No", "Indikator", "Nilai Mandiri", "", "Nilai Pusat"],
            ["", "", 2023, 2024, 2023, 2024],
            *side_by_side(*X[:4]),
        ],
        "C2:D2",
        "E2:F2",
    ),
    said(BANDUNG, 2023, "self", X[0]),
    said(BANDUNG, 2024, "self", X[1]),
    said(BANDUNG, 2023, "external", X[2]),
    said(BANDUNG, 2024, "external", X[3]),
)
case(
    "synonyms",
    ".xlsx",
    xlsx([*head()[:2], ["No", "Indikator", "Capaian", "Nilai Pusat"], *side_by_side(A, B)]),
    MINE,
    said(BANDUNG, 2024, "external", B),
)
case(
    "maturity_is_external",
    ".xlsx",
    xlsx([*head()[:2], ["No", "Indikator", "Penilaian Mandiri", "Nilai Kematangan"], *side_by_side(A, B)]),
    MINE,
    said(BANDUNG, 2024, "external", B),
)
case(
    "final_alone_is_external",
    ".xlsx",
    xlsx([*head()[:2], ["No", "Indikator", "Target", "Mandiri", "Akhir"], *side_by_side(C, A, B)]),
    said(BANDUNG, 2024, "target", C),
    MINE,
    said(BANDUNG, 2024, "external", B),
)
case(
    "weights_and_notes_beside",
    ".xlsx",
    xlsx(
        [
            *head(),
            ["No", "Indikator", "Bobot (%)", "Nilai", "Nilai x Bobot", "Keterangan"],
            *([n, name(n), 1.3, A[n], 1.3 * A[n], "sudah ada SK"] for n in A),
        ]
    ),
    MINE,
)

# -- how indicators are written ------------------------------------------------------------------------------------

case("indikator_12", ".xlsx", xlsx([*head(), ["Indikator", "Nilai"], *([f"Indikator {n}", A[n]] for n in A)]), MINE)
case("i12", ".xlsx", xlsx([*head(), ["Kode", "Nilai"], *([f"I{n}", A[n]] for n in A)]), MINE)
case("number_and_point", ".xlsx", xlsx([*head(), ["No", "Nilai"], *([f"{n}.", A[n]] for n in A)]), MINE)
case(
    "number_and_name_in_one_cell",
    ".xlsx",
    xlsx([*head(), ["Indikator", "Nilai"], *([f"{n} {OFFICIAL.format(name(n))}", A[n]] for n in A)]),
    MINE,
)
case(
    "names_alone",
    ".xlsx",
    xlsx([*head(), ["Indikator", "Nilai"], *([f"Tingkat Kematangan {name(n)}", A[n]] for n in A)]),
    MINE,
)
case(
    "names_with_small_slips",
    ".xlsx",
    xlsx(
        [
            *head(),
            HEADER,
            *([n, name(n).replace("Layanan", "Layanan ").replace("Kebijakan", "Kebjakan"), A[n]] for n in A),
        ]
    ),
    MINE,
)


def with_groups() -> list[list[Any]]:
    """Domains and aspects as rows of their own between the indicators, all rows counted through."""
    made: list[list[Any]] = []
    for domain in I20.domains:
        made.append([f"Domain {domain.number}", domain.name.id, ""])
        for aspect in I20.aspects_of(domain):
            made.append(["", f"Aspek {aspect.number} - {aspect.name.id}", ""])
            made += [[i.number, i.name.id, A[i.number]] for i in I20.indicators_of(aspect)]
    return made


case("groups_between", ".xlsx", xlsx([*head(), HEADER, *with_groups()]), MINE)
case(
    "rows_counted_through",
    ".xlsx",
    xlsx([*head(), HEADER, *([n, row[1], row[2]] for n, row in enumerate(with_groups(), 1))]),
    MINE,
)
case(
    "numbered_within_aspects",
    ".xlsx",
    xlsx(
        [
            *head(),
            HEADER,
            *([k, i.name.id, A[i.number]] for a in I20.aspects for k, i in enumerate(I20.indicators_of(a), 1)),
        ]
    ),
    MINE,
)
case(
    "domain_merged_beside",
    ".xlsx",
    xlsx(
        [
            *head(),
            ["Domain", "No", "Indikator", "Nilai"],
            *(["Domain 1 Kebijakan" if n == 1 else "", n, name(n), A[n]] for n in A),
        ],
        "A6:A15",
    ),
    MINE,
)

# -- more beside the indicators ------------------------------------------------------------------------------------

BESIDE = ["No", "Domain", "Aspek", "Indikator", "Bobot", "Target", "Nilai", "Bukti Dukung"]
case(
    "domain_and_aspect_on_every_row",
    ".xlsx",
    xlsx(
        [
            ["LEMBAR KERJA PENILAIAN MANDIRI SPBE"],
            ["INSTANSI : PEMERINTAH KOTA BANDUNG"],
            ["TAHUN : 2024"],
            BESIDE,
            *([n, "Kebijakan", "Kebijakan Internal", name(n), 1.3, C[n], A[n], "SK Wali Kota"] for n in A),
        ]
    ),
    MINE,
    said(BANDUNG, 2024, "target", C),
)
case(
    "letterhead_on_one_row",
    ".xlsx",
    xlsx(
        [
            ["Instansi: Kota Bandung", "", "Tahun: 2024"],
            ["No", "Indikator", "Hasil Penilaian Mandiri", "Hasil Penilaian Eksternal"],
            *side_by_side(A, B),
        ]
    ),
    MINE,
    said(BANDUNG, 2024, "external", B),
)
case(
    "in_english",
    ".xlsx",
    xlsx(
        [
            ["Agency", "Kota Bandung"],
            ["Year", 2024],
            ["Stage", "self"],
            ["No", "Indicator", "Level"],
            *([i.number, i.name.en, A[i.number]] for i in I20.indicators),
        ]
    ),
    MINE,
)
case(
    "criteria_of_levels_beside",
    ".xlsx",
    xlsx(
        [
            *head(),
            ["No", "Indikator", "Level 1", "Level 2", "Level 3", "Nilai"],
            *([n, name(n), "Belum ada", "Konsep", "Ditetapkan", A[n]] for n in A),
        ]
    ),
    MINE,
)
