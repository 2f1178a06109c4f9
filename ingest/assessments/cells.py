"""A sheet as cells with addresses, and what a cell says as a value."""

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from scoring.figures import exactly
from scoring.refusal import Text

NOT_ASSESSED = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "nihil", "null", "none", "belum dinilai", "belum ada nilai"}
    | {"tidak dinilai", "belum", "not assessed", "(kosong)", "kosong", "tba"}
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_IN_WORDS = {"nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_NAMED_LEVEL = re.compile(
    r"^(?:(?:level|tingkat(?:\s+kematangan)?|tkt|tk|lvl|lv|l|nilai|skor)\.?\s*[:\-]?\s*([+-]?\d+(?:[.,]\d+)?|iv|v|i{1,3}))(?![\d.,])(?:\W.*)?$",
    re.I | re.S,
)
_LED_LEVEL = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:[-–—:=(]|\.\s)\s*[^\d\s].*$", re.S)


@dataclass(frozen=True)
class Spoiled:
    """A cell whose value cannot be known: a formula that was never calculated, or an error."""

    formula: str


@dataclass
class Sheet:
    """One sheet: rows of cells from A1.

    Attributes:
        name: as the workbook has it; None for a format without sheets.
        file: name of the file, for messages.
        spans: cells of merged areas to the row of the area's first cell; None where the format does not say.
    """

    name: str | None
    rows: list[list[Any]]
    file: str
    spans: dict[tuple[int, int], int] | None = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Any:
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if 0 <= column < len(cells) else ""

    def spanned(self, row: int, column: int) -> Any:
        """The cell, or the first cell of the merged area it belongs to."""
        if self.spans is None:
            while row > 0 and blank(self.cell(row, column)):
                row -= 1
        return self.cell((self.spans or {}).get((row, column), row), column)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def place(self) -> Text:
        if self.name is None:
            return Text(id=self.file, en=self.file)
        return Text(id=f'{self.file}, lembar "{self.name}"', en=f'{self.file}, sheet "{self.name}"')

    def at(self, row: int, column: int | None = None, header: str = "") -> Text:
        """The address of a cell as people find it."""
        named = f' "{header}"' if header else ""
        end_id = "" if column is None else f", kolom {letters(column)}{named}"
        end_en = "" if column is None else f", column {letters(column)}{named}"
        return Text(id=f"{self.place.id}, baris {row + 1}{end_id}", en=f"{self.place.en}, row {row + 1}{end_en}")


def letters(column: int) -> str:
    """The name of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def words(cell: Any) -> str:
    """The text of a cell on one line; whole numbers without decimals, words cut by a line break joined."""
    if isinstance(cell, str):
        return " ".join(re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", cell).replace("\ufeff", "").split())
    if cell is None or isinstance(cell, Spoiled):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


@lru_cache(maxsize=4096)
def _from_text(text: str) -> Fraction | str | None:
    bare = " ".join(text.replace("\xa0", " ").strip("' \t\r\n").split())
    if bare.lower() in NOT_ASSESSED:
        return None
    if _NUMBER.match(bare):
        return exactly(bare.replace(",", "."))
    if (said := bare.lower()) in _IN_WORDS:
        return Fraction(_IN_WORDS[said])
    if named := _NAMED_LEVEL.match(bare):
        said = named[1].lower()
        return Fraction(_ROMAN[said]) if said in _ROMAN else exactly(said.replace(",", "."))
    if led := _LED_LEVEL.match(bare):
        return exactly(led[1].replace(",", "."))
    return bare


def value_of(cell: Any) -> Fraction | str | None:
    """The value of a cell: a number, None where nothing was assessed, or its text where it is neither.

    >>> value_of("3,50"), value_of("Level 3 - Terdefinisi"), value_of("-"), value_of("3?")
    (Fraction(7, 2), Fraction(3, 1), None, '3?')
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return _from_text(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int):
        return Fraction(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        return Fraction(int(cell)) if cell.is_integer() else exactly(f"{cell:.10f}")
    if isinstance(cell, Fraction):
        return cell
    if isinstance(cell, datetime | date):
        return f"tanggal {cell:%d-%m-%Y}"
    if isinstance(cell, time | timedelta):
        return f"waktu {cell}"
    if isinstance(cell, Spoiled):
        return cell.formula
    return str(cell)
