"""One figure as it stands in a file: of whom, when, at which stage, about what, and where it was read."""

from dataclasses import dataclass
from fractions import Fraction

from ingest.assessments.labels import NodeKind
from scoring.assessment import Stage
from scoring.refusal import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A value read from a cell.

    Attributes:
        agency: the name as the file writes it, on one line; None where it only stands in the file's name.
        node: kind and number ("index" and "rating" have number 0).
        value: exact; the text of the predikat for "rating"; None: a place for a value that was not assessed.
        row, column: of the cell, from 0, in ``sheet`` (its position in the file).
    """

    agency: str | None
    year: int | None
    stage: Stage | None
    kind: NodeKind
    number: int
    value: Fraction | str | None
    sheet: int
    row: int
    column: int


@dataclass(frozen=True)
class Note:
    """One line of the report.

    Attributes:
        kind: ``read``, ``ignored``, ``assumed`` (what the file does not say and what was taken instead) or
            ``contradiction``.
    """

    kind: str
    text: Text
