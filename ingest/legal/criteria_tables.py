"""Tables of criteria: one passage for each indicator and level, and for what describes the indicator."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ingest.legal.lines import Line
from ingest.legal.markers import Row, number, row
from ingest.legal.passages import SHORT, PassageWriter, cut, tokens

_INDICATOR = re.compile(r"^(?:INDIKATOR|Indikator)\s+(\d{1,3})\b\s*(:?)\s*(.*)$")
#: The same as a scanner may read it: "Indikalor 1 4 :", "lndikator I4", "Indikator : ...".
_DAMAGED = re.compile(r"^([A-Za-z1|!]{7,11})\s?((?:\s?[\dIlOoSZB|!/]){0,3})(?![A-Za-z])\s*([:;.'\"]*)\s*(.*)$")
_LEVEL = re.compile(r"^(Level|Tingkat|LEVEL|TINGKAT)\s+(\d)\b(?![.,]\d)\s*(.*)$")
#: The head of the rows; stray letters of the form stand behind it in one source.
_HEADER = re.compile(r"^Tingkat(?:\s+(?:Kriteria|[a-z]))?$|^Kriteria$")
_CAPTION = re.compile(r"^Tabel\s+\d+\b")
_SECTION = re.compile(
    r"^(Deskripsi(?: Indikator)?|Ketentuan(?: Penilaian)?|Contoh Bukti Dukung|Penjelasan Indikator|Definisi)\s*:"
)
_COLUMN = re.compile(r"^(Kriteria Level|Kriteria [Pp]emenuhan Level|Kriteria Bukti Dukung)\b")
_AFTER = re.compile(
    r"^(?:Jawaban|Penjelasan|Data dukung)\s*:|^BAB\s+[IVX]+\b|^[IVX]+\.\s+DOMAIN\b|^[A-Z]\.\s+[A-Z][a-z]"
)
_ABOVE = re.compile(r"^(?:Domain|Aspek)\s+\d+\s*:")
#: A table of criteria rates from at least three levels.
_FEWEST_LEVELS = 3
#: More levels than this no table has; a larger number is misread.
_MOST_LEVELS = 9


@dataclass
class IndicatorTable:
    """What a document says about one indicator.

    Attributes:
        number: of the indicator.
        lines: all of it.
        name: the rest of its heading.
        start, end: its lines in the document, the end excluded.
        inferred: its number is concluded from its neighbours.
        word: "Level" or "tingkat", as the document says.
        levels: lines by level.
        sections: heading and lines of description, provisions, evidence.
        above: domain and aspect written before the heading.
    """

    number: int
    start: int
    end: int
    name: str
    inferred: bool = False
    word: str = "Level"
    levels: dict[int, list[Line]] = field(default_factory=dict)
    sections: list[tuple[str, list[Line]]] = field(default_factory=list)
    above: tuple[str, ...] = ()


def find_tables(lines: Sequence[Line]) -> list[IndicatorTable]:
    """All tables of criteria; lists that only name indicators are none."""
    starts = _starts(lines)
    found = []
    for position, start in enumerate(starts):
        limit = starts[position + 1].at if position + 1 < len(starts) else len(lines)
        table = _read(lines, start, limit)
        if len(table.levels) >= _FEWEST_LEVELS:
            found.append(table)
    return _numbered(found)


@dataclass(frozen=True)
class _Start:
    """Where a table may start; its number is None where its heading is lost or unreadable."""

    at: int
    number: int | None
    name: str


def _starts(lines: Sequence[Line]) -> list[_Start]:
    """Headings of indicators, whole or damaged, and heads of rows above which a heading is missing."""
    found: list[_Start] = []
    headed: tuple[int, int] | None = None  # how many starts there were, and the line, at the last head of rows
    for at, line in enumerate(lines):
        if match := _INDICATOR.match(line.text):
            found.append(_Start(at, int(match[1]), match[3]))
        elif (damaged := _DAMAGED.match(line.text)) and _misread(damaged):
            found.append(_Start(at, number(damaged[2].strip()) if damaged[2].strip() else None, damaged[4]))
        elif _HEADER.match(line.text) and found:
            # "Tingkat" / "Kriteria" on two lines are one head.
            if headed is not None and headed[0] == len(found) and at - headed[1] > _FEWEST_LEVELS:
                found.append(_Start(_above_rows(lines, at), None, ""))
            headed = (len(found), at)
    return found


def _misread(match: re.Match[str]) -> bool:
    """Whether the word was "Indikator" before it was scanned, and a number or a colon follows it."""
    word = match[1].lower()
    return bool(match[2].strip() or match[3]) and fuzz.ratio(word, "indikator") >= 75


def _above_rows(lines: Sequence[Line], at: int) -> int:
    """Where the form begins whose rows open here: below its domain and aspect, or below the form before it."""
    for above in range(at - 1, max(at - 8, -1), -1):
        if _ABOVE.match(lines[above].text) or _AFTER.match(lines[above].text):
            return above + 1
    return max(at - 1, 0)


def _numbered(tables: list[IndicatorTable]) -> list[IndicatorTable]:
    """Tables without a readable number, or with one that breaks the sequence, take the one that is missing there.

    What stands between 13 and 15 is 14. Where the neighbours leave it open it is no table of an indicator.
    """
    for at, table in enumerate(tables):
        before = tables[at - 1].number if at else 0
        behind = next(((n, t.number) for n, t in enumerate(tables[at + 1 :], 1) if t.number), None)
        expected = before + 1
        if table.number == expected or (at and not before):
            continue
        fits = behind is not None and behind[1] == expected + behind[0]
        if fits or (table.number == 0 and behind is None and before):
            table.number, table.inferred = expected, True
    return [table for table in tables if table.number]


def _read(lines: Sequence[Line], start: _Start, limit: int) -> IndicatorTable:
    at = start.at
    above_from = at
    while above_from and _ABOVE.match(lines[above_from - 1].text):
        above_from -= 1
    table = IndicatorTable(start.number or 0, above_from, limit, start.name)
    table.above = tuple(line.text for line in lines[above_from:at])
    current: list[Line] = [lines[at]]
    table.sections.append(("", current))
    rows: dict[int, int] = {}
    for here in range(at + 1, limit):
        line = lines[here]
        text = line.text
        last = max(table.levels, default=0)
        level = _LEVEL.match(text)
        if level and int(level[2]) == last + 1 and not level[3][:1].islower() and not level[3].startswith("("):
            table.word = "Level" if level[1].lower() == "level" else "tingkat"
            current = table.levels[last + 1] = [line]
        elif _HEADER.match(text):
            rows = rows or _rows(lines, here + 1, limit)
            table.word = "tingkat" if not table.levels else table.word
        elif here in rows:
            current = table.levels[rows[here]] = [line]
        elif section := _SECTION.match(text):
            if not table.levels:
                current = [line]
                table.sections.append((section[1], current))
            else:
                current.append(line)
        elif not table.levels and _CAPTION.match(text):
            break  # the example of a filled form, no criteria
        elif (table.levels and _AFTER.match(text)) or _ABOVE.match(text):
            table.end = here
            break
        else:
            current.append(line)
    return table


def _rows(lines: Sequence[Line], start: int, limit: int) -> dict[int, int]:
    """The level of each line that opens a row.

    A row counts where its number continues the sequence, or its text says on which level it builds; so a row
    behind one that the scanner lost keeps its own. One with another number counts where the next row continues
    behind it: what is read as "T" or "9" between 2 and 4 is 3.
    """
    opened: list[tuple[int, Row]] = []
    for at in range(start, limit):
        if _AFTER.match(lines[at].text):
            break
        if (reading := row(lines[at].text)) is not None:
            opened.append((at, reading))
    levels: dict[int, int] = {}
    last = 0
    if opened and opened[0][0] > start and opened[0][1].builds_on == 1:
        levels[start] = last = 1  # the first number is lost
    for position, (at, reading) in enumerate(opened):
        following = opened[position + 1][1] if position + 1 < len(opened) else None
        if _is_level(reading, last + 1):
            last += 1
        elif reading.builds_on is not None and last <= reading.builds_on < _MOST_LEVELS:
            last = reading.builds_on + 1
        elif reading.builds_on is None and following is not None and _is_level(following, last + 2):
            last += 1
        else:
            continue
        levels[at] = last
    return levels


def _is_level(reading: Row, level: int) -> bool:
    if reading.builds_on is not None and level > 1:
        return reading.builds_on == level - 1 or reading.value == level
    return reading.value == level


def write_table(
    writer: PassageWriter,
    table: IndicatorTable,
    *,
    prefix: str,
    headings: Sequence[str],
) -> None:
    """Write the passages of one indicator.

    Args:
        writer: receives them.
        table: from ``find_tables``.
        prefix: what stands before "Indikator 12" in the locator: "BAB II, " or "Lampiran, Kuesioner ".
        headings: above the table.
    """
    indicator = f"{prefix}Indikator {table.number}"
    named = (*headings, *table.above, _named(table))
    for title, lines in table.sections:
        text = _text(lines)
        if title:
            _write_parts(writer, f"{indicator}, {_short(title)}", text, lines, named, table.inferred)
        else:
            writer.write(indicator, _text([*map(Line, table.above), *lines]), headings=headings,
                         page=lines[0].page, inferred=table.inferred)  # fmt: skip
    for level, lines in sorted(table.levels.items()):
        locator = f"{indicator} {table.word} {level}"
        if tokens(_text(lines)) <= SHORT:
            writer.write(locator, _text(lines), headings=named, page=lines[0].page, inferred=table.inferred)
            continue
        for column, part in _columns(lines):
            where = f"{locator}, {column}" if column else locator
            _write_parts(writer, where, _text(part), part, named, table.inferred)


def _named(table: IndicatorTable) -> str:
    name = re.sub(r"^Domain Aspek Ind(?:ikator)? Kuesioner D\d+ A\d+ ID-\d+\s*", "", table.name).strip(" .")
    if len(name) < 5:
        first = next((line.text for _, lines in table.sections[:1] for line in lines[1:]), "")
        name = first[:150]
    return f"Indikator {table.number}: {name[:150]}"


def _short(title: str) -> str:
    return re.sub(r"\s+Indikator$", "", title)


def _columns(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The cells of one level: criterion, when it is met, evidence."""
    found: list[tuple[str, list[Line]]] = [("", [])]
    for line in lines:
        if (column := _COLUMN.match(line.text)) and found[-1][1] and not _is_label(found[-1][1]):
            found.append((column[1].replace("pemenuhan", "Pemenuhan"), [line]))
        else:
            if column is not None:
                found[-1] = (column[1] if len(found) > 1 else "", found[-1][1])
            found[-1][1].append(line)
    return found


def _is_label(lines: Sequence[Line]) -> bool:
    return len(lines) == 1 and _LEVEL.match(lines[0].text) is not None and len(lines[0].text) < 12


def _write_parts(
    writer: PassageWriter,
    locator: str,
    text: str,
    lines: Sequence[Line],
    headings: Sequence[str],
    inferred: bool,
) -> None:
    for part in cut(text, SHORT):
        writer.write(locator, part, headings=headings, page=lines[0].page, inferred=inferred)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
