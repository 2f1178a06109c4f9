"""Word documents as agencies type them: numbers that Word writes itself, tracked changes, merged cells."""

import re
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.documents import read_document
from ingest.legal import parse_rule


def numbered(document: Document, levels: list[tuple[str, str]], number: int, start: int | None = None) -> None:
    """Add a multi-level list of this number (and a second one over it that starts anew, where ``start`` is given)."""
    root = document.part.numbering_part.element
    abstract = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    first = root.find(qn("w:num"))
    first.addprevious(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{abstract}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    if start is not None:
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/>'
                f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            )
        )


def add(document: Document, text: str, level: int | None = None, number: int = 90) -> None:
    paragraph = document.add_paragraph(text)
    if level is not None:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )


def read(document: Document, folder: Path) -> str:
    file = folder / "aturan.docx"
    document.save(str(file))
    return read_document(file).text


def test_a_rule_whose_numbers_word_writes_has_its_articles(tmp_path: Path) -> None:
    document = docx.Document()
    # One list for all of the rule: articles go on through the chapters, so they have a list of their own.
    numbered(document, [("decimal", "Pasal %1"), ("decimal", "(%2)"), ("lowerLetter", "%3.")], 90)
    numbered(document, [("upperRoman", "BAB %1")], 95)
    for line in ("PERATURAN BUPATI CONTOH", "NOMOR 12 TAHUN 2024", "TENTANG", "PENGELOLAAN PASAR DESA",
                 "DENGAN RAHMAT TUHAN YANG MAHA ESA", "BUPATI CONTOH,", "MEMUTUSKAN:",
                 "Menetapkan : PERATURAN BUPATI TENTANG PENGELOLAAN PASAR DESA."):  # fmt: skip
        add(document, line)
    for chapter in range(3):
        add(document, f"KETENTUAN BAGIAN {chapter}", 0, 95)
        for article in range(4):
            add(document, "", 0)
            add(document, f"Kepala desa menyusun daftar pedagang {chapter}{article}.", 1)
            add(document, "Daftar memuat:", 1)
            add(document, f"nama pedagang {chapter}{article};", 2)
            add(document, "letak kios.", 2)
    document.save(str(tmp_path / "perbup.docx"))
    parsed = parse_rule(read_document(tmp_path / "perbup.docx"))
    assert parsed.rule.id.endswith("-12-2024")
    articles = [int(m[1]) for p in parsed.passages if (m := re.match(r"Pasal (\d+)$", p.locator))]
    assert articles == list(range(1, 13))
    (tenth,) = [p for p in parsed.passages if p.locator == "Pasal 10"]
    assert tenth.text.splitlines() == [
        "(1) Kepala desa menyusun daftar pedagang 21.", "(2) Daftar memuat:", "a. nama pedagang 21;", "b. letak kios.",
    ]  # fmt: skip
    assert tenth.headings == ("BAB III KETENTUAN BAGIAN 2",)


def test_levels_start_over_and_show_those_above(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, [("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)"), ("bullet", "*")], 90)
    for level in (0, 1, 1, 2, 2, 0, 1, 2, 3):
        add(document, "isi", level)
    assert read(document, tmp_path).splitlines() == [
        "1. isi", "1.1. isi", "1.2. isi", "a) isi", "b) isi", "2. isi", "2.1. isi", "a) isi", "isi",
    ]  # fmt: skip


def test_a_list_that_begins_anew_does(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, [("decimal", "(%1)")], 90, start=5)
    for number in (90, 90, 91, 91):
        add(document, "isi", 0, number)
    assert read(document, tmp_path).splitlines() == ["(1) isi", "(2) isi", "(5) isi", "(6) isi"]


@pytest.mark.parametrize(
    ("form", "count", "label"),
    [("lowerLetter", 28, "bb."), ("upperLetter", 3, "C."), ("lowerRoman", 9, "ix."), ("decimalZero", 7, "07.")],
)
def test_other_forms_of_numbers(form: str, count: int, label: str, tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, [(form, "%1.")], 90)
    for _ in range(count):
        add(document, "isi", 0)
    assert read(document, tmp_path).splitlines()[-1] == f"{label} isi"


def test_numbers_come_from_the_style_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("pertama", style="List Number")
    document.add_paragraph("butir", style="List Bullet")
    document.add_paragraph("kedua", style="List Number")
    assert read(document, tmp_path).splitlines() == ["1. pertama", "butir", "2. kedua"]


def test_tracked_insertions_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Dinas ")
    for mark, tag, word in (("ins", "t", "wajib "), ("del", "delText", "dapat ")):
        paragraph._p.append(
            parse_xml(f'<w:{mark} {nsdecls("w")}><w:r><w:{tag} xml:space="preserve">{word}</w:{tag}></w:r></w:{mark}>')
        )
    paragraph.add_run("melapor.")
    assert read(document, tmp_path) == "Dinas wajib melapor."


def test_text_in_a_content_control_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Pasal 1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert read(document, tmp_path).strip() == "Pasal 1"


def test_merged_cells_are_told_once_across_and_again_below(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate((("Aspek", "Indikator", "Bobot"), ("Kebijakan", "1", "1,3"), ("", "2", "1,3"))):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.add_row().cells[0].merge(table.rows[3].cells[1]).text = "Jumlah"
    table.rows[3].cells[2].text = "2,6"
    assert read(document, tmp_path).splitlines() == [
        "| Aspek | Indikator | Bobot |", "| Kebijakan | 1 | 1,3 |", "| Kebijakan | 2 | 1,3 |", "| Jumlah | 2,6 |",
    ]  # fmt: skip


def test_the_same_in_html(tmp_path: Path) -> None:
    file = tmp_path / "aturan.html"
    file.write_text(
        "<html><body><table><tr><th>Aspek</th><th>Indikator</th></tr>"
        "<tr><td rowspan='2'>Kebijakan</td><td>1</td></tr><tr><td>2</td></tr></table></body></html>",
        encoding="utf-8",
    )
    lines = [line for line in read_document(file).text.splitlines() if line]
    assert lines == ["| Aspek | Indikator |", "| Kebijakan | 1 |", "| Kebijakan | 2 |"]
