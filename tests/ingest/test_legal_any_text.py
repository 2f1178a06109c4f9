"""Whatever the text: the parser never fails, loses no word, and keeps its passages small and named apart."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.documents import Document
from ingest.legal import parse_rule
from ingest.legal.markers import markers, number, roman
from ingest.legal.passages import LONGEST, cut, tokens
from ingest.pages import Page

_OPENINGS = st.sampled_from([
    "", "", "Pasal 1", "Pasal 2", "Pasal 3", "Pasal 12A", "Pasal 2O", "Pasal I", "Pasal II",
    "BAB I", "BAB II", "BAR I", "Bagian Kesatu", "Paragraf 1", "(1) ", "(2) ", "(21 ", "(3) ",
    "a. ", "b. ", "c. ", "1. ", "2. ", "3. ", "1) ", "a) ", "A. ", "B. ", "B.1. ", "1.1. ", "1.2 ",
    "3.1 ", "Tabel 1 ", "| ", "Indikator 1 : ", "INDIKATOR 2 ", "Tingkat", "Kriteria", "Level 1 ",
    "Level 2 ", "Level 3 ", "Kriteria Level ", "Deskripsi Indikator: ", "LAMPIRAN", "LAMPIRAN II",
    "PENJELASAN", "I. UMUM", "II. PASAL DEMI PASAL", "Ditetapkan di Jakarta", "Menimbang : ",
    "Mengingat : ", "D.", "1. Ketentuan ",
])  # fmt: skip


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Lines that open in every way a rule's do, each with words that stand nowhere else."""
    lines, words = [], []
    for at in range(draw(st.integers(1, 60))):
        count = draw(st.sampled_from([0, 1, 3, 12, 60, 400]))
        own = [f"kata{at}x{index}" for index in range(count)]
        words += own
        end = draw(st.sampled_from(["", ".", ";", ":", "; dan"])) if own else ""
        lines.append(f"{draw(_OPENINGS)}{' ' if own else ''}{' '.join(own)}{end}")
    return "\n".join(lines), words


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_texts(), st.booleans())
def test_no_text_breaks_the_parser_or_loses_a_word(drawn: tuple[str, list[str]], paged: bool) -> None:
    text, words = drawn
    parsed = parse_rule(Document((Page(1 if paged else None, text, 1.0),), "catatan-7-2022.txt", "0" * 64, "text"))
    held = {word for passage in parsed.passages for word in re.findall(r"kata\d+x\d+", passage.text)}
    held |= {word for p in parsed.passages for h in p.headings for word in re.findall(r"kata\d+x\d+", h)}
    held |= set(re.findall(r"kata\d+x\d+", parsed.rule.title))
    assert set(words) <= held
    assert all(tokens(passage.text) <= LONGEST for passage in parsed.passages)
    assert len({passage.id for passage in parsed.passages}) == len(parsed.passages)


@given(st.text(max_size=300), st.integers(1, 40))
def test_cutting_keeps_every_word_in_order(text: str, most: int) -> None:
    pieces = cut(text, most)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(tokens(piece) <= most for piece in pieces if "|" not in piece)


def test_markers_are_read_with_what_ocr_makes_of_them() -> None:
    readings = {
        text: [(m.style, m.values) for m in markers(text)] for text in ("(2) x", "(21 Standar", "(2\\ Kode", "{3) y")
    }
    assert readings["(2) x"] == [("ayat", (2,))]
    assert readings["(21 Standar"][0] == ("ayat", (21, 2))
    assert readings["(2\\ Kode"][0][1][0] == 2
    assert readings["{3) y"] == [("ayat", (3,))]
    assert markers("2.500 orang") == []
    assert (number("2O"), number("I 1"), number("x")) == (20, 11, None)
    assert (roman("IV"), roman("lV"), roman("IIX")) == (4, 4, None)
