"""Why a table cannot be read: no header, no column of values."""

from ingest.assessments.cells import Sheet, letters
from ingest.assessments.headers import Column
from ingest.assessments.refusals import refuse
from scoring.refusal import RefusedInput, Text

_HEADINGS = "Nilai, Level, Target, Mandiri, Verif, Eks, Akhir, Nilai Pusat, Nilai Kematangan, Capaian"


def no_header(sheet: Sheet, row: int) -> RefusedInput:
    return refuse(
        "no_header",
        sheet.at(row),
        Text(
            id="tabel dimulai di sini tanpa baris judul, sehingga arti kolomnya tidak diketahui",
            en="a table begins here without a header, so that the meaning of its columns is not known",
        ),
        Text(
            id='baris judul seperti "No | Indikator | Nilai" atau "No | Indikator | Target | Mandiri | Eks"',
            en='a header such as "No | Indikator | Nilai" or "No | Indikator | Target | Mandiri | Eks"',
        ),
        Text(
            id="Tambahkan baris judul di atas tabel lalu jalankan perintah yang sama.",
            en="Add a header above the table and run the same command.",
        ),
    )


def unreadable_values(sheet: Sheet, row: int, column: Column, said: str) -> RefusedInput:
    return refuse(
        "value_not_readable",
        sheet.at(row, column.index, column.header),
        Text(
            id=f'"{said[:60]}" bukan nilai, begitu pula sebagian besar kolom itu',
            en=f'"{said[:60]}" is no value, nor is most of that column',
        ),
        Text(id='3, "Level 3 - ...", "Tk. 3", "tiga"', en='3, "Level 3 - ...", "Tk. 3", "tiga"'),
        Text(
            id="Tulis tingkatnya sebagai angka lalu jalankan perintah yang sama.",
            en="Write the levels as numbers and run the same command.",
        ),
        value=said[:60],
    )


def no_value_column(sheet: Sheet, columns: list[Column]) -> RefusedInput:
    there = ", ".join(f'{letters(c.index)} "{c.header[:30]}"' for c in columns if c.header) or "-"
    return refuse(
        "no_value_column",
        sheet.place,
        Text(id=f"tidak ada kolom nilai. Kolom yang ada: {there}", en=f"no column of values. There are: {there}"),
        Text(
            id=f"kolom berjudul {_HEADINGS}",
            en=f"columns headed {_HEADINGS}",
        ),
        Text(
            id="Beri judul pada kolom nilainya lalu jalankan perintah yang sama.",
            en="Give the column of values a header and run the same command.",
        ),
    )
