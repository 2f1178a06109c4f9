"""Rules that change other rules: "Pasal I angka 3" gives Pasal 12 a new text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.articles import write_article
from ingest.legal.headings import Article
from ingest.legal.lines import Line
from ingest.legal.markers import markers
from ingest.legal.outline import Node, outline
from ingest.legal.passages import PassageWriter

_ROMAN_ARTICLE = re.compile(r"^Pasal\s+([IVXl]{1,4})$")
_ARTICLE = re.compile(r"^[\"“”']?Pasal\s*(\d{1,3})\s?([A-Z]{0,3})$")
_INSTRUCTION = re.compile(
    r"^\d+\.\s*(?:Ketentuan|Di\s?antara|Judul|Pasal|Setelah|Sesudah|Sebelum|Bagian|BAB|Bab|Lampiran|Penjelasan|"
    r"Frasa|Paragraf|Mengubah|Menghapus|Menambah|Menyisipkan|Penyebutan|Konsiderans|Nomenklatur)\b",
    re.I,
)
_HEADING = re.compile(r"^(?:BAB|Bagian|Paragraf)\s")


@dataclass
class Change:
    """One numbered instruction and the articles whose new text it gives."""

    number: int
    lines: list[Line] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)


def is_amendment(lines: Sequence[Line]) -> bool:
    """Whether the body is one: its articles bear Roman numbers."""
    return any(map(_opens, lines))


def _opens(line: Line) -> bool:
    """Whether an amending body begins here: with "Pasal I"."""
    match = _ROMAN_ARTICLE.match(line.text)
    return match is not None and match[1] in ("I", "l")


def write_amendment(writer: PassageWriter, lines: Sequence[Line]) -> list[str]:
    """Write the passages of an amending body.

    Returns:
        Locators of the articles that are given a new text, such as "Pasal 12A".
    """
    changed: list[str] = []
    first = next(at for at, line in enumerate(lines) if _opens(line))
    writer.write("Pembukaan", "\n".join(line.text for line in lines[:first]), page=lines[0].page)
    for roman, inside in _roman_articles(lines):
        lead, changes = _changes(inside)
        if not changes:
            write_article(writer, Article((0, ""), (), list(inside)), locator=f"Pasal {roman}")
            continue
        writer.write(f"Pasal {roman}", "\n".join(line.text for line in lead), page=lead[0].page if lead else None)
        for change in changes:
            changed += _write_change(writer, roman, change)
    return changed


def _write_change(writer: PassageWriter, roman: str, change: Change) -> list[str]:
    where = f"Pasal {roman} angka {change.number}"
    instruction = " ".join(line.text for line in change.lines[:2])[:200]
    writer.write_tree(outline(change.lines[1:]) if not change.articles and len(change.lines) > 40
                      else _flat(change.lines), where, headings=[f"Pasal {roman}"])  # fmt: skip
    for article in change.articles:
        placed = Article(
            article.number, (f"Pasal {roman}", instruction, *article.headings), article.lines, article.page
        )
        locator = f"{where} ({article.locator})"
        write_article(writer, placed, locator=locator)
    return [article.locator for article in change.articles]


def _flat(lines: Sequence[Line]) -> Node:
    return Node("", lines=list(lines))


def _roman_articles(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    found: list[tuple[str, list[Line]]] = []
    for line in lines:
        match = _ROMAN_ARTICLE.match(line.text)
        expected = ("I", "II", "III", "IV", "V", "VI")[len(found)] if len(found) < 6 else ""
        if match and match[1].replace("l", "I") == expected:
            found.append((expected, []))
        elif found:
            found[-1][1].append(line)
    return found


def _changes(lines: Sequence[Line]) -> tuple[list[Line], list[Change]]:
    lead: list[Line] = []
    changes: list[Change] = []
    for line in lines:
        expected = changes[-1].number + 1 if changes else 1
        values = [value for marker in markers(line.text) if marker.style == "number" for value in marker.values]
        article = _ARTICLE.match(line.text)
        if expected in values and _INSTRUCTION.match(line.text):
            changes.append(Change(expected, [line]))
        elif not changes:
            lead.append(line)
        elif article:
            changes[-1].articles.append(Article((int(article[1]), article[2]), (), [], line.page))
        elif changes[-1].articles:
            changes[-1].articles[-1].lines.append(line)
        else:
            changes[-1].lines.append(line)
    return lead, changes
