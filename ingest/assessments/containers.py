"""Is this file what it says, and safe to open? Checked before any parser sees it."""

import zipfile
from io import BytesIO
from pathlib import Path

from ingest.assessments.refusals import FILE_ACCEPTED, refuse
from scoring.refusal import RefusedInput, Text

LARGEST_FILE = 50 * 1024 * 1024  # bytes
LARGEST_PART = 64 * 1024 * 1024  # bytes of one part of a workbook, unpacked
LARGEST_TOTAL = 160 * 1024 * 1024  # bytes of all parts together
MOST_PARTS = 5000

_EXTENSIONS: dict[str, tuple[str, ...]] = {
    ".xlsx": ("xlsx",), ".xlsm": ("xlsx",), ".xls": ("xls",), ".ods": ("ods",),
    ".csv": ("text",), ".tsv": ("text",), ".txt": ("text",), ".json": ("text",), ".pdf": ("pdf",),
}  # fmt: skip
_SIGNATURES = (
    (b"%PDF-", "pdf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"), (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"), (b"II*\x00", "gambar TIFF"), (b"MM\x00*", "gambar TIFF"), (b"GIF8", "gambar GIF"),
    (b"MZ", "program Windows"), (b"\x7fELF", "program Linux"), (b"{\\rtf", "RTF"), (b"\x1f\x8b", "arsip GZIP"),
    (b"Rar!", "arsip RAR"), (b"7z\xbc\xaf", "arsip 7z"),
)  # fmt: skip


def read_content(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and what they are: xlsx, xls, ods, pdf or text.

    Raises:
        RefusedInput: missing, empty, too large, another format, disguised, encrypted, or made to exhaust memory.
    """
    name = path.name
    if not path.is_file():
        raise _refused("no_such_file", name, "berkas tidak ada", "there is no such file", todo=_CHECK_NAME)
    size = path.stat().st_size
    if size == 0:
        raise _refused("file_empty", name, "berkas kosong (0 bita)", "the file is empty (0 bytes)")
    if size > LARGEST_FILE:
        megabytes = size // 1024**2
        raise _refused(
            "file_too_large",
            name,
            f"berkas {megabytes} MB, lebih dari 50 MB",
            f"the file has {megabytes} MB, more than 50 MB",
            todo=_SPLIT,
        )
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS:
        shown = extension or "-"
        raise _refused("format_not_accepted", name, f"format {shown} tidak dikenal", f"the format {shown} is not known")
    content = path.read_bytes()
    found = _what(content, name)
    if found not in _EXTENSIONS[extension]:
        if found == "ole-encrypted":
            raise _encrypted(name)
        raise _refused(
            "disguised_file",
            name,
            f"ekstensinya {extension}, tetapi isinya {found}",
            f"its extension is {extension}, but its content is {found}",
            todo=_SAVE_AGAIN,
        )
    return content, found


def _what(content: bytes, name: str) -> str:
    if content.startswith(b"PK\x03\x04"):
        return _zip(content, name)
    if content.startswith(b"PK"):
        return "arsip ZIP rusak"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    found = next((what for start, what in _SIGNATURES if content.startswith(start)), None)
    if found == "xls":
        return "ole-encrypted" if _utf16("EncryptedPackage") in content else _ole(content)
    if found is None:
        start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return "HTML" if start.startswith((b"<!doctype html", b"<html", b"<table")) else "text"
    return found


def _ole(content: bytes) -> str:
    books = (_utf16("Workbook"), _utf16("Book"))
    return "xls" if any(book in content for book in books) else "dokumen Office lama (bukan buku kerja)"


def _zip(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if _has(parts, "mimetype") else ""
    except Exception as reason:  # zipfile raises many kinds of errors over damaged archives
        raise _refused("file_damaged", name, "berkas rusak", "the file is damaged", todo=_SAVE_AGAIN) from reason
    if len(parts) > MOST_PARTS:
        raise _bomb(name, f"{len(parts)} bagian", f"{len(parts)} parts")
    for part in parts:
        if part.flag_bits & 1:
            raise _encrypted(name)
        if part.file_size > LARGEST_PART:
            size = part.file_size // 1024**2
            raise _bomb(name, f"bagian {part.filename} {size} MB", f"its part {part.filename} has {size} MB")
    total = sum(part.file_size for part in parts)
    if total > LARGEST_TOTAL:
        raise _bomb(name, f"isinya {total // 1024**2} MB", f"its content has {total // 1024**2} MB")
    if _has(parts, "xl/workbook.xml"):
        return "xlsx"
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if _has(parts, "xl/workbook.bin"):
        return "buku kerja biner (.xlsb)"
    return "dokumen Word (.docx)" if _has(parts, "word/document.xml") else "arsip ZIP"


def _has(parts: list[zipfile.ZipInfo], name: str) -> bool:
    return any(part.filename == name and part.file_size < LARGEST_PART for part in parts)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


_CHECK_NAME = Text(id="Periksa nama dan letak berkas.", en="Check the name and folder of the file.")
_SPLIT = Text(id="Bagi menjadi beberapa berkas.", en="Split it into several files.")
_SAVE_AGAIN = Text(
    id="Buka berkas itu, simpan ulang sebagai XLSX, lalu jalankan perintah yang sama.",
    en="Open the file, save it again as XLSX and run the same command.",
)


def _refused(code: str, name: str, id_: str, en: str, todo: Text = _SAVE_AGAIN) -> RefusedInput:
    return refuse(code, name, Text(id=id_, en=en), FILE_ACCEPTED, todo, file=name)


def damaged(name: str) -> RefusedInput:
    return _refused(
        "file_damaged", name, "berkas rusak dan tidak dapat dibuka", "the file is damaged and cannot be opened"
    )


def _encrypted(name: str) -> RefusedInput:
    return refuse(
        "file_encrypted",
        name,
        Text(id="berkas terkunci kata sandi", en="the file is locked with a password"),
        Text(id="berkas tanpa kata sandi", en="a file without a password"),
        Text(
            id="Simpan salinan tanpa kata sandi lalu jalankan perintah yang sama.",
            en="Save a copy without a password and run the same command.",
        ),
        file=name,
    )


def _bomb(name: str, id_: str, en: str) -> RefusedInput:
    limit = LARGEST_PART // 1024**2
    return refuse(
        "workbook_too_large",
        name,
        Text(id=f"{id_} setelah dibuka", en=f"{en} once unpacked"),
        Text(
            id=f"paling banyak {limit} MB tiap bagian, {LARGEST_TOTAL // 1024**2} MB seluruhnya",
            en=f"at most {limit} MB a part, {LARGEST_TOTAL // 1024**2} MB in all",
        ),
        Text(
            id="Salin hanya tabel nilainya ke buku kerja baru (tempel sebagai nilai), lalu impor berkas itu.",
            en="Copy only the table of values into a new workbook (paste as values) and import that file.",
        ),
        file=name,
    )
