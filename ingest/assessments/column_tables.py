"""Tables with one agency a row and its figures side by side, as in the ministry's tables of results."""

import re
from dataclasses import dataclass, replace

from ingest.assessments.cells import Sheet, blank, letters, value_of, words
from ingest.assessments.figures import Figure, Note
from ingest.assessments.headers import Column, column_of, role_of, stage_of, year_of
from ingest.assessments.labels import NodeKind, all_names, read_label
from ingest.assessments.letterhead import Register, agencies_in, read_letterhead
from ingest.assessments.recognising import Nodes, Placed, recognise
from ingest.assessments.refusals import refuse
from ingest.assessments.row_tables import Found
from scoring.assessment import Stage
from scoring.refusal import Text

_LEAST = 2  # columns of figures that make such a table where no column is headed as the agency's


@dataclass(frozen=True)
class Heading:
    """The row that heads a wide table: what its columns are about."""

    row: int
    labels: tuple[Placed, ...]


def find_heading(sheet: Sheet) -> Heading | None:
    """The row whose cells name most indicators, aspects and domains."""
    best: Heading | None = None
    for row, cells in enumerate(sheet.rows[:60]):
        placed = [
            Placed(label, row, column)
            for column, cell in enumerate(cells)
            if not isinstance(cell, bool) and (label := read_label(_without_year(words(cell)))) is not None
        ]
        explicit = [one for one in placed if one.label.explicit]
        whole = [one for one in placed if one.label.kind in ("index", "rating")]
        bare = [one for one in placed if one.label.kind is None and one.label.number and not one.label.name]
        numbers = [one.label.number for one in bare]
        counted = len(bare) >= 10 and numbers == list(range(1, len(numbers) + 1))
        named = [] if explicit or counted else [one for one in placed if one.label.name and _head_name(one, sheet)]
        chosen = sorted(explicit + whole + (bare if counted else []) + named, key=lambda one: one.column)
        owned = any(role_of(words(cell)) == "agency" for cell in cells)
        if len(chosen) >= (1 if owned else _LEAST) and (best is None or len(chosen) > len(best.labels)):
            best = Heading(row, tuple(chosen))
    return best


def _without_year(text: str) -> str:
    """ "Indeks 2023" is about the index; the year is read apart."""
    return re.sub(r"(?<=\D)\s*\(?20[0-4]\d\)?$", "", text)


def _head_name(one: Placed, sheet: Sheet) -> bool:
    """Names of nodes count as heads only where several stand side by side and no role claims the cell."""
    text = words(sheet.cell(one.row, one.column))
    kinds: tuple[NodeKind, ...] = ("indicator", "aspect", "domain")
    known = any(names.exact(kind, one.label.name) for names in all_names() for kind in kinds)
    return known and role_of(text) not in ("agency", "number", "year")


def read_column_table(sheet: Sheet, position: int, heading: Heading, register: Register | None) -> Found:
    """Read a table with one row for each agency.

    Raises:
        RefusedInput: an unknown instrument, one figure in two columns, rows that name no agency.
    """
    notes: list[Note] = []
    top = _top(sheet, heading.row)
    context = read_letterhead(sheet, range(top), register)
    columns = _columns(sheet, top, heading)
    roles = {role: next((c for c in columns if c.role == role), None) for role in ("agency", "year", "stage", "kind")}
    rows = [r for r in range(heading.row + 1, len(sheet.rows)) if _has_figures(sheet, r, heading)]
    stage_column = roles["stage"] or _stage_like(sheet, roles["kind"], rows)
    year_column = roles["year"]
    agency_column = roles["agency"] or _agency_like(sheet, columns, heading, rows, register)
    years = [context.year, *(c.year for c in columns)]
    if year_column is not None and rows:
        years.append(year_of(words(sheet.spanned(rows[0], year_column.index))))
    names = recognise(sheet, heading.labels, next((y for y in years if y), None), context.instrument)
    nodes = Nodes(sheet, names, heading.labels)
    spans = {c.index: (c.year, c.stage) for c in columns}
    targets: dict[int, tuple[NodeKind, int]] = {}
    taken: dict[tuple[object, ...], int] = {}
    for one in heading.labels:
        node = nodes.of(one)
        if node is None:
            continue
        key = (*node, *spans[one.column])
        if key in taken:
            raise _twice(sheet, one, taken[key])
        taken[key] = one.column
        targets[one.column] = node
    figures: list[Figure] = []
    header_of_repeat = [words(sheet.cell(heading.row, c)) for c in targets]
    for row in rows:
        if [words(sheet.cell(row, c)) for c in targets] == header_of_repeat:
            continue
        agency = words(sheet.spanned(row, agency_column.index)) if agency_column else ""
        if agency_column and (not agency or _is_total(agency)):
            notes.append(_row_ignored(sheet, row, agency))
            continue
        year = year_of(words(sheet.spanned(row, year_column.index))) if year_column else None
        stage = stage_of(words(sheet.spanned(row, stage_column.index))) if stage_column else None
        for column, (kind, number) in targets.items():
            cell = sheet.cell(row, column)
            value = (words(cell) or None) if kind == "rating" else value_of(cell)
            own_year, own_stage = spans[column]
            figures.append(
                Figure(agency or None, own_year or year, own_stage or stage, kind, number, value, position, row, column)
            )
    read = {*targets, *(c.index for c in (agency_column, year_column, stage_column) if c)}
    notes += [_column_ignored(sheet, c) for c in columns if c.header and c.index not in read and c.role != "number"]
    return Found(sheet, figures, context, names.instrument.id, notes)


def _columns(sheet: Sheet, top: int, heading: Heading) -> list[Column]:
    """Roles of the columns; years and stages of the rows above the heading count for the columns they span."""
    labelled = {one.column for one in heading.labels}
    columns = []
    spans: dict[int, tuple[int | None, Stage | None]] = {}
    for row in range(top, heading.row):
        span: tuple[int | None, Stage | None] = (None, None)
        for column in range(sheet.width):
            text = words(sheet.cell(row, column))
            if text:
                span = (year_of(text), stage_of(text)) if read_label(text) is None or year_of(text) else (None, None)
            if any(span) and column in labelled:
                old = spans.get(column, (None, None))
                spans[column] = (span[0] or old[0], span[1] or old[1])
    for column in range(sheet.width):
        text = words(sheet.cell(heading.row, column)) or next(
            (t for row in range(heading.row - 1, top - 1, -1) if (t := words(sheet.cell(row, column)))), ""
        )
        made = column_of(column, text)
        year, stage = spans.get(column, (None, None))
        if column in labelled:
            made = Column(column, text, "value", stage or stage_of(text), year_of(text) or year)
        elif made.role == "value":
            made = replace(made, role="unknown")
        columns.append(made)
    return columns


def _top(sheet: Sheet, row: int) -> int:
    """The first row of the header that ends in ``row``."""
    while row > 0:
        above = [words(cell) for cell in sheet.rows[row - 1]]
        filled = [text for text in above if text]
        spanning = [text for text in above[1:] if text and len(text) <= 40]
        if not filled or not (len(filled) > 1 or spanning) or any(len(t) > 60 or ":" in t for t in filled):
            break
        if len(filled) == 1 and not (year_of(filled[0]) or stage_of(filled[0]) or role_of(filled[0]) == "value"):
            break
        row -= 1
    return row


def _has_figures(sheet: Sheet, row: int, heading: Heading) -> bool:
    return any(not blank(sheet.cell(row, one.column)) for one in heading.labels)


def _stage_like(sheet: Sheet, column: Column | None, rows: list[int]) -> Column | None:
    if column is None or not rows:
        return None
    return column if stage_of(words(sheet.cell(rows[0], column.index))) else None


def _agency_like(
    sheet: Sheet, columns: list[Column], heading: Heading, rows: list[int], register: Register | None
) -> Column | None:
    """A column without a known header whose cells are names of agencies."""
    labelled = {one.column for one in heading.labels}
    for column in columns:
        if column.index in labelled or not rows:
            continue
        texts = [words(sheet.cell(row, column.index)) for row in rows[:20]]
        if sum(bool(agencies_in(text, register)) for text in texts) * 2 > len(texts):
            return column
    return None


def _is_total(agency: str) -> bool:
    return agency.lower().startswith(("rata-rata", "rata rata", "rerata", "jumlah", "total", "nasional", "average"))


def _row_ignored(sheet: Sheet, row: int, agency: str) -> Note:
    where = sheet.at(row)
    said = f'"{agency}"' if agency else "-"
    return Note(
        "ignored",
        Text(
            id=f"{where.id}: {said} bukan nama instansi, baris tidak dibaca.",
            en=f"{where.en}: {said} names no agency, the row was not read.",
        ),
    )


def _column_ignored(sheet: Sheet, column: Column) -> Note:
    name = f'{letters(column.index)} "{column.header[:60]}"'
    return Note(
        "ignored",
        Text(
            id=f"{sheet.place.id}: kolom {name} tidak dibaca: bukan bagian instrumen.",
            en=f"{sheet.place.en}: column {name} was not read: no part of the instrument.",
        ),
    )


def _twice(sheet: Sheet, one: Placed, first: int) -> Exception:
    text = words(sheet.cell(one.row, one.column))
    return refuse(
        "duplicate_indicator",
        sheet.at(one.row, one.column),
        Text(
            id=f'"{text}" sudah ada pada kolom {letters(first)}', en=f'"{text}" already heads column {letters(first)}'
        ),
        Text(
            id="satu kolom untuk tiap indikator, aspek, domain",
            en="one column for each indicator, aspect, domain",
        ),
        Text(
            id="Hapus kolom yang berlebih lalu jalankan perintah yang sama.",
            en="Remove the column that is too many and run the same command.",
        ),
    )
