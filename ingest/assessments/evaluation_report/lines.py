"""The pages of an evaluation report as lines and as tables."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
from pdfplumber.utils.exceptions import PdfminerException

from ingest import ocr
from ingest.assessments.evaluation_report.word_tables import Word
from ingest.assessments.refusals import refuse
from ingest.scanned_tables import read_scanned_page
from scoring.refusal import RefusedInput, Text

MOST_PAGES = 200
_FEW_LETTERS = 100
_MOST_CELLS = 12  # columns of a table of figures; charts are drawn with more lines


@dataclass(frozen=True)
class Line:
    """A line of text on a page counted from 1; ``indent`` and ``top`` in points, ``height`` of its letters."""

    page: int
    text: str
    indent: float = 0.0
    end: float = 0.0
    top: float = 0.0
    height: float = 10.0


@dataclass(frozen=True)
class Grid:
    """A ruled table of a page: rows of cell texts; ``top`` and ``bottom`` in points, the same on a recognised page."""

    page: int
    rows: tuple[tuple[str, ...], ...]
    top: float = 0.0
    bottom: float = 0.0


@dataclass
class Pages:
    """What is on the pages. Pages without text are read by OCR only when they are asked for."""

    name: str
    content: bytes
    lines: list[Line]
    grids: list[Grid]
    words: dict[int, list[Word]]
    pictures: list[int] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    allow_ocr: bool = True

    def recognise_pictures(self) -> bool:
        """Read the pages that hold no text by Tesseract; whether anything was added."""
        wanted = [number for number in self.pictures if number not in self.by_ocr]
        if not wanted or not self.allow_ocr or ocr.missing() is not None:
            return False
        document = pdfium.PdfDocument(self.content)
        try:
            read = ocr.on_pages(document, [number - 1 for number in wanted], read_scanned_page)
        finally:
            document.close()
        self.by_ocr += wanted
        added = [
            Line(index + 1, line, 0.0, 0.0, float(position))
            for index, page in read.items()
            for position, line in enumerate(page.lines)
        ]
        self.grids += [Grid(index + 1, table) for index, page in read.items() for table in page.tables]
        self.grids.sort(key=lambda grid: grid.page)
        kept = [line for line in self.lines if line.page not in wanted]
        self.lines = sorted(kept + added, key=lambda line: (line.page, line.top))
        return bool(added)


def read_pdf(content: bytes, name: str, *, allow_ocr: bool) -> Pages:
    """Lines and ruled tables of a PDF.

    Raises:
        RefusedInput: damaged, encrypted, or far too long for an evaluation report.
    """
    _openable(content, name)
    lines: list[Line] = []
    grids: list[Grid] = []
    words: dict[int, list[Word]] = {}
    pictures: list[int] = []
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            for number, page in enumerate(document.pages, 1):
                lines += _lines(page, number)
                grids += _grids(page, number)
                words[number] = _words(page)
                if len(page.chars) < _FEW_LETTERS and page.images:
                    pictures.append(number)
                page.close()
    except (PdfminerException, ValueError, KeyError, TypeError, RecursionError) as reason:
        raise _refused("file_damaged", name, "PDF rusak", "the PDF is damaged") from reason
    return Pages(name, content, _without_running_heads(lines), grids, words, pictures, [], allow_ocr)


def _openable(content: bytes, name: str) -> None:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as reason:
        if "password" in str(reason).lower():
            raise _refused("file_encrypted", name, "PDF terkunci kata sandi", "the PDF is locked") from reason
        raise _refused("file_damaged", name, "PDF rusak", "the PDF is damaged") from reason
    count = len(document)
    document.close()
    if not 1 <= count <= MOST_PAGES:
        raise _refused(
            "too_many_pages", name, f"mempunyai {count} halaman, bukan LHE satu instansi", f"has {count} pages"
        )


def _lines(page: Any, number: int) -> list[Line]:
    return [
        Line(number, text, line["x0"], line["x1"], line["top"], line["bottom"] - line["top"])
        for line in page.extract_text_lines(return_chars=False)
        if (text := _readable(line["text"]))
    ]


def _words(page: Any) -> list[Word]:
    return [
        Word(text, word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words()
        if (text := _readable(word["text"]))
    ]


def _grids(page: Any, number: int) -> Iterator[Grid]:
    """Tables that can hold figures; frames around text and charts are left out."""
    for table in page.find_tables():
        if not table.rows or len(table.rows) < 2 or len(table.rows[0].cells) > _MOST_CELLS:
            continue
        rows = tuple(tuple(_readable(cell or "") for cell in row) for row in table.extract())
        if max(len(row) for row in rows) >= 2:
            yield Grid(number, rows, table.bbox[1], table.bbox[3])


def _readable(text: str) -> str:
    """On one line; a sign that the font does not explain is a bullet where it begins the line."""
    bullet = re.sub(r"^\s*\(cid:\d+\)", "• ", text)
    return " ".join(re.sub(r"\(cid:\d+\)", "", bullet).split())


def _without_running_heads(lines: list[Line]) -> list[Line]:
    """Lines that head or end three pages or more at one height are no text of the report; page numbers neither."""
    edges: Counter[tuple[str, int]] = Counter()
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    for on_page in pages.values():
        ordered = sorted(on_page, key=lambda line: line.top)
        edges.update({_shape(line) for line in [*ordered[:2], *ordered[-2:]]})
    running = {shape for shape, count in edges.items() if count >= 3 and len(shape[0]) > 3}
    bare = re.compile(r"^(?:hal(?:aman)?\.?\s*)?[-–|\s]*\d{1,3}[-–|\s]*$", re.I)
    kept = []
    for on_page in pages.values():
        ordered = sorted(on_page, key=lambda line: line.top)
        edge = {id(line) for line in [*ordered[:2], *ordered[-2:]]}
        kept += [
            line for line in ordered if id(line) not in edge or not (_shape(line) in running or bare.match(line.text))
        ]
    return kept


def _shape(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


def _refused(code: str, name: str, id_: str, en: str) -> RefusedInput:
    return refuse(
        code,
        name,
        Text(id=id_, en=en),
        Text(
            id="Laporan Hasil Evaluasi/Pemantauan SPBE satu instansi sebagai PDF",
            en="the ministry's evaluation report (LHE) of one agency as PDF",
        ),
        Text(
            id="Unduh ulang laporan itu, tanpa kata sandi, lalu jalankan perintah yang sama.",
            en="Download the report again, without a password, and run the same command.",
        ),
        file=name,
    )
