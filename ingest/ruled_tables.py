"""Ruled tables on the image of a page: where their cells are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

_DARKER = 12  # grey values by which a rule is darker than what surrounds it
_SOLID = 0.93  # share of a rule that must be dark; scans have gaps
_SHORTEST_RULE = 0.1  # of the width of the page
_LOWEST_ROW, _HIGHEST_ROW = 12, 0.25  # pixels; share of the height of the page
_NARROWEST = 20  # pixels

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Box:
    """A part of an image in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True)
class _Rule:
    """A horizontal line at ``y`` from ``left`` to ``right``."""

    y: int
    left: int
    right: int


def tables_in(image: Image.Image) -> list[list[list[Box]]]:
    """The cells of every ruled table of a level page, by row; rows of one cell are left out.

    Two neighbouring horizontal rules make a row, the vertical ones between them its cells. Rows that follow each
    other with the same cells are one table.
    """
    grey = np.asarray(image, dtype=np.float32)
    around = np.asarray(image.filter(ImageFilter.BoxBlur(12)), dtype=np.float32)
    dark: Mask = grey < around - _DARKER
    rules = _horizontal(dark)
    tables: list[list[list[Box]]] = []
    last: _Rule | None = None
    for upper, lower in _neighbours(rules, grey.shape[0]):
        cells = _cells(dark, upper, lower)
        if len(cells) < 2:
            continue
        if last is upper and _alike(tables[-1][-1], cells):
            tables[-1].append(cells)
        else:
            tables.append([cells])
        last = lower
    return tables


def _horizontal(dark: Mask) -> list[_Rule]:
    """Long horizontal lines; a drift of a pixel or two is no break."""
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    least = int(dark.shape[1] * _SHORTEST_RULE)
    runs = _runs(thick, least)
    rows = np.flatnonzero(runs.any(axis=1))
    rules = []
    for group in _groups(rows):
        columns = np.flatnonzero(runs[group].any(axis=0))
        rules += [
            _Rule(int(np.mean(group)), int(part[0]), int(part[-1]))
            for part in _groups(columns)
            if part[-1] - part[0] >= least
        ]
    return rules


def _runs(dark: Mask, least: int) -> Mask:
    """Pixels that lie in a horizontal run of the given length, nearly all of it dark."""
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    whole = sums[:, least:] - sums[:, :-least] >= _SOLID * least
    marks = np.zeros(dark.shape, dtype=np.int32)
    marks[:, : whole.shape[1]] += whole
    ends = np.cumsum(np.pad(marks, ((0, 0), (1, 0))), axis=1)
    starts = np.maximum(np.arange(dark.shape[1]) - least + 1, 0)
    result: Mask = ends[:, 1:] - ends[:, starts] > 0
    return result


def _groups(numbers: Any) -> list[Any]:
    """Ascending numbers split where more than two are missing between them."""
    if not len(numbers):
        return []
    return list(np.split(numbers, np.flatnonzero(np.diff(numbers) > 3) + 1))


def _neighbours(rules: list[_Rule], height: int) -> Iterator[tuple[_Rule, _Rule]]:
    """Each rule with the next one below it of about the same extent, where a row can be between them."""
    for position, upper in enumerate(rules):
        for lower in rules[position + 1 :]:
            shared = min(upper.right, lower.right) - max(upper.left, lower.left)
            if lower.y - upper.y < _LOWEST_ROW or shared < 0.8 * (upper.right - upper.left):
                continue
            if lower.y - upper.y < height * _HIGHEST_ROW:
                yield upper, lower
            break


def _cells(dark: Mask, upper: _Rule, lower: _Rule) -> list[Box]:
    left, right = min(upper.left, lower.left), max(upper.right, lower.right)
    band = dark[upper.y : lower.y + 1, left : right + 1]
    thick = band.copy()
    thick[:, 1:] |= band[:, :-1]
    thick[:, :-1] |= band[:, 1:]
    columns = np.flatnonzero(thick.mean(axis=0) >= _SOLID)
    inside = [left + int(np.mean(group)) for group in _groups(columns)]
    ends = [end for end in (left, right) if all(abs(end - edge) >= _NARROWEST for edge in inside)]
    edges = sorted([*inside, *ends])
    edges = [edge for k, edge in enumerate(edges) if k == 0 or edge - edges[k - 1] >= _NARROWEST]
    return [Box(a, upper.y, b, lower.y) for a, b in pairwise(edges)]


def _alike(row: list[Box], following: list[Box]) -> bool:
    return len(row) == len(following) and all(
        abs(a.left - b.left) < _NARROWEST for a, b in zip(row, following, strict=True)
    )
