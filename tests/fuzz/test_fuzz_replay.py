"""The corpus of the fuzzers, every file of it, without a fuzzer: what was once found stays mended."""

import threading
from pathlib import Path

import pytest

from bench import fuzz
from ingest.assessments.options import Options
from ingest.assessments.reading import read_assessments
from scoring import RefusedInput
from scoring.figures import exactly
from tests.fuzz.targets import CORPUS, TARGETS, _ods, _xlsx

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row>{row}</sheetData></worksheet>'
)
CORNER = SHEET.format(row='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
REPEATED = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
ROW = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
)
EMPTY = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501


def test_every_target_has_a_corpus_and_is_fuzzed() -> None:
    assert set(TARGETS) == set(fuzz.NAMES) == {folder.name for folder in CORPUS.iterdir()}
    for folder in CORPUS.iterdir():
        assert len(list(folder.iterdir())) >= 4, folder.name


@pytest.mark.parametrize("target", fuzz.NAMES)
def test_nothing_of_the_corpus_breaks_a_promise(target: str) -> None:
    for path in sorted((CORPUS / target).iterdir()):
        try:
            TARGETS[target](path.read_bytes())
        except Exception as problem:
            problem.add_note(f"{target}/{path.name}")
            raise


def test_the_corpus_holds_files_of_every_format_that_are_read(tmp_path: Path) -> None:
    """Otherwise the fuzzers would only see refusals."""
    for name, suffix in (("sheet-rows", "xlsx"), ("ods-rows", "ods"), ("csv-rows", "csv"), ("json-levels", "json")):
        data = (CORPUS / "assessments" / name).read_bytes()[1:]
        made = {"sheet-rows": _xlsx, "ods-rows": _ods}.get(name, bytes)(data)
        path = tmp_path / f"nilai.{suffix}"
        path.write_bytes(made)
        said = Options(agency="Kota Contoh", year=2024, stage="self")
        try:
            assert read_assessments(path, None, said).assessments
        except RefusedInput as refused:
            raise AssertionError((name, refused.message.en)) from refused


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sudut.xlsx", _xlsx(CORNER.encode())),
        ("ulang.ods", _ods(REPEATED.format(rows=ROW.format(rows=1_000, columns=16_384)).encode())),
        ("banyak.ods", _ods(REPEATED.format(rows=ROW.format(rows=1_000, columns=1_000) * 30).encode())),
    ],
)
def test_a_small_workbook_that_spreads_over_millions_of_cells_is_refused_at_once(
    name: str, content: bytes, tmp_path: Path
) -> None:
    """Such a file of two kilobytes ended the process: its table would have taken hundreds of gigabytes."""
    assert len(content) < 10_000
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedInput) as refused:
        read_assessments(tmp_path / name, None)
    assert refused.value.code == "too_many_cells"


def test_empty_rows_and_styled_cells_far_below_do_not_count(tmp_path: Path) -> None:
    """Spreadsheet programs fill a sheet with them."""
    styled = SHEET.format(row='<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    table = REPEATED.format(rows=ROW.format(rows=2, columns=2) + EMPTY)
    for name, content in (("gaya.xlsx", _xlsx(styled.encode())), ("kosong.ods", _ods(table.encode()))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RefusedInput) as refused:
            read_assessments(tmp_path / name, None)
        assert refused.value.code == "no_table"


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SHEET.format(row="")
    (tmp_path / "bom.xlsx").write_bytes(_xlsx(bomb.encode()))
    with pytest.raises(RefusedInput) as refused:
        read_assessments(tmp_path / "bom.xlsx", None)
    assert refused.value.code == "file_damaged"


@pytest.mark.parametrize("number", ["1e999999999", "-1E-999999999", "9" * 5_000, "1/" + "9" * 5_000])
def test_a_number_that_would_fill_the_memory_is_no_number(number: str) -> None:
    done = threading.Event()

    def read() -> None:
        with pytest.raises(ValueError, match="not a number"):
            exactly(number)
        done.set()

    threading.Thread(target=read, daemon=True).start()
    assert done.wait(5), "it takes forever"
