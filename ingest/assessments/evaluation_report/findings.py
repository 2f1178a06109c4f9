"""The assessors' own words: strengths, weaknesses and recommendations by aspect, each with its page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from ingest.assessments.evaluation_report.columns import tables_of_figures
from ingest.assessments.evaluation_report.lines import Grid, Line, Pages
from ingest.assessments.evaluation_report.remark_tables import remarks_in_columns
from ingest.assessments.evaluation_report.rows import Region
from ingest.assessments.labels import Names, folded
from scoring.instrument import Instrument

What = Literal["strength", "weakness", "recommendation", "summary"]

_WORDS: tuple[tuple[What, str], ...] = (
    ("strength", r"kekuatan"),
    ("weakness", r"kelemahan|kekurangan"),
    ("recommendation", r"rekomendasi|saran(?: perbaikan)?"),
)
_KIND_LINE = re.compile(  # a bullet, number or letter before it, also as recognition misreads them
    r"^(?:[^\w\s]{1,3}\s*|\w{1,2}[.)]?\s+)?"
    r"(kekuatan|kelemahan|kekurangan|rekomendasi|saran(?: perbaikan)?)\s*(?:[:：]\s*(.*))?$",
    re.I,
)
_SECTION = re.compile(
    r"^(?:(?:bab\s+[IVX\d]+[.:]?|[IVX\d]+[.)])\s*)?"
    r"(kekuatan\s*(?:dan|&|/)\s*kelemahan|kelemahan\s*(?:dan|&|/)\s*kekuatan|rekomendasi|saran)\b.{0,40}$",
    re.I,
)
_HEADING = re.compile(
    r"^(?:((?:[A-Z]|[IVX]{1,4}|\d{1,2})(?:[.)]|(?:\.\d{1,2}){1,3}[.)]?))\s+)?(?:aspek\s*(\d{1,2})?\s*[-–:.]?\s*)?(.{4,90})$",
    re.I,
)
_END = re.compile(
    r"^(?:bab\s+[ivx\d]+\b[.:]?\s*)?(?:perolehan nilai|lampiran|daftar indikator|"
    r"nilai tingkat kematangan|capaian (?:nilai )?indikator|target nilai|deputi bidang|penutup|no\.?\s+indikator)\b",
    re.I,
)
_TITLE = 80  # letters of a table's title at most
_RUNNING = re.compile(r"^[^a-z]*\bTAHUN 20\d\d$")


@dataclass(frozen=True)
class Finding:
    """One remark of the assessors.

    Attributes:
        aspect: its number; None where a recommendation is for the whole.
        page: where it begins, from 1.
    """

    aspect: int | None
    what: What
    text: str
    page: int


def read_findings(pages: Pages, names: Names, regions: list[Region]) -> list[Finding]:
    """The remarks of a report, in its order; from a table of aspect, strength and weakness where it has one.

    An aspect is known by the name of its heading; below it, lines that only say "Kekuatan", "Kelemahan" or
    "Rekomendasi" begin a remark. A recommendation for the whole is given to the aspects its sentences name.
    ``regions`` are the places of tables of figures.
    """
    ruled = list(_in_tables(pages.grids, names, regions))
    by_words = list(_in_columns(pages, names, regions))
    if ruled or by_words:
        # a cell with rules around it is surer; where only some have them, words tell more
        return by_words if _places(by_words) > _places(ruled) else ruled
    found = []
    for aspect, what, block in _blocks(_outside_tables(pages.lines, pages.grids, regions), names):
        for text, page in _paragraphs(block):
            if what != "recommendation" or aspect is not None:
                found.append(Finding(aspect, what, text, page))
            else:
                found += [Finding(one, what, sentence, page) for one, sentence in _by_aspect(text, names)]
    return found


def _places(found: list[Finding]) -> int:
    return len({(one.aspect, one.what) for one in found})


def _kind_of(heading: str) -> What | None:
    return next((what for what, pattern in _WORDS if re.fullmatch(pattern, heading.replace(" ", ""), re.I)), None)


def _aspect_in(cell: str, names: Names) -> int | None:
    """The aspect that a cell names, perhaps after its number or a letter."""
    return names.near("aspect", _bare(cell), 80)


def _bare(cell: str) -> str:
    return folded(re.sub(r"^(?:aspek\s*)?(?:\d{1,2}|[A-H](?=[.)\s]))?[.)\s\-–:]*", "", cell, flags=re.I))


def _likest_aspect(cell: str, names: Names) -> tuple[int, float] | None:
    """The aspect whose name a cell is most like, and how much of 100."""
    said = _bare(cell)
    likeness, number = max((fuzz.ratio(said, name), held) for name, held in names.official["aspect"].items())
    return (number, likeness) if likeness >= 85 else None


def _in_columns(pages: Pages, names: Names, regions: list[Region]) -> Iterator[Finding]:
    found, _ = remarks_in_columns(
        pages.words, lambda text: _kind_of(text) is not None, lambda text: _likest_aspect(text, names), regions
    )
    for heading, remark in found:
        what = _kind_of(heading)
        assert what is not None
        yield Finding(remark.aspect, what, remark.text, remark.page)


def _in_tables(grids: list[Grid], names: Names, regions: list[Region]) -> Iterator[Finding]:
    """Remarks in the cells of a table whose header says which column is what; it may go on over pages."""
    columns: dict[int, What] = {}
    aspect: int | None = None
    of_figures = [id(grid) for grid in tables_of_figures(grids)]
    for grid in grids:
        middle = (grid.top + grid.bottom) / 2
        if id(grid) in of_figures or any(r.page == grid.page and r.top <= middle <= r.bottom for r in regions):
            columns = {}
            continue
        for row in grid.rows:
            headed: dict[int, What] = {
                column: what
                for column, cell in enumerate(row)
                for what, pattern in _WORDS
                if re.fullmatch(pattern, cell, re.I)
            }
            if len(headed) >= 2:
                columns, aspect = headed, None
                continue
            if not columns or max(columns) >= len(row):
                continue
            before = " ".join(cell for cell in row[: min(columns)] if cell)
            named = _aspect_in(before, names)
            aspect = named if named is not None else aspect
            if aspect is not None:
                yield from (
                    Finding(aspect, what, row[column], grid.page)
                    for column, what in columns.items()
                    if re.search(r"[a-zA-Z]{3}", row[column])  # a table of figures may follow in as many columns
                )


def _outside_tables(lines: list[Line], grids: list[Grid], regions: list[Region]) -> Iterator[Line | int]:
    """The lines without those of tables of figures; in place of each of those the page it stands on."""
    on_page: dict[int, list[tuple[float, float]]] = {}
    places: list[Grid | Region] = [*tables_of_figures(grids), *regions]
    for place in places:
        on_page.setdefault(place.page, []).append((place.top, place.bottom))
    for line in lines:
        inside = any(top - 1 <= line.top < bottom for top, bottom in on_page.get(line.page, ()))
        yield line.page if inside else line


def _above_table(block: list[Line], page: int) -> list[Line]:
    """A remark without the title of the table below it: what follows its last sentence, if on the page before."""
    ended = max((place for place, line in enumerate(block, 1) if line.text.endswith((".", ";"))), default=0)
    title = block[ended:]
    is_title = ended and all(line.page in (page - 1, page) and len(line.text) < _TITLE for line in title)
    return block[:ended] if is_title else block


def _blocks(lines: Iterable[Line | int], names: Names) -> Iterator[tuple[int | None, What, list[Line]]]:
    aspect: int | None = None
    what: What | None = None
    inside = by_aspect = False
    block: list[Line] = []
    for line in lines:
        if isinstance(line, int):
            if block and what:
                yield aspect, what, _above_table(block, line)
            block, what = [], None
            continue
        kind = _KIND_LINE.match(line.text)
        heading = _aspect_heading(line.text, names, aspect) if inside else None
        own = kind and (by_aspect or not re.match("rekomendasi|saran", kind[1], re.I))  # each aspect has its own
        last = aspect == len(names.instrument.aspects) and not own
        if _SECTION.match(line.text) and (not kind or not inside or last):
            if block and what:
                yield aspect, what, block
            whole = not re.match(r"(?i).*kekuatan", line.text)
            inside, aspect, block = True, None, []
            what = "recommendation" if whole else None
        elif inside and (_END.match(line.text) or _RUNNING.match(line.text)):
            if block and what:
                yield aspect, what, block
            block, inside, what = [], False, None
        elif inside and heading is not None:
            if block and what:
                yield aspect, what, block
            aspect, block = heading, []
            what = "summary" if what != "recommendation" or aspect is not None else "recommendation"
        elif inside and kind and aspect is not None:
            if block and what:
                yield aspect, what, block
            what = next(name for name, pattern in _WORDS if re.fullmatch(pattern, kind[1], re.I))
            by_aspect = by_aspect or what == "recommendation"
            block = [Line(line.page, kind[2], line.indent, line.end, line.top, line.height)] if kind[2] else []
        elif inside and what is not None:
            block.append(line)
    if block and what:
        yield aspect, what, block


def _aspect_heading(text: str, names: Names, current: int | None) -> int | None:
    """The aspect that a line heads: marked by a letter or number, or nothing but the name of the next one."""
    match = _HEADING.match(text)
    if match is None or text.rstrip().endswith((".", ",", ";")):
        return None
    if match[2]:
        said = int(match[2])
        return said if 1 <= said <= len(names.instrument.aspects) else None
    marked = bool(match[1]) or bool(re.match(r"(?i)aspek\b", text))
    number = names.near("aspect", folded(match[3]), 86)
    following = (current or 0) + 1
    return number if number is not None and (marked or number == following) else None


def _paragraphs(block: list[Line]) -> Iterator[tuple[str, int]]:
    """Paragraphs of a remark: a bullet, a first-line indent or a wide gap begins the next."""
    parts: list[str] = []
    page = block[0].page
    left = min(line.indent for line in block)
    width = max((line.end for line in block), default=0.0)
    previous: Line | None = None
    for line in block:
        bullet = re.match(r"^[\uf0b7\uf0a7\uf0d8•●▪◦○►➢✓]\s*", line.text)
        text = line.text[bullet.end() :] if bullet else line.text
        ended = previous is not None and previous.text.rstrip().endswith((".", ":"))
        short = previous is not None and previous.end < width - 40
        gap = previous is not None and previous.page == line.page and line.top - previous.top > 2.1 * line.height
        begins = bullet or (ended and (line.indent > left + 12 or short or gap))
        if parts and begins:
            yield _flow(parts), page
            parts = []
        if not parts:
            page = line.page
        parts.append(text)
        previous = line
    if parts:
        yield _flow(parts), page


def _flow(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())


def _by_aspect(text: str, names: Names) -> Iterator[tuple[int | None, str]]:
    """A recommendation for the whole: its sentences, each with the aspect it names, neighbours joined."""
    joined: list[tuple[int | None, list[str]]] = []
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", text):
        aspect = _named_aspect(sentence, names.instrument)
        if joined and (joined[-1][0] == aspect or aspect is None):
            joined[-1][1].append(sentence)
        else:
            joined.append((aspect, [sentence]))
    yield from ((aspect, " ".join(sentences)) for aspect, sentences in joined)


def _named_aspect(sentence: str, instrument: Instrument) -> int | None:
    """The aspect whose name, or the name of one of whose indicators, a sentence holds; the longest name wins."""
    text = f" {folded(sentence)} "
    held: list[tuple[int, int]] = []
    for aspect in instrument.aspects:
        spoken = [folded(aspect.name.id), *(folded(a) for a in aspect.aliases if len(folded(a)) > 8)]
        spoken += [folded(i.name.id) for i in instrument.indicators_of(aspect)]
        held += [(len(name), aspect.number) for name in spoken if name and f" {name} " in text]
    return max(held)[1] if held else None
