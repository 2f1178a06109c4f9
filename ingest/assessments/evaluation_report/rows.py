"""Rows of tables without rules: a value, and what stands beside it.

A row begins nowhere and ends nowhere; it has one value. The name that belongs to it may take several lines, which
begin, end or have their middle where the value does. Of the pieces that fit so, those count that make a name of
the instrument; where a number stands beside the value, its name has to be that of the number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from ingest.assessments.evaluation_report.columns import Role, Row
from ingest.assessments.evaluation_report.levels import level_begins
from ingest.assessments.evaluation_report.word_headers import Header, header_of_words, of_headings
from ingest.assessments.evaluation_report.word_tables import Part, Word, parts_of_tables
from ingest.assessments.labels import Names, NodeKind, read_label
from ingest.scanned_tables import UNSURE
from scoring.figures import unrounded

Node = tuple[NodeKind, int]

_WORDS: dict[NodeKind, str] = {"indicator": "Indikator", "aspect": "Aspek", "domain": "Domain", "index": "Indeks"}
_NUMBER = re.compile(r"^(?:(?:indikator|ind|no|i)\.?\s*)?0?(\d{1,2})\s*[.)]?$", re.I)
_LED = re.compile(r"^(\d{1,2}\s*[.)]?)\s+(\D.*)$")
_LEVEL_WORD = re.compile(r"(?:level|tingkat(?:\s+kematangan)?|tk|lv)\b\.?", re.I)
_WAYS = ("top", "middle", "bottom")
_ALIGNED = 2.5  # points
_SURE, _WITH_NUMBER = 91.0, 72.0  # of 100: how alike a name must be, alone and beside its number
_MOST_LINES = 9  # of a name
_LETTERED = re.compile(r"^[A-H][.)]\s+")


@dataclass(frozen=True)
class Region:
    """The place of a table on a page, from its header to its last row, in points."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True)
class _Value:
    """A value with its extent and what is written in it."""

    text: str
    top: float
    bottom: float


@dataclass(frozen=True)
class _Named:
    """A value with a node it may be of, and where the row begins and ends.

    ``ways`` are those in which the name is aligned with it, ``fit`` says how well it fits: the greater the better.
    """

    node: Node
    value: _Value
    numbered: bool
    top: float
    bottom: float
    ways: frozenset[str]
    fit: tuple[bool, int, float]


@dataclass
class UnruledTables:
    """The rows of all tables of a report, the places of the tables, and headings of columns not read."""

    rows: list[Row]
    regions: list[Region]
    left_out: set[str]
    other_years: set[int]


def read_unruled(pages: Mapping[int, Sequence[Word]], names: Names, year: int) -> UnruledTables:
    """Read every table that has a header of names and values, or of names and groups of agencies."""
    read = UnruledTables([], [], set(), set())

    def understood(texts: tuple[str, ...]) -> int:
        header = header_of_words(texts, year)
        return header.understood if header is not None else 0

    for part in parts_of_tables(pages, understood, of_headings):
        header = header_of_words(part.columns.texts, year)
        assert header is not None
        found = [named for block in header.blocks() for named in _rows(part, header, block, names)]
        if not found:
            continue
        read.left_out |= set(header.left_out)
        read.other_years |= header.other_years
        read.regions.append(
            Region(
                part.page,
                part.columns.top if part.headed else min(named.top for named in found),
                max(named.bottom for named in found),
            )
        )
        if header.groups:
            read.rows.append(Row(part.page, list(header.groups.values())))
        read.rows += [Row(part.page, cells) for cells in _cells(found, header)]
    return read


def _cells(found: list[_Named], header: Header) -> Iterator[list[str]]:
    """Rows as cells; of a node that one table gives different values nothing is sure."""
    said: dict[Node, set[str]] = {}
    for named in found:
        said.setdefault(named.node, set()).add(named.value.text)
    for node, texts in said.items():
        label = _WORDS[node[0]] if node[0] == "index" else f"{_WORDS[node[0]]} {node[1]}"
        values = next(iter(texts)).split("\n") if len(texts) == 1 else [UNSURE] * max(1, len(header.groups))
        yield [label, *values]


def _rows(part: Part, header: Header, block: range, names: Names) -> list[_Named]:
    """The rows of a table, or of one of the tables that stand side by side in it."""
    values = _values(part, header, block)
    numbers = [
        (int(match[1]), piece)
        for column in header.of("number", block)
        for piece in part.cells[column]
        if (match := _NUMBER.match(piece.text))
    ]
    found: dict[int, _Named] = {}
    for column in header.name_columns(block):
        fragments = sorted([*part.cells[column], *_across(part, header, block, column)], key=lambda w: w.top)
        held = [
            _names_of(position, values, numbers, fragments, names, header.roles[column])
            for position in range(len(values))
        ]
        usual = _usual(held)
        for position, possible in enumerate(held):
            among = [one for one in possible if usual in one.ways] or possible
            if among and position not in found:
                found[position] = max(among, key=lambda one: one.fit)
    return _settled([found[position] for position in sorted(found)], bool(numbers), names)


def _usual(held: list[list[_Named]]) -> str:
    """The way in which most rows of a table are aligned; where several do, that of the longest names."""
    counted = {way: [0, 0] for way in _WAYS}
    for possible in held:
        for way in _WAYS:
            lines = [one.fit[1] for one in possible if way in one.ways and one.fit[0]]
            if lines:
                counted[way][0] += 1
                counted[way][1] += max(lines)
    return max(_WAYS, key=lambda way: counted[way])


def _across(part: Part, header: Header, block: range, column: int) -> list[Word]:
    """Pieces over the columns of numbers and names, such as the name of a group of rows."""
    values = set(header.value_columns(block))
    found = []
    for piece, first, last in part.across:
        if first in block and last in block and first <= column <= last and not values & set(range(first, last + 1)):
            led = _LED.match(piece.text) if header.roles[first] == "number" else None
            found.append(Word(led[2], piece.left, piece.right, piece.top, piece.bottom) if led else piece)
    return found


def _values(part: Part, header: Header, block: range) -> list[_Value]:
    """The values of a table from top to bottom: levels, marks under a level, or averages of groups."""
    columns = header.value_columns(block)
    if header.groups:
        return _of_groups([part.cells[column] for column in columns])
    if header.levels:
        marks = [
            _Value(header.levels[column], piece.top, piece.bottom)
            for column in columns
            for piece in part.cells[column]
            if len(piece.text) == 1
        ]
        return sorted(marks, key=lambda mark: mark.top)
    if len(columns) != 1:
        return []
    written: list[_Value] = []
    for piece in part.cells[columns[0]]:
        before = written[-1] if written else None
        near = before is not None and piece.top - before.bottom < 0.8 * piece.height
        if before is not None and near and _goes_on(before.text, piece.text):
            # a narrow column cuts even a Roman number
            cut = re.search(r"\s[IV]+$", before.text) and re.fullmatch(r"[IV]+", piece.text)
            written[-1] = _Value(f"{before.text}{'' if cut else ' '}{piece.text}", before.top, piece.bottom)
        elif level_begins(piece.text) is not None or _LEVEL_WORD.fullmatch(piece.text):
            written.append(_Value(piece.text, piece.top, piece.bottom))
    return [
        _Value(unrounded(level).replace(".", ","), value.top, value.bottom)
        for value in written
        if (level := level_begins(value.text)) is not None
    ]


def _goes_on(before: str, text: str) -> bool:
    """Whether a line of a column of values goes on with the value of the line above it."""
    if _LEVEL_WORD.fullmatch(before):
        return level_begins(text) is not None
    if re.fullmatch(r"[IV]+", text):
        return bool(re.search(r"[a-z]\s[IV]+$", before, re.I))
    return bool(re.match(r"[a-z(]", text, re.I)) and level_begins(text) is None and not _LEVEL_WORD.match(text)


def _of_groups(columns: list[tuple[Word, ...]]) -> list[_Value]:
    """Lines that have a value in every column."""
    found = []
    for first in columns[0] if columns else ():
        line = [next((w for w in column if abs(w.bottom - first.bottom) <= _ALIGNED), None) for column in columns]
        texts = [w.text for w in line if w is not None]
        if len(texts) == len(columns) and all(re.fullmatch(r"[0-5][.,]\d{1,2}", text) for text in texts):
            found.append(_Value("\n".join(texts), first.top, first.bottom))
    return found


def _names_of(
    position: int,
    values: list[_Value],
    numbers: list[tuple[int, Word]],
    fragments: list[Word],
    names: Names,
    kind: Role,
) -> list[_Named]:
    """What a value may be of: the pieces near it that are aligned with it and make a name."""
    value = values[position]
    beside = [number for number, piece in numbers if value.top - 1 <= piece.middle <= value.bottom + 1]
    number = beside[0] if len(beside) == 1 else None
    above = values[position - 1].bottom if position else float("-inf")
    below = values[position + 1].top if position + 1 < len(values) else float("inf")
    near = [w for w in fragments if w.bottom > above + _ALIGNED and w.top < below - _ALIGNED]
    found: list[_Named] = []
    for first in range(len(near)):
        for last in range(first, min(len(near), first + _MOST_LINES)):
            ways = _alignments(value, near[first].top, near[last].bottom)
            if not _together(near, first, last):
                continue
            known = _node(" ".join(w.text for w in near[first : last + 1]), number, names, kind) if ways else None
            if known is not None:
                node, likeness = known
                fit = likeness >= _SURE, last - first, likeness
                extent = min(near[first].top, value.top), max(near[last].bottom, value.bottom)
                found.append(_Named(node, value, number is not None, *extent, ways, fit))
    return found


def _together(near: list[Word], first: int, last: int) -> bool:
    """Whether lines are no further from each other than from those above and below them."""
    within = [b.top - a.bottom for a, b in pairwise(near[first : last + 1])]
    around = [near[below].top - near[below - 1].bottom for below in (first, last + 1) if 0 < below < len(near)]
    return not within or not around or max(within) <= min(around) + 1


def _alignments(value: _Value, top: float, bottom: float) -> frozenset[str]:
    """The ways in which a name is aligned with its value."""
    apart = {
        "top": top - value.top,
        "middle": (top + bottom) / 2 - (value.top + value.bottom) / 2,
        "bottom": bottom - value.bottom,
    }
    return frozenset(way for way, points in apart.items() if abs(points) <= _ALIGNED)


def _node(text: str, number: int | None, names: Names, kind: Role) -> tuple[Node, float] | None:
    """The node that a name is of, with the likeness of both; the number beside it has to be its own."""
    label = read_label(_LETTERED.sub("", text))
    if label is None:
        return None
    if label.kind == "index":
        return (("index", 0), 100.0) if re.search(r"ind(?:eks|ex)", text, re.I) else None
    number = label.number if label.number is not None and label.kind in (None, "indicator") else number
    kinds: tuple[NodeKind, ...] = ("indicator", "aspect", "domain")
    if label.kind in ("aspect", "domain"):
        kinds, number = (label.kind,), label.number
    elif label.kind == "indicator" or (number is not None and kind == "indicator"):
        kinds = ("indicator",)
    elif kind in ("aspect", "domain"):
        kinds, number = ("aspect",) if kind == "aspect" else ("domain",), None
    if not label.name:
        known = label.kind is not None and label.number in names.official[label.kind].values()
        return ((label.kind, label.number), 100.0) if known and label.kind and label.number else None
    likest = max(
        ((fuzz.ratio(label.name, name), held, of) for of in kinds for name, held in names.official[of].items()),
        key=lambda one: one[0],
    )
    if likest[2] != "indicator" and label.kind is None:
        number = None  # rows of totals are counted as they come
    if number is not None and number not in _numbers(likest[1], likest[2], names):
        return None
    return ((likest[2], likest[1]), likest[0]) if likest[0] >= (_SURE if number is None else _WITH_NUMBER) else None


def _numbers(number: int, kind: NodeKind, names: Names) -> set[int]:
    """The numbers that a row may have: its own, and its place within its aspect, where numbers may begin again."""
    if kind != "indicator":
        return {number}
    inside = [
        i.number for i in names.instrument.indicators if i.aspect == names.instrument.indicators[number - 1].aspect
    ]
    return {number, inside.index(number) + 1}


def _settled(found: list[_Named], numbered: bool, names: Names) -> list[_Named]:
    """An aspect of the name of an indicator is told from it by its number, or by the rows around it."""
    both = {
        held: other
        for name, held in names.official["indicator"].items()
        if (other := names.official["aspect"].get(name)) is not None
    }
    settled = []
    for position, named in enumerate(found):
        node = named.node
        if node[0] == "indicator" and node[1] in both and not named.numbered:
            before = found[position - 1].node if position else None
            after = found[position + 1].node if position + 1 < len(found) else None
            among = ("indicator", node[1] - 1) == before or ("indicator", node[1] + 1) == after
            if numbered or not among:
                node = ("aspect", both[node[1]])
        settled.append(replace(named, node=node))
    return settled
