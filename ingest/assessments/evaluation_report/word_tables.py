"""Tables known by the places of their words: columns under a header, whether or not any line is drawn.

A heading lies within its column, so the edge between two columns runs between their headings: where the fewest
words below would be cut by it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SPACE = 0.75  # of the height of letters: the widest space between words of one cell
_TIGHT = 2.2  # of the height of letters: the widest gap between the lines of one header
_SAME_LINE = 2.0  # points
_ALIGNED = 3.0  # points
_WIDEST = 90.0  # points: a line of a heading that stands alone
_FIRST = (12, 40, None)  # pieces below a header: the first are the surest to be of its table
_FEW = 30  # pieces of text from which the edges of columns are not sure
_MOST_LINES = 5  # of a header


@dataclass(frozen=True)
class Word:
    """A word or several in one cell, in points from the top left of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Heading:
    """What stands over a column, with its extent."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Columns:
    """The columns of a table as its header gives them; ``top`` and ``bottom`` are those of the header."""

    headings: tuple[Heading, ...]
    top: float
    bottom: float

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.headings)


@dataclass(frozen=True)
class Part:
    """What is below a header on one page: for each column its pieces of text from top to bottom.

    ``across`` are pieces that lie over several columns, each with the columns it begins and ends in; ``headed`` says
    whether the header itself is on the page.
    """

    page: int
    columns: Columns
    headed: bool
    cells: tuple[tuple[Word, ...], ...]
    across: tuple[tuple[Word, int, int], ...]


Understood = Callable[[tuple[str, ...]], int]


def parts_of_tables(
    pages: Mapping[int, Sequence[Word]], understood: Understood, heads: Callable[[str], bool]
) -> Iterator[Part]:
    """Every table of the pages, once for each page it is on; it may go on over pages without its header.

    Args:
        pages: the words of each page.
        understood: of how many columns the headings are understood; 0 where the texts are no header.
        heads: whether the text of a line can belong to a header that is understood without it.
    """
    on_pages: list[tuple[int, Columns, bool, list[Word]]] = []
    last: Columns | None = None
    for page, words in sorted(pages.items()):
        lines = _lines(words)
        found = _headers(lines, understood, heads)
        tops = [columns.top for columns in found] + [float("inf")]
        if last is not None:
            on_pages.append((page, last, False, _pieces_of([w for w in words if w.bottom <= tops[0]])))
        for columns, end in zip(found, tops[1:], strict=True):
            below = [w for w in words if w.top >= columns.bottom - 1 and w.bottom <= end]
            on_pages.append((page, columns, True, _pieces_of(below)))
        last = found[-1] if found else last
    alike: dict[tuple[Heading, ...], list[Word]] = {}
    for _, columns, headed, held in on_pages:
        so_far = alike.setdefault(columns.headings, [])
        if headed or len(so_far) < _FEW:  # what is on later pages may be no part of the table
            so_far.extend(held)
    for page, columns, headed, held in on_pages:
        yield _part(page, columns, headed, held, alike[columns.headings])


def _pieces_of(words: Sequence[Word]) -> list[Word]:
    return [piece for line in _lines(words) for piece in pieces(line)]


def pieces(words: Sequence[Word]) -> list[Word]:
    """The words of one line put together where no more than a space is between them."""
    merged: list[Word] = []
    for word in sorted(words, key=lambda w: w.left):
        before = merged[-1] if merged else None
        if before is not None and word.left - before.right <= _SPACE * min(before.height, word.height):
            merged[-1] = _together(before, word)
        else:
            merged.append(word)
    return merged


def _together(before: Word, word: Word) -> Word:
    return Word(
        f"{before.text} {word.text}",
        before.left,
        max(before.right, word.right),
        min(before.top, word.top),
        max(before.bottom, word.bottom),
    )


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words by line, from top to bottom; cells of one row whose lines lie between each other's make more lines."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.left)):
        if lines and abs(lines[-1][0].bottom - word.bottom) <= _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _headers(lines: list[list[Word]], understood: Understood, heads: Callable[[str], bool]) -> list[Columns]:
    """The headers of a page, none over another: of those that overlap the one of which most is understood."""
    in_pieces = [pieces(line) for line in lines]
    possible: list[tuple[int, int, int, Columns]] = []
    for first in range(len(lines)):
        block: list[list[Word]] = []
        for last in range(first, min(len(lines), first + _MOST_LINES)):
            line = in_pieces[last]
            if block and line[0].top - max(w.bottom for w in block[-1]) > _TIGHT * line[0].height:
                break
            block.append(line)
            columns = _columns(block)
            count = understood(columns.texts)
            if count and (last == first or all(heads(piece.text) for piece in line) or not _known(possible, first)):
                possible.append((first, last, count, columns))
            elif _known(possible, first):
                break
    spans = {one[:2] for one in possible}
    possible = [
        one
        for one in possible
        if (one[0] + 1, one[1]) not in spans or not _title(in_pieces[one[0]], in_pieces[one[0] + 1 : one[1] + 1])
    ]
    found: list[tuple[int, int, int, Columns]] = []
    while possible:
        start = min(one[0] for one in possible)
        end = max(one[1] for one in possible if one[0] == start)
        near = [one for one in possible if one[0] <= end]
        best = max(near, key=lambda one: (one[2], one[1], one[0]))
        found.append(best)
        possible = [one for one in possible if one[0] > best[1]]
    return [one[3] for one in found]


def _title(line: list[Word], below: list[list[Word]]) -> bool:
    """Whether a line is no part of the header below it: alone, and over none of its columns or over several."""
    if len(line) > 1:
        return False
    under = [
        heading for heading in _columns(below).headings if heading.left < line[0].right and heading.right > line[0].left
    ]
    if len(under) != 1:
        return True
    centred = abs(under[0].left + under[0].right - line[0].left - line[0].right) / 2
    return min(centred, abs(under[0].left - line[0].left)) > _ALIGNED or line[0].right - line[0].left > _WIDEST


def _known(possible: list[tuple[int, int, int, Columns]], first: int) -> bool:
    return any(one[0] == first for one in possible)


def _columns(block: list[list[Word]]) -> Columns:
    """The columns that the lines of a header make: pieces that lie over each other belong together.

    A heading over several others is part of each of them.
    """
    everything = [piece for line in block for piece in line]
    groups: list[list[Word]] = []
    for piece in sorted(everything, key=lambda w: w.left):
        touching = [group for group in groups if any(_over(piece, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([*(one for group in touching for one in group), piece])
    headings = []
    for group in groups:
        by_line = [[piece for piece in line if piece in group] for line in block]
        most = max(by_line, key=len)
        if len(most) == 1:
            text = " ".join(piece.text for line in by_line for piece in line)
            headings.append(Heading(text, min(w.left for w in group), max(w.right for w in group)))
            continue
        for one in most:
            held = [piece for line in by_line for piece in line if piece is one or _over(piece, one)]
            own = [piece for piece in held if not any(_over(piece, other) for other in most if other is not one)]
            text = " ".join(piece.text for piece in held)
            headings.append(Heading(text, min(w.left for w in own), max(w.right for w in own)))
    ordered = tuple(sorted(headings, key=lambda h: h.left))
    return Columns(ordered, min(w.top for w in everything), max(w.bottom for w in everything))


def _over(a: Word | Heading, b: Word | Heading) -> bool:
    return a.left < b.right and b.left < a.right


def _part(page: int, columns: Columns, headed: bool, held: list[Word], alike: list[Word]) -> Part:
    """The pieces of a page by column; ``alike`` are those under the same headings."""
    within = [piece for piece in alike if sum(_over(piece, heading) for heading in columns.headings) <= 1]
    edges = [_edge(a, b, within) for a, b in pairwise(columns.headings)]
    cells: list[list[Word]] = [[] for _ in columns.headings]
    across: list[tuple[Word, int, int]] = []
    for piece in held:
        first, last = _column(piece.left + 1, edges), _column(piece.right - 1, edges)
        if first == last:
            cells[first].append(piece)
        else:
            across.append((piece, first, last))
    return Part(page, columns, headed, tuple(tuple(cell) for cell in cells), tuple(across))


def _column(at: float, edges: list[float]) -> int:
    return sum(at >= edge for edge in edges)


def _edge(before: Heading, after: Heading, below: list[Word]) -> float:
    """Between two headings the middle of the widest stretch that cuts the fewest pieces, the first ones before all.

    What is further down may be no part of the table.
    """
    start, end = int(before.right) + 1, int(after.left)
    if end <= start:
        return (before.right + after.left) / 2
    cut = [tuple(sum(p.left < x < p.right for p in below[:first]) for first in _FIRST) for x in range(start, end + 1)]
    fewest = min(cut)
    best, run = (0, 0), 0
    for position, count in enumerate([*cut, ()]):
        if count == fewest:
            run += 1
        else:
            best = max(best, (run, position - run))
            run = 0
    return start + best[1] + best[0] / 2
