"""The PDF: one page of summary, pages numbered, the plan's columns left open, sources at the end."""

import io
from collections.abc import Callable
from dataclasses import replace

import pdfplumber
import pytest

from assistant.reports.content import Report, Statement
from assistant.reports.portable import pdf

Reports = Callable[..., Report]


def pages(report: Report) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf(report))) as opened:
        return [page.extract_text() for page in opened.pages]


@pytest.fixture(scope="module")
def lampung(report_on: Reports) -> Report:
    return report_on("Bandar Lampung", year=2024)


def test_the_summary_is_the_first_page(lampung: Report) -> None:
    first, second = pages(lampung)[:2]
    for words in ("Laporan Indeks SPBE", "Pemerintah Kota Bandar Lampung", "24 November 2026", "2,98", "Baik"):
        assert words in first
    assert "Yang paling menahan" in first
    assert "Yang dikerjakan lebih dulu" in first
    assert "Nilai" in second.splitlines()[0]


def test_a_summary_that_is_too_long_is_made_to_fit_one_page(lampung: Report) -> None:
    long = tuple(Statement("Syarat yang panjang sekali. " * 12, lead=f"Indikator {n}.") for n in range(12))
    longer = replace(lampung, summary=replace(lampung.summary, first=long))
    assert len(pages(longer)) == len(pages(lampung))


def test_pages_are_numbered(lampung: Report) -> None:
    told = pages(lampung)
    for number, text in enumerate(told, 1):
        assert f"Halaman {number} dari {len(told)}" in text


def test_the_plan_leaves_owner_and_date_open(lampung: Report) -> None:
    seen = 0
    with pdfplumber.open(io.BytesIO(pdf(lampung))) as opened:
        for page in opened.pages:
            words = page.extract_words()
            heads = [word for word in words if word["text"] == "Penanggung"]
            if not heads or any(word["text"] == "Semua" for word in words):
                continue
            seen += 1
            left, below = heads[0]["x0"] - 2, heads[0]["bottom"] + 12
            notes = [word["top"] for word in words if word["text"] == "Setiap" and word["x0"] < left]
            foot = min([page.height - 70, *notes])
            written = [w["text"] for w in words if w["x0"] > left and below < w["top"] < foot]
            assert written == []
    assert seen
    assert lampung.plan is not None
    text = " ".join(pages(lampung))
    assert all(f"({row.indicator})" in text for row in lampung.plan.rows)


def test_sources_name_rule_place_and_status(lampung: Report) -> None:
    text = " ".join(" ".join(pages(lampung)).split())
    sources = text[text.rindex("Sumber [1]") :]
    for citation in lampung.citations:
        assert f"[{citation.number}] {citation.title}" in sources
    assert "dicabut; diganti PermenPANRB 8/2026" in sources


def test_markup_in_names_is_text(lampung: Report) -> None:
    hostile = replace(lampung, agency="<b>Kota & <img src='x'/> Contoh</b>", limits=("a < b & c > d",))
    text = " ".join(pages(hostile))
    assert "<b>Kota & <img src='x'/> Contoh</b>" in text
    assert "a < b & c > d" in text


def test_the_same_report_is_the_same_pdf(lampung: Report) -> None:
    assert pdf(lampung) == pdf(lampung)
