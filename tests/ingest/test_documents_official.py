"""The ten rules and three evaluation reports as the PDFs that agencies hold."""

import json
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from bench.scanned import scan
from ingest import ocr, pdf
from ingest.documents import read_document
from ingest.legal import parse_rule
from ingest.pages import Page

LAYERED = {
    "permenpanrb-59-2020": (89, 12, 235),
    "pedoman-menpanrb-3-2024": (236, 0, 235),
    "permenpanrb-5-2020": (58, 6, 0),
    "permenpanrb-19-2018": (22, 6, 0),
    "permenppn-16-2020": (16, 22, 0),
    "peraturan-bssn-8-2024": (30, 73, 0),
    "peraturan-brin-2-2024": (26, 45, 0),
}
SCANNED = {"perpres-39-2019": 44, "perpres-47-2023": 35, "perpres-82-2023": 22}

needs_tesseract = pytest.mark.skipif(
    ocr.missing() is not None, reason="apt-get install tesseract-ocr tesseract-ocr-ind"
)


@pytest.mark.parametrize("rule", LAYERED)
def test_a_rule_with_a_text_layer_has_its_articles_cells_and_pages(rule: str, shared: Path) -> None:
    pages, last, cells = LAYERED[rule]
    document = read_document(shared / "documents" / f"{rule}.pdf")
    assert [page.number for page in document.pages] == list(range(1, pages + 1))
    assert document.quality > pdf.DOUBTFUL
    parsed = parse_rule(document)
    assert parsed.rule.id == rule
    articles = {int(m[1]) for p in parsed.passages if (m := re.match(r"Pasal (\d+)", p.locator))}
    assert articles == set(range(1, last + 1))
    pattern = re.compile(r"Indikator (\d+) (?:Level|tingkat) (\d)")
    found = {m.groups() for p in parsed.passages if (m := pattern.search(p.locator))}
    assert len(found) == cells
    numbers = [passage.page for passage in parsed.passages]
    assert all(number is not None and 1 <= number <= pages for number in numbers)
    assert not any(page.ocr for page in document.pages[:3])


@pytest.mark.parametrize("rule", LAYERED)
def test_the_anchors_stand_in_the_passages_of_the_pdf_too(rule: str, shared: Path) -> None:
    parsed = parse_rule(read_document(shared / "documents" / f"{rule}.pdf", ocr=False))
    texts = [" ".join(passage.text.split()) for passage in parsed.passages]
    for line in (shared / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        for gold in json.loads(line)["gold"]:
            if gold["doc"] == rule:
                assert any(" ".join(gold["anchor"].split()) in text for text in texts), gold


@pytest.mark.parametrize("rule", SCANNED)
def test_a_scan_with_a_bad_text_layer_is_noticed(rule: str, shared: Path) -> None:
    document = pdfium.PdfDocument(shared / "documents" / f"{rule}.pdf")
    pages = [Page.of(document[at].get_textpage().get_text_range(), at + 1) for at in range(len(document))]
    assert len(pdf.doubtful_pages(document, pages)) > 0.9 * len(pages)


@pytest.mark.parametrize("rule", SCANNED)
def test_even_the_bad_text_layer_gives_every_article(rule: str, shared: Path) -> None:
    parsed = parse_rule(read_document(shared / "documents" / f"{rule}.pdf", ocr=False))
    assert parsed.rule.id == rule
    articles = {int(m[1]) for p in parsed.passages if (m := re.match(r"Pasal (\d+)", p.locator))}
    assert articles == set(range(1, SCANNED[rule] + 1))


@needs_tesseract
def test_ocr_mends_what_the_text_layer_misread(shared: Path) -> None:
    document = pdfium.PdfDocument(shared / "documents" / "perpres-39-2019.pdf")
    read = ocr.read_pages(document, [0, 2])
    assert "TAHUN 2019" in read[0]  # the layer has "TAHUN 209"
    defined = re.findall(r"^(\d+)\. (?:Data (?!Prior)|Standar|Metadata|Interop|Kode)", read[2], re.M)
    assert defined == [str(at) for at in range(4, 11)]  # the layer loses 5 and 6


@needs_tesseract
def test_tables_of_criteria_survive_a_scan(shared: Path, tmp_path: Path) -> None:
    """A few pages; ``bench.bench_documents`` scans all ten rules and asks their questions."""
    source = shared / "documents" / "permenpanrb-59-2020.pdf"
    file = scan(source, tmp_path / "pindai.pdf", pages=[0, *range(62, 66)])
    parsed = parse_rule(read_document(file))
    assert parsed.rule.id == "permenpanrb-59-2020"
    pattern = re.compile(r"Indikator (\d+) tingkat (\d)")
    cells = {(int(m[1]), int(m[2])) for p in parsed.passages if (m := pattern.search(p.locator))}
    assert cells >= {(indicator, level) for indicator in (34, 35) for level in range(1, 6)}
    assert {p.page for p in parsed.passages if "Indikator 35 tingkat" in p.locator} == {4}


@pytest.mark.parametrize("report", ["lhe-bandar-lampung-2022", "lhe-bandar-lampung-2024"])
def test_in_an_evaluation_report_only_pages_that_are_pictures_need_ocr(report: str, shared: Path) -> None:
    document = pdfium.PdfDocument(shared / "documents" / f"{report}.pdf")
    pages = [Page.of(document[at].get_textpage().get_text_range(), at + 1) for at in range(len(document))]
    doubted = pdf.doubtful_pages(document, pages)
    assert doubted
    assert all(len(pages[at].text.strip()) < pdf.FEW_LETTERS for at in doubted)
