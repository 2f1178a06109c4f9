"""What is in this file? A document as pages of text, whatever format it came in."""

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from ingest import markup, pdf, plain_text
from ingest.page_furniture import strip_furniture, strip_page_breaks
from ingest.pages import Page
from scoring.refusal import RefusedInput, Text

Kind = Literal["pdf", "docx", "html", "markdown", "text"]

#: Largest file that is read, in bytes.
LARGEST_FILE = 200 * 1024 * 1024

_EXTENSIONS: dict[str, Kind] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
_ACCEPTED = Text(id="PDF, DOCX, HTML, Markdown (.md), teks (.txt)", en="PDF, DOCX, HTML, Markdown (.md), text (.txt)")

__all__ = ["LARGEST_FILE", "Document", "Kind", "Page", "read_document"]


@dataclass(frozen=True)
class Document:
    """A file as text.

    Attributes:
        pages: in order; a format without pages is one page whose number is None.
        name: file name, for messages and as a fallback for the identity of a rule.
        sha256: hash of the file's bytes, hexadecimal.
        kind: what the content is, whatever the extension says.
        notes: what the reader should know, such as pages that were read by OCR or could not be.
    """

    pages: tuple[Page, ...]
    name: str
    sha256: str
    kind: Kind
    notes: tuple[Text, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)

    @property
    def quality(self) -> float:
        """Share of plausible words, from 0 to 1, weighted by the length of the pages."""
        size = sum(len(page.text) for page in self.pages)
        return sum(page.quality * len(page.text) for page in self.pages) / size if size else 0.0


def read_document(path: Path, *, ocr: bool = True) -> Document:
    """Read a file into pages of text.

    Args:
        path: PDF, DOCX, HTML, Markdown or text.
        ocr: whether pages without a usable text layer are read by Tesseract.

    Raises:
        RefusedInput: the file is missing, empty, too large, damaged, encrypted, or is not what its
            extension says; or it is a scan and Tesseract is not installed.
    """
    content = _content(path)
    kind = _kind(path, content)
    notes: tuple[Text, ...] = ()
    if kind == "pdf":
        pages, notes = pdf.read_pages(content, path.name, ocr=ocr)
        pages = strip_furniture(pages)
    else:
        if kind == "docx":
            text = markup.docx_text(content, path.name)
        else:
            text = plain_text.decode(content, path.name)
            if kind == "html":
                text = markup.html_text(text)
            elif kind == "markdown":
                text = markup.markdown_text(text)
        pages = (Page.of(strip_page_breaks(text)),)
    if not any(page.text.strip() for page in pages):
        raise RefusedInput(
            "document_without_text",
            Text(
                id=f"{path.name}: tidak ada teks yang terbaca di dalamnya. Tidak ada yang disimpan. "
                "Periksa apakah berkas itu kosong, atau pindai ulang dengan lebih jelas.",
                en=f"{path.name}: no text could be read in it. Nothing was stored. "
                "Check whether the file is blank, or scan it again more clearly.",
            ),
            file=path.name,
        )
    return Document(pages, path.name, hashlib.sha256(content).hexdigest(), kind, notes)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise RefusedInput(
            "file_missing",
            Text(
                id=f"{path.name}: berkas tidak ditemukan. Periksa nama dan letaknya.",
                en=f"{path.name}: there is no such file. Check its name and folder.",
            ),
            file=path.name,
        )
    size = path.stat().st_size
    if size == 0 or size > LARGEST_FILE:
        limit = LARGEST_FILE // (1024 * 1024)
        reason = Text(
            id="kosong (0 bita)" if size == 0 else f"terlalu besar ({size // (1024 * 1024)} MB)",
            en="empty (0 bytes)" if size == 0 else f"too large ({size // (1024 * 1024)} MB)",
        )
        raise RefusedInput(
            "file_empty" if size == 0 else "file_too_large",
            Text(
                id=f"{path.name}: berkas {reason.id}. Yang diterima: 1 bita sampai {limit} MB. "
                "Unduh ulang berkasnya, atau bagi menjadi beberapa berkas.",
                en=f"{path.name}: the file is {reason.en}. Accepted: 1 byte to {limit} MB. "
                "Download it again, or split it into several files.",
            ),
            file=path.name,
            size=size,
            accepted=[1, LARGEST_FILE],
        )
    return path.read_bytes()


def _kind(path: Path, content: bytes) -> Kind:
    """What the content is; refused where the extension says something else."""
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS:
        raise _refused_format(
            path.name,
            Text(
                id=f"format {extension or 'tanpa ekstensi'} tidak dikenal",
                en=f"the format {extension or '(no extension)'} is not known",
            ),
        )
    said, found = _EXTENSIONS[extension], _signature(content)
    if found is None and said in ("html", "markdown", "text"):
        return said
    if found == said:
        return said
    if found == "html" and said in ("markdown", "text"):
        return "html"
    if isinstance(found, str):
        found = Text(id=found.upper(), en=found.upper())
    name = found or Text(id="bukan PDF atau DOCX", en="neither PDF nor DOCX")
    raise _refused_format(
        path.name,
        Text(
            id=f"ekstensinya {extension}, tetapi isinya {name.id}",
            en=f"its extension is {extension}, but its content is {name.en}",
        ),
    )


def _signature(content: bytes) -> str | Text | None:
    """The kind of the content where it is accepted, else what it is in words; None for plain text."""
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_content(content)
    binary = {
        b"\xd0\xcf\x11\xe0": Text(id="Word/Excel lama (.doc/.xls)", en="an old Word/Excel file (.doc/.xls)"),
        b"\x89PNG": Text(id="gambar PNG", en="a PNG picture"),
        b"\xff\xd8\xff": Text(id="gambar JPEG", en="a JPEG picture"),
        b"II*\x00": Text(id="gambar TIFF", en="a TIFF picture"),
        b"MM\x00*": Text(id="gambar TIFF", en="a TIFF picture"),
        b"GIF8": Text(id="gambar GIF", en="a GIF picture"),
        b"MZ": Text(id="program Windows", en="a Windows program"),
        b"\x7fELF": Text(id="program Linux", en="a Linux program"),
        b"{\\rtf": Text(id="RTF", en="RTF"),
        b"\x1f\x8b": Text(id="arsip GZIP", en="a GZIP archive"),
        b"Rar!": Text(id="arsip RAR", en="a RAR archive"),
    }
    for start, name in binary.items():
        if head.startswith(start):
            return name
    start_text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start_text.startswith((b"<!doctype html", b"<html")) else None


def _zip_content(content: bytes) -> str | Text:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):  # a name that is no UTF-8 is a ValueError
        return Text(id="arsip ZIP rusak", en="a damaged ZIP archive")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return Text(id="buku kerja Excel (.xlsx)", en="an Excel workbook (.xlsx)")
    return Text(id="arsip ZIP", en="a ZIP archive")


def _refused_format(name: str, reason: Text) -> RefusedInput:
    return RefusedInput(
        "format_not_accepted",
        Text(
            id=f"{name}: {reason.id}. Yang diterima: {_ACCEPTED.id}. "
            "Simpan ulang dokumen itu dalam salah satu format tersebut.",
            en=f"{name}: {reason.en}. Accepted: {_ACCEPTED.en}. Save the document in one of these formats.",
        ),
        file=name,
        accepted=sorted(_EXTENSIONS),
    )
