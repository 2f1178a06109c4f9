"""Files: the extension decides, refusals say what to do, and nothing half-written stays behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.reports import writing
from assistant.reports.content import Report
from assistant.reports.writing import format_of, put, write
from scoring import RefusedInput

Reports = Callable[..., Report]


@pytest.mark.parametrize("name", ["a.PDF", "b.xlsx", "c.docx"])
def test_the_extension_decides_the_format(report_on: Reports, tmp_path: Path, name: str) -> None:
    write(report_on("Kab. Indramayu", stage="self"), tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a.xls", "a.doc", "a", "a.pdf.exe"])
def test_other_extensions_are_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(RefusedInput) as refusal:
        format_of(Path(name))
    assert refusal.value.code == "unknown_format"
    assert ".pdf, .xlsx, .docx" in refusal.value.message.id
    assert ".pdf, .xlsx, .docx" in refusal.value.message.en


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput) as refusal:
        put(b"x", tmp_path / "none" / "a.pdf")
    assert refusal.value.code == "not_writable"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(RefusedInput) as refusal:
        put(b"x", tmp_path / "a.pdf")
    assert refusal.value.code == "not_writable"
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]


def test_a_write_that_breaks_off_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(RefusedInput) as refusal:
        put(b"new", tmp_path / "a.pdf")
    assert "No space left" in refusal.value.message.en
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.pdf": b"old"}
