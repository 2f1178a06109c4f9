"""Attachments and guidelines without articles: chapters, sections, tables, criteria."""

import re
from collections.abc import Sequence

from ingest.legal.criteria_tables import IndicatorTable, find_tables, write_table
from ingest.legal.lines import Line
from ingest.legal.outline import Node, outline
from ingest.legal.passages import SHORT, PassageWriter, cut, tokens

_CHAPTER = re.compile(r"^(BAB\s+[IVXLl1]{1,6})\b")


def write_sections(writer: PassageWriter, name: str, lines: Sequence[Line], *, within: str = "") -> None:
    """Write an attachment, or a whole document without articles.

    Args:
        writer: receives the passages.
        name: "Lampiran", "Lampiran II" or "" for the document itself.
        lines: its text.
        within: distinguishes its ids.
    """
    tables = find_tables(lines)
    at = 0
    chapter = ""
    for table in tables:
        chapter = _write_outline(writer, name, lines[at : table.start], chapter, within)
        prefix = _prefix(name, chapter, table)
        headings = [part for part in (name, chapter) if part]
        write_table(writer, table, prefix=prefix, headings=headings, within=within)
        at = table.end
    _write_outline(writer, name, lines[at:], chapter, within)


def _prefix(name: str, chapter: str, table: IndicatorTable) -> str:
    if table.word == "tingkat" and name:
        return f"{name}, Kuesioner "
    where = " ".join(part for part in (name, _number(chapter)) if part)
    return f"{where}, " if where else ""


def _number(chapter: str) -> str:
    match = _CHAPTER.match(chapter)
    return match[1] if match else ""


def _write_outline(writer: PassageWriter, name: str, lines: Sequence[Line], chapter: str, within: str) -> str:
    """Write sections and plain tables; returns the chapter that is open at the end."""
    root = outline(lines, ayat=False, chapters=True, tables=True)
    headings = [name] if name else []
    opened = Node("", lines=root.lines, children=[child for child in root.children if child.style != "BAB"])
    if chapter:
        _write_node(writer, opened, " ".join(part for part in (name, _number(chapter)) if part),
                    [*headings, chapter], within)  # fmt: skip
    else:
        _write_node(writer, opened, name or "Pembukaan", headings, within)
    for node in root.children:
        if node.style == "BAB":
            chapter = node.title
            where = f"{name} {node.locator}".strip()
            inner = Node("", lines=node.lines, children=node.children)
            _write_node(writer, inner, where, [*headings, chapter], within)
    return chapter


def _write_node(
    writer: PassageWriter, node: Node, locator: str, headings: Sequence[str], within: str
) -> None:
    for table in _take_tables(node):
        _write_plain_table(writer, table, locator, headings, within)
    if node.children or node.lines:
        writer.write_tree(node, locator, headings=headings, within=within)


def _take_tables(node: Node) -> list[Node]:
    """Tables taken out of the tree: they are cited by their own number."""
    found = [child for child in node.children if child.style == "table"]
    node.children = [child for child in node.children if child.style != "table"]
    for child in node.children:
        found += _take_tables(child)
    return found


def _write_plain_table(
    writer: PassageWriter, table: Node, locator: str, headings: Sequence[str], within: str
) -> None:
    """A table in pieces of rows, each with the caption before it."""
    attachment = re.match(r"^Lampiran(?:\s+[IVX]+)?", locator)
    where = f"{attachment[0]}, {table.locator}" if attachment else table.locator
    caption = table.lines[0].text
    text = table.text
    if tokens(text) <= SHORT:
        writer.write(where, text, headings=headings, page=table.page, within=within)
        return
    lead = caption if tokens(caption) <= 60 else caption[:160]
    for part in cut(text, SHORT - tokens(lead)):
        joined = part if part.startswith(lead) else f"{lead}\n{part}"
        writer.write(where, joined, headings=[*headings, lead[:120]], page=table.page, within=within)
