"""Where in a sheet the table is, and which columns hold what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.assessments.cells import Sheet, blank, value_of, words
from ingest.assessments.headers import Column, column_of, role_of, stage_of, year_of
from ingest.assessments.labels import Label, Names, NodeKind, all_names, read_label

_HEADER_ROWS = 5  # rows above the first labelled row among which the header is looked for
_LOOKED_AT = 400  # rows that are enough to see what a column holds


@dataclass(frozen=True)
class LabelColumns:
    """Where the rows of a table say which indicator they are about.

    Attributes:
        numbers: column of numbers, None where names or codes carry them.
        names: column of names or codes, None where there are only numbers.
        rows: rows that carry a label, ascending.
    """

    numbers: int | None
    names: int | None
    rows: tuple[int, ...]

    @property
    def last(self) -> int:
        return max(column for column in (self.numbers, self.names) if column is not None)


def find_label_columns(sheet: Sheet) -> LabelColumns | None:
    """The columns that name indicators (or aspects and domains) down the sheet."""
    named: dict[int, list[int]] = {}
    distinct: dict[int, set[Label]] = {}
    bare: dict[int, list[tuple[int, int]]] = {}
    known = all_names()
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells[:12]):
            label = _label(cell)
            if label is None:
                continue
            if label.kind is None and label.number is not None and not label.name:
                bare.setdefault(column, []).append((row, label.number))
            elif label.explicit or label.kind in ("index", "rating") or (label.name and _is_named(label, known)):
                named.setdefault(column, []).append(row)
                distinct.setdefault(column, set()).add(label)
    names = _most({column: len(labels) for column, labels in distinct.items()}, 1)
    numbers = _number_column(bare, names, named)
    if names is None and numbers is None:
        return None
    rows = set(named.get(names, [])) if names is not None else set()
    if numbers is not None:
        rows |= {row for row, _ in bare[numbers]} | set(named.get(numbers, []))
    if len(rows) < 3 and not any((label := _label(sheet.cell(row, names or 0))) and label.explicit for row in rows):
        return None
    return LabelColumns(numbers, names, tuple(sorted(rows)))


def _number_column(
    bare: dict[int, list[tuple[int, int]]], names: int | None, named: dict[int, list[int]]
) -> int | None:
    """The column of running numbers: many different ones that rise, beside the names where there are names."""
    best: tuple[int, int] | None = None
    beside = set(named.get(names, [])) if names is not None else set()
    for column, found in sorted(bare.items()):
        if names is not None and column > names:
            continue
        numbers = [number for row, number in found if not beside or row in beside]
        rising = sum(later > earlier for earlier, later in pairwise(numbers))
        enough = len(set(numbers)) >= (2 if beside else 6) and rising >= 0.6 * (len(numbers) - 1)
        if enough and (best is None or len(set(numbers)) > best[0]):
            best = (len(set(numbers)), column)
    return best[1] if best else None


def find_header(sheet: Sheet, first: int, until: int = 0) -> tuple[int, list[Column]] | None:
    """The header above a row: its topmost row and its columns, or None where there is none.

    Up to three rows make one header; a year or stage that spans several columns counts for each of them.
    """
    top = max(until, first - _HEADER_ROWS)
    scored = [(_header_score(sheet, row), row) for row in range(top, first)]
    best = max((s for s in scored if s[0] > 0), key=lambda s: (s[0], s[1]), default=None)
    if best is None:
        return None
    rows = [best[1]]
    while rows[0] - 1 >= top and _belongs_to_header(sheet, rows[0] - 1):
        rows.insert(0, rows[0] - 1)
    while rows[-1] + 1 < first and _belongs_to_header(sheet, rows[-1] + 1):
        rows.append(rows[-1] + 1)
    rows = rows[-3:] if len(rows) > 3 else rows
    return rows[0], [column_of(column, text) for column, text in enumerate(_header_texts(sheet, rows))]


def _header_score(sheet: Sheet, row: int) -> int:
    texts = [words(cell) for cell in sheet.rows[row]]
    known = [text for text in texts if len(text) <= 60 and role_of(text) != "unknown"]
    return len(known) if len(known) > 1 else 0


def _belongs_to_header(sheet: Sheet, row: int) -> bool:
    """Whether a row beside a header row goes on with it: years or stages in the columns of values."""
    texts = [(column, words(cell)) for column, cell in enumerate(sheet.rows[row]) if not blank(cell)]
    if not texts or any(len(text) > 60 or ":" in text for _, text in texts):
        return False
    return any(column > 0 and (stage_of(text) or year_of(text) or role_of(text) == "value") for column, text in texts)


def _header_texts(sheet: Sheet, rows: Sequence[int]) -> list[str]:
    """The header of each column from all its rows, spans filled to the right."""
    columns: list[list[str]] = [[] for _ in range(sheet.width)]
    for position, row in enumerate(rows):
        span = ""
        for column in range(sheet.width):
            text = words(sheet.cell(row, column))
            below = any(words(sheet.cell(later, column)) for later in rows[position + 1 :])
            if text:
                span = text if stage_of(text) or year_of(text) or role_of(text) == "value" else ""
            elif below and span:
                text = span
            elif not below:
                span = ""
            if text and text not in columns[column]:
                columns[column].append(text)
    return [" ".join(parts) for parts in columns]


def numeric_share(sheet: Sheet, column: int, rows: Sequence[int]) -> tuple[int, int]:
    """How many of the filled cells of a column are numbers, and how many are filled."""
    seen = [value_of(sheet.cell(row, column)) for row in rows[:_LOOKED_AT] if not blank(sheet.cell(row, column))]
    return sum(not isinstance(value, str) for value in seen), len(seen)


def _label(cell: object) -> Label | None:
    if isinstance(cell, bool) or (isinstance(cell, float) and not cell.is_integer()):
        return None
    return read_label(words(cell))


def _is_named(label: Label, known: Sequence[Names]) -> bool:
    if label.kind is not None:
        return any(names.near(label.kind, label.name, 80) for names in known)
    kinds: tuple[NodeKind, ...] = ("indicator", "aspect", "domain")
    return any(names.exact(kind, label.name) for names in known for kind in kinds)


def _most(counts: dict[int, int], least: int) -> int | None:
    fitting = [(count, -column) for column, count in counts.items() if count >= least]
    return -max(fitting)[1] if fitting else None
