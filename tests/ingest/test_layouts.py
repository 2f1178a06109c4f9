"""Rules as they are laid out in files: columns, turned pages, tables and boxes; the articles must all be found."""

import html
import re
import textwrap
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from rule_generator import FORMS, Invented, invent

from ingest import ocr
from ingest.documents import read_document
from ingest.legal import parse_rule

_WIDTH, _HEIGHT = A4
_SCANNED = 2  # pages; recognising one takes seconds
needs_tesseract = pytest.mark.skipif(ocr.missing() is not None, reason="Tesseract with Indonesian is not installed")


def articles(file: Path) -> list[str]:
    """The numbers of the articles that are found, in order, each once."""
    found = (re.match(r"Pasal (\w+)", passage.locator) for passage in parse_rule(read_document(file)).passages)
    return list(dict.fromkeys(match[1] for match in found if match))


def texts(file: Path) -> dict[str, str]:
    """The words of each article."""
    said: dict[str, str] = {}
    for passage in parse_rule(read_document(file)).passages:
        if match := re.match(r"Pasal (\w+)", passage.locator):
            said[match[1]] = f"{said.get(match[1], '')} {' '.join(passage.text.split())}"
    return said


@pytest.fixture(scope="module")
def rule() -> Invented:
    return invent(FORMS[5], 4)


def _columns(rule: Invented) -> list[list[str]]:
    """The lines of the rule in columns of a page."""
    lines = [part for line in rule.text.splitlines() for part in (textwrap.wrap(line, 46) or [""])]
    return [lines[at : at + 46] for at in range(0, len(lines), 46)]


def _two_columns(rule: Invented, order: str) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    columns = _columns(rule)
    for at in range(0, len(columns), 2):
        pair = columns[at : at + 2]
        canvas.setFont("Times-Roman", 9)
        placed = [
            (70 + 250 * side, 780 - 15 * n, line) for side, lines in enumerate(pair) for n, line in enumerate(lines)
        ]
        if order == "by line":
            placed.sort(key=lambda place: (-place[1], place[0]))
        for x, y, line in placed:
            canvas.drawString(x, y, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _scan(content: bytes, turn: int, *, dpi: int = 150) -> bytes:
    """The first pages of a PDF as images, each turned by so many degrees."""
    document = pdfium.PdfDocument(content)
    pages = (document[index] for index in range(_SCANNED))
    images = [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in pages]
    turned = [image.rotate(turn, expand=True) for image in images]
    target = BytesIO()
    turned[0].save(target, "PDF", resolution=dpi, save_all=True, append_images=turned[1:])
    return target.getvalue()


def _one_column(rule: Invented, *, rotated: bool = False) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    lines = [part for line in rule.text.splitlines() for part in (textwrap.wrap(line, 80) or [""])]
    most = 30 if rotated else 44
    for at in range(0, len(lines), most):
        canvas.setFont("Times-Roman", 12)
        if rotated:  # the paper lies on its side, the writing with it; /Rotate stands it up again
            canvas.setPageRotation(90)
            canvas.translate(_WIDTH, 0)
            canvas.rotate(90)
        for n, line in enumerate(lines[at : at + most]):
            canvas.drawString(70, (540 if rotated else 780) - 16 * n, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("order", ["by column", "by line"])
def test_a_page_in_two_columns_is_read_column_by_column(order: str, rule: Invented, tmp_path: Path) -> None:
    file = tmp_path / "aturan.pdf"
    file.write_bytes(_two_columns(rule, order))
    assert articles(file) == rule.articles


@needs_tesseract
def test_a_scan_in_two_columns_is_read_column_by_column(rule: Invented, tmp_path: Path) -> None:
    file = tmp_path / "aturan.pdf"
    file.write_bytes(_scan(_two_columns(rule, "by column"), 0))
    found = articles(file)
    assert len(found) > 15
    assert found == rule.articles[: len(found)]


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_scanned_on_their_side_or_head_are_stood_up(turn: int, rule: Invented, tmp_path: Path) -> None:
    file = tmp_path / "aturan.pdf"
    file.write_bytes(_scan(_one_column(rule), turn))
    found = articles(file)
    assert len(found) > 5
    assert found == rule.articles[: len(found)]


def test_a_wide_page_that_was_written_on_its_side_is_read(rule: Invented, tmp_path: Path) -> None:
    file = tmp_path / "aturan.pdf"
    file.write_bytes(_one_column(rule, rotated=True))
    assert articles(file) == rule.articles


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_the_viewer_turns_is_read_as_it_is_shown(turn: int, rule: Invented, tmp_path: Path) -> None:
    document = pdfium.PdfDocument(_one_column(rule))
    for page in document:
        page.set_rotation(turn)
    file = tmp_path / "aturan.pdf"
    document.save(file)
    assert articles(file) == rule.articles


def _html(rule: Invented, layout: str) -> str:
    paragraphs = [html.escape(line) for line in rule.text.splitlines() if line.strip()]
    body = {
        "br": "<br>\n".join(paragraphs),
        "br and spaces": "<br/>&nbsp;<br/>".join(paragraphs),
        "one cell": "<table><tr><td>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</td></tr></table>",
        "one cell, br": "<table border=0><tr><td>" + "<br>".join(paragraphs) + "</td></tr></table>",
        "rows": "<table>" + "".join(f"<tr><td>{p}</td></tr>" for p in paragraphs) + "</table>",
        "spans": "".join(f"<div><span>{p[:9]}</span><span>{p[9:]}</span></div>" for p in paragraphs),
        "a form": "<form id='form1'>" + "<br>".join(paragraphs) + "<select><option>Pasal 94</option></select></form>",
        "pre": "<pre>" + "\n".join(paragraphs) + "</pre>",
    }[layout]
    return (
        "<!DOCTYPE html><html><head><title>Detail Peraturan</title><style>p{}</style></head><body>"
        '<div id="navbar" role="navigation"><ul><li><a href="/">Beranda</a></li><li>Pasal 99</li></ul></div>'
        '<div class="breadcrumb"><a href="/">Beranda</a> / <a href="/x">Peraturan</a></div>'
        '<div style="display: none">Pasal 98</div>'
        f"<script>var a = 'Pasal 97';</script><main><div>{body}</div></main>"
        "<aside>Pasal 96</aside>"
        "<footer>Hak cipta. Pasal 95</footer></body></html>"
    )


@pytest.mark.parametrize(
    "layout", ["br", "br and spaces", "one cell", "one cell, br", "rows", "spans", "a form", "pre"]
)
def test_a_web_page_of_a_law_portal_has_its_articles(layout: str, rule: Invented, tmp_path: Path) -> None:
    file = tmp_path / "aturan.html"
    file.write_text(_html(rule, layout), encoding="utf-8")
    assert articles(file) == rule.articles
    assert parse_rule(read_document(file)).rule.id == rule.id


def _docx_in_a_table(lines: Sequence[str]) -> docx.document.Document:  # type: ignore[name-defined]
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    for line in lines:
        cell.add_paragraph(line)
    return document


def _docx_in_rows(lines: Sequence[str]) -> docx.document.Document:  # type: ignore[name-defined]
    document = docx.Document()
    table = document.add_table(rows=0, cols=1)
    for line in lines:
        table.add_row().cells[0].text = line
    return document


def _docx_in_columns(lines: Sequence[str]) -> docx.document.Document:  # type: ignore[name-defined]
    """Markers in a column of their own, as tables without borders keep them level."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for line in lines:
        marker = re.match(r"(\(\d+\)|[a-z]\.)\s+(.*)", line)
        cells = table.add_row().cells
        cells[0].text, cells[1].text = (marker[1], marker[2]) if marker else ("", line)
    return document


def _docx_in_boxes(lines: Sequence[str]) -> docx.document.Document:  # type: ignore[name-defined]
    """Twenty lines in each text box, with the copy for old versions of Word."""
    document = docx.Document()
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    for at in range(0, len(lines), 20):
        inner = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in lines[at : at + 20])
        box = f"<w:txbxContent>{inner}</w:txbxContent>"
        run = parse_xml(
            f"<w:r {names}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
        document.add_paragraph()._p.append(run)
    return document


@pytest.mark.parametrize("lay", [_docx_in_a_table, _docx_in_rows, _docx_in_columns, _docx_in_boxes])
def test_a_word_document_laid_out_with_tables_or_boxes_has_its_articles(
    lay: Callable[[Sequence[str]], "docx.document.Document"],  # type: ignore[name-defined]
    rule: Invented,
    tmp_path: Path,
) -> None:
    file = tmp_path / "aturan.docx"
    lay([line for line in rule.text.splitlines() if line.strip()]).save(str(file))
    assert articles(file) == rule.articles


def _markdown(rule: Invented, style: str) -> str:
    lines = [line for line in rule.text.splitlines() if line.strip()]
    if style == "headings":
        lines = [f"### {line}" if re.match(r"Pasal \w+$|BAB ", line) else line for line in lines]
    elif style == "bold":
        lines = [f"**{line}**" if re.match(r"Pasal \w+$|BAB ", line) else line for line in lines]
    elif style == "links":
        lines = [re.sub(r"^(Pasal (\w+))$", r"## [\1](#pasal-\2) {#pasal-\2}", line) for line in lines]
    elif style == "escaped":
        lines = [re.sub(r"^\((\d+)\) ", r"\\(\1\\) ", re.sub(r"^([a-z])\. ", r"\1\\. ", line)) for line in lines]
    front = "---\ntitle: Pasal 99\ntags: [a]\n---\n\n"
    return front + "\n\n".join(lines) + "\n"


@pytest.mark.parametrize("style", ["headings", "bold", "links", "escaped"])
def test_markdown_has_its_articles(style: str, rule: Invented, tmp_path: Path) -> None:
    file = tmp_path / "aturan.md"
    file.write_text(_markdown(rule, style), encoding="utf-8")
    assert articles(file) == rule.articles
    assert parse_rule(read_document(file)).rule.id == rule.id
