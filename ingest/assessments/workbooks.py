"""XLSX, XLS and ODS as sheets."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ingest.assessments import extent
from ingest.assessments.cells import Sheet, Spoiled
from ingest.assessments.containers import damaged
from ingest.assessments.figures import Note
from ingest.assessments.refusals import refuse
from scoring.refusal import Text

MOST_CELLS = 2_000_000  # a text cell takes some 200 bytes once it is read
_FORMULA_OR_ERROR = re.compile(rb'<f[ >/]|t="e"')


def read_workbook(content: bytes, name: str, kind: str) -> tuple[list[Sheet], list[Note]]:
    """The visible sheets of a workbook, formulas as the values that were last calculated.

    Raises:
        RefusedInput: damaged, or more cells than a table of assessments has.
    """
    if kind in ("xlsx", "ods"):
        try:
            spread = extent.cells(content, kind)
        except (extent.Unreadable, zipfile.BadZipFile, ValueError, EOFError, OSError, zlib.error) as reason:
            raise damaged(name) from reason
        if spread > MOST_CELLS:
            raise _too_many(name, spread)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets, notes = _sheets(book, name, kind)
    except (CalamineError, OSError, ValueError) as reason:
        raise damaged(name) from reason
    except BaseException as reason:
        if type(reason).__name__ == "PanicException":  # calamine gives up on some damaged files
            raise damaged(name) from reason
        raise
    if kind == "xlsx":
        _mark_spoiled(content, sheets)
    return sheets, notes


def _sheets(book: CalamineWorkbook, name: str, kind: str) -> tuple[list[Sheet], list[Note]]:
    sheets: list[Sheet] = []
    notes: list[Note] = []
    cells = 0
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        if about.visible != SheetVisibleEnum.Visible:
            notes.append(_hidden(name, about.name))
            continue
        read = book.get_sheet_by_name(about.name)
        end = read.end
        if end is not None:
            cells += (end[0] + 1) * (end[1] + 1)
        if cells > MOST_CELLS:
            raise _too_many(name, cells)
        rows: list[list[Any]] = read.to_python(skip_empty_area=False)
        spans = _spans(read.merged_cell_ranges) if kind != "ods" else None
        sheets.append(Sheet(about.name, rows, name, spans))
    return sheets, notes


def _spans(merged: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> dict[tuple[int, int], int]:
    """Cells of areas merged downwards, each with the row of its area's first cell."""
    return {
        (row, left): top
        for (top, left), (bottom, _) in merged or []
        for row in range(top + 1, min(bottom, top + 5000) + 1)
    }


def _mark_spoiled(content: bytes, sheets: list[Sheet]) -> None:
    """Put marks where calamine leaves a blank: formulas without a calculated value, and errors."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        if not any(_FORMULA_OR_ERROR.search(archive.read(part)) for part in parts):
            return
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        for sheet in sheets:
            for cells in book[sheet.name or ""].iter_rows():
                for cell in cells:
                    if cell.value is None or cell.data_type not in ("f", "e"):
                        continue
                    row, column = cell.row - 1, cell.column - 1
                    if sheet.cell(row, column) == "":
                        _put(sheet, row, column, Spoiled(str(cell.value)[:80]))
    finally:
        book.close()


def _put(sheet: Sheet, row: int, column: int, mark: Spoiled) -> None:
    while len(sheet.rows) <= row:
        sheet.rows.append([])
    cells = sheet.rows[row]
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = mark


def _hidden(file: str, sheet: str) -> Note:
    return Note(
        "ignored",
        Text(
            id=f'{file}, lembar "{sheet}": tersembunyi, tidak dibaca.',
            en=f'{file}, sheet "{sheet}": hidden, not read.',
        ),
    )


def _too_many(name: str, cells: int) -> Exception:
    return refuse(
        "too_many_cells",
        name,
        Text(id=f"lembarnya mempunyai {cells} sel", en=f"its sheets have {cells} cells"),
        Text(id=f"paling banyak {MOST_CELLS} sel", en=f"at most {MOST_CELLS} cells"),
        Text(
            id="Hapus baris dan kolom kosong di luar tabel, simpan, lalu jalankan perintah yang sama.",
            en="Delete the empty rows and columns around the table, save, and run the same command.",
        ),
        file=name,
        cells=cells,
    )
