"""What a file is and what stands in it; files that cannot be used are refused with a reason."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest import documents, ocr, pdf
from ingest.documents import read_document
from ingest.text_quality import quality
from scoring.refusal import RefusedInput, Text

SENTENCE = "Setiap pemerintah daerah menyusun rencana kerja dan melaporkan pelaksanaan kegiatan secara berkala."


def _pdf(pages: list[list[str]], password: str = "") -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.drawString(70, 780 - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _refusal(file: Path) -> RefusedInput:
    with pytest.raises(RefusedInput) as caught:
        read_document(file)
    refusal = caught.value
    assert file.name in refusal.message.id
    assert file.name in refusal.message.en
    return refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_text_is_read_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "aturan.txt"
    file.write_bytes(f"Pasal 1\n{SENTENCE} – “kutipan”\n".encode(encoding))
    document = read_document(file)
    assert f"{SENTENCE} – “kutipan”" in document.text
    assert document.pages[0].number is None
    assert "\x00" not in document.text


def test_nul_bytes_are_stripped(tmp_path: Path) -> None:
    file = tmp_path / "aturan.txt"
    file.write_bytes(f"{SENTENCE}\x00 {SENTENCE}".encode())
    assert "\x00" not in read_document(file).text


def test_docx_keeps_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Pasal 1")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Domain 1", "13,00"
    document.add_paragraph("Pasal 2")
    document.save(str(tmp_path / "aturan.docx"))
    assert read_document(tmp_path / "aturan.docx").text == "Pasal 1\n| Domain 1 | 13,00 |\nPasal 2"


def test_html_shows_what_a_browser_shows(tmp_path: Path) -> None:
    file = tmp_path / "aturan.html"
    file.write_text(
        "<html><head><title>x</title><script>alert(1)</script></head><body><nav>Menu</nav><h1>BAB I</h1>"
        "<p>Pasal 1</p><ol type='a'><li>pertama;</li><li>kedua.</li></ol>"
        "<table><tr><td>Domain 1</td><td>13,00</td></tr></table></body></html>",
        encoding="utf-8",
    )
    text = read_document(file).text
    assert [line for line in text.splitlines() if line] == [
        "BAB I", "Pasal 1", "a. pertama;", "b. kedua.", "| Domain 1 | 13,00 |",
    ]  # fmt: skip


def test_a_web_page_saved_as_text_is_read_as_html(tmp_path: Path) -> None:
    file = tmp_path / "aturan.txt"
    file.write_text("<!DOCTYPE html><html><body><p>Pasal 1</p></body></html>", encoding="utf-8")
    document = read_document(file)
    assert (document.kind, document.text.strip()) == ("html", "Pasal 1")


def test_running_heads_page_numbers_and_catchwords_are_removed(tmp_path: Path) -> None:
    contents = [f"Pasal {number}" for number in range(1, 8)]
    acts = ["mencatat", "memeriksa", "menyusun", "melaporkan", "menyimpan", "mengawasi", "menilai"]
    pages = [
        ["PRESIDEN", "REPUBLIK INDONESIA", f"- {at} -", contents[at], f"Kepala dinas {acts[at]} berkas."]
        + ([f"{contents[at + 1]} . . ."] if at + 1 < len(contents) else [])
        + ["jdih.contoh.go.id"]
        for at in range(len(contents))
    ]
    file = tmp_path / "aturan.pdf"
    file.write_bytes(_pdf(pages))
    document = read_document(file)
    assert [page.number for page in document.pages] == list(range(1, 8))
    for at, page in enumerate(document.pages[1:], 1):
        assert page.text.splitlines() == [contents[at], f"Kepala dinas {acts[at]} berkas."]


def test_a_year_at_the_foot_of_a_page_is_no_page_number(tmp_path: Path) -> None:
    file = tmp_path / "aturan.pdf"
    file.write_bytes(
        _pdf([["Pasal 1", SENTENCE[:50], "mulai berlaku pada tanggal 1 Januari", "2021."], ["- 2 -", "Pasal 2"]])
    )
    assert "2021." in read_document(file).pages[0].text


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    for name in ("satu.txt", "dua.txt"):
        (tmp_path / name).write_text(SENTENCE, encoding="utf-8")
    first, second = read_document(tmp_path / "satu.txt"), read_document(tmp_path / "dua.txt")
    assert first.sha256 == second.sha256
    assert first.name != second.name


Broken = Callable[[Path], Path]


def _bytes(name: str, content: bytes) -> Broken:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


def _zip(**members: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (_bytes("kosong.txt", b""), "file_empty"),
        (_bytes("putih.txt", b"   \n\n  "), "document_without_text"),
        (_bytes("rusak.pdf", b"%PDF-1.7\nsampah"), "document_damaged"),
        (_bytes("terpotong.pdf", _pdf([[SENTENCE]])[:300]), "document_damaged"),
        (_bytes("terkunci.pdf", _pdf([[SENTENCE]], password="rahasia")), "document_encrypted"),
        (_bytes("palsu.pdf", b"hanya teks biasa"), "format_not_accepted"),
        (_bytes("gambar.txt", b"\x89PNG\r\n\x1a\n" + bytes(100)), "format_not_accepted"),
        (_bytes("program.pdf", b"MZ" + bytes(100)), "format_not_accepted"),
        (_bytes("lama.doc", b"\xd0\xcf\x11\xe0" + bytes(100)), "format_not_accepted"),
        (_bytes("pdf.txt", _pdf([[SENTENCE]])), "format_not_accepted"),
        (_bytes("arsip.docx", _zip(**{"catatan.txt": b"x"})), "format_not_accepted"),
        (_bytes("rusak.docx", _zip(**{"word/document.xml": b"<rusak"})), "document_damaged"),
        (_bytes("biner.txt", bytes(range(1, 32)) * 50), "not_text"),
        (_bytes("tanpa_ekstensi", b"teks"), "format_not_accepted"),
        (lambda folder: folder / "tiada.pdf", "file_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(write: Broken, code: str, tmp_path: Path) -> None:
    assert _refusal(write(tmp_path)).code == code


def test_a_file_or_document_beyond_the_limits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "besar.pdf"
    file.write_bytes(_pdf([[SENTENCE]] * 4))
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    assert _refusal(file).code == "too_many_pages"
    monkeypatch.setattr(documents, "LARGEST_FILE", 100)
    assert _refusal(file).code == "file_too_large"


def _scan(lines: list[str], angle: float = 0.0) -> Image.Image:
    """A page image of text that PDFium draws, turned by some degrees."""
    page = pdfium.PdfDocument(_pdf([lines]))[0]
    image: Image.Image = page.render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("angle", [-2.0, -1.0, 0.0, 1.0, 2.0])
def test_the_skew_of_a_scan_is_measured(angle: float) -> None:
    assert ocr.skew(_scan([SENTENCE] * 30, angle)) == pytest.approx(-angle, abs=0.25)


def test_specks_are_told_from_the_dots_of_letters() -> None:
    page = pdfium.PdfDocument(_pdf([[SENTENCE] * 30]))
    clean = ocr.render(page, 0)
    chance = np.random.default_rng(3).random((clean.height, clean.width))
    dirty = Image.fromarray(np.where(chance < 0.01, 255 * (chance < 0.005), np.asarray(clean)).astype(np.uint8))
    assert ocr.without_specks(clean) is clean
    mended = ocr.without_specks(dirty)
    assert ocr.specks(mended) < ocr.SPECKLED / 4


def test_a_scan_is_read_by_ocr_with_its_page_numbers(tmp_path: Path) -> None:
    if ocr.missing() is not None:
        pytest.skip("Tesseract with Indonesian is not installed (apt-get install tesseract-ocr tesseract-ocr-ind)")
    images = [_scan([f"Pasal {number}", *SENTENCE.split(" dan ")], angle=1.0) for number in (1, 2)]
    file = tmp_path / "pindai.pdf"
    images[0].save(file, "PDF", save_all=True, append_images=images[1:], resolution=150)
    document = read_document(file)
    assert [(page.number, page.ocr) for page in document.pages] == [(1, True), (2, True)]
    assert all(f"Pasal {page.number}" in page.text for page in document.pages)
    assert " ".join(document.pages[1].text.split()).endswith(SENTENCE.replace(" dan ", " "))
    assert "OCR" in document.notes[0].id


def test_a_scan_without_tesseract_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pindai.pdf"
    _scan([SENTENCE]).save(file, "PDF", resolution=150)
    monkeypatch.setattr(ocr, "_languages", lambda: frozenset({"eng"}))
    refusal = _refusal(file)
    assert refusal.code == "ocr_not_installed"
    assert "tesseract-ocr-ind" in refusal.message.id
    assert isinstance(refusal.message, Text)


def test_a_page_that_shows_no_writing_is_refused_as_without_text(tmp_path: Path) -> None:
    image = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(image).rectangle((100, 100, 500, 700), fill=200)
    file = tmp_path / "foto.pdf"
    image.save(file, "PDF", resolution=100)
    expected = "document_without_text" if ocr.missing() is None else "ocr_not_installed"
    assert _refusal(file).code == expected


def test_quality_tells_misread_words_from_new_ones() -> None:
    assert quality(SENTENCE) == 1.0
    assert quality("perikanan tangkap di wilayah perairan nelayan kecil") > 0.8
    assert quality("bclum mcngcnai dcngan pcnyclcnggaraan EFITFTfd{Il kl'Lusus") < 0.2
    assert quality("") == 0.0
