"""Decisions (keputusan) have no articles: they decide KESATU, KEDUA, ... and attach lists."""

import re
from collections.abc import Sequence

from ingest.legal.lines import Line
from ingest.legal.outline import outline
from ingest.legal.passages import PassageWriter

_UNITS = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN")
ORDINALS = (
    *_UNITS,
    "KESEPULUH",
    "KESEBELAS",
    *(f"{unit} BELAS" for unit in _UNITS[1:]),
    "KEDUA PULUH",
    *(f"KEDUA PULUH {unit.removeprefix('KE')}" for unit in _UNITS),
)
_DICTUM = re.compile(r"^(PERTAMA|KE[A-Z]{3,9}(?: (?:BELAS|PULUH(?: [A-Z]{3,9})?))?)\s*[:;.]\s*(.*)$")


def dicta(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Name and line of each dictum in order; none where the text decides nothing in that form."""
    found: list[tuple[str, int]] = []
    for at, line in enumerate(lines):
        match = _DICTUM.match(line.text)
        if match is None or len(found) == len(ORDINALS):
            continue
        expected = ORDINALS[len(found)]
        if match[1].replace(" ", "") == expected.replace(" ", "") or (match[1] == "PERTAMA" and not found):
            found.append((match[1], at))
    return found if len(found) > 1 else []


def write_dicta(writer: PassageWriter, lines: Sequence[Line], found: Sequence[tuple[str, int]], end: int) -> None:
    """Write one passage, or more of a long one, for each dictum; the last ends before line ``end``."""
    for (name, at), (_, following) in zip(found, [*found[1:], ("", end)], strict=True):
        writer.write_tree(outline(lines[at:following], ayat=False), f"Diktum {name}")
