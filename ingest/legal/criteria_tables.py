"""Tables of criteria: one passage for each indicator and level, and for what describes the indicator."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.lines import Line
from ingest.legal.passages import SHORT, PassageWriter, cut, tokens

_INDICATOR = re.compile(r"^(?:INDIKATOR|Indikator)\s+(\d{1,3})\b\s*(:?)\s*(.*)$")
_LEVEL = re.compile(r"^(Level|Tingkat|LEVEL|TINGKAT)\s+(\d)\b(?![.,]\d)\s*(.*)$")
#: The head of the rows; stray letters of the form stand behind it in one source.
_HEADER = re.compile(r"^Tingkat(?:\s+(?:Kriteria|[a-z]))?$|^Kriteria$")
_CAPTION = re.compile(r"^Tabel\s+\d+\b")
_ROW = re.compile(r"^(\d)\s+(?=[A-Z])")
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


@dataclass
class IndicatorTable:
    """What a document says about one indicator.

    Attributes:
        number: of the indicator.
        lines: all of it.
        name: the rest of its heading.
        start, end: its lines in the document, the end excluded.
        word: "Level" or "tingkat", as the document says.
        levels: lines by level.
        sections: heading and lines of description, provisions, evidence.
        above: domain and aspect written before the heading.
    """

    number: int
    start: int
    end: int
    name: str
    word: str = "Level"
    levels: dict[int, list[Line]] = field(default_factory=dict)
    sections: list[tuple[str, list[Line]]] = field(default_factory=list)
    above: tuple[str, ...] = ()


def find_tables(lines: Sequence[Line]) -> list[IndicatorTable]:
    """All tables of criteria; lists that only name indicators are none."""
    starts = [(at, match) for at, line in enumerate(lines) if (match := _INDICATOR.match(line.text))]
    found = []
    for position, (at, match) in enumerate(starts):
        limit = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        table = _read(lines, at, limit, match)
        if len(table.levels) >= _FEWEST_LEVELS:
            found.append(table)
    return found


def _read(lines: Sequence[Line], at: int, limit: int, match: re.Match[str]) -> IndicatorTable:
    above_from = at
    while above_from and _ABOVE.match(lines[above_from - 1].text):
        above_from -= 1
    table = IndicatorTable(int(match[1]), above_from, limit, match[3])
    table.above = tuple(line.text for line in lines[above_from:at])
    current: list[Line] = [lines[at]]
    table.sections.append(("", current))
    rows = False
    for here in range(at + 1, limit):
        line = lines[here]
        text = line.text
        last = max(table.levels, default=0)
        level = _LEVEL.match(text)
        if level and int(level[2]) == last + 1 and not level[3][:1].islower() and not level[3].startswith("("):
            table.word = "Level" if level[1].lower() == "level" else "tingkat"
            current = table.levels[last + 1] = [line]
        elif _HEADER.match(text):
            rows = True
            table.word = "tingkat" if not table.levels else table.word
        elif rows and (row := _ROW.match(text)) and int(row[1]) == last + 1:
            current = table.levels[last + 1] = [line]
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
            _write_parts(writer, f"{indicator}, {_short(title)}", text, lines, named)
        else:
            writer.write(indicator, _text([*map(Line, table.above), *lines]), headings=headings,
                         page=lines[0].page)  # fmt: skip
    for level, lines in sorted(table.levels.items()):
        locator = f"{indicator} {table.word} {level}"
        if tokens(_text(lines)) <= SHORT:
            writer.write(locator, _text(lines), headings=named, page=lines[0].page)
            continue
        for column, part in _columns(lines):
            where = f"{locator}, {column}" if column else locator
            _write_parts(writer, where, _text(part), part, named)


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
) -> None:
    for part in cut(text, SHORT):
        writer.write(locator, part, headings=headings, page=lines[0].page)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
