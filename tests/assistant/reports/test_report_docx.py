"""The Word document: headings that are headings, heads that repeat, pictures with words."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from assistant.reports.content import Report
from assistant.reports.document import docx

Reports = Callable[..., Report]


@pytest.fixture(scope="module")
def lampung(report_on: Reports) -> Report:
    return report_on("Bandar Lampung", year=2024)


def test_headings_carry_the_structure(lampung: Report) -> None:
    document = Document(io.BytesIO(docx(lampung)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Ringkasan",
        "Yang paling menahan",
        "Yang dikerjakan lebih dulu",
        "Nilai",
        "Celah",
        "Rencana menuju Sangat Baik (3,50)",
        "Semua indikator",
        "Sumber",
    ]
    assert document.core_properties.language == "id-ID"


def test_pictures_have_alternative_text_with_their_values(lampung: Report) -> None:
    document = Document(io.BytesIO(docx(lampung)))
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(told) == 2
    assert "Perencanaan Strategis SPBE 1,50" in told[0]
    assert "Arsitektur SPBE (11)" in told[1]


def test_tables_repeat_their_heads_and_leave_owner_and_date_open(lampung: Report) -> None:
    tables = Document(io.BytesIO(docx(lampung))).tables
    plan = next(table for table in tables if table.rows[0].cells[-1].text == "Tenggat")
    assert plan.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.cells[4].text == row.cells[5].text == "" for row in plan.rows[1:])
    assert lampung.plan is not None
    assert len(plan.rows) == 1 + len(lampung.plan.rows)


def test_markup_in_names_is_text(lampung: Report) -> None:
    hostile = replace(lampung, agency='</w:t><w:p>=1+1 & "x"')
    texts = [p.text for p in Document(io.BytesIO(docx(hostile))).paragraphs]
    assert any(text.startswith('</w:t><w:p>=1+1 & "x" · 2024') for text in texts)


def test_the_same_report_is_the_same_document(lampung: Report) -> None:
    assert docx(lampung) == docx(lampung)
