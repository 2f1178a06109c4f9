"""What the person may say about a file that the file itself does not."""

from dataclasses import dataclass

from scoring.assessment import Stage


@dataclass(frozen=True)
class Options:
    """Answers to what an import asks.

    Attributes:
        agency, year, stage: taken where the file names none.
        zero_is_missing: 0 means "not assessed".
        accept_contradictions: store levels and totals that do not agree; the difference is shown.
        published: what is read may be seen by everyone.
        ocr: whether pages of a PDF without text are read by Tesseract.
    """

    agency: str | None = None
    year: int | None = None
    stage: Stage | None = None
    zero_is_missing: bool = False
    accept_contradictions: bool = False
    published: bool = False
    ocr: bool = True
