"""Cells of the workbook: text that stays text, inputs, formulas, number formats."""

import textwrap
from collections.abc import Sequence
from fractions import Fraction

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.reports.wording import printable
from scoring import Language

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ACCENT, _INPUT = (PatternFill("solid", fgColor=colour) for colour in ("0B5394", "FFF2CC"))
_RULE = Border(bottom=Side("thin", color="B8C4D0"))
_FONT = "Calibri"
_LINE = 15.0  # points
_HIGHEST_ROW = 409.0  # points; Excel takes no more


def number_format(language: Language, places: int | str = 2) -> str:
    """A format whose decimal mark is the language's; ``places`` "+" shows the sign and up to four decimals."""
    locale = "[$-421]" if language == "id" else "[$-409]"
    if places == "+":
        return f"{locale}+0.00##;{locale}-0.00##;{locale}0.00"
    return locale + ("0" if places == 0 else f"0.{'0' * int(places)}")


def text(sheet: Worksheet, row: int, column: int, words: str, *, bold: bool = False) -> Cell:
    """Write words that no spreadsheet takes for a formula, whatever they begin with.

    They are stored as text; the mark of a leading apostrophe keeps them text when the cell is edited.
    """
    cell = _cell(sheet, row, column)
    cell.value = printable(words)
    cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
    cell.alignment = Alignment(vertical="top", wrap_text=True, indent=1 if column > 1 else 0)
    if words.startswith(_FORMULA_STARTS) or printable(words).startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if bold:
        cell.font = Font(name=_FONT, bold=True)
    return cell


def number(sheet: Worksheet, row: int, column: int, value: Fraction | int, shape: str) -> Cell:
    """Write a number; a fraction that ends within a double's digits is written exactly as it reads."""
    return _filled(sheet, row, column, int(value) if value == int(value) else float(value), shape)


def formula(sheet: Worksheet, row: int, column: int, expression: str, shape: str) -> Cell:
    """Write a formula, without its equals sign."""
    return _filled(sheet, row, column, f"={expression}", shape)


def entry(sheet: Worksheet, row: int, column: int, value: Fraction | None, shape: str) -> Cell:
    """Write a cell that is meant to be changed; empty where nothing is known."""
    cell = _cell(sheet, row, column)
    if value is not None:
        cell.value = int(value) if value == int(value) else float(value)
    cell.number_format = shape
    cell.fill = _INPUT
    cell.border = _RULE
    return cell


def head(sheet: Worksheet, row: int, titles: Sequence[str], widths: Sequence[float]) -> None:
    """The head of a table: it stays in sight, is repeated in print, and sets the widths (characters)."""
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = text(sheet, row, column, title)
        cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
        cell.fill = _ACCENT
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit(sheet, row)
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def title(sheet: Worksheet, words: str, under: str = "") -> None:
    """The title of a sheet in its first row, one sentence of explanation in the second."""
    text(sheet, 1, 1, words).font = Font(name=_FONT, bold=True, size=14, color="0B5394")
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    if under:
        text(sheet, 2, 1, under).alignment = Alignment(wrap_text=False)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def line(sheet: Worksheet, row: int, column: int, words: str) -> None:
    """Write words that run on over the empty cells beside them."""
    text(sheet, row, column, words).alignment = Alignment(wrap_text=False)


def fit(sheet: Worksheet, row: int, width: float | None = None) -> None:
    """Make a row as high as its texts need.

    Args:
        width: of the text in characters, where it runs over merged columns; else each column's own.
    """
    lines = 1
    for column in range(1, sheet.max_column + 1):
        words = sheet.cell(row, column).value
        if isinstance(words, str) and not words.startswith("="):
            across = width or sheet.column_dimensions[get_column_letter(column)].width
            lines = max(lines, len(textwrap.wrap(words, max(4, int(across) - 2))))
    sheet.row_dimensions[row].height = min(_LINE * lines, _HIGHEST_ROW)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _filled(sheet: Worksheet, row: int, column: int, value: float | str, shape: str) -> Cell:
    cell = _cell(sheet, row, column)
    cell.value = value
    cell.number_format = shape
    cell.border = _RULE
    cell.alignment = Alignment(vertical="top")
    return cell
