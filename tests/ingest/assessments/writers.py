"""Writes tables in the formats that spreadsheet programs write."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Calculated:
    """A formula with the value it was last calculated to; None: it never was."""

    formula: str
    value: Any


@dataclass(frozen=True)
class SheetOf:
    name: str
    rows: Rows
    merged: tuple[str, ...] = ()
    hidden: bool = False


def write_xlsx(path: Path, *sheets: SheetOf) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    calculated: list[dict[str, Any]] = []
    for one in sheets:
        sheet = book.create_sheet(one.name)
        sheet.sheet_state = "hidden" if one.hidden else "visible"
        formulas: dict[str, Any] = {}
        for r, row in enumerate(one.rows, 1):
            for c, value in enumerate(row, 1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(r, c)
                if isinstance(value, Calculated):
                    cell.value = value.formula
                    formulas[cell.coordinate] = value.value
                else:
                    cell.value = value
        for area in one.merged:
            sheet.merge_cells(area)
        calculated.append(formulas)
    book.save(path)
    if any(calculated):
        _put_values(path, calculated)


def _put_values(path: Path, calculated: list[dict[str, Any]]) -> None:
    """Give formulas the values that a spreadsheet program would have kept beside them."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    for number, formulas in enumerate(calculated, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        text = parts[name].decode()
        for cell, value in formulas.items():
            if value is None:
                continue
            pattern = rf'(<c r="{cell}"[^>]*>)(<f>.*?</f>)<v\s*/?>(?:</v>)?'
            text, count = re.subn(pattern, rf"\g<1>\g<2><v>{value}</v>", text)
            assert count == 1, cell
        parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def write_xls(path: Path, *sheets: SheetOf) -> None:
    book = xlwt.Workbook()
    for one in sheets:
        sheet = book.add_sheet(one.name)
        for r, row in enumerate(one.rows):
            for c, value in enumerate(row):
                if value not in (None, ""):
                    sheet.write(r, c, value)
    book.save(str(path))


def write_ods(path: Path, *sheets: SheetOf) -> None:
    """``merged`` areas are not needed: a cell wider than one is given as ("text", span)."""
    book = OpenDocumentSpreadsheet()
    for one in sheets:
        table = Table(name=one.name)
        for row in one.rows:
            line = TableRow()
            for value in row:
                for cell in _ods_cells(value):
                    line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cells(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        cell = TableCell(valuetype="string", numbercolumnsspanned=value[1])
        cell.addElement(P(text=value[0]))
        return [cell, *(CoveredTableCell() for _ in range(value[1] - 1))]
    if value in (None, ""):
        return [TableCell()]
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=value)
        cell.addElement(P(text=str(value)))
        return [cell]
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return [cell]


def write_csv(path: Path, rows: Rows, delimiter: str = ";", encoding: str = "utf-8", first: str = "") -> None:
    text = io.StringIO()
    text.write(first)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if value is None else value for value in row])
    path.write_bytes(text.getvalue().encode(encoding))
