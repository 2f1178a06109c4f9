"""How many cells a workbook would spread over, counted before a parser spreads them.

A cell in the last corner of a sheet, or a repeated one, takes forty bytes in a file and hundreds of gigabytes as a
table; calamine allocates that table, and the process ends.
"""

import zipfile
from io import BytesIO
from xml.parsers import expat


class Unreadable(Exception):  # noqa: N818 - named after the state
    """A part that holds a sheet is no well-formed XML."""


def cells(content: bytes, kind: str) -> int:
    """Cells of all sheets from the first to the last that holds something, however few of them do.

    Args:
        content: of the file. kind: xlsx or ods.

    Raises:
        Unreadable: a part with a sheet cannot be read here, so nobody knows what another parser makes of it.
    """
    total = 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            if kind == "ods":
                total += _spread(archive.read(part), _Ods()) if part.filename == "content.xml" else 0
            elif b"sheetData" in (text := archive.read(part)):  # whatever the part is called
                total += _spread(text, _Xlsx())
    return total


def _spread(text: bytes, reader: "_Xlsx | _Ods") -> int:
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError, LookupError) as reason:
        raise Unreadable from reason
    return reader.total


def _no_document_type(*_: object) -> None:
    raise Unreadable


class _Xlsx:
    """Counts a worksheet: rows and cells say where they stand, or follow the one before."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._rows = self._columns = 0

    @property
    def total(self) -> int:
        return self._rows * self._columns

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
            case "c":
                place = attributes.get("r", "")
                digits = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
                self._column = _letters(place[: len(place) - len(digits)]) if place else self._column + 1
                self._row = int(digits) if digits else self._row
            case "v" | "is" | "f" | "t":  # the cell holds something
                self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)

    def end(self, name: str) -> None:
        """Nothing ends anything here: a worksheet is one table."""


class _Ods:
    """Counts the tables of an open document: rows and cells are repeated by a number."""

    def __init__(self) -> None:
        self.total = 0
        self._rows = self._waiting = self._width = self._columns = self._column = 0
        self._repeated = self._cell = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "table":
                self._rows = self._waiting = self._width = 0
            case "table-row":
                self._repeated = int(attributes.get("table:number-rows-repeated", 1))
                self._column = self._columns = 0
            case "table-cell" | "covered-table-cell":
                self._cell = int(attributes.get("table:number-columns-repeated", 1))
                self._column += self._cell
                if any(_local(key) in ("value-type", "value", "formula") for key in attributes):
                    self._columns = self._column
            case "p":
                self._columns = self._column

    def end(self, name: str) -> None:
        match _local(name):
            case "table-row" if self._columns:
                self._rows += self._waiting + self._repeated
                self._waiting, self._width = 0, max(self._width, self._columns)
            case "table-row":
                self._waiting += self._repeated
            case "table":
                self.total += self._rows * self._width


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _letters(column: str) -> int:
    """The number of a column: A is 1, XFD 16,384."""
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - 64
    return number
