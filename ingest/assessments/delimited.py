"""CSV as a sheet: whatever encoding and delimiter a spreadsheet program wrote."""

import codecs
import csv
from io import StringIO

from ingest.assessments.cells import Sheet
from ingest.assessments.refusals import refuse
from scoring.refusal import RefusedInput, Text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MOST_ROWS = 500_000
_LONGEST_CELL = 20_000


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 (with or without a byte order mark) or Windows-1252.

    Raises:
        RefusedInput: no text in any of them.
    """
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    if encoding is None and content[:2000].count(0) > len(content[:2000]) // 4:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    for attempt in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = content.decode(attempt)
        except (UnicodeDecodeError, UnicodeError):
            continue
        if sum(not c.isprintable() and c not in "\r\n\t\x0c\ufeff" for c in text[:4000]) <= len(text[:4000]) // 100:
            return text.removeprefix("\ufeff")
    raise refuse(
        "encoding_not_readable",
        name,
        Text(id="teksnya tidak terbaca", en="its text cannot be read"),
        Text(id="CSV dalam UTF-8, UTF-16 atau Windows-1252", en="CSV in UTF-8, UTF-16 or Windows-1252"),
        Text(
            id='Simpan ulang sebagai "CSV UTF-8" lalu jalankan perintah yang sama.',
            en='Save it again as "CSV UTF-8" and run the same command.',
        ),
        file=name,
    )


def read_delimited(content: bytes, name: str) -> Sheet:
    """The rows of a CSV file, its delimiter found by looking (; , tab or |).

    Raises:
        RefusedInput: not readable as text, a quote that never ends, too many rows.
    """
    text = decode(content, name)
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    try:
        csv.field_size_limit(_LONGEST_CELL)
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            if len(rows) > _MOST_ROWS:
                raise _broken(name, len(rows), "terlalu banyak baris", "too many rows")
    except csv.Error as reason:
        raise _broken(
            name,
            len(rows) + 1,
            "tanda kutipnya tidak ditutup atau selnya terlalu panjang",
            "a quote is never closed or a cell is too long",
        ) from reason
    if rows and len(rows[0]) == 1 and rows[0][0].lower().startswith("sep="):
        rows[0] = []
    return Sheet(None, list(rows), name)


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0][4]

    def score(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        used = [count for count in counts if count]
        most = max(set(used), key=used.count) if used else 0
        return (sum(count == most for count in used) if most else 0), most

    # A comma may be a decimal comma; it is the last choice where counts are alike.
    return max((";", "\t", "|", ","), key=lambda d: score(d)[0] * (1.0 if d != "," else 0.999))


def _broken(name: str, row: int, id_: str, en: str) -> RefusedInput:
    return refuse(
        "csv_broken",
        Text(id=f"{name}, baris {row}", en=f"{name}, row {row}"),
        Text(id=id_, en=en),
        Text(id="CSV dengan pemisah ; , tab atau |", en="CSV separated by ; , tab or |"),
        Text(
            id="Perbaiki baris itu atau simpan ulang sebagai XLSX, lalu jalankan perintah yang sama.",
            en="Mend that row or save the file as XLSX, and run the same command.",
        ),
        file=name,
    )
