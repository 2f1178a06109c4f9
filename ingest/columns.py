"""Pages in two columns: where the gutter runs, and the parts in the order in which they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

#: Lines that each column must have; fewer are a list beside a list.
_FEWEST = 10
#: Where the gutter may run, as a share of the width of what is written, and how wide it is at least.
_MIDDLE = (0.42, 0.58)
_NARROWEST = 0.015
#: Prose fills its column: a table's cells and a signature do not.
_FILLED = 0.6
#: Share of the lines that may run across both columns, such as a title.
_ACROSS = 0.25


@dataclass(frozen=True)
class Box:
    """A piece of a line: its edges, the top smaller than the bottom (as in an image)."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, across: float, along: float) -> bool:
        return self.left <= across <= self.right and self.top <= along <= self.bottom


def in_columns(pages: Sequence[Sequence[Box]]) -> bool:
    """Whether a document is set in two columns: half of its full pages are. A table on one page does not make it so."""
    full = [page for page in pages if len(page) >= 2 * _FEWEST]
    return len(full) > 1 and sum(_gutter(page, strict=True) is not None for page in full) * 2 >= len(full)


def reading_order(boxes: Sequence[Box]) -> list[Box] | None:
    """The areas of a page of such a document as they are read: what runs across, then left, then right; else None."""
    gutter = _gutter(boxes, strict=False)
    if gutter is None:
        return None
    left, right = min(b.left for b in boxes), max(b.right for b in boxes)
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    across = sorted((b for b in boxes if b.left < gutter < b.right), key=lambda b: b.top)
    areas: list[Box] = []
    start = top
    for box in [*across, None]:
        end = box.top if box else bottom
        band = [b for b in boxes if b not in across and start <= (b.top + b.bottom) / 2 <= end]
        if band:
            areas += [Box(left, start, gutter, end), Box(gutter, start, right, end)]
        if box:
            areas.append(Box(left, box.top, right, box.bottom))
            start = box.bottom
    return areas


def _gutter(boxes: Sequence[Box], *, strict: bool) -> float | None:
    """Where the columns part: near the middle, crossed by few lines; strictly, with full columns of prose beside it."""
    if not boxes:
        return None
    left, right = min(b.left for b in boxes), max(b.right for b in boxes)
    width = right - left
    edges = [left + width * share / 100 for share in range(int(_MIDDLE[0] * 100), int(_MIDDLE[1] * 100) + 1)]
    crossed = [sum(b.left < x < b.right for b in boxes) for x in edges]
    free = [x for x, count in zip(edges, crossed, strict=True) if count == min(crossed)]
    x = free[len(free) // 2]
    if min(crossed) > _ACROSS * len(boxes):
        return None
    sides = [[b for b in boxes if b.right <= x], [b for b in boxes if b.left >= x]]
    if not all(sides):
        return None
    if strict:
        if max(b.right for b in sides[0]) + _NARROWEST * width > min(b.left for b in sides[1]):
            return None
        for side in sides:
            rows = _rows(side)
            extent = max(b.right for b in side) - min(b.left for b in side)
            filled = median(max(b.right for b in row) - min(b.left for b in row) for row in rows)
            if len(rows) < _FEWEST or filled < _FILLED * extent:
                return None
    return x


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes by line."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b.top + b.bottom):
        middle = (box.top + box.bottom) / 2
        if rows and middle < rows[-1][0].bottom and middle > rows[-1][0].top:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows
