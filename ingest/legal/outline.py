"""The tree of lists and sections below an article or in an attachment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.lines import Line
from ingest.legal.markers import Marker, Style, markers, roman

_CHAPTER = re.compile(r"^(?:BAB|BAR)\s+([IVXLl1]{1,6})\b[\s.:–-]*(.*)$")
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


def outline(
    lines: Sequence[Line], *, ayat: bool = True, chapters: bool = False, tables: bool = False
) -> Node:
    """Build the tree.

    A marker counts where it continues a list that is open or starts a new one; "T. Eddy Syahputra"
    does neither and stays text.

    Args:
        ayat: whether "(1)" opens a paragraph of an article.
        chapters: whether "BAB II" opens a chapter (in attachments).
        tables: whether "Tabel 4 ..." opens a table (in attachments).
    """
    root = Node("")
    stack = [root]
    for line in lines:
        if chapters and (chapter := _CHAPTER.match(line.text)) and roman(chapter[1]):
            stack = [root]
            _open(stack, 0, Node(f"BAB {chapter[1].replace('l', 'I').replace('1', 'I')}", "BAB", 0, [line]))
        elif tables and (table := _TABLE.match(line.text)):
            depth = next((at for at, node in enumerate(stack) if node.style == "table"), len(stack))
            _open(stack, depth - 1, Node(f"Tabel {table[1]}", "table", int(table[1]), [line]))
        elif (placed := _place(stack, markers(line.text), ayat=ayat)) is not None:
            depth, marker, value = placed
            _open(stack, depth, Node(marker.locator(value), marker.style, value, [line]))
        else:
            stack[-1].lines.append(line)
    return root


def _open(stack: list[Node], depth: int, node: Node) -> None:
    del stack[depth + 1 :]
    stack[depth].children.append(node)
    stack.append(node)


def _place(
    stack: Sequence[Node], readings: Sequence[Marker], *, ayat: bool
) -> tuple[int, Marker, int] | None:
    """The depth of the parent, and the reading, under which the line fits into the open lists."""
    readings = [reading for reading in readings if ayat or reading.style != "ayat"]
    for gap in range(1, _LARGEST_GAP + 1):
        for depth in range(len(stack) - 1, 0, -1):
            for reading in readings:
                for value in reading.values:
                    if stack[depth].style == reading.style and value == stack[depth].value + gap:
                        return depth - 1, reading, value
        for reading in readings:
            if 1 in reading.values and gap == 1 and _may_open(stack, reading):
                return len(stack) - 1, reading, 1
    return None


def _may_open(stack: Sequence[Node], reading: Marker) -> bool:
    """A new list opens below what is open; sections of an attachment never below list items."""
    if reading.style == "ayat":
        return len(stack) == 1 or not any(node.style == "ayat" for node in stack)
    if reading.style in ("LETTER", "ROMAN"):
        return all(node.style in ("", "BAB", "ROMAN", "decimal") for node in stack) or (
            reading.style == "LETTER" and not any(node.style == "LETTER" for node in stack)
        )
    return True
