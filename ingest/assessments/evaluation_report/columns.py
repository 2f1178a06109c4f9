"""Which column of a ruled table holds what, by its header, so that rows of any order read alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.assessments.evaluation_report.lines import Grid
from ingest.scanned_tables import UNSURE

Role = Literal["number", "indicator", "aspect", "domain", "name", "value", "own", "level", "other"]

_ROLES: dict[Role, str] = {
    "other": r"bobot|weight|keterangan|predikat|kategori|catatan|penjelasan|bukti|target|selisih|gap\b|kenaikan"
    r"|tahun lalu|sebelumnya|rata-rata|rerata",
    "number": r"^(?:no|nomor|kode|#)(?:[.\s]+(?:indikator)?)?$",
    "indicator": r"^(?:(?:nama|uraian|rincian)\s+)?indikator$",
    "aspect": r"^(?:(?:nama|uraian)\s+)?aspek(?:\s+spbe)?$",
    "domain": r"^(?:(?:nama|uraian)\s+)?domain(?:\s+spbe)?$",
    "name": r"^(?:nama|uraian|rincian|komponen|indikator|domain|aspek)\b",
    "own": r"mandiri|\bself\b|verifikasi|internal$",
    "value": r"nilai|tingkat|level|capaian|skor|hasil|indeks|kematangan|penilaian|eksternal|\b20[0-4]\d\b",
}
_FIGURE = re.compile(r"^[\d.,%]+$")
_LEVEL_HEAD = re.compile(r"^(?:(?:level|tingkat|tk\.?|lv\.?|l)\s*)?([0-5])$", re.I)
_LEAST_LEVELS = 4  # columns of which each stands for a level
_TOTAL_WORDS: dict[Role, str] = {"aspect": "Aspek", "domain": "Domain"}


@dataclass(frozen=True)
class Row:
    """A row of a table: its page, and its cells as number, name and values."""

    page: int
    cells: list[str]


@dataclass(frozen=True)
class _Header:
    """What the columns hold; ``levels`` are those of the columns in which a level is marked."""

    roles: tuple[Role | None, ...]
    levels: tuple[str, ...] = ()

    def arranged(self, row: tuple[str, ...]) -> Iterator[list[str]]:
        """Number, name, values; without what is no figure of the row, such as its weight.

        Tables may hold several rows side by side, each under a header of its own.
        """
        size = repeats_after(self.roles)
        for start in range(0, len(row), size):
            yield self._one(self.roles[start : start + size], row[start : start + size])

    def _one(self, roles: tuple[Role | None, ...], row: tuple[str, ...]) -> list[str]:
        held = [(role, cell) for role, cell in zip(roles, row, strict=True) if cell]
        by_role = {role: [cell for said, cell in held if said == role] for role in (*_ROLES, "level")}
        values = by_role["value"] if "value" in roles or self.levels else by_role["own"]
        if len(by_role["level"]) == 1:
            marks = [cell for role, cell in zip(roles, row, strict=True) if role == "level"]
            values = [next(level for level, mark in zip(self.levels, marks, strict=True) if mark)]
        if "indicator" in roles or "name" in roles:
            names = by_role["indicator"] or by_role["name"] or by_role["aspect"] or by_role["domain"]
            return [*by_role["number"], *names, *values]
        # numbers of aspects and domains begin again here and there, their names do not
        kind = next((kind for kind in _TOTAL_WORDS if by_role[kind]), None)
        if kind is None:
            return [cell for _, cell in held]
        return [" ".join([_TOTAL_WORDS[kind], *(_without_word(cell, kind) for cell in by_role[kind])]), *values]


def repeats_after(roles: tuple[Role | None, ...]) -> int:
    """Columns after which a header begins again; all where it does not."""
    size = len(roles)
    parts = (part for part in range(2, size // 2 + 1) if size % part == 0)
    return next((part for part in parts if roles == roles[:part] * (size // part)), size)


def _without_word(cell: str, kind: Role) -> str:
    return re.sub(rf"^{_TOTAL_WORDS[kind]}\s+", "", cell, flags=re.I)


def arranged(grids: list[Grid]) -> Iterator[Row]:
    """Rows of tables: under a header that is understood as number, name and values, else as they stand.

    A header holds for the next table too where that has as many columns and none of its own, as tables do that go
    on over pages.
    """
    header: _Header | None = None
    for grid in grids:
        for row in grid.rows:
            before = header if header is not None and len(header.roles) == len(row) else None
            found = _header(row) or _header_of_levels(row, before)
            header = found or before
            if found is not None:
                # what a column of targets says of years is nothing about those of the values
                held = zip(found.roles, row, strict=True)
                yield Row(grid.page, [cell for role, cell in held if cell and role not in ("own", "other")])
            elif header is not None:
                for cells in header.arranged(row):
                    yield Row(grid.page, cells)
            else:
                yield Row(grid.page, [cell for cell in row if cell])


def tables_of_figures(grids: list[Grid]) -> Iterator[Grid]:
    """Tables with a header of names and values, and those that go on under it."""
    columns = 0
    for grid in grids:
        if any(_header(row) for row in grid.rows):
            columns = len(grid.rows[0])
            yield grid
        elif len(grid.rows[0]) == columns:
            yield grid
        else:
            columns = 0


def left_out(grids: list[Grid]) -> Iterator[str]:
    """Headings of columns that hold another stage's values beside those of the evaluation."""
    for grid in grids:
        for row in grid.rows:
            header = _header(row)
            if header is not None and "value" in header.roles:
                yield from (cell for role, cell in zip(header.roles, row, strict=True) if role == "own")


def _header(row: tuple[str, ...]) -> _Header | None:
    """What the columns hold, where a row says it of each that has a heading: one of names, one of values."""
    levels = levels_in(row)
    texts = [cell for column, cell in enumerate(row) if cell and column not in levels]
    if any((_FIGURE.match(cell) and not re.fullmatch(r"20[0-4]\d", cell)) or cell == UNSURE for cell in texts):
        return None
    roles = tuple("level" if column in levels else role_of(cell) for column, cell in enumerate(row))
    named = {"indicator", "aspect", "domain", "name"} & {role for role in roles if role}
    understood = all(role is not None for role, cell in zip(roles, row, strict=True) if cell)
    valued = {"value", "own", "level"} & {role for role in roles if role}
    return _Header(roles, tuple(levels.values())) if named and valued and understood else None


def _header_of_levels(row: tuple[str, ...], above: _Header | None) -> _Header | None:
    """The second row of a header, which says nothing but the levels."""
    levels = levels_in(row)
    if above is None or not levels or any(cell and column not in levels for column, cell in enumerate(row)):
        return None
    roles = tuple("level" if column in levels else role for column, role in enumerate(above.roles))
    return _Header(roles, tuple(levels.values()))


def levels_in(row: tuple[str, ...]) -> dict[int, str]:
    """Columns of which each stands for a level, side by side and rising by one."""
    heads = {column: found[1] for column, cell in enumerate(row) if (found := _LEVEL_HEAD.match(cell))}
    columns, levels = list(heads), [int(level) for level in heads.values()]
    rising = levels == list(range(levels[0], levels[0] + len(levels))) if levels else False
    beside = columns == list(range(columns[0], columns[0] + len(columns))) if columns else False
    return heads if rising and beside and len(heads) >= _LEAST_LEVELS else {}


def role_of(cell: str) -> Role | None:
    if not cell or len(cell) >= 60:
        return None
    return next((role for role, pattern in _ROLES.items() if re.search(pattern, cell, re.I)), None)
