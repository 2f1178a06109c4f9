"""Remarks of the assessors in the cells of a table that is known by the places of its words.

The rows of such a table are told apart by the white between them: between two names of aspects the widest stretch
that holds nothing in any column.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.assessments.evaluation_report.rows import Region
from ingest.assessments.evaluation_report.word_headers import of_headings
from ingest.assessments.evaluation_report.word_tables import Part, Word, parts_of_tables

_SLACK = 0.6  # points by which the white between rows may differ
_MOST_LINES = 8  # of the name of an aspect


AspectNamed = Callable[[str], tuple[int, float] | None]


@dataclass(frozen=True)
class Remark:
    """The text of one cell: its column, counted from 0, and the page it begins on."""

    aspect: int
    column: int
    text: str
    page: int


@dataclass(frozen=True)
class _Row:
    top: float
    bottom: float
    aspect: int | None  # None: it goes on from the page before


def remarks_in_columns(
    pages: Mapping[int, Sequence[Word]],
    kinds: Callable[[str], bool],
    aspect_named: AspectNamed,
    regions: Sequence[Region],
) -> tuple[list[tuple[str, Remark]], list[Region]]:
    """Remarks with the heading of their column, in order, and the places of the tables they stand in.

    None at all where the aspects do not follow each other.

    Args:
        kinds: whether a heading says what kind of remark its column holds; a header has two such columns at least.
        aspect_named: the number of the aspect of that name, and how like it is.
        regions: places of tables of figures, where no remarks are.
    """

    def understood(texts: tuple[str, ...]) -> int:
        said = sum(kinds(text) for text in texts)
        rest = [text for text in texts if not kinds(text)]
        return len(texts) if said >= 2 and rest and all(of_headings(text) for text in rest) else 0

    found: dict[tuple[int, int], tuple[str, Remark]] = {}
    places: list[Region] = []
    aspect: int | None = None
    outside = {page: [w for w in words if not _inside(w, page, regions)] for page, words in pages.items()}
    for part in parts_of_tables(outside, understood, of_headings):
        first = next(column for column, text in enumerate(part.columns.texts) if kinds(text))
        end = _end(part, regions)
        cells = [[piece for piece in cell if piece.bottom <= end] for cell in part.cells]
        rows = _rows([piece for cell in cells[:first] for piece in cell], cells, aspect_named)
        for row in rows:
            aspect = row.aspect or aspect
            for column in range(first, len(cells)):
                text = " ".join(p.text for p in cells[column] if row.top <= p.middle <= row.bottom)
                if aspect is None or not re.search(r"[a-zA-Z]{3}", text) or not kinds(part.columns.texts[column]):
                    continue
                said, before = found.get((aspect, column), (part.columns.texts[column], None))
                joined = Remark(aspect, column, text, part.page)
                if before is not None:
                    joined = Remark(aspect, column, f"{before.text} {text}", before.page)
                found[aspect, column] = said, joined
        if rows:
            places.append(Region(part.page, part.columns.top if part.headed else 0.0, rows[-1].bottom))
    aspects = list(dict.fromkeys(aspect for aspect, _ in found))
    if aspects != list(range(aspects[0], aspects[0] + len(aspects)) if aspects else ()):
        return [], []  # where one is not known, its remarks would be given to another
    return list(found.values()), places


def _inside(word: Word, page: int, regions: Sequence[Region]) -> bool:
    return any(region.page == page and region.top - 1 <= word.top <= region.bottom for region in regions)


def _end(part: Part, regions: Sequence[Region]) -> float:
    """Where the table ends: above a line over all its columns, or above another table."""
    below = [piece.top for piece, _, _ in part.across]
    below += [region.top for region in regions if region.page == part.page and region.top > part.columns.bottom]
    return min(below, default=float("inf"))


def _rows(names: list[Word], cells: list[list[Word]], aspect_named: AspectNamed) -> list[_Row]:
    """The rows of one page, each with its aspect; the first may go on from the page before."""
    named = _named(sorted(names, key=lambda w: w.top), aspect_named)
    pieces = sorted((piece for cell in cells for piece in cell), key=lambda w: w.top)
    if not named or not pieces:
        return []
    white = _white(pieces)
    edges = []
    for (_, _, before), (_, after, _) in pairwise(named):
        between = [band for band in white if before - 1 <= band[0] and band[1] <= after + 1]
        within = [band for band in white if _middle(named, before) <= band[0] and band[1] <= _middle(named, after)]
        bands = between or within
        if not bands:
            return []
        widest = max(band[1] - band[0] for band in bands)
        edges.append(max(band for band in bands if band[1] - band[0] >= widest - _SLACK))
    least = min((edge[1] - edge[0] for edge in edges), default=float("inf")) - _SLACK
    most = max((edge[1] - edge[0] for edge in edges), default=float("inf")) + _SLACK
    above = [band for band in white if band[1] <= named[0][1] + 1 and band[1] - band[0] >= least]
    below = [band for band in white if band[0] >= named[-1][2] - 1 and band[1] - band[0] > most]
    top, bottom = pieces[0].top, below[0][0] if below else pieces[-1].bottom
    rows = []
    if above:
        rows.append(_Row(top, above[-1][0], None))
        top = above[-1][1]
    starts = [top, *(edge[1] for edge in edges)]
    ends = [*(edge[0] for edge in edges), bottom]
    rows += [_Row(start, end, one[0]) for start, end, one in zip(starts, ends, named, strict=True)]
    return rows


def _middle(named: list[tuple[int, float, float]], edge: float) -> float:
    top, bottom = next((top, bottom) for _, top, bottom in named if edge in (top, bottom))
    return (top + bottom) / 2


def _named(pieces: list[Word], aspect_named: AspectNamed) -> list[tuple[int, float, float]]:
    """The aspects that the first column names, with the top and bottom of their names."""
    found: list[tuple[int, float, float]] = []
    at = 0
    while at < len(pieces):
        ends = range(at + 1, min(len(pieces), at + _MOST_LINES) + 1)
        named = [
            (one[1], end, one[0]) for end in ends if (one := aspect_named(" ".join(p.text for p in pieces[at:end])))
        ]
        if named:
            _, end, number = max(named)
            found.append((number, pieces[at].top, pieces[end - 1].bottom))
            at = end
        else:
            at += 1
    return found


def _white(pieces: list[Word]) -> list[tuple[float, float]]:
    """The stretches from top to bottom that hold nothing in any column."""
    bands = []
    end = pieces[0].bottom
    for piece in pieces[1:]:
        if piece.top > end:
            bands.append((end, piece.top))
        end = max(end, piece.bottom)
    return bands
