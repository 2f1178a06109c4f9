"""Reading an agency's cost table: rows of a sheet or a JSON document, as Costs."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from scoring.costs import Costs, StepCost
from scoring.figures import exactly
from scoring.refusal import RefusedInput, Text

_COLUMNS = {
    "indicator": ("indikator", "indicator", "no", "nomor", "number"),
    "level": ("tingkat", "level", "ke tingkat", "to level"),
    "cost": ("biaya", "cost", "harga"),
    "weeks": ("minggu", "weeks", "durasi (minggu)", "duration (weeks)"),
    "locked": ("terkunci", "dikunci", "locked"),
}
_YES = {"ya", "y", "x", "v", "1", "true", "yes", "terkunci", "locked"}
_NO = {"", "-", "tidak", "t", "n", "0", "false", "no"}


def read_costs(document: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> Costs:
    """Read costs from a JSON document (the fields of Costs) or from rows with a header.

    Rows have the columns indikator, tingkat, biaya and, where wanted, minggu and terkunci (or their English
    names). A locked row needs no level. Decimals may be written with a comma.

    >>> read_costs([{"Indikator": "21", "Tingkat": "3", "Biaya": "2,5"}]).price(21, 3)
    Fraction(5, 2)

    Raises:
        RefusedInput: naming the row and the column.
    """
    if isinstance(document, Mapping):
        try:
            return Costs.model_validate(document)
        except ValidationError as reason:
            first = reason.errors()[0]
            raise _refused(".".join(map(str, first["loc"])) or "-", first["msg"]) from reason
    steps: dict[tuple[int, int], StepCost] = {}
    locked: set[int] = set()
    for place, row in enumerate(document, 2):
        cells = _cells(row)
        number = _whole(cells, "indicator", place)
        word = cells.get("locked", "").casefold()
        if word not in _YES | _NO:
            raise _refused(f"baris {place}, terkunci", f"{word!r}: ya / tidak", f"row {place}, locked")
        if word in _YES:
            locked.add(number)
            continue
        level = _whole(cells, "level", place)
        if (number, level) in steps:
            raise _refused(f"baris {place}", f"indikator {number} tingkat {level} sudah ada di atas", f"row {place}")
        weeks = _price(cells, "weeks", place) if cells.get("weeks") else None
        cost = _price(cells, "cost", place)
        steps[number, level] = StepCost(indicator=number, level=level, cost=cost, weeks=weeks)
    return Costs(steps=tuple(steps.values()), locked=frozenset(locked))


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row by the name of their field; unknown columns are left out."""
    names = {alias: field for field, aliases in _COLUMNS.items() for alias in aliases}
    known = {names.get(" ".join(str(column).casefold().split())): cell for column, cell in row.items()}
    return {field: "" if cell is None else str(cell).strip() for field, cell in known.items() if field}


def _whole(cells: Mapping[str, str], field: str, place: int) -> int:
    value = _number(cells, field, place)
    if value.denominator != 1:
        raise _wrong(cells, field, place)
    return int(value)


def _price(cells: Mapping[str, str], field: str, place: int) -> Fraction:
    value = _number(cells, field, place)
    if value <= 0:
        raise _wrong(cells, field, place)
    return value


def _number(cells: Mapping[str, str], field: str, place: int) -> Fraction:
    try:
        return exactly(cells.get(field, "").replace(",", "."))
    except ValueError as reason:
        raise _wrong(cells, field, place) from reason


def _wrong(cells: Mapping[str, str], field: str, place: int) -> RefusedInput:
    found = repr(cells.get(field, ""))
    return _refused(f"baris {place}, {_COLUMNS[field][0]}", found, f"row {place}, {field}")


def _refused(where: str, what: str, where_en: str | None = None) -> RefusedInput:
    return RefusedInput(
        "costs_not_understood",
        Text(
            id=f"Tabel biaya, {where}: {what} tidak dapat dipakai. Yang diterima: kolom indikator, tingkat, "
            "biaya (lebih dari 0), dan bila perlu minggu serta terkunci (ya/tidak).",
            en=f"Cost table, {where_en or where}: {what} cannot be used. Accepted: columns indicator, level, "
            "cost (more than 0) and, where wanted, weeks and locked (yes/no).",
        ),
        where=where_en or where,
    )
