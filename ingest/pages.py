"""A page: the unit in which documents are read, judged and cited."""

from dataclasses import dataclass

from ingest.text_quality import quality


@dataclass(frozen=True)
class Page:
    """One page of a document.

    Attributes:
        number: counted from 1; None where the format has no pages.
        text: its lines.
        quality: share of its words that look like Indonesian, from 0 to 1.
        ocr: the text was recognised by Tesseract, not taken from the file.
    """

    number: int | None
    text: str
    quality: float
    ocr: bool = False

    @classmethod
    def of(cls, text: str, number: int | None = None, *, ocr: bool = False) -> "Page":
        return cls(number, text, quality(text), ocr)
