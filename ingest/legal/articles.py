"""Articles as passages: definitions one by one, short articles whole, long ones by paragraph."""

import re
from collections.abc import Sequence

from ingest.legal.headings import Article
from ingest.legal.lines import Line
from ingest.legal.markers import markers
from ingest.legal.outline import Node, outline
from ingest.legal.passages import PassageWriter

_DEFINES = re.compile(r"\byang\s+dimaksud(?:kan)?\s+dengan\s*:?\s*$", re.I)
#: " (2) Dewan ..." in the middle of a line, behind the end of a sentence.
_INLINE = re.compile(r"(?<=[.;:])\s+(?=[({]\s?[\dlI]{1,3}\s?[)}\]\\/1lI]?\s*[A-Z])")


def write_article(writer: PassageWriter, article: Article, *, locator: str = "") -> None:
    """Write the passages of one article.

    Args:
        writer: receives them.
        article: with its lines.
        locator: instead of the article's own, for amendments: "Pasal I angka 3 (Pasal 12)".
    """
    where = locator or article.locator
    lines = with_inline_paragraphs(article.lines)
    if not lines:
        # The source bears its number and no text: it is found, and shown to be empty.
        writer.write(where, where, headings=article.headings, page=article.page, inferred=article.inferred)
        return
    if _DEFINES.search(lines[0].text) and (definitions := _definitions(lines)):
        headings = (*article.headings, where)
        for number, definition in definitions:
            writer.write(
                f"{where} angka {number}",
                definition.text,
                headings=headings,
                page=definition.page,
                inferred=article.inferred,
            )
        return
    root = outline(lines)
    writer.write_tree(
        root,
        where,
        headings=article.headings,
        inferred=article.inferred,
    )


def with_inline_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Put paragraphs that OCR ran together on lines of their own: "... Induk. (2\\ Kode Referensi ..."."""
    found: list[Line] = []
    last = 0
    for line in lines:
        for part in _INLINE.split(line.text):
            values = [value for marker in markers(part) if marker.style == "ayat" for value in marker.values]
            follows = last + 1 in values
            if found and part is not line.text and not follows and not line.text.startswith(part):
                found[-1] = Line(f"{found[-1].text} {part}", found[-1].page)
                continue
            if follows or 1 in values:
                last = last + 1 if follows else 1
            found.append(Line(part, line.page))
    return found


def _definitions(lines: Sequence[Line]) -> list[tuple[int, Node]]:
    """The defined terms in order; a line that does not continue the list belongs to the term before it."""
    found: list[tuple[int, Node]] = []
    for line in lines[1:]:
        expected = found[-1][0] + 1 if found else 1
        value = _definition_number(line.text, expected)
        if value is not None:
            found.append((value, Node(f"angka {value}", "number", value, [line])))
        elif found:
            found[-1][1].lines.append(line)
        else:
            return []
    return found


def _definition_number(text: str, expected: int) -> int | None:
    for marker in markers(text):
        if marker.style in ("number", "number)", "ayat"):
            for value in marker.values:
                if expected <= value <= expected + 2:
                    return value
    # "4 Data Geospasial adalah", "1 1. Data Prioritas adalah": the point is lost or a space came in.
    match = re.match(r"^(\d{1,2}|\d \d)[.,]?\s+(?=[A-Z])", text)
    if match is not None and re.search(r"\b(?:adalah|merupakan|disebut|disingkat)\b", text[:300]):
        value = int(match[1].replace(" ", ""))
        if expected <= value <= expected + 3:
            return value
    return None
