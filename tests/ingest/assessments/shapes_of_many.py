"""Workbooks of many agencies, and the documents of the ministry's service."""

from shapes import BANDUNG, BARAT, GARUT, HEADER, MINE, A, B, C, case, listed, said, write_json, xlsx
from writers import SheetOf, write_csv, write_xlsx

from ingest.assessments import Options

# -- many agencies -------------------------------------------------------------------------------------------------

RESULT = {
    "domains": {"1": "4.7", "2": "4", "3": "2.91", "4": "4.51"},
    "published": {"index": "4.14", "rating": "Sangat Baik"},
}
PROVINCE = {
    "instrument": "spbe-2020",
    "agency": "Pemerintah Provinsi Jawa Barat",
    "year": 2023,
    "stage": "external",
} | RESULT
BOGOR = {
    "instrument": "spbe-2020",
    "agency": "Pemerintah Kab. Bogor",
    "year": 2023,
    "stage": "external",
    "domains": {"1": "3.7", "2": "3.2", "3": "2.45", "4": "4.45"},
    "published": {"index": "3.71", "rating": "Sangat Baik"},
}
case(
    "official_table",
    ".csv",
    lambda path: write_csv(
        path,
        [
            ["year", "group", "agency", "level", "d1", "d2", "d3", "d4", "index", "rating"],
            [
                2023,
                "Jawa Barat",
                "Pemerintah Provinsi Jawa Barat",
                "prov",
                "4.70",
                "4.00",
                "2.91",
                "4.51",
                "4.14",
                "Sangat Baik",
            ],
            [2023, "Jawa Barat", "Kabupaten Bogor", "kab", "3.70", "3.20", "2.45", "4.45", "3.71", "Sangat Baik"],
        ],
        ",",
    ),
    PROVINCE,
    BOGOR,
)
case(
    "ministry_table",
    ".xlsx",
    xlsx(
        [
            ["Tabel 20. Hasil Evaluasi SPBE Tahun 2023"],
            [],
            ["No", "Nama Instansi", "D1", "D2", "D3", "D4", "Indeks", "Predikat"],
            [1, "Pemerintah Provinsi\nJawa Barat", "4,70", "4,00", "2,91", "4,51", "4,14", "Sangat Baik"],
            [2, "Pemerintah Kab. Bogor", "3,70", "3,20", "2,45", "4,45", "3,71", "Sangat Baik"],
            ["", "Rata-rata", "4,20", "3,60", "2,68", "4,48", "3,93", ""],
        ]
    ),
    PROVINCE,
    BOGOR,
)
case(
    "domains_by_name",
    ".xlsx",
    xlsx(
        [
            ["Hasil Evaluasi Eksternal Tahun 2023"],
            [],
            ["No", "Instansi", "Kebijakan", "Tata Kelola", "Manajemen", "Layanan", "Indeks SPBE", "Predikat"],
            [1, "Provinsi Jawa Barat", 4.7, 4, 2.91, 4.51, 4.14, "Sangat Baik"],
        ]
    ),
    PROVINCE,
)
case(
    "agencies_down_indicators_across",
    ".xlsx",
    xlsx(
        [
            ["Penilaian Mandiri Tahun 2024"],
            [],
            ["No", "Instansi", *(f"I{n}" for n in range(1, 48))],
            [1, "Kota Bandung", *A.values()],
            [2, "Kab Garut", *B.values()],
            [3, "Kab. Bandung\nBarat", *C.values()],
        ]
    ),
    MINE,
    said(GARUT, 2024, "self", B),
    said(BARAT, 2024, "self", C),
)
case(
    "indicators_across_by_number",
    ".xlsx",
    xlsx(
        [
            ["Penilaian Mandiri Tahun 2024"],
            [],
            ["Instansi", *range(1, 48)],
            ["Kota Bandung", *A.values()],
            ["Kabupaten Garut", *B.values()],
        ]
    ),
    MINE,
    said(GARUT, 2024, "self", B),
)
case(
    "one_row_a_year",
    ".xlsx",
    xlsx(
        [
            ["Instansi", "Tahun", "Tahap", *(f"I{n}" for n in range(1, 48))],
            ["Kota Bandung", 2023, "Eksternal", *B.values()],
            ["", 2024, "Mandiri", *A.values()],
        ],
        "A2:A3",
    ),
    said(BANDUNG, 2023, "external", B),
    MINE,
)
case(
    "one_row_a_figure",
    ".xlsx",
    xlsx(
        [
            ["Instansi", "Tahun", "Tahap", "Indikator", "Nilai"],
            *(
                [agency, 2024, "Mandiri", f"Indikator {n}", v]
                for agency, values in (("Kota Bandung", A), ("Kab. Garut", B))
                for n, v in values.items()
            ),
        ]
    ),
    MINE,
    said(GARUT, 2024, "self", B),
)
case(
    "one_sheet_an_agency",
    ".xlsx",
    lambda path: write_xlsx(
        path,
        SheetOf("Kota Bandung", [["Penilaian Mandiri 2024"], ["Tahun 2024"], HEADER, *listed(A)]),
        SheetOf("Kab. Garut", [["Penilaian Mandiri 2024"], ["Tahun 2024"], HEADER, *listed(B)]),
    ),
    MINE,
    said(GARUT, 2024, "self", B),
)
case(
    "one_sheet_a_stage",
    ".xlsx",
    lambda path: write_xlsx(
        path,
        SheetOf("Identitas", [["Nama Instansi", "Pemerintah Kota Bandung"], ["Tahun", 2024]]),
        SheetOf("Mandiri", [HEADER, *listed(A)]),
        SheetOf("Eksternal", [HEADER, *listed(B)]),
    ),
    MINE,
    said(BANDUNG, 2024, "external", B),
)
case(
    "said_by_the_person",
    ".xlsx",
    xlsx([HEADER, *listed(A)]),
    MINE,
    options=Options(agency="kota bandung", year=2024, stage="self"),
)
case("kota-bandung-2024-mandiri", ".xlsx", xlsx([["No", "Indikator", "Mandiri"], *listed(A)]), MINE)

# -- the ministry's service ----------------------------------------------------------------------------------------

TAUVAL = [
    ("D2001", "2.9000000000"),
    ("A2001", "2.9000000000"),
    ("D2002", "2.4000000000"),
    ("A2002", "1.5000000000"),
    ("A2003", "2.7500000000"),
    ("A2004", "3.5000000000"),
    ("D2003", "2.5454545455"),
    ("A2005", "2.5000000000"),
    ("A2006", "2.6666666667"),
    ("D2004", "3.4780219780"),
    ("A2007", "3.9000000000"),
    ("A2008", "2.8333333333"),
    ("INDEKS", "2.9795000000"),
]
SERVED = {
    "instrument": "spbe-2020",
    "agency": BANDUNG,
    "year": 2024,
    "stage": "external",
    "aspects": {
        "1": "2.9",
        "2": "1.5",
        "3": "2.75",
        "4": "3.5",
        "5": "2.5",
        "6": "2.6666666667",
        "7": "3.9",
        "8": "2.8333333333",
    },
    "published": {"index": "2.9795", "domains": {"1": "2.9", "2": "2.4", "3": "2.5454545455", "4": "3.478021978"}},
}
case(
    "tauval_table",
    ".csv",
    lambda path: write_csv(
        path,
        [
            ["instrument", "year", "instansi", "level", "kind", "indicator_or_aggregate_code", "value"],
            *(["PermenPANRB59/2020", 2024, "Kota Bandung", "kota", "eksternal", code, value] for code, value in TAUVAL),
        ],
        ",",
    ),
    SERVED,
)
case(
    "tauval_document",
    ".json",
    lambda path: write_json(
        path,
        {
            "status": "ok",
            "data": [
                {"nama_instansi": "Kota Bandung", "tahun": 2024, "nilai": [{"kode": c, "nilai": v} for c, v in TAUVAL]}
            ],
        },
    ),
    SERVED,
)
case(
    "tauval_keys",
    ".json",
    lambda path: write_json(path, [{"instansi": "Kota Bandung", "tahun": "2024"} | dict(TAUVAL)]),
    SERVED,
)

INDEX = {"instrument": "spbe-2020", "stage": "external"}
case(
    "indices_of_two_years",
    ".xlsx",
    xlsx(
        [
            ["Rekap Indeks SPBE"],
            ["No", "Kabupaten/Kota", "Indeks 2022", "Indeks 2023"],
            [1, "Kota Bandung", "3,20", 3.4],
            [2, "Kab. Garut", 2.9, "-"],
        ]
    ),
    INDEX | {"agency": BANDUNG, "year": 2022, "published": {"index": "3.2"}},
    INDEX | {"agency": BANDUNG, "year": 2023, "published": {"index": "3.4"}},
    INDEX | {"agency": GARUT, "year": 2022, "published": {"index": "2.9"}},
)
