"""Which column of a ruled table holds what, by its header, so that rows of any order read alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.assessments.evaluation_report.lines import Grid
from ingest.scanned_tables import UNSURE

Role = Literal["number", "indicator", "aspect", "domain", "name", "value", "other"]

_ROLES: dict[Role, str] = {
    "other": r"bobot|weight|keterangan|predikat|kategori|catatan|penjelasan|bukti|target|selisih|gap\b|kenaikan",
    "number": r"^(?:no|nomor|kode|#)\b[.\s]*(?:indikator)?$",
    "indicator": r"^(?:(?:nama|uraian|rincian)\s+)?indikator$",
    "aspect": r"^(?:(?:nama|uraian)\s+)?aspek(?:\s+spbe)?$",
    "domain": r"^(?:(?:nama|uraian)\s+)?domain(?:\s+spbe)?$",
    "name": r"^(?:nama|uraian|rincian|komponen)\b|indikator|^(?:domain|aspek)\b",
    "value": r"nilai|tingkat|level|capaian|skor|hasil|indeks|\b20[0-4]\d\b",
}
_FIGURE = re.compile(r"^[\d.,%]+$")
_TOTAL_WORDS: dict[Role, str] = {"aspect": "Aspek", "domain": "Domain"}


@dataclass(frozen=True)
class _Header:
    roles: tuple[Role | None, ...]

    def arranged(self, row: tuple[str, ...]) -> list[str]:
        """Number, name, values; without what is no figure of the row, such as its weight."""
        held = [(role, cell) for role, cell in zip(self.roles, row, strict=True) if cell]
        by_role = {role: [cell for said, cell in held if said == role] for role in (*_TOTAL_WORDS, "indicator", "name")}
        values = [cell for role, cell in held if role == "value"]
        if "indicator" in self.roles or "name" in self.roles:
            numbers = [cell for role, cell in held if role == "number"]
            names = by_role["indicator"] or by_role["name"] or by_role["aspect"] or by_role["domain"]
            return [*numbers, *names, *values]
        # numbers of aspects and domains begin again here and there, their names do not
        kind = next((kind for kind in _TOTAL_WORDS if by_role[kind]), None)
        if kind is None:
            return [cell for _, cell in held]
        return [" ".join([_TOTAL_WORDS[kind], *(_without_word(cell, kind) for cell in by_role[kind])]), *values]


def _without_word(cell: str, kind: Role) -> str:
    return re.sub(rf"^{_TOTAL_WORDS[kind]}\s+", "", cell, flags=re.I)


def arranged(grids: list[Grid]) -> Iterator[tuple[int, list[str]]]:
    """Pages and rows of tables; under a header that is understood as number, name and values, else as they stand.

    A header holds for the next table too where that has as many columns and none of its own, as tables do that go
    on over pages.
    """
    header: _Header | None = None
    for grid in grids:
        for row in grid.rows:
            found = _header(row)
            header = found or (header if header is not None and len(header.roles) == len(row) else None)
            if found is None and header is not None:
                yield grid.page, header.arranged(row)
            else:
                yield grid.page, [cell for cell in row if cell]


def _header(row: tuple[str, ...]) -> _Header | None:
    """What the columns hold, where a row says it of each that has a heading: one of names, one of values."""
    if any((_FIGURE.match(cell) and not re.fullmatch(r"20[0-4]\d", cell)) or cell == UNSURE for cell in row):
        return None
    roles = tuple(_role(cell) for cell in row)
    named = {"indicator", "aspect", "domain", "name"} & {role for role in roles if role}
    understood = all(role is not None for role, cell in zip(roles, row, strict=True) if cell)
    return _Header(roles) if named and "value" in roles and understood else None


def _role(cell: str) -> Role | None:
    return (
        next((role for role, pattern in _ROLES.items() if re.search(pattern, cell, re.I)), None)
        if len(cell) < 60
        else None
    )
