"""The figures of an evaluation report: levels of indicators, totals, averages of groups."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from ingest.assessments.cells import value_of
from ingest.assessments.evaluation_report.cards import cards
from ingest.assessments.evaluation_report.columns import Row, arranged, left_out
from ingest.assessments.evaluation_report.groups import groups_in
from ingest.assessments.evaluation_report.levels import level_begins
from ingest.assessments.evaluation_report.lines import Line, Pages
from ingest.assessments.evaluation_report.rows import Region, read_unruled
from ingest.assessments.headers import year_of
from ingest.assessments.labels import Label, Names, NodeKind, read_label
from ingest.scanned_tables import UNSURE

Node = tuple[NodeKind, int]

_DECIMAL = re.compile(r"^[0-5][.,]\d{1,4}$")
_LEVEL = re.compile(r"^(?:(?:level|tingkat|tk|lv)\.?\s*)?([0-5])(?:\s*[-–—:(=]\s*[a-z][a-z\s/]{2,40}\)?)?$", re.I)
_NAMED_LEVEL = re.compile(
    r"(?<!\bke)(?<!\bpada)(?<!\bdi)\s(?:level|tingkat|tk\.|lv\.)\s*([0-5]|IV|V|I{1,3})"
    r"(?:\s*[-–—:(=]\s*[a-z][a-z\s/]{2,40}\)?)?$",
    re.I,
)


@dataclass
class ReportFigures:
    """Figures by node, each with the page it was read on; ``averages`` by node, then by group of agencies.

    ``left_out`` are headings of columns that hold the values of another stage.
    ``regions`` are the places of tables that were known by their words.
    ``unsure`` are figures of a scan of which the readings differ, with their page; they are not in the others.
    """

    levels: dict[int, Fraction] = field(default_factory=dict)
    totals: dict[Node, Fraction] = field(default_factory=dict)
    averages: dict[Node, dict[str, Fraction]] = field(default_factory=dict)
    pages: dict[Node, int] = field(default_factory=dict)
    other_years: set[int] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    unsure: dict[Node, int] = field(default_factory=dict)
    totals_on: dict[int, dict[Node, Fraction | None]] = field(default_factory=dict)
    regions: list[Region] = field(default_factory=list)

    def settle_totals(self) -> None:
        """Take the totals of the page that prints most of them, and from others what that one does not print.

        Totals stand together in one table; a row of another table may bear the name of one as well. What cannot be
        read surely in that table is not taken from elsewhere.
        """
        self.totals.clear()
        self.unsure = {node: page for node, page in self.unsure.items() if node[0] == "indicator"}
        for page, totals in sorted(self.totals_on.items(), key=lambda item: (-len(item[1]), item[0])):
            for node, value in totals.items():
                if node in self.totals or node in self.unsure:
                    continue
                if value is None:
                    self.unsure[node] = page
                else:
                    self.totals[node], self.pages[node] = value, page


@dataclass
class _Columns:
    """Years and groups that the columns of values stand for, as the last header said."""

    years: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()


def read_figures(pages: Pages, names: Names, year: int) -> ReportFigures:
    """Read the figures from tables, known by the places of their words and by their rules, and from lines.

    A row is known by the number and name of what it is about; which of several values is the year's own is said
    by the header above, and carried over to the next page. The stricter reading comes first: that of words holds
    every name against the instrument. Of recognised pages the averages are read from ruled tables alone, as a line
    is recognised only once.
    """
    unruled = read_unruled(pages.words, names, year)
    found = _of_rows(unruled.rows, names, year)
    found.left_out |= unruled.left_out | set(left_out(pages.grids))
    found.other_years |= unruled.other_years
    found.regions = unruled.regions
    if not _complete(found, names):
        _fill(found, _of_rows(arranged(pages.grids), names, year))
    if not found.levels:
        _fill(found, _of_rows(cards(pages.lines, names), names, year))
    if not _complete(found, names):
        held = list(joined(pages.lines))
        lines = (
            Row(line.page, _cells_of(line.text))
            for at, line in enumerate(held)
            if not _ends_name(held[max(0, at - 3) : at], line, names)
        )
        _fill(found, _of_rows(lines, names, year), pages.by_ocr)
    return found


def _ends_name(above: list[Line], line: Line, names: Names) -> bool:
    """Whether "SPBE 2,90" is the end of a name that stands above it, not the index."""
    said = re.fullmatch(r"(spbe)\s([\d\s,.]+)", line.text, re.I)
    if said is None:
        return False
    if not _DECIMAL.match(said[2].split()[-1]):
        return True
    for first in range(len(above)):
        text = " ".join([*(one.text for one in above[first:]), said[1]])
        label = read_label(text) if above[first].page == line.page and not re.search(r"\d[,.]\d", text) else None
        if label is not None and (total_named(label, names) or _indicator_named(label, names)):
            return True
    return False


def _of_rows(rows: Iterable[Row], names: Names, year: int) -> ReportFigures:
    found = ReportFigures()
    columns = _Columns()
    for row in rows:
        _take(found, columns, row.cells, row.page, names, year)
    found.settle_totals()
    return found


def _take(found: ReportFigures, columns: _Columns, cells: list[str], page: int, names: Names, year: int) -> None:
    if not cells:
        return
    values: list[Fraction | None] = []
    rest = list(cells)
    while len(rest) > 1 and (_DECIMAL.match(rest[-1]) or _LEVEL.match(rest[-1]) or rest[-1] == UNSURE):
        said = rest.pop()
        value = None if said == UNSURE else value_of(said)
        assert not isinstance(value, str)
        values.insert(0, value)
    rest = [cell for cell in rest if cell != UNSURE]
    if not values or not rest:
        _read_header(columns, cells)
        return
    label = _label_of(_from_number(rest))
    node = _node(label, names, values, cells) if label is not None else None
    if node is None:
        return
    if len(values) >= 4 and node[0] != "indicator":
        if columns.groups:
            known = zip(columns.groups, values, strict=False) if len(columns.groups) == len(values) else ()
            groups = {group: value for group, value in known if value is not None}
            if groups and node not in found.averages:
                found.averages[node] = groups
                found.pages.setdefault(("rating", node[1] if node[0] == "aspect" else 0), page)
        return
    value = _of_year(values, columns, year, found)
    if value is None and len(columns.years) == len(values) and year not in columns.years:
        return
    if node[0] != "indicator":
        found.totals_on.setdefault(page, {}).setdefault(node, value)
    elif value is None:
        found.unsure.setdefault(node, page)
    else:
        if value.denominator == 1 or not names.instrument.scale.whole:
            found.levels.setdefault(node[1], value)
            found.pages.setdefault(node, page)


def _node(label: Label, names: Names, values: list[Fraction | None], cells: list[str]) -> Node | None:
    """Indicators are numbered rows; totals are known by name."""
    size = len(names.instrument.indicators)
    if label.kind in ("index", "domain", "aspect"):
        return names.number(label)
    if label.number is not None and 1 <= label.number <= size and (label.kind == "indicator" or label.name):
        if label.kind == "indicator":
            return "indicator", label.number
        if (named := names.official["indicator"].get(label.name)) is not None:
            return "indicator", named  # a name in full is surer than two digits
        total = total_named(label, names)
        decimal = any("," in cell or "." in cell for cell in cells[-len(values) :])
        return total if total is not None and decimal else ("indicator", label.number)
    return total_named(label, names) or _indicator_named(label, names)


def total_named(label: Label, names: Names) -> Node | None:
    """The index, domain or aspect that a label names; an aspect before a domain unless it says "Domain"."""
    if label.kind in ("index", "domain", "aspect"):
        return names.number(label)
    order: tuple[NodeKind, ...] = ("aspect", "domain")
    officially = names.official
    for number_of in (
        lambda kind, name: officially[kind].get(name),
        names.exact,
        lambda kind, name: names.near(kind, name, 85),
    ):
        for kind in order:
            if label.name and (number := number_of(kind, label.name)) is not None:
                return kind, number
    return None


def _indicator_named(label: Label, names: Names) -> Node | None:
    number = names.near("indicator", label.name, 85) if label.name else None
    return None if number is None else ("indicator", number)


def _from_number(cells: list[str]) -> list[str]:
    """A row from its number on: what stands before it names the domain or aspect it belongs to."""
    numbered = [k for k, cell in enumerate(cells[:-1]) if re.fullmatch(r"\d{1,2}[.)]?", cell)]
    return cells[numbered[0] :] if numbered else cells


def _label_of(cells: list[str]) -> Label | None:
    """The label of a row, its number perhaps in a cell of its own."""
    text = " ".join(cells)
    return read_label(re.sub(r"^[A-H][.)]\s+", "", text))


def _of_year(values: list[Fraction | None], columns: _Columns, year: int, found: ReportFigures) -> Fraction | None:
    """The value of the report's own year: the only one, that under its year, or the last."""
    if len(values) == 1:
        return values[0]
    if len(columns.years) == len(values):
        found.other_years |= set(columns.years) - {year}
        return values[columns.years.index(year)] if year in columns.years else None
    return values[-1]


def _read_header(columns: _Columns, cells: list[str]) -> None:
    text = " ".join(cells).lower()
    if groups := groups_in(text):
        columns.groups = groups
        return
    years = [year for cell in cells for found in re.findall(r"\b20[0-4]\d\b", cell) if (year := int(found))]
    if (
        years
        and len(text) < 160
        and re.search(r"nilai|indeks|tingkat|level|skor|capaian|hasil|kematangan|^[\d\s]+$", text)
    ):
        columns.years = tuple(dict.fromkeys(years))
    elif re.search(r"\bnilai\b|\bno\b", text) and len(text) < 80 and year_of(text) is None and "indikator" in text:
        columns.years = ()


def _cells_of(text: str) -> list[str]:
    """A line as a label and the values at its end.

    >>> _cells_of("45 Tingkat Kematangan Layanan Publik Sektor 1 2")
    ['45 Tingkat Kematangan Layanan Publik Sektor 1', '2']
    """
    bare = re.sub(r"\.{3,}|\s\|\s", " ", text)  # leaders up to the value, bars between columns
    words = _NAMED_LEVEL.sub(lambda match: f" {level_begins(match[1])}", bare).split()
    values: list[str] = []
    while len(words) > 1 and (_DECIMAL.match(words[-1]) or re.fullmatch(r"[0-5]", words[-1])):
        values.insert(0, words.pop())
    sector = words and re.search(r"(?i)^(sektor|publik)$", words[-1]) and len(values) > 1
    if sector and not _DECIMAL.match(values[0]):
        words.append(values.pop(0))
    return [" ".join(words), *values] if values else [text]


def joined(lines: list[Line]) -> Iterator[Line]:
    """Lines with the name of a row around its number and values put together.

    A name of two lines stands above and below "11 1" or "2,90"; a name cut by the cell stays as it is.
    """
    position = 0
    while position < len(lines):
        line = lines[position]
        before = lines[position - 1] if position else None
        after = lines[position + 1] if position + 1 < len(lines) else None
        bare = re.fullmatch(r"(\d{1,2}\s+)?((?:[0-5]|[0-5][.,]\d{1,2})(?:\s+(?:[0-5]|[0-5][.,]\d{1,2}))*)", line.text)
        if bare and before is not None and before.page == line.page and not re.search(r"\s[0-5]$", before.text):
            tail = after.text if after is not None and after.page == line.page and not _starts_row(after.text) else ""
            yield Line(line.page, f"{bare[1] or ''}{before.text} {tail} {bare[2]}".replace("  ", " "))
        else:
            yield line
        position += 1


def _starts_row(text: str) -> bool:
    return bool(re.match(r"^\d{1,2}\s|^tingkat|^domain|^aspek", text, re.I)) or bool(_DECIMAL.match(text.split()[-1]))


def _complete(found: ReportFigures, names: Names) -> bool:
    wanted: Iterable[Node] = [
        ("index", 0),
        *(("domain", d.number) for d in names.instrument.domains),
        *(("aspect", a.number) for a in names.instrument.aspects),
    ]
    whole = len(found.levels) == len(names.instrument.indicators) and all(node in found.totals for node in wanted)
    return whole and bool(found.averages)


def _fill(found: ReportFigures, more: ReportFigures, scanned: Collection[int] = ()) -> None:
    """Add what an earlier reading did not find; what both have stays as it was, and what was unsure stays so."""
    for number, level in more.levels.items():
        if ("indicator", number) not in found.unsure:
            found.levels.setdefault(number, level)
    for node, page in more.unsure.items():
        if node[0] == "indicator" and node[1] not in found.levels:
            found.unsure.setdefault(node, page)
    for page, totals in more.totals_on.items():
        found.totals_on[page] = totals | found.totals_on.get(page, {})
    for node, groups in more.averages.items():
        if more.pages.get(("rating", node[1] if node[0] == "aspect" else 0)) not in scanned:
            found.averages.setdefault(node, groups)
    for node, page in more.pages.items():
        found.pages.setdefault(node, page)
    found.settle_totals()
    found.other_years |= more.other_years
