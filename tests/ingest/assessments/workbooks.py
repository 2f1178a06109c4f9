"""At least forty files in the shapes of real users' files, and what each of them says.

What a file says is written down here beside it, never taken from the reader. ``python workbooks.py`` writes it to
``expected/``, where it is committed; the test reads every file and compares.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.assessments import Options
from scoring import load_instrument
from writers import Calculated, Rows, SheetOf, write_csv, write_ods, write_xls, write_xlsx

EXPECTED = Path(__file__).parent / "expected"
Levels = dict[int, Any]

I20, I18, PEMDI = load_instrument("spbe-2020"), load_instrument("spbe-2018"), load_instrument("pemdi-2026")
OFFICIAL = "Tingkat Kematangan {} Instansi Pusat/Pemerintah Daerah"


@dataclass(frozen=True)
class Case:
    name: str
    suffix: str
    write: Callable[[Path], None]
    expected: list[dict[str, Any]]
    options: Options = field(default_factory=Options)


def levels(seed: int, count: int = 47, low: int = 1, high: int = 5) -> Levels:
    chance = random.Random(seed)
    return {number: chance.randint(low, high) for number in range(1, count + 1)}


def decimals(seed: int) -> Levels:
    chance = random.Random(seed)
    return {number: chance.randint(100, 500) / 100 for number in range(1, 21)}


def name(number: int, instrument: Any = I20) -> str:
    return str(instrument.indicators[number - 1].name.id)


def said(
    agency: str, year: int, stage: str, values: Levels, instrument: str = "spbe-2020", **more: Any
) -> dict[str, Any]:
    known = {str(n): str(v) for n, v in values.items() if v is not None}
    return {"instrument": instrument, "agency": agency, "year": year, "stage": stage, "levels": known} | more


BANDUNG, GARUT, BARAT = "Pemerintah Kota Bandung", "Pemerintah Kab. Garut", "Pemerintah Kab. Bandung Barat"
CASES: list[Case] = []


def case(
    name: str, suffix: str, write: Callable[[Path], None], *expected: dict[str, Any], options: Options | None = None
) -> None:
    CASES.append(Case(name, suffix, write, list(expected), options or Options()))


def head(agency: str = "Kota Bandung", year: int = 2024, stage: str = "Penilaian Mandiri") -> list[list[Any]]:
    return [["Instansi", agency], ["Tahun", year], ["Tahap", stage], []]


def listed(values: Levels, instrument: Any = I20, show: Callable[[Any], Any] = lambda v: v) -> list[list[Any]]:
    return [[n, name(n, instrument), show(v)] for n, v in values.items()]


HEADER = ["No", "Indikator", "Nilai"]


def xlsx(rows: Rows, *merged: str, title: str = "Penilaian") -> Callable[[Path], None]:
    return lambda path: write_xlsx(path, SheetOf(title, rows, merged))


A, B, C = levels(1), levels(2), levels(3)
MINE = said(BANDUNG, 2024, "self", A)

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
case("labels_with_colons", ".xlsx", xlsx([["Nama Instansi : Pemerintah Kota Bandung"], ["Tahun : 2024"],
     ["Tahap : Mandiri"], HEADER, *listed(A)]), MINE)  # fmt: skip
case("label_and_colon_apart", ".xlsx", xlsx([["Instansi", ":", "Kota Bandung"], ["Tahun", ":", "2024"],
     ["Tahap", ":", "Mandiri"], HEADER, *listed(A)]), MINE)  # fmt: skip
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
FIVE = ["Target", "Mandiri", "Verif", "Eks", "Akhir"]
STAGES = ["target", "self", "internal", "external", "final"]


def five(seed: int) -> list[Levels]:
    return [levels(seed + n) for n in range(5)]


def side_by_side(*columns: Levels) -> list[list[Any]]:
    return [[n, name(n), *(column[n] for column in columns)] for n in range(1, 48)]


X, Y = five(20), five(30)
case("five_stages", ".xlsx", xlsx([["Kota Bandung"], ["Tahun 2024"], ["No", "Indikator", *FIVE], *side_by_side(*X)]),
     *(said(BANDUNG, 2024, stage, x) for stage, x in zip(STAGES, X, strict=True)))  # fmt: skip
case("two_years_five_stages", ".xlsx",
     xlsx([["Instansi: Kota Bandung"], [], ["No", "Indikator", 2023, *[""] * 4, 2024], ["", "", *FIVE, *FIVE],
           *side_by_side(*X, *Y)], "A3:A4", "B3:B4", "C3:G3", "H3:L3"),
     *(said(BANDUNG, year, stage, x) for year, columns in ((2023, X), (2024, Y))
       for stage, x in zip(STAGES, columns, strict=True)))  # fmt: skip
case("stage_above_years", ".xlsx",
     xlsx([["Instansi: Kota Bandung"], ["No", "Indikator", "Nilai Mandiri", "", "Nilai Pusat"],
           ["", "", 2023, 2024, 2023, 2024], *side_by_side(*X[:4])], "C2:D2", "E2:F2"),
     said(BANDUNG, 2023, "self", X[0]), said(BANDUNG, 2024, "self", X[1]),
     said(BANDUNG, 2023, "external", X[2]), said(BANDUNG, 2024, "external", X[3]))  # fmt: skip
case("synonyms", ".xlsx", xlsx([*head()[:2], ["No", "Indikator", "Capaian", "Nilai Pusat"], *side_by_side(A, B)]),
     MINE, said(BANDUNG, 2024, "external", B))  # fmt: skip
case("maturity_is_external", ".xlsx", xlsx([*head()[:2], ["No", "Indikator", "Penilaian Mandiri", "Nilai Kematangan"],
     *side_by_side(A, B)]), MINE, said(BANDUNG, 2024, "external", B))  # fmt: skip
case("final_alone_is_external", ".xlsx", xlsx([*head()[:2], ["No", "Indikator", "Target", "Mandiri", "Akhir"],
     *side_by_side(C, A, B)]), said(BANDUNG, 2024, "target", C), MINE, said(BANDUNG, 2024, "external", B))  # fmt: skip
case("weights_and_notes_beside", ".xlsx",
     xlsx([*head(), ["No", "Indikator", "Bobot (%)", "Nilai", "Nilai x Bobot", "Keterangan"],
           *([n, name(n), 1.3, A[n], 1.3 * A[n], "sudah ada SK"] for n in A)]), MINE)  # fmt: skip

# -- how indicators are written ------------------------------------------------------------------------------------

case("indikator_12", ".xlsx", xlsx([*head(), ["Indikator", "Nilai"], *([f"Indikator {n}", A[n]] for n in A)]), MINE)
case("i12", ".xlsx", xlsx([*head(), ["Kode", "Nilai"], *([f"I{n}", A[n]] for n in A)]), MINE)
case("number_and_point", ".xlsx", xlsx([*head(), ["No", "Nilai"], *([f"{n}.", A[n]] for n in A)]), MINE)
case("number_and_name_in_one_cell", ".xlsx", xlsx([*head(), ["Indikator", "Nilai"],
     *([f"{n} {OFFICIAL.format(name(n))}", A[n]] for n in A)]), MINE)  # fmt: skip
case("names_alone", ".xlsx", xlsx([*head(), ["Indikator", "Nilai"],
     *([f"Tingkat Kematangan {name(n)}", A[n]] for n in A)]), MINE)  # fmt: skip
case("names_with_small_slips", ".xlsx", xlsx([*head(), HEADER,
     *([n, name(n).replace("Layanan", "Layanan ").replace("Kebijakan", "Kebjakan"), A[n]] for n in A)]), MINE)  # fmt: skip


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
case("rows_counted_through", ".xlsx", xlsx([*head(), HEADER,
     *([n, row[1], row[2]] for n, row in enumerate(with_groups(), 1))]), MINE)  # fmt: skip
case("numbered_within_aspects", ".xlsx", xlsx([*head(), HEADER,
     *([k, i.name.id, A[i.number]] for a in I20.aspects for k, i in enumerate(I20.indicators_of(a), 1))]), MINE)  # fmt: skip
case("domain_merged_beside", ".xlsx", xlsx([*head(), ["Domain", "No", "Indikator", "Nilai"],
     *(["Domain 1 Kebijakan" if n == 1 else "", n, name(n), A[n]] for n in A)], "A6:A15"), MINE)  # fmt: skip

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
case("dash_and_blank", ".xlsx", xlsx([*head(), HEADER,
     *([n, name(n), ("-" if n % 14 == 0 else "") if v is None else v] for n, v in GAPS.items())]),
     said(BANDUNG, 2024, "self", GAPS))  # fmt: skip
case("not_assessed_in_words", ".xlsx", xlsx([*head(), HEADER, *([n, name(n), v or "Belum dinilai"] for n, v in GAPS.items())]),
     said(BANDUNG, 2024, "self", GAPS))  # fmt: skip
case("zero_is_missing", ".xlsx", xlsx([*head(), HEADER, *([n, name(n), v or 0] for n, v in GAPS.items())]),
     said(BANDUNG, 2024, "self", GAPS), options=Options(zero_is_missing=True))  # fmt: skip
case("formulas_with_values", ".xlsx", xlsx([*head(), HEADER,
     *([n, name(n), Calculated(f"=Z{n}", A[n])] for n in A)]), MINE)  # fmt: skip

# -- totals, parts -------------------------------------------------------------------------------------------------

ONES = dict.fromkeys(range(1, 48), 3)
TOTALS = {"index": "3", "rating": "Baik", "domains": {str(n): "3" for n in range(1, 5)}}
case("totals_below", ".xlsx", xlsx([*head(), HEADER, *listed(ONES),
     *(["", f"Domain {n}", "3,00"] for n in range(1, 5)), ["", "Indeks SPBE", "3,00"], ["", "Predikat", "Baik"]]),
     said(BANDUNG, 2024, "self", ONES, published=TOTALS))  # fmt: skip
ASPECTS = {"1": "2.9", "2": "1.5", "3": "2.75", "4": "3.5", "5": "2.5", "6": "8/3", "7": "3.9", "8": "17/6"}
SHOWN = {"1": "2.90", "2": "1.50", "3": "2.75", "4": "3.50", "5": "2.50", "6": "2.67", "7": "3.90", "8": "2.83"}
case("aspects_only", ".xlsx", xlsx([*head(), ["No", "Aspek", "Nilai"],
     *([a.number, a.name.id, SHOWN[str(a.number)].replace(".", ",")] for a in I20.aspects)]),
     {"instrument": "spbe-2020", "agency": BANDUNG, "year": 2024, "stage": "self",
      "aspects": {n: str(float(v)) for n, v in SHOWN.items()}})  # fmt: skip

# -- other instruments ---------------------------------------------------------------------------------------------

OLD = levels(5, 37, 0)
case("spbe_2018_with_37", ".xlsx", xlsx([*head(year=2018), HEADER, *listed(OLD, I18)]),
     said(BANDUNG, 2018, "self", OLD, "spbe-2018"))  # fmt: skip
OLD35 = levels(6, 35, 0)
case("spbe_2018_with_35_unnamed", ".xlsx", xlsx([*head(year=2019), ["No", "Nilai"], *([n, v] for n, v in OLD35.items())]),
     said(BANDUNG, 2019, "self", OLD35, "spbe-2018"))  # fmt: skip
NEW = decimals(7)
case("pemdi_comma_decimals", ".xlsx", xlsx([*head(year=2026), HEADER,
     *listed(NEW, PEMDI, lambda v: f"{v:.2f}".replace(".", ","))]),
     said(BANDUNG, 2026, "self", {n: f"{v:g}" for n, v in NEW.items()}, "pemdi-2026"))  # fmt: skip

# -- formats -------------------------------------------------------------------------------------------------------

PLAIN = [*head(), HEADER, *listed(A)]
case("old_excel", ".xls", lambda path: write_xls(path, SheetOf("Penilaian", PLAIN)), MINE)
case("old_excel_five_stages", ".xls",
     lambda path: write_xls(path, SheetOf("2024", [["Kota Bandung"], ["No", "Indikator", *FIVE], *side_by_side(*X)])),
     *(said(BANDUNG, 2024, stage, x) for stage, x in zip(STAGES, X, strict=True)))  # fmt: skip
case("opendocument", ".ods", lambda path: write_ods(path, SheetOf("Penilaian", PLAIN)), MINE)
case("opendocument_spans", ".ods",
     lambda path: write_ods(path, SheetOf("N", [["Instansi: Kota Bandung"], ["No", "Indikator", ("2023", 2), ("2024", 2)],
                                                ["", "", "Mandiri", "Eks", "Mandiri", "Eks"], *side_by_side(*X[:4])])),
     said(BANDUNG, 2023, "self", X[0]), said(BANDUNG, 2023, "external", X[1]),
     said(BANDUNG, 2024, "self", X[2]), said(BANDUNG, 2024, "external", X[3]))  # fmt: skip
case("csv_semicolon", ".csv", lambda path: write_csv(path, PLAIN, ";", "utf-8-sig"), MINE)
case("csv_comma", ".csv", lambda path: write_csv(path, PLAIN, ","), MINE)
case("csv_tab_utf16", ".csv", lambda path: write_csv(path, PLAIN, "\t", "utf-16"), MINE)
case("csv_utf16_unmarked", ".csv", lambda path: write_csv(path, PLAIN, ";", "utf-16-le"), MINE)
case("csv_windows", ".csv", lambda path: write_csv(path, [*head(), HEADER, *listed(A, show=lambda v: f"Level {v} – Optimal")],
     ";", "cp1252"), MINE)  # fmt: skip
case("csv_sep_line", ".csv", lambda path: write_csv(path, PLAIN, ";", first="sep=;\r\n"), MINE)
case("macros_are_data", ".xlsm", lambda path: _with_macros(path), MINE)
case("hidden_sheet", ".xlsx", lambda path: write_xlsx(path, SheetOf("Penilaian", PLAIN),
     SheetOf("Acuan", [*head("Kota Cimahi"), HEADER, *listed(B)], hidden=True)), MINE)  # fmt: skip
CONTRACT = {"agency": "Kota Bandung", "year": 2024, "stage": "self", "levels": A}
case("json_alone", ".json", lambda path: _write_json(path, CONTRACT), MINE)
case("json_list", ".json", lambda path: _write_json(path, [CONTRACT, CONTRACT | {"year": 2023, "levels": B}]),
     MINE, said(BANDUNG, 2023, "self", B))  # fmt: skip

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
BOGOR = {"instrument": "spbe-2020", "agency": "Pemerintah Kab. Bogor", "year": 2023, "stage": "external",
         "domains": {"1": "3.7", "2": "3.2", "3": "2.45", "4": "4.45"}, "published": {"index": "3.71", "rating": "Sangat Baik"}}  # fmt: skip
case("official_table", ".csv", lambda path: write_csv(path, [
     ["year", "group", "agency", "level", "d1", "d2", "d3", "d4", "index", "rating"],
     [2023, "Jawa Barat", "Pemerintah Provinsi Jawa Barat", "prov", "4.70", "4.00", "2.91", "4.51", "4.14", "Sangat Baik"],
     [2023, "Jawa Barat", "Kabupaten Bogor", "kab", "3.70", "3.20", "2.45", "4.45", "3.71", "Sangat Baik"]], ","),
     PROVINCE, BOGOR)  # fmt: skip
case("ministry_table", ".xlsx", xlsx([["Tabel 20. Hasil Evaluasi SPBE Tahun 2023"], [],
     ["No", "Nama Instansi", "D1", "D2", "D3", "D4", "Indeks", "Predikat"],
     [1, "Pemerintah Provinsi\nJawa Barat", "4,70", "4,00", "2,91", "4,51", "4,14", "Sangat Baik"],
     [2, "Pemerintah Kab. Bogor", "3,70", "3,20", "2,45", "4,45", "3,71", "Sangat Baik"],
     ["", "Rata-rata", "4,20", "3,60", "2,68", "4,48", "3,93", ""]]), PROVINCE, BOGOR)  # fmt: skip
case("domains_by_name", ".xlsx", xlsx([["Hasil Evaluasi Eksternal Tahun 2023"], [],
     ["No", "Instansi", "Kebijakan", "Tata Kelola", "Manajemen", "Layanan", "Indeks SPBE", "Predikat"],
     [1, "Provinsi Jawa Barat", 4.7, 4, 2.91, 4.51, 4.14, "Sangat Baik"]]), PROVINCE)  # fmt: skip
case("agencies_down_indicators_across", ".xlsx", xlsx([["Penilaian Mandiri Tahun 2024"], [],
     ["No", "Instansi", *(f"I{n}" for n in range(1, 48))],
     [1, "Kota Bandung", *A.values()], [2, "Kab Garut", *B.values()], [3, "Kab. Bandung\nBarat", *C.values()]]),
     MINE, said(GARUT, 2024, "self", B), said(BARAT, 2024, "self", C))  # fmt: skip
case("indicators_across_by_number", ".xlsx", xlsx([["Penilaian Mandiri Tahun 2024"], [],
     ["Instansi", *range(1, 48)], ["Kota Bandung", *A.values()], ["Kabupaten Garut", *B.values()]]),
     MINE, said(GARUT, 2024, "self", B))  # fmt: skip
case("one_row_a_year", ".xlsx", xlsx([["Instansi", "Tahun", "Tahap", *(f"I{n}" for n in range(1, 48))],
     ["Kota Bandung", 2023, "Eksternal", *B.values()], ["", 2024, "Mandiri", *A.values()]], "A2:A3"),
     said(BANDUNG, 2023, "external", B), MINE)  # fmt: skip
case("one_row_a_figure", ".xlsx", xlsx([["Instansi", "Tahun", "Tahap", "Indikator", "Nilai"],
     *([agency, 2024, "Mandiri", f"Indikator {n}", v] for agency, values in (("Kota Bandung", A), ("Kab. Garut", B))
       for n, v in values.items())]), MINE, said(GARUT, 2024, "self", B))  # fmt: skip
case("one_sheet_an_agency", ".xlsx", lambda path: write_xlsx(path,
     SheetOf("Kota Bandung", [["Penilaian Mandiri 2024"], ["Tahun 2024"], HEADER, *listed(A)]),
     SheetOf("Kab. Garut", [["Penilaian Mandiri 2024"], ["Tahun 2024"], HEADER, *listed(B)])),
     MINE, said(GARUT, 2024, "self", B))  # fmt: skip
case("one_sheet_a_stage", ".xlsx", lambda path: write_xlsx(path,
     SheetOf("Identitas", [["Nama Instansi", "Pemerintah Kota Bandung"], ["Tahun", 2024]]),
     SheetOf("Mandiri", [HEADER, *listed(A)]), SheetOf("Eksternal", [HEADER, *listed(B)])),
     MINE, said(BANDUNG, 2024, "external", B))  # fmt: skip
case("said_by_the_person", ".xlsx", xlsx([HEADER, *listed(A)]), MINE,
     options=Options(agency="kota bandung", year=2024, stage="self"))  # fmt: skip
case("kota-bandung-2024-mandiri", ".xlsx", xlsx([["No", "Indikator", "Mandiri"], *listed(A)]), MINE)

# -- the ministry's service ----------------------------------------------------------------------------------------

TAUVAL = [("D2001", "2.9000000000"), ("A2001", "2.9000000000"), ("D2002", "2.4000000000"), ("A2002", "1.5000000000"),
          ("A2003", "2.7500000000"), ("A2004", "3.5000000000"), ("D2003", "2.5454545455"), ("A2005", "2.5000000000"),
          ("A2006", "2.6666666667"), ("D2004", "3.4780219780"), ("A2007", "3.9000000000"), ("A2008", "2.8333333333"),
          ("INDEKS", "2.9795000000")]  # fmt: skip
SERVED = {"instrument": "spbe-2020", "agency": BANDUNG, "year": 2024, "stage": "external",
          "aspects": {"1": "2.9", "2": "1.5", "3": "2.75", "4": "3.5", "5": "2.5", "6": "2.6666666667", "7": "3.9",
                      "8": "2.8333333333"},
          "published": {"index": "2.9795", "domains": {"1": "2.9", "2": "2.4", "3": "2.5454545455", "4": "3.478021978"}}}  # fmt: skip
case("tauval_table", ".csv", lambda path: write_csv(path, [
     ["instrument", "year", "instansi", "level", "kind", "indicator_or_aggregate_code", "value"],
     *(["PermenPANRB59/2020", 2024, "Kota Bandung", "kota", "eksternal", code, value] for code, value in TAUVAL)], ","),
     SERVED)  # fmt: skip
case("tauval_document", ".json", lambda path: _write_json(path, {"status": "ok", "data": [
     {"nama_instansi": "Kota Bandung", "tahun": 2024, "nilai": [{"kode": c, "nilai": v} for c, v in TAUVAL]}]}),
     SERVED)  # fmt: skip
case("tauval_keys", ".json", lambda path: _write_json(path, [{"instansi": "Kota Bandung", "tahun": "2024"} | dict(TAUVAL)]),
     SERVED)  # fmt: skip


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def _with_macros(path: Path) -> None:
    import zipfile

    write_xlsx(path, SheetOf("Penilaian", PLAIN))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"macro")


def main() -> None:
    """Write what each file says to ``expected/``."""
    EXPECTED.mkdir(exist_ok=True)
    for one in CASES:
        text = json.dumps(one.expected, indent=1, ensure_ascii=False) + "\n"
        (EXPECTED / f"{one.name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
