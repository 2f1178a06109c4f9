"""How values are written; totals; other instruments; formats."""

from shapes import (
    BANDUNG,
    CONTRACT,
    FIVE,
    HEADER,
    I18,
    I20,
    MINE,
    PEMDI,
    PLAIN,
    STAGES,
    A,
    B,
    X,
    case,
    decimals,
    head,
    levels,
    listed,
    name,
    said,
    side_by_side,
    with_macros,
    write_json,
    xlsx,
)
from writers import Calculated, SheetOf, write_csv, write_ods, write_xls, write_xlsx

from ingest.assessments import Options

# -- how values are written ----------------------------------------------------------------------------------------

case(
    "level_3_dash",
    ".xlsx",
    xlsx([*head(), HEADER, *listed(A, show=lambda v: f"Level {v} - Terdefinisi dan ditetapkan")]),
    MINE,
)
case("tingkat_3", ".xlsx", xlsx([*head(), HEADER, *listed(A, show=lambda v: f"Tingkat {v}")]), MINE)
case("number_dash_name", ".xlsx", xlsx([*head(), HEADER, *listed(A, show=lambda v: f"{v} - Terpadu")]), MINE)
case("numbers_as_text", ".xlsx", xlsx([*head(), HEADER, *listed(A, show=str)]), MINE)
case(
    "comma_and_point",
    ".xlsx",
    xlsx([*head(), HEADER, *listed(A, show=lambda v: f"{v},00" if v % 2 else f"{v}.0")]),
    MINE,
)
GAPS = {n: (None if n % 7 == 0 else v) for n, v in A.items()}
case(
    "dash_and_blank",
    ".xlsx",
    xlsx([*head(), HEADER, *([n, name(n), ("-" if n % 14 == 0 else "") if v is None else v] for n, v in GAPS.items())]),
    said(BANDUNG, 2024, "self", GAPS),
)
case(
    "not_assessed_in_words",
    ".xlsx",
    xlsx([*head(), HEADER, *([n, name(n), v or "Belum dinilai"] for n, v in GAPS.items())]),
    said(BANDUNG, 2024, "self", GAPS),
)
case(
    "zero_is_missing",
    ".xlsx",
    xlsx([*head(), HEADER, *([n, name(n), v or 0] for n, v in GAPS.items())]),
    said(BANDUNG, 2024, "self", GAPS),
    options=Options(zero_is_missing=True),
)
case(
    "formulas_with_values",
    ".xlsx",
    xlsx([*head(), HEADER, *([n, name(n), Calculated(f"=Z{n}", A[n])] for n in A)]),
    MINE,
)

# -- totals, parts -------------------------------------------------------------------------------------------------

ONES = dict.fromkeys(range(1, 48), 3)
TOTALS = {"index": "3", "rating": "Baik", "domains": {str(n): "3" for n in range(1, 5)}}
case(
    "totals_below",
    ".xlsx",
    xlsx(
        [
            *head(),
            HEADER,
            *listed(ONES),
            *(["", f"Domain {n}", "3,00"] for n in range(1, 5)),
            ["", "Indeks SPBE", "3,00"],
            ["", "Predikat", "Baik"],
        ]
    ),
    said(BANDUNG, 2024, "self", ONES, published=TOTALS),
)
SHOWN = {"1": "2.90", "2": "1.50", "3": "2.75", "4": "3.50", "5": "2.50", "6": "2.67", "7": "3.90", "8": "2.83"}
case(
    "aspects_only",
    ".xlsx",
    xlsx(
        [
            *head(),
            ["No", "Aspek", "Nilai"],
            *([a.number, a.name.id, SHOWN[str(a.number)].replace(".", ",")] for a in I20.aspects),
        ]
    ),
    {
        "instrument": "spbe-2020",
        "agency": BANDUNG,
        "year": 2024,
        "stage": "self",
        "aspects": {n: str(float(v)) for n, v in SHOWN.items()},
    },
)

# -- other instruments ---------------------------------------------------------------------------------------------

OLD = levels(5, 37, 0)
case(
    "spbe_2018_with_37",
    ".xlsx",
    xlsx([*head(year=2018), HEADER, *listed(OLD, I18)]),
    said(BANDUNG, 2018, "self", OLD, "spbe-2018"),
)
OLD35 = levels(6, 35, 0)
case(
    "spbe_2018_with_35_unnamed",
    ".xlsx",
    xlsx([*head(year=2019), ["No", "Nilai"], *([n, v] for n, v in OLD35.items())]),
    said(BANDUNG, 2019, "self", OLD35, "spbe-2018"),
)
NEW = decimals(7)
case(
    "pemdi_comma_decimals",
    ".xlsx",
    xlsx([*head(year=2026), HEADER, *listed(NEW, PEMDI, lambda v: f"{v:.2f}".replace(".", ","))]),
    said(BANDUNG, 2026, "self", {n: f"{v:g}" for n, v in NEW.items()}, "pemdi-2026"),
)

# -- formats -------------------------------------------------------------------------------------------------------

case("old_excel", ".xls", lambda path: write_xls(path, SheetOf("Penilaian", PLAIN)), MINE)
case(
    "old_excel_five_stages",
    ".xls",
    lambda path: write_xls(path, SheetOf("2024", [["Kota Bandung"], ["No", "Indikator", *FIVE], *side_by_side(*X)])),
    *(said(BANDUNG, 2024, stage, x) for stage, x in zip(STAGES, X, strict=True)),
)
case("opendocument", ".ods", lambda path: write_ods(path, SheetOf("Penilaian", PLAIN)), MINE)
case(
    "opendocument_spans",
    ".ods",
    lambda path: write_ods(
        path,
        SheetOf(
            "N",
            [
                ["Instansi: Kota Bandung"],
                ["No", "Indikator", ("2023", 2), ("2024", 2)],
                ["", "", "Mandiri", "Eks", "Mandiri", "Eks"],
                *side_by_side(*X[:4]),
            ],
        ),
    ),
    said(BANDUNG, 2023, "self", X[0]),
    said(BANDUNG, 2023, "external", X[1]),
    said(BANDUNG, 2024, "self", X[2]),
    said(BANDUNG, 2024, "external", X[3]),
)
case("csv_semicolon", ".csv", lambda path: write_csv(path, PLAIN, ";", "utf-8-sig"), MINE)
case("csv_comma", ".csv", lambda path: write_csv(path, PLAIN, ","), MINE)
case("csv_tab_utf16", ".csv", lambda path: write_csv(path, PLAIN, "\t", "utf-16"), MINE)
case("csv_utf16_unmarked", ".csv", lambda path: write_csv(path, PLAIN, ";", "utf-16-le"), MINE)
case(
    "csv_windows",
    ".csv",
    lambda path: write_csv(path, [*head(), HEADER, *listed(A, show=lambda v: f"Level {v} – Optimal")], ";", "cp1252"),
    MINE,
)
case("csv_sep_line", ".csv", lambda path: write_csv(path, PLAIN, ";", first="sep=;\r\n"), MINE)
case("macros_are_data", ".xlsm", lambda path: with_macros(path), MINE)
case(
    "hidden_sheet",
    ".xlsx",
    lambda path: write_xlsx(
        path, SheetOf("Penilaian", PLAIN), SheetOf("Acuan", [*head("Kota Cimahi"), HEADER, *listed(B)], hidden=True)
    ),
    MINE,
)
case("json_alone", ".json", lambda path: write_json(path, CONTRACT), MINE)
case(
    "json_list",
    ".json",
    lambda path: write_json(path, [CONTRACT, CONTRACT | {"year": 2023, "levels": B}]),
    MINE,
    said(BANDUNG, 2023, "self", B),
)
