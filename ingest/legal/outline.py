"""The tree of lists and sections below an article or in an attachment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.lines import Line
from ingest.legal.markers import ROMANS, Marker, Style, markers, roman

_CHAPTER = re.compile(r"^(BAB|BAR)\s+([IVXLl1]{1,6})\b")
_TABLE = re.compile(r"^Tabel\s+(\d+)\b\.?\s*(?=[A-Z(]|$)")
#: Of an unbroken list at most this many items may have been lost to damage.
_LARGEST_GAP = 2


@dataclass
class Node:
    """A section, list item or table with what stands under it.

    Attributes:
        locator: its part of the locator, such as "huruf c"; empty for the root.
        lines: its own lines, marker included, before its first child.
        children: in order.
    """

    locator: str
    style: Style | str = ""
    value: int = 0
    lines: list[Line] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything in it, as the rule has it."""
        return "\n".join([*(line.text for line in self.lines), *(child.text for child in self.children)])

    @property
    def own(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def page(self) -> int | None:
        for line in self.lines:
            return line.page
        return self.children[0].page if self.children else None

    @property
    def title(self) -> str:
        """A heading for what stands under it: its first line, shortened."""
        words = self.lines[0].text.split() if self.lines else []
        return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def outline(lines: Sequence[Line], *, ayat: bool = True, sections: bool = False) -> Node:
    """Build the tree.

    A marker counts where it continues a list that is open or starts a new one; "T. Eddy Syahputra"
    does neither and stays text.

    Args:
        ayat: whether "(1)" opens a paragraph of an article.
        sections: whether chapters, numbered sections ("3.1") and captioned tables open too, as in
            attachments.
    """
    root = Node("")
    stack = [root]
    chapter = 0
    for line in lines:
        if sections and (opening := _CHAPTER.match(line.text)) and (value := roman(opening[2])):
            # "BAR I" behind BAB I is a misread BAB II: the sequence knows better than the letters.
            chapter = chapter + 1 if opening[1] == "BAR" and value <= chapter else value
            stack = [root]
            _open(stack, 0, Node(f"BAB {ROMANS[chapter - 1]}", "BAB", chapter, [line]))
            continue
        if sections and (table := _TABLE.match(line.text)):
            depth = next((at for at, node in enumerate(stack) if node.style == "table"), len(stack))
            _open(stack, depth - 1, Node(f"Tabel {table[1]}", "table", int(table[1]), [line]))
            continue
        if stack[-1].style == "table" and _behind_rows(stack[-1], line):
            stack.pop()
        readings = [reading for reading in markers(line.text) if ayat or reading.style != "ayat"]
        section = next((reading for reading in readings if reading.style in ("decimal", "LETTER.n")), None)
        if section is not None:
            if sections and (parent := _section_depth(stack, section, chapter)) is not None:
                value = section.values[0]
                _open(stack, parent, Node(section.locator(value), section.style, value, [line]))
                continue
        elif (placed := _place(stack, readings)) is not None:
            depth, marker, value = placed
            _open(stack, depth, Node(marker.locator(value), marker.style, value, [line]))
            continue
        stack[-1].lines.append(line)
    return root


def _open(stack: list[Node], depth: int, node: Node) -> None:
    del stack[depth + 1 :]
    stack[depth].children.append(node)
    stack.append(node)


def _behind_rows(table: Node, line: Line) -> bool:
    """Whether the table has rows with bars and this line is none."""
    return any(row.text.startswith("|") for row in table.lines) and not line.text.startswith("|")


def _section_depth(stack: Sequence[Node], section: Marker, chapter: int) -> int | None:
    """The depth of the parent of "3.1.2": its number is built from theirs."""
    parents = section.written.rsplit(".", 1)[0]
    for depth in range(len(stack) - 1, 0, -1):
        node = stack[depth]
        if node.style == section.style and node.locator.endswith(f" {parents}"):
            return depth
        if node.style == "LETTER" and section.style == "LETTER.n" and node.locator == f"huruf {parents}":
            return depth
    if section.style == "decimal" and chapter and not section.written.startswith(f"{chapter}."):
        return None
    return 1 if len(stack) > 1 and stack[1].style == "BAB" else 0


def _place(stack: Sequence[Node], readings: Sequence[Marker]) -> tuple[int, Marker, int] | None:
    """The depth of the parent, and the reading, under which the line fits into the open lists."""
    for gap in range(1, _LARGEST_GAP + 1):
        for depth in range(len(stack) - 1, 0, -1):
            for reading in readings:
                for value in reading.values:
                    if stack[depth].style == reading.style and value == stack[depth].value + gap:
                        return depth - 1, reading, value
        for reading in readings:
            if gap == 1 and 1 in reading.values and (opened := _opens_under(stack, reading)) is not None:
                return opened, reading, 1
    return None


def _opens_under(stack: Sequence[Node], reading: Marker) -> int | None:
    """The depth of the node under which a new list opens; None where none may.

    A list inside a list of its own style is announced by a colon. Without one the list that is open
    starts over: it belongs to what the first one belonged to.
    """
    styles = [node.style for node in stack]
    if reading.style == "ayat" and "ayat" in styles:
        return None
    if reading.style in ("LETTER", "ROMAN"):
        if reading.style in styles:
            return styles.index(reading.style) - 1 if stack[-1].style != "table" else None
        if reading.style == "ROMAN" and not all(style in ("", "BAB") for style in styles):
            return None
    if reading.style in styles and not (stack[-1].lines and stack[-1].lines[-1].text.endswith(":")):
        return len(styles) - 1 - styles[::-1].index(reading.style) - 1
    return len(stack) - 1
