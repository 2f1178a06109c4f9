"""Tables as text: rows with bars, or the lines themselves where a table only holds a page in place."""

import re
from collections.abc import Sequence

#: What stands in a column of its own before a line of text: a marker of a list, or the word that opens a preamble.
_BEFORE = re.compile(
    r"^(?:[(\[]?\w{1,3}[.)\]]|:|[-•*]|(?:Menimbang|Mengingat|Memperhatikan|Menetapkan|Kesatu|Kedua|Ketiga)\s*:?)$", re.I
)

#: Lines of each cell, of each row.
Rows = Sequence[Sequence[Sequence[str]]]


def table_lines(rows: Rows) -> list[str]:
    """The lines of a table: ``| cell | cell |`` for each row, or the text of one that is only a layout.

    A table is a layout where each row is one cell, or one behind cells with a marker: "(1)", "a.", "Menimbang", ":".
    """
    if _is_layout(rows):
        return [line for row in rows for line in _joined(row)]
    return [f"| {' | '.join(' '.join(' '.join(cell).split()) for cell in row)} |" for row in rows]


def _is_layout(rows: Rows) -> bool:
    said = [[" ".join(cell).strip() for cell in row if any(line.strip() for line in cell)] for row in rows]
    single = all(len(row) == 1 for row in rows)
    marked = any(len(cells) > 1 for cells in said)
    return single or (marked and all(_BEFORE.match(cell) for cells in said for cell in cells[:-1]))


def _joined(row: Sequence[Sequence[str]]) -> list[str]:
    """The lines of the last cell, the markers before it in front of the first."""
    cells = [lines for lines in ([line for line in cell if line.strip()] for cell in row) if lines]
    if not cells:
        return []
    before = " ".join(" ".join(cell) for cell in cells[:-1])
    first, *rest = cells[-1]
    return [f"{before} {first}".strip(), *rest]
