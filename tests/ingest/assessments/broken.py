"""At least forty files that cannot be imported, each for one reason."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapes import (
    CONTRACT,
    HEADER,
    I20,
    PLAIN,
    A,
    B,
    head,
    listed,
    name,
    side_by_side,
    write_json,
    xlsx,
)
from writers import Calculated, SheetOf, write_csv, write_ods, write_xls, write_xlsx

from ingest.assessments import Options


@dataclass(frozen=True)
class Broken:
    name: str
    file: str
    write: Callable[[Path], None]
    options: Options = field(default_factory=Options)


BROKEN: list[Broken] = []


def broken(name: str, suffix: str, write: Callable[[Path], None], options: Options | None = None) -> None:
    BROKEN.append(Broken(name, f"{name}{suffix}", write, options or Options()))


def sheet(rows: Any) -> Callable[[Path], None]:
    return xlsx([*head(), HEADER, *rows])


def with_value(number: int, value: Any) -> Callable[[Path], None]:
    return sheet([n, name(n), value if n == number else v] for n, v in A.items())


def raw(content: bytes) -> Callable[[Path], None]:
    return lambda path: (path.write_bytes(content), None)[1]


# -- values --------------------------------------------------------------------------------------------------------

broken("level_six", ".xlsx", with_value(24, 6))
broken("level_minus_one", ".xlsx", with_value(3, -1))
broken("level_two_and_a_half", ".xlsx", with_value(9, "2,5"))
broken("level_in_words", ".xlsx", with_value(12, "cukup"))
broken("level_with_a_typo", ".xlsx", with_value(12, "3l"))
broken("level_a_date", ".xlsx", with_value(12, __import__("datetime").date(2024, 5, 3)))
broken("level_true", ".xlsx", with_value(12, True))
broken("level_percent", ".xlsx", with_value(12, "60%"))
broken("level_named_seven", ".xlsx", with_value(12, "Level 7 - Luar biasa"))
broken("zeros", ".xlsx", sheet([n, name(n), 0 if n % 9 == 0 else v] for n, v in A.items()))
broken(
    "formula_never_calculated",
    ".xlsx",
    sheet([n, name(n), Calculated("=1+2", None) if n == 5 else v] for n, v in A.items()),
)
broken("formula_error", ".xlsx", sheet([n, name(n), "#REF!" if n == 5 else v] for n, v in A.items()))
broken(
    "pemdi_below_one",
    ".xlsx",
    xlsx([*head(year=2026), HEADER, *([f"Indikator {n}", "", "0,50"] for n in range(1, 21))]),
)
broken("all_blank", ".xlsx", sheet([n, name(n), ""] for n in A))

# -- indicators ----------------------------------------------------------------------------------------------------

broken("duplicate_indicator", ".xlsx", sheet([*listed(A), [12, name(12), 4]]))
broken("duplicate_column", ".xlsx", xlsx([["Tahun 2024"], ["Instansi", "I1", "I2", "I2"], ["Kota Bandung", 3, 2, 4]]))
broken("indicator_48", ".xlsx", sheet([*listed(A), ["Indikator 48", "Layanan Baru", 3]]))
broken("unknown_instrument", ".xlsx", sheet([n, f"Kematangan ruang rapat {n}", 3] for n in range(1, 26)))
broken("number_and_name_disagree", ".xlsx", sheet([n, name(13 if n == 12 else n), v] for n, v in A.items()))
broken(
    "two_agencies",
    ".xlsx",
    xlsx([["Instansi", "Kota Bandung"], ["Instansi", "Kota Cimahi"], ["Tahun", 2024], [], HEADER, *listed(A)]),
)
broken(
    "second_agency_below", ".xlsx", xlsx([*head(), HEADER, *listed(A), [], *head("Kota Cimahi"), HEADER, *listed(B)])
)
broken(
    "same_figure_on_two_sheets",
    ".xlsx",
    lambda path: write_xlsx(path, SheetOf("Satu", PLAIN), SheetOf("Dua", [*head(), HEADER, *listed(B)])),
)
broken(
    "same_agency_on_two_rows",
    ".xlsx",
    xlsx(
        [
            ["Tahun 2024"],
            ["Instansi", *(f"I{n}" for n in range(1, 48))],
            ["Kota Bandung", *A.values()],
            ["Pemkot Bandung", *B.values()],
        ]
    ),
)

# -- headers, owners -----------------------------------------------------------------------------------------------

broken("no_header", ".xlsx", xlsx([[n, name(n), v] for n, v in A.items()]))
broken(
    "no_value_column", ".xlsx", xlsx([*head(), ["No", "Indikator", "Keterangan"], *([n, name(n), "ada"] for n in A)])
)
broken(
    "two_columns_alike", ".xlsx", xlsx([*head(), ["No", "Indikator", "Mandiri", "Nilai Mandiri"], *side_by_side(A, B)])
)
broken("unknown_agency", ".xlsx", xlsx([*head("Kota Atlantis"), HEADER, *listed(A)]))
broken("ambiguous_agency", ".xlsx", xlsx([*head("Bandung"), HEADER, *listed(A)]))
broken("no_agency", ".xlsx", xlsx([["Tahun", 2024], HEADER, *listed(A)], title="Lembar1"))
broken("no_year", ".xlsx", xlsx([["Instansi", "Kota Bandung"], HEADER, *listed(A)], title="Lembar1"))
broken(
    "unknown_agency_in_a_row",
    ".csv",
    lambda path: write_csv(
        path,
        [
            ["tahun", "instansi", "D1", "D2", "D3", "D4", "indeks"],
            [2024, "Kota Bandung", 4, 4, 4, 4, 4],
            [2024, "Kota Wakanda", 3, 3, 3, 3, 3],
        ],
    ),
)
broken("no_table", ".xlsx", xlsx([["Catatan rapat"], ["Hadir", "12 orang"]]))
broken("empty_sheets", ".xlsx", lambda path: write_xlsx(path, SheetOf("Kosong", [[]])))
broken("contradictory_index", ".xlsx", sheet([*listed(dict.fromkeys(A, 3)), ["", "Indeks SPBE", "3,40"]]))
broken(
    "contradictory_domains",
    ".xlsx",
    sheet([*listed(dict.fromkeys(A, 3)), ["", "Domain 4", "4,10"], ["", "Predikat", "Memuaskan"]]),
)
broken(
    "contradictory_partial",
    ".xlsx",
    sheet([*([n, name(n), 1 if n > 2 else ""] for n in A), ["", "Indeks SPBE", "4,80"]]),
)

# -- files ---------------------------------------------------------------------------------------------------------


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return made.getvalue()


def _with_part(path: Path, part: str, size: int) -> None:
    """A workbook one of whose parts unpacks to ``size`` bytes."""
    write_xlsx(path, SheetOf("Penilaian", PLAIN))
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist() if one != part}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
        with archive.open(part, "w", force_zip64=True) as entry:
            for _ in range(size // 2**20):
                entry.write(b" " * 2**20)


def _with_offset(archive: bytes, more: int) -> bytes:
    """An archive whose directory says that it begins so many bytes later than it does."""
    end = len(archive) - 22
    (offset,) = struct.unpack_from("<I", archive, end + 16)
    return archive[: end + 16] + struct.pack("<I", offset + more) + archive[end + 20 :]


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
broken("empty_file", ".xlsx", raw(b""))
broken("encrypted", ".xlsx", raw(ENCRYPTED))
broken("encrypted_old", ".xls", raw(ENCRYPTED))
broken("zip_bomb", ".xlsx", lambda path: _with_part(path, "xl/worksheets/sheet1.xml", 300 * 2**20))
broken("styles_of_100_mb", ".xlsx", lambda path: _with_part(path, "xl/styles.xml", 100 * 2**20))
broken("many_parts", ".xlsx", raw(_zip({f"xl/x{n}": b"" for n in range(6000)})))
broken(
    "cut_short",
    ".xlsx",
    lambda path: (write_xlsx(path, SheetOf("A", PLAIN)), path.write_bytes(path.read_bytes()[:3000]))[0],
)
broken("sheet_not_xml", ".xlsx", lambda path: _with_part(path, "xl/workbook.xml", 2**20))
broken(
    "old_excel_cut_short",
    ".xls",
    lambda path: (write_xls(path, SheetOf("A", PLAIN)), path.write_bytes(path.read_bytes()[:1500]))[0],
)
broken("parts_before_the_file", ".ods", raw(_with_offset(_zip({"mimetype": b"x", "content.xml": b"<x/>"}), 500)))
broken("part_name_not_utf8", ".xlsx", raw(_zip({"xl/\u00e4.xml": b""}).replace("\u00e4".encode(), b"\xff\xfe")))
broken("word_document", ".xlsx", raw(_zip({"word/document.xml": b"<w/>"})))
broken(
    "opendocument_as_excel",
    ".xlsx",
    lambda path: (write_ods(path.with_suffix(".ods"), SheetOf("A", PLAIN)), path.with_suffix(".ods").rename(path))[0],
)
broken("picture_as_excel", ".xlsx", raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 100))
broken("program_as_csv", ".csv", raw(b"MZ\x90\0" + struct.pack("<60I", *range(60))))
broken("page_as_excel", ".xls", raw(b"<html><table><tr><td>1</td></tr></table></html>"))
broken("unknown_extension", ".numbers", raw(_zip({"a": b"b"})))
broken(
    "csv_open_quote",
    ".csv",
    lambda path: write_csv(path, [*head(), HEADER, *listed(A)]) or path.write_text(path.read_text() + '1;"tak ditutup'),
)
broken("csv_utf16_cut", ".csv", raw("Instansi;Kota Bandung\r\n".encode("utf-16")[:-1] + b"\xd8"))
broken(
    "csv_utf16_level_six",
    ".csv",
    lambda path: write_csv(
        path, [*head(), HEADER, *([n, name(n), 6 if n == 24 else v] for n, v in A.items())], "\t", "utf-16"
    ),
)
broken("csv_of_bytes", ".csv", raw(bytes(range(1, 32)) * 40))
broken("json_cut", ".json", raw(b'{"agency": "Kota Bandung", "levels": {'))
broken("json_level_six", ".json", lambda path: write_json(path, CONTRACT | {"levels": {"1": 6}}))
broken("json_unknown_key", ".json", lambda path: write_json(path, CONTRACT | {"nilai": 3}))
broken(
    "json_second_wrong",
    ".json",
    lambda path: write_json(path, [CONTRACT, CONTRACT | {"year": 2023, "agency": "Kota Atlantis"}]),
)
broken("json_empty_list", ".json", lambda path: write_json(path, []))


def _pdf(*pages: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(str(path))
        for page in pages:
            for position, line in enumerate(page.splitlines()):
                canvas.drawString(60, 780 - 16 * position, line)
            canvas.showPage()
        canvas.save()

    return write


def _picture_pdf(path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(Image.new("L", (300, 400), 255)), 0, 0, 595, 842)
    canvas.save()


REPORT = "EVALUASI SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK TAHUN 2023\nINDEKS SPBE - PEMERINTAH KOTA BANDUNG\n(Baik)\n"
TABLE = "No Indikator Nilai\n" + "\n".join(f"{i.number} Tingkat Kematangan {i.name.id} 3" for i in I20.indicators[:40])
broken(
    "pdf_of_a_rule",
    ".pdf",
    _pdf("PERATURAN WALI KOTA\nNOMOR 5 TAHUN 2020\nTENTANG TATA KELOLA", "Pasal 1\nDalam peraturan ini"),
)
broken("pdf_of_pictures", ".pdf", _picture_pdf)
broken("pdf_of_pictures_unread", ".pdf", _picture_pdf, Options(ocr=False))
broken("pdf_cut_short", ".pdf", raw(b"%PDF-1.7\n1 0 obj\n<<"))
broken("report_with_holes", ".pdf", _pdf(REPORT + "SPBE 3,00", TABLE))
broken(
    "report_that_contradicts_itself",
    ".pdf",
    _pdf(
        REPORT + "SPBE 3,40",
        TABLE,
        "\n".join(f"{i.number} Tingkat Kematangan {i.name.id} 3" for i in I20.indicators[40:]),
    ),
)
