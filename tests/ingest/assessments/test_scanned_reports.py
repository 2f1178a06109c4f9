"""An evaluation report that was only scanned gives what the report with text gives; what is unsure is not stored.

``SPBE_SLOW_TESTS=1`` tries every official report at two resolutions; the gate reads one.
"""

import io
import json
import os
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reports import LAYOUTS, truth

from assistant.records.agencies import Agencies
from ingest import ocr
from ingest.assessments import read_assessments
from ingest.scanned_tables import UNSURE, read_scanned_page
from scoring import Assessment

pytestmark = pytest.mark.skipif(ocr.missing() is not None, reason="Tesseract with Indonesian is not installed")


SCANS = [(2022, 150)]
if os.environ.get("SPBE_SLOW_TESTS"):  # half a minute each
    SCANS = [(year, dots) for year in (2021, 2022, 2024) for dots in (150, 200)]


def scanned(source: Path, to: Path, dots: int, askew: float = 0.0) -> Path:
    """The pages of a PDF as pictures of so many dots per inch, turned by some degrees."""
    document = pdfium.PdfDocument(source)
    canvas = Canvas(str(to))
    for page in document:
        image: Image.Image = page.render(scale=dots / 72).to_pil().convert("L")
        if askew:
            image = image.rotate(askew, fillcolor=255, resample=Image.Resampling.BICUBIC)
        picture = io.BytesIO()
        image.save(picture, "JPEG", quality=80)
        width, height = page.get_size()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    document.close()
    return to


@pytest.mark.parametrize(("year", "dots"), SCANS)
def test_a_scanned_official_report_gives_its_levels_and_totals(
    year: int, dots: int, shared: Path, register: Agencies, tmp_path: Path
) -> None:
    path = scanned(shared / "documents" / f"lhe-bandar-lampung-{year}.pdf", tmp_path / "pindai.pdf", dots)
    held = json.loads((shared / "results" / "indicator-levels.json").read_text(encoding="utf-8"))
    expected = Assessment.model_validate(
        next(one for one in held if "Bandar Lampung" in one["agency"] and one["year"] == year)
    )
    reading = read_assessments(path, register)
    (read,) = reading.assessments
    got, wanted = read.assessment, expected.published
    assert (got.agency, got.year, got.levels) == (expected.agency, expected.year, expected.levels)
    assert got.published is not None and wanted is not None
    assert (got.published.index, got.published.domains, got.published.aspects) == (
        wanted.index,
        wanted.domains,
        wanted.aspects,
    )
    assert any("OCR" in text.id for text in reading.report.of("assumed"))


def test_a_scan_that_lies_askew_is_read_exactly(tmp_path: Path, register: Agencies) -> None:
    write, agency, year = LAYOUTS["three_years_ruled"]
    known, card = truth(5, agency, year)
    text = tmp_path / "teks.pdf"
    write(text, known, card)
    (read,) = read_assessments(scanned(text, tmp_path / "pindai.pdf", 150, askew=0.7), register).assessments
    assert (read.assessment.agency, read.assessment.year) == (agency, year)
    assert read.assessment.levels == known.levels


def test_a_figure_that_no_two_readings_agree_on_is_unsure() -> None:
    image = Image.new("L", (1000, 1400), 255)
    pixels = image.load()
    assert pixels is not None
    for y in (50, 150, 250):
        for x in range(50, 950):
            pixels[x, y] = pixels[x, y + 1] = 0
    for x in (50, 700, 948):
        for y in range(50, 252):
            pixels[x, y] = pixels[x + 1, y] = 0
    for x in range(800, 830):  # a smudge where the figure was
        for y in range(80, 120):
            pixels[x, y] = 0 if (x * y) % 7 < 4 else 255
    (table,) = read_scanned_page(image).tables
    assert table == (("", UNSURE), ("", ""))
