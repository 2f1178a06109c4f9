"""spbe export and spbe instrument: the file, the refusals, and nothing on standard output but the page."""

from pathlib import Path

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
