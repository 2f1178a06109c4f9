"""Passages found by /cari as one or more messages."""

from typing import Any

from assistant.sources import source_word
from bots.telegram.pieces import Piece, Run, clipped
from scoring import Language

_PASSAGE = 600  # UTF-16 units of a passage shown


def found(passages: list[dict[str, Any]], language: Language) -> list[Piece]:
    """Each passage under its rule, place, kind and status."""
    pieces: list[Piece] = []
    for number, passage in enumerate(passages, 1):
        marks = f"{source_word(passage['kind'], language)}; {source_word(passage['status'], language)}"
        pieces.append(
            Piece((Run(f"{number}. {passage['title']}, {passage['locator']}", bold=True), Run(f" ({marks})")))
        )
        text = clipped(" ".join(passage["text"].split()), _PASSAGE)
        pieces.append(Piece((Run(text),), "sources", before="\n"))
    return pieces
