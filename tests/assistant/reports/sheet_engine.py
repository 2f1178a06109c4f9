"""A small spreadsheet engine: enough of the formula language to recompute an exported workbook.

Independent of the code that writes the formulas; numbers are doubles, as in every spreadsheet program. It was
compared with LibreOffice once by hand; it exists because LibreOffice is too heavy for CI.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils import range_boundaries


class FormulaError(Exception):
    """#VALUE! and its kind."""


class Values:
    """One value, or the values of a range; operators work element by element, as in SUMPRODUCT."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items

    def _each(self, other: Any, work: Callable[[Any, Any], Any]) -> Values:
        right = other.items if isinstance(other, Values) else [other]
        size = max(len(self.items), len(right))
        left = self.items * size if len(self.items) == 1 else self.items
        right = right * size if len(right) == 1 else right
        assert len(left) == len(right) == size
        return Values([work(a, b) for a, b in zip(left, right, strict=True)])

    def __add__(self, other: Any) -> Values:
        return self._each(other, lambda a, b: _number(a) + _number(b))

    def __sub__(self, other: Any) -> Values:
        return self._each(other, lambda a, b: _number(a) - _number(b))

    def __mul__(self, other: Any) -> Values:
        return self._each(other, lambda a, b: _number(a) * _number(b))

    def __truediv__(self, other: Any) -> Values:
        return self._each(other, lambda a, b: _number(a) / _number(b))

    def __eq__(self, other: Any) -> Values:  # type: ignore[override]
        return self._each(other, _same)

    __hash__ = None  # type: ignore[assignment]

    @property
    def one(self) -> Any:
        assert len(self.items) == 1
        return self.items[0]


def _number(value: Any) -> float:
    if value is None:
        return 0
    if isinstance(value, str):
        raise FormulaError(f"#VALUE!: {value!r} is no number")
    return value  # type: ignore[no-any-return]


def _same(a: Any, b: Any) -> bool:
    empty = (None, "")
    if (a is None and b in empty) or (b is None and a in empty):
        return True
    return bool(operator.eq(a, b))


def _round(value: Values, places: Values) -> Values:
    """Half away from zero on the decimal digits of the double, as spreadsheet programs do."""
    scaled = abs(_number(value.one)) * 10 ** int(places.one)
    whole = math.floor(float(f"{scaled:.15g}") + 0.5)
    return Values([math.copysign(float(f"{whole}e-{int(places.one)}"), _number(value.one))])


def _lookup(value: Values, keys: Values, results: Values) -> Values:
    reached = [result for key, result in zip(keys.items, results.items, strict=True) if key <= value.one]
    return Values([reached[-1]])


FUNCTIONS: dict[str, Callable[..., Values]] = {
    "SUM": lambda *a: Values([sum(_number(x) for v in a for x in v.items if not isinstance(x, str))]),
    "SUMPRODUCT": lambda v: Values([sum(_number(x) for x in v.items)]),
    "COUNT": lambda v: Values([sum(isinstance(x, int | float) for x in v.items)]),
    "MAX": lambda *a: Values([max(_number(x) for v in a for x in v.items)]),
    "ROUND": _round,
    "LOOKUP": _lookup,
}


class Engine:
    """Recomputes cells on demand; change a cell of the workbook and make a new engine."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[str, str], Any] = {}

    def value(self, sheet: str, cell: str) -> Any:
        """The value of a cell, its formula computed; None where it is empty."""
        key = (sheet, cell.replace("$", ""))
        if key not in self._known:
            content = self._book[sheet][key[1]].value
            is_formula = self._book[sheet][key[1]].data_type == "f"
            self._known[key] = self._computed(content, sheet) if is_formula else content
        return self._known[key]

    def _computed(self, formula: str, sheet: str) -> Any:
        names = {"ref": lambda where: self._reference(where, sheet), "V": Values, "IF": _if, **FUNCTIONS}
        return eval(_python(formula), {"__builtins__": {}, **names}).one

    def _reference(self, where: str, sheet: str) -> Values:
        if "!" in where:
            sheet, where = where.rsplit("!", 1)
            sheet = sheet.strip("'")
        left, top, right, bottom = range_boundaries(where.replace("$", ""))
        cells = [
            self._book[sheet].cell(row, column).coordinate
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return Values([self.value(sheet, cell) for cell in cells])


def _if(condition: Values, yes: Callable[[], Values], no: Callable[[], Values]) -> Values:
    return yes() if condition.one else no()


def _python(formula: str) -> str:
    """A formula as Python; IF takes its branches unevaluated, as spreadsheet programs do."""
    parts: list[str] = []
    within: list[str] = []
    for token in Tokenizer(formula).items:
        value = token.value
        if token.subtype == Token.OPEN:
            within.append(value)
        elif token.subtype == Token.CLOSE:
            within.pop()
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            value = f"ref({value!r})"
        elif token.type == Token.OPERAND:
            value = f"V([{value if token.subtype == Token.NUMBER else repr(value[1:-1])}])"
        elif token.type == Token.OP_IN and value == "=":
            value = "=="
        elif token.type == Token.SEP and within[-1] == "IF(":
            value = ", lambda: "
        parts.append(value)
    return "".join(parts)
