"""A workbook that we export imports again as what it holds, also after an official changed it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.reports.workbook import workbook
from bots.assembly import Installation
from ingest.assessments import Reading, read_assessments
from scoring import RefusedInput

LEVELS = {number: 1 + (number * 7) % 5 for number in range(1, 48)}
DECIMALS = {number: f"{1 + (number * 37) % 400 / 100:.2f}" for number in range(1, 21)}
KNOWN: dict[str, dict[str, Any]] = {
    "levels": {"year": 2024, "levels": LEVELS},
    "some levels": {"year": 2023, "levels": {n: v for n, v in LEVELS.items() if n % 6}},
    "in English": {"year": 2024, "levels": LEVELS, "stage": "self", "language": "en"},
    "aspects": {"year": 2022, "aspects": {n: f"{1 + n / 4:.2f}" for n in range(1, 9)}},
    "domains": {"year": 2021, "domains": {1: "2.1", 2: "3.4", 3: "2.64", 4: "3.51"}, "stage": "final"},
    "decimals": {"instrument": "pemdi-2026", "year": 2026, "levels": DECIMALS},
    "scores of 2018": {"instrument": "spbe-2018", "year": 2019, "levels": {n: n % 6 for n in range(1, 38)}},
}


def imported(path: Path, house: Installation) -> Reading:
    return read_assessments(path, house.records.register)


@pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN.keys())
def test_an_exported_workbook_imports_as_what_it_holds(
    known: dict[str, Any], report_of: Callable[..., Any], house: Installation, tmp_path: Path
) -> None:
    report = report_of(**known)
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(workbook(report))
    (read,) = imported(path, house).assessments
    assert read.assessment == report.assessment.model_copy(update={"published": None})


@pytest.mark.parametrize("stage", ["penilaian mandiri", "target"])
def test_changed_levels_and_stage_are_read_although_no_formula_was_calculated(
    stage: str, report_of: Callable[..., Any], house: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(workbook(report_of(year=2024, levels=LEVELS)))
    book = openpyxl.load_workbook(path)
    sheet = book["Indikator"]
    rows = {sheet.cell(row, 1).value: row for row in range(5, 52)}
    changed = {1: 5, 17: 4, 47: 1}
    for number, level in changed.items():
        sheet.cell(rows[number], 6).value = level
    sheet.cell(rows[20], 6).value = None
    (said,) = [cell for row in sheet.iter_rows(max_row=4) for cell in row if str(cell.value).startswith("Tahap:")]
    said.value = f"Tahap: {stage}"
    book.save(path)
    (read,) = imported(path, house).assessments
    assert read.assessment.levels == {n: v for n, v in (LEVELS | changed).items() if n != 20}
    assert read.assessment.stage == {"penilaian mandiri": "self", "target": "target"}[stage]
    assert read.blanks == 1


def test_every_sheet_but_that_of_the_inputs_points_to_it(
    report_of: Callable[..., Any], house: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(workbook(report_of(year=2024, levels=LEVELS)))
    others = [name for name in openpyxl.load_workbook(path).sheetnames if name != "Indikator"]
    ignored = [text.id for text in imported(path, house).report.of("ignored")]
    for name in others:
        assert f'laporan.xlsx, lembar "{name}": menunjuk ke lembar "Indikator", yang dibaca lembar itu.' in ignored


def test_a_level_written_as_a_formula_without_a_value_is_refused(
    report_of: Callable[..., Any], house: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(workbook(report_of(year=2024, levels=LEVELS)))
    book = openpyxl.load_workbook(path)
    book["Indikator"].cell(5, 6).value = "=1+1"
    book.save(path)
    with pytest.raises(RefusedInput) as refused:
        imported(path, house)
    assert refused.value.code == "formula_without_value"
    assert "baris 5, kolom F" in refused.value.message.id
