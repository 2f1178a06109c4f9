"""spbe export and spbe instrument: the file, the refusals, and nothing on standard output but the page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from bots.assembly import Installation
from bots.command_line import app


@pytest.fixture
def folder(house: Installation) -> str:
    return str(house.settings.data_dir)


def run(folder: str, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["--data-dir", folder, *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_export_writes_the_report(folder: str, tmp_path: Path) -> None:
    to = tmp_path / "laporan.pdf"
    code, out, err = run(folder, "export", "--agency", "Bandar Lampung", "--year", "2024", "--to", str(to))
    assert (code, out) == (0, "")
    assert "laporan.pdf: sudah ditulis." in err
    assert to.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--agency", "Kab. Entah Berantah", "--to", "a.pdf"), "tidak ada dalam register"),
        (("--agency", "Bandar Lampung", "--year", "1999", "--to", "a.pdf"), "Tidak ada data"),
        (("--agency", "Bandar Lampung", "--stage", "besok", "--to", "a.pdf"), "Tahap 'besok'"),
        (("--agency", "Bandar Lampung", "--to", "a.txt"), "Yang diterima: .pdf, .xlsx, .docx"),
        (("--agency", "Bandar Lampung", "--to", "none/a.pdf"), "tidak dapat ditulis"),
        (("--agency", "Bandar Lampung", "--target", "besar", "--to", "a.pdf"), "Target 'besar'"),
        (("--to", "a.pdf"), "Sebutkan instansinya"),
    ],
)
def test_export_refuses_with_the_reason(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(folder, "export", *words)
    assert (code, out) == (1, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_instrument_prints_or_writes_the_page(folder: str, tmp_path: Path) -> None:
    code, out, _ = run(folder, "instrument", "spbe-2018", "--lang", "en")
    assert code == 0
    assert out.startswith("# SPBE index, 35 indicators")
    code, out, _ = run(folder, "instrument", "--to", str(tmp_path))
    assert (code, out) == (0, "")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["pemdi-2026.md", "spbe-2018.md", "spbe-2020.md"]


def test_an_unknown_instrument_is_refused(folder: str) -> None:
    code, _, err = run(folder, "instrument", "spbe-2021")
    assert code == 1
    assert "Yang ada: pemdi-2026" in err


def test_export_with_the_agencys_own_costs_plans_by_them_and_shows_them(folder: str, tmp_path: Path) -> None:
    costs = tmp_path / "biaya.json"
    prices = [{"indikator": 42, "tingkat": level, "biaya": "0,5", "minggu": 6} for level in (2, 3, 4, 5)]
    costs.write_text(json.dumps(prices), encoding="utf-8")
    to = tmp_path / "laporan.xlsx"
    words = ("export", "--agency", "Bandar Lampung", "--year", "2024", "--to", str(to), "--costs", str(costs))
    code, _, err = run(folder, *words)
    assert code == 0, err
    plan = openpyxl.load_workbook(to)["Rencana"]
    assert [plan.cell(4, column).value for column in (13, 14)] == ["Biaya", "Minggu"]
    rows = {plan.cell(row, 1).value: row for row in range(5, plan.max_row + 1) if plan.cell(row, 1).value}
    row, steps = rows[42], plan.cell(rows[42], 5).value - plan.cell(rows[42], 4).value
    assert (plan.cell(row, 13).value, plan.cell(row, 14).value) == (steps / 2, steps * 6)
    last = max(rows.values())
    assert plan.cell(last + 1, 13).value == f"=SUM(M5:M{last})"
    costs.write_text('[{"indikator": 99, "tingkat": 2, "biaya": 1}]', encoding="utf-8")
    code, _, err = run(folder, *words)
    assert code == 1 and "indikator 99 tidak ada" in err


def test_trend_shows_where_the_instrument_changes(folder: str, report_of: Callable[..., Any]) -> None:
    report_of(year=2025, levels=dict.fromkeys(range(1, 48), 3), stage="external")
    report_of(instrument="pemdi-2026", year=2026, levels=dict.fromkeys(range(1, 21), "2.5"), stage="external")
    code, out, _ = run(folder, "trend", "--agency", "Kab. Sumedang")
    assert code == 0
    lines = out.splitlines()
    (at,) = [place for place, line in enumerate(lines) if line.startswith("----  Instrumen berganti")]
    assert "(spbe-2020, external)" in lines[at - 1] and "(pemdi-2026, external)" in lines[at + 1]
