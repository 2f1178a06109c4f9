"""The texts in the cells of ruled tables on a scanned page.

Names are taken from the recognition of the whole page. Figures are not: alone in a wide cell a digit is often lost
or misread there. So the cells that may hold one are cut out, put one below the other, and recognised again at two
sizes, and where that does not settle it at two more; a figure counts where most of its readings agree.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from PIL import Image, ImageOps

from ingest import ocr
from ingest.ocr import Word
from ingest.ruled_tables import Box, tables_in

Rows = tuple[tuple[str, ...], ...]

_HEIGHTS = ((36, 52), (44, 64))  # pixels of a digit in the readings of the figures
_SLOT = 120  # pixels for each cell put below the other
_RULE = 5  # pixels inside the edges of a cell that may belong to a rule
_MOST_LETTERS = 8  # of a cell that may hold a figure
_MOST_CELLS = 12  # cells of a row; charts and letters between two rules make more
_INK = 40  # grey values between ink and paper
_WHITE = 190  # what is lighter than this, from the darkest ink at 0, is paper or a shade behind the ink
UNSURE = "?"


@dataclass(frozen=True)
class ScannedPage:
    """The lines of a page as they were recognised, and its ruled tables."""

    lines: tuple[str, ...]
    tables: tuple[Rows, ...]


def read_scanned_page(image: Image.Image) -> ScannedPage:
    """Recognise the image of a page, which may lie a little askew."""
    level = ocr.deskew(image)
    words = ocr.recognise_words(level)
    lines = [" ".join(word.text for word in group) for _, group in groupby(words, key=lambda word: word.line)]
    return ScannedPage(tuple(lines), tuple(tables_of_words(level, words)))


def tables_of_words(image: Image.Image, words: Sequence[Word]) -> list[Rows]:
    """The ruled tables of a level page with the texts of their cells; ``UNSURE`` where a figure is not certain."""
    tables = [t for t in tables_in(image) if len(t[0]) <= _MOST_CELLS]
    texts = {box: _text(box, words) for table in tables for row in table for box in row}
    figures = [box for box, text in texts.items() if len(text) <= _MOST_LETTERS]
    texts |= _figures(image, figures, texts)
    return [tuple(tuple(texts[box] for box in row) for row in table) for table in tables]


def _text(box: Box, words: Sequence[Word]) -> str:
    inside = [w for w in words if box.holds((w.left + w.right) / 2, (w.top + w.bottom) / 2)]
    return " ".join(word.text for word in inside).strip(" |[]_—-")


def _figures(image: Image.Image, boxes: list[Box], texts: dict[Box, str]) -> dict[Box, str]:
    """Of cells that may hold a figure: the figure, blank where there is no ink, ``UNSURE`` where readings differ."""
    cut = {box: part for box in boxes if (part := _ink(image, box)) is not None}
    votes = {box: [plain] if (plain := _plain(texts[box])) else [] for box in cut}
    open_ = list(cut)
    for heights in _HEIGHTS:
        for height in heights:
            for box, reading in zip(open_, _read([cut[box] for box in open_], height), strict=True):
                votes[box] += [reading] if reading else []
        open_ = [box for box in open_ if _settled(votes[box]) is None]
    unread = {box: texts[box] if re.search(r"[A-Za-z]{3}", texts[box]) else UNSURE for box in open_}
    return {box: _settled(votes.get(box, [""] * 2)) or unread[box] if box in cut else "" for box in boxes}


def _settled(votes: list[str]) -> str | None:
    """The reading that two or more agree on, and more than on any other."""
    ranked = Counter(votes).most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def _ink(image: Image.Image, box: Box) -> Image.Image | None:
    """What is printed in a cell, cut to its edges; None where nothing is, or more than a figure."""
    inside = (box.left + _RULE, box.top + _RULE, box.right - _RULE, box.bottom - _RULE)
    if inside[2] - inside[0] < 4 or inside[3] - inside[1] < 4:
        return None
    cell = image.crop(inside)
    grey = np.asarray(cell, dtype=np.int32)
    paper = int(np.median(grey))
    ink = abs(grey - paper) > _INK
    rows, columns = np.flatnonzero(ink.sum(axis=1) > 0), np.flatnonzero(ink.sum(axis=0) > 0)
    if not len(rows) or ink.sum() < 8:
        return None
    part = cell.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))
    plain = ImageOps.autocontrast(part if paper > 127 else ImageOps.invert(part))
    return plain.point([*range(_WHITE), *[255] * (256 - _WHITE)])


def _read(parts: Sequence[Image.Image], height: int) -> list[str]:
    """The figures of many small images, recognised as one column of digits."""
    if not parts:
        return []
    sheet = Image.new("L", (600, _SLOT * len(parts)), 255)
    for position, part in enumerate(parts):
        scale = height / part.height
        size = (min(500, max(1, round(part.width * scale))), height)
        sheet.paste(part.resize(size, Image.Resampling.LANCZOS), (50, position * _SLOT + (_SLOT - height) // 2))
    read = ["" for _ in parts]
    for word in ocr.recognise_words(sheet, digits=True):
        slot = (word.top + word.bottom) // 2 // _SLOT
        if slot < len(read):
            read[slot] += _plain(word.text)
    return read


def _plain(text: str) -> str:
    return re.sub(r"[^\d,.]", "", text).strip(",.").replace(".", ",")
