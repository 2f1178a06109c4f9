"""A Markdown table for a narrow screen: aligned where it fits, line by line where it does not."""

import re

from bots.telegram.pieces import Piece, Run, piece

WIDTH = 40  # characters that a phone shows in one line of <pre>
_ESCAPED = re.compile(r"\\([\\|*_])")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*\s*%?|[–—-]")


def table(markdown: str) -> Piece:
    """The piece that shows a table of ``assistant.answer``."""
    header, *rows = _cells(markdown)
    plain = [[cell.replace("**", "") for cell in row] for row in (header, *rows)]
    widths = [max(len(row[n]) for row in plain) for n in range(len(header))]
    if sum(widths) + 2 * (len(widths) - 1) <= WIDTH:
        right = [all(_NUMBER.fullmatch(row[n]) for row in plain[1:]) for n in range(len(header))]
        return Piece((Run("\n".join(_aligned(row, widths, right) for row in plain)),), "table")
    return piece("\n".join(_line(plain[0], row) for row in plain[1:]))


def _cells(markdown: str) -> list[list[str]]:
    lines = [line.strip().removeprefix("|").removesuffix("|") for line in markdown.strip().splitlines()]
    rows = [[_ESCAPED.sub(r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)] for line in lines]
    if len(rows) > 1 and all(re.fullmatch(r":?-{3,}:?", cell) for cell in rows[1]):  # the line under the header
        del rows[1]
    width = len(rows[0])
    return [[*row, *[""] * width][:width] for row in rows]


def _aligned(row: list[str], widths: list[int], right: list[bool]) -> str:
    cells = zip(row, widths, right, strict=True)
    return "  ".join(cell.rjust(width) if end else cell.ljust(width) for cell, width, end in cells).rstrip()


def _line(header: list[str], row: list[str]) -> str:
    first, *others = row
    told = "; ".join(f"{name} {cell}" for name, cell in zip(header[1:], others, strict=True) if cell)
    return f"• **{first}**: {told}" if told else f"• **{first}**"
