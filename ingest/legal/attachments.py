"""Attachments and guidelines without articles: chapters, sections, tables, criteria."""

import re
from collections.abc import Sequence

from ingest.legal.criteria_tables import IndicatorTable, find_tables, write_table
from ingest.legal.lines import Line
from ingest.legal.outline import Node, outline
from ingest.legal.passages import SHORT, PassageWriter, cut, tokens

#: " 3.1 Tahap Persiapan" or "3.1.1. Pengumpulan" within a line.
_INLINE_SECTION = re.compile(r"\s(?=([1-9](?:\.\d{1,2}){1,3})\.?(?:\s+[A-Z][a-z]|$))")
#: What stands before it: the end of a sentence, or the title of a chapter.
_ENDED = re.compile(r"(?:[.:;]|[A-Z]{2})\s*$")
_SECTION = re.compile(r"([1-9](?:\.\d{1,2}){1,3})\.?(?=\s|$)")
#: Longest title of a chapter, in characters.
_LONGEST_TITLE = 200
_CHAPTER = re.compile(r"^(BAB\s+[IVXLl1]{1,6})\b")


def write_sections(writer: PassageWriter, name: str, lines: Sequence[Line]) -> None:
    """Write an attachment, or a whole document without articles.

    Args:
        writer: receives the passages.
        name: "Lampiran", "Lampiran II" or "" for the document itself.
        lines: its text.
    """
    tables = find_tables(lines)
    at = 0
    chapter = ""
    for table in tables:
        chapter = _write_outline(writer, name, lines[at : table.start], chapter)
        prefix = _prefix(name, chapter, table)
        headings = [part for part in (name, chapter) if part]
        write_table(writer, table, prefix=prefix, headings=headings)
        at = table.end
    _write_outline(writer, name, lines[at:], chapter)


def _prefix(name: str, chapter: str, table: IndicatorTable) -> str:
    if table.word == "tingkat" and name:
        return f"{name}, Kuesioner "
    where = " ".join(part for part in (name, _number(chapter)) if part)
    return f"{where}, " if where else ""


def _number(chapter: str) -> str:
    match = _CHAPTER.match(chapter)
    return match[1] if match else ""


def _write_outline(writer: PassageWriter, name: str, lines: Sequence[Line], chapter: str) -> str:
    """Write sections and plain tables; returns the chapter that is open at the end."""
    root = outline(_with_inline_sections(lines), ayat=False, sections=True)
    headings = [name] if name else []
    opened = Node("", lines=root.lines, children=[child for child in root.children if child.style != "BAB"])
    if chapter:
        _write_node(writer, opened, f"{name} {_number(chapter)}".strip(), [*headings, chapter])
    else:
        _write_node(writer, opened, name, headings)
    for node in root.children:
        if node.style == "BAB":
            chapter, rest = _titled(node)
            inner = Node("", lines=rest, children=node.children)
            _write_node(writer, inner, f"{name} {node.locator}".strip(), [*headings, chapter])
    return chapter


def _titled(chapter: Node) -> tuple[str, list[Line]]:
    """The heading of a chapter with its title, and the lines below.

    Text that a damaged source runs on behind the title stays text too.
    """
    title = [re.sub(r"^(?:BAB|BAR)\s+\S+", chapter.locator, chapter.lines[0].text)]
    rest = chapter.lines[1:]
    while rest and rest[0].text.isupper() and len(title) < 4:
        title.append(rest.pop(0).text)
    whole = " ".join(title)
    if len(whole) > _LONGEST_TITLE or not (rest or chapter.children):
        return whole[:_LONGEST_TITLE], chapter.lines
    return whole, rest


def _with_inline_sections(lines: Sequence[Line]) -> list[Line]:
    """Put section headings that stand within a line on lines of their own.

    A heading follows the end of a sentence or a chapter's title; or, where a figure's scraps stand before it, it is
    the next in the sequence of sections.
    """
    found: list[Line] = []
    last: tuple[int, ...] = ()
    for line in lines:
        for part in _sections_of(line.text, last):
            if opening := _SECTION.match(part):
                last = _numbers(opening[1])
            if found and re.fullmatch(r"\d(?:\.\d{1,2}){1,3}\.?", found[-1].text):
                found[-1] = Line(f"{found[-1].text} {part}", found[-1].page)
            else:
                found.append(Line(part, line.page))
    return found


def _sections_of(text: str, last: tuple[int, ...]) -> list[str]:
    parts, start = [], 0
    if opening := _SECTION.match(text):
        last = _numbers(opening[1])
    for match in _INLINE_SECTION.finditer(text):
        number = _numbers(match[1])
        if _ENDED.search(text, start, match.start()) or _follows(number, last):
            parts.append(text[start : match.start()].strip())
            start, last = match.end(), number
    return [*parts, text[start:].strip()]


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in written.split("."))


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a section comes next: 3.1.1 or 3.2 after 3.1, 3.3 after 3.2.2."""
    after = {(*last, 1)} | {(*last[: depth - 1], last[depth - 1] + 1) for depth in range(2, len(last) + 1)}
    return bool(last) and number in after


def _write_node(writer: PassageWriter, node: Node, locator: str, headings: Sequence[str]) -> None:
    for table in _take_tables(node):
        _write_plain_table(writer, table, locator, headings)
    if node.children or node.lines:
        writer.write_tree(node, locator, headings=headings)


def _take_tables(node: Node) -> list[Node]:
    """Tables taken out of the tree: they are cited by their own number."""
    found = [child for child in node.children if child.style == "table"]
    node.children = [child for child in node.children if child.style != "table"]
    for child in node.children:
        found += _take_tables(child)
    return found


def _write_plain_table(
    writer: PassageWriter,
    table: Node,
    locator: str,
    headings: Sequence[str],
) -> None:
    """A table in pieces of rows, each with the caption before it."""
    attachment = re.match(r"^Lampiran(?:\s+[IVX]+)?", locator)
    where = f"{attachment[0]}, {table.locator}" if attachment else table.locator
    caption = table.lines[0].text
    text = table.text
    if tokens(text) <= SHORT:
        writer.write(where, text, headings=headings, page=table.page)
        return
    lead = caption if tokens(caption) <= 60 else caption[:160]
    for part in cut(text, SHORT - tokens(lead)):
        joined = part if part.startswith(lead) else f"{lead}\n{part}"
        writer.write(where, joined, headings=[*headings, lead[:120]], page=table.page)
