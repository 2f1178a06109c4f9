"""Text for Telegram: pieces that never break a tag, packed into messages of at most 4,096 UTF-16 units.

Telegram counts its limit after the entities are parsed, so tags and ``&amp;`` count as what they show.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

MESSAGE_LIMIT = 4096  # UTF-16 units
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100  # Telegram drops the formatting beyond it

Frame = Literal["text", "note", "table", "sources"]
_FRAMES: dict[Frame, tuple[str, str]] = {
    "text": ("", ""),
    "note": ("<i>", "</i>"),
    "table": ("<pre>", "</pre>"),
    "sources": ("<blockquote expandable>", "</blockquote>"),
}
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_SPACE = re.compile(r"\s+")


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts.

    >>> units("é🙂")
    3
    """
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Run:
    """Characters of one style."""

    text: str
    bold: bool = False

    def html(self) -> str:
        escaped = html.escape(self.text, quote=False)
        return f"<b>{escaped}</b>" if self.bold else escaped


@dataclass(frozen=True)
class Piece:
    """A part of a message that stands in one frame.

    Attributes:
        before: what separates it from a piece before it in the same message.
    """

    runs: tuple[Run, ...]
    frame: Frame = "text"
    before: str = "\n\n"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def entities(self) -> int:
        return (self.frame != "text") + sum(run.bold for run in self.runs)

    def html(self) -> str:
        opening, closing = _FRAMES[self.frame]
        return opening + "".join(run.html() for run in self.runs) + closing


def piece(text: str, frame: Frame = "text", before: str = "\n\n") -> Piece:
    """A piece of text in which only ``**bold**`` is markup."""
    parts = _BOLD.split(text)
    runs = tuple(Run(part, bold=bool(n % 2)) for n, part in enumerate(parts) if part)
    return Piece(runs, frame, before)


def messages(pieces: Iterable[Piece], limit: int = MESSAGE_LIMIT) -> list[str]:
    """Pack pieces, in order, into as few HTML messages as they fit in."""
    packed: list[str] = []
    current, length, entities = "", 0, 0
    for whole in pieces:
        for part in _split(whole, limit):
            gap = part.before if current else ""
            size = units(gap) + units(part.text)
            if current and (length + size > limit or entities + part.entities > ENTITY_LIMIT):
                packed.append(current)
                current, length, entities, gap = "", 0, 0, ""
                size = units(part.text)
            current, length, entities = current + gap + part.html(), length + size, entities + part.entities
    return [*packed, current] if current else packed


def clipped(text: str, limit: int) -> str:
    """The text, cut between words and marked with an ellipsis where it is longer than ``limit`` UTF-16 units."""
    if units(text) <= limit:
        return text
    return text[: _cut(text, limit - 1, (_SPACE,))].rstrip().rstrip(" ,;:") + "…"


def _split(whole: Piece, limit: int) -> list[Piece]:
    """Cut a piece that is longer than a message: between lines or sentences, else words, else anywhere."""
    parts: list[Piece] = []
    rest = whole
    while units(rest.text) > limit or rest.entities > ENTITY_LIMIT:
        allowed = limit if rest.entities <= ENTITY_LIMIT else min(limit, _end_of_entities(rest))
        cut = _cut(rest.text, allowed, (re.compile(r"\n+"), _SENTENCE, _SPACE))
        head, tail = _at(rest, cut)
        parts.append(head)
        rest = tail
    return [part for part in (*parts, rest) if part.text.strip()]


def _end_of_entities(whole: Piece) -> int:
    """UTF-16 length of the text before the first bold run that is one too many."""
    length, room = 0, ENTITY_LIMIT - (whole.frame != "text")
    for run in whole.runs:
        room -= run.bold
        if room < 0:
            break
        length += units(run.text)
    return length


def _cut(text: str, limit: int, boundaries: Sequence[re.Pattern[str]]) -> int:
    """Index at which to cut so that the head has at most ``limit`` UTF-16 units and ends well.

    A boundary counts when it leaves at least a third of the room used.
    """
    size = 0
    for fits, character in enumerate(text):  # noqa: B007 - the index is wanted after the loop
        size += units(character)
        if size > limit:
            break
    else:
        return len(text)
    for boundary in boundaries:
        ends = [match.end() for match in boundary.finditer(text, 0, fits + 1) if match.start() <= fits]
        best = max((end for end in ends if end <= fits or text[fits:end].isspace()), default=0)
        if best > fits // 3:
            return best
    return max(fits, 1)


def _at(whole: Piece, index: int) -> tuple[Piece, Piece]:
    """Both sides of a cut, without the white space at the cut."""
    starts = [0]
    for run in whole.runs:
        starts.append(starts[-1] + len(run.text))
    sides: tuple[list[Run], list[Run]] = ([], [])
    for run, (start, end) in zip(whole.runs, pairwise(starts), strict=True):
        middle = min(max(index, start), end) - start
        for side, text in zip(sides, (run.text[:middle], run.text[middle:]), strict=True):
            if text:
                side.append(Run(text, run.bold))
    head, tail = sides
    head[-1] = Run(head[-1].text.rstrip(), head[-1].bold)
    return (
        Piece(tuple(run for run in head if run.text), whole.frame, whole.before),
        Piece(tuple(tail), whole.frame, "\n\n"),
    )
