"""Text of a Word document as Word shows it: automatic numbers, tracked insertions, merged cells, text boxes."""

import re
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ingest.layout_tables import table_lines

#: A number that is a heading by itself, "Pasal 3" or "BAB II", stands on a line of its own.
_HEADING_LABEL = re.compile(r"^[^\W\d_]{3,}\s")
_UNSEEN = frozenset(
    {qn("w:moveFrom"), qn("w:del"), qn("w:txbxContent")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


def lines(document: Document) -> list[str]:
    """Paragraphs and rows of tables in the order of the document; a row is ``| cell | cell |``."""
    numbers = _Numbers(document)
    found: list[str] = []
    for block in _blocks(document.element.body, document):
        if isinstance(block, Paragraph):
            found += _paragraph(block, numbers)
            for box in _boxes(block._p):
                for inner in _blocks(box, document):
                    found += _cell(inner, numbers)
        else:
            found += _rows(block, numbers)
    return found


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph; of one that is written twice, for old versions of Word, the first."""
    for child in element.iterchildren():
        if child.tag == qn("w:txbxContent"):
            yield child
        elif child.tag not in _UNSEEN:
            yield from _boxes(child)


def _blocks(parent: Any, owner: Any) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables, also those inside content controls."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, owner)
        elif child.tag == qn("w:tbl"):
            yield Table(child, owner)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _blocks(child, owner)


def _paragraph(paragraph: Paragraph, numbers: "_Numbers") -> list[str]:
    text, label = _text(paragraph._p), numbers.label(paragraph)
    if not label:
        return [text]
    if _HEADING_LABEL.match(label):
        return [label, text] if text.strip() else [label]
    return [f"{label} {text}"] if text.strip() else []


def _text(element: Any) -> str:
    """What is read in a paragraph: insertions are, deletions are not; text boxes are read behind it."""
    parts: list[str] = []
    for child in element.iterchildren():
        if child.tag in _UNSEEN:
            continue
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif child.tag != qn("w:pPr"):
            parts.append(_text(child))
    return "".join(parts)


def _rows(table: Table, numbers: "_Numbers") -> list[str]:
    """A cell that spans columns is told once; one that spans rows is told in each of them."""
    rows = []
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        rows.append([[line for block in _blocks(cell._tc, cell) for line in _cell(block, numbers)] for cell in cells])
    return table_lines(rows)


def _cell(block: Paragraph | Table, numbers: "_Numbers") -> list[str]:
    return _paragraph(block, numbers) if isinstance(block, Paragraph) else _rows(block, numbers)


class _Numbers:
    """The automatic numbers of a document, counted as its paragraphs are read.

    Source: ECMA-376 part 1, 17.9 (numbering). Lists of one abstract definition go on counting together; a list
    that overrides its start begins anew; a level starts over when one above it goes on.
    """

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self._labelled: dict[Any, str] = {}
        try:
            numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return
        root: Any = getattr(numbering, "element", None)
        if root is None:
            return
        for abstract in root.iterchildren(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"))
            self._levels[name] = {
                int(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
                for level in abstract.iterchildren(qn("w:lvl"))
            }
            for level in abstract.iterchildren(qn("w:lvl")):
                if style := _value(level, "w:pStyle", ""):
                    self._styled[style] = (name, int(level.get(qn("w:ilvl"))))
        for listing in root.iterchildren(qn("w:num")):
            starts = {
                int(override.get(qn("w:ilvl"))): int(start)
                for override in listing.iterchildren(qn("w:lvlOverride"))
                if (start := _value(override, "w:startOverride", ""))
            }
            self._lists[listing.get(qn("w:numId"))] = (_value(listing, "w:abstractNumId", ""), starts)

    def label(self, paragraph: Paragraph) -> str:
        """What Word writes before the paragraph; empty for bullets and plain paragraphs.

        A cell that spans rows is read once for each: its paragraphs keep the number that they were given first.
        """
        if paragraph._p not in self._labelled:
            self._labelled[paragraph._p] = self._next(paragraph)
        return self._labelled[paragraph._p]

    def _next(self, paragraph: Paragraph) -> str:
        placed = self._placed(paragraph)
        if placed is None:
            return ""
        listing, depth = placed
        abstract, starts = self._lists.get(listing, ("", {}))
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if listing not in self._begun:
            self._begun.add(listing)
            for level, start in starts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        form, text, _ = levels[depth]
        if form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form, _, start = levels.get(level, ("decimal", "", 1))
            return _written(counts.get(level, start), form)

        return re.sub(r"%([1-9])", shown, text).strip()

    def _placed(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own, else those of its style."""
        own: Any = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        listing = "" if own is None else _value(own, "w:numId", "")
        depth = None if own is None else _value(own, "w:ilvl", "")
        style: Any = paragraph.style
        while style is not None and not listing:
            inherited = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if inherited is not None:
                listing = _value(inherited, "w:numId", "")
                if not depth:
                    placed = self._styled.get(style.style_id)
                    depth = str(placed[1]) if placed else _value(inherited, "w:ilvl", "0")
            style = style.base_style
        return (listing, int(depth or 0)) if listing and listing != "0" else None


def _value(element: Any, child: str, default: str) -> str:
    found = element.find(qn(child))
    return default if found is None else str(found.get(qn("w:val")) or default)


def _written(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and count >= 1:
        # The 27th is "aa", the 28th "bb", as Word counts.
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(count).lower() if form == "lowerRoman" else _roman(count)
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    """A Roman numeral.

    >>> _roman(49)
    'XLIX'
    """
    written = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (count // value)
        count %= value
    return written
