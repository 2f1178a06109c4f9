"""Evaluation reports in layouts that no year has used, written from what they are to say."""

import random
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from scoring import Assessment, load_instrument, score
from scoring.scorecard import Scorecard

INSTRUMENT = load_instrument("spbe-2020")
STYLE = getSampleStyleSheet()
NORMAL, BIG = STYLE["Normal"], STYLE["Title"]
RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
BARE = TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


def truth(seed: int, agency: str, year: int) -> tuple[Assessment, Scorecard]:
    chance = random.Random(seed)
    levels = {i.number: chance.randint(1, 5) for i in INSTRUMENT.indicators}
    known = Assessment(agency=agency, year=year, levels=levels)
    return known, score(known)


def words(aspect: int, what: str) -> str:
    return f"Catatan {what} untuk aspek ke-{aspect}: dokumen perlu dilengkapi dan direviu oleh seluruh unit kerja"


def comma(figure: Any) -> str:
    return str(figure).replace(".", ",")


def totals(card: Scorecard, prefix: bool, show: Any = comma) -> list[list[str]]:
    rows = [["SPBE" if not prefix else "Indeks SPBE", show(card.index)]]
    for domain in INSTRUMENT.domains:
        rows.append(
            [
                f"Domain {domain.number} - {domain.name.id}" if prefix else f"Domain {domain.name.id}",
                show(card.domains[domain.number - 1].value),
            ]
        )
        rows += [
            [f"Aspek {a.number} - {a.name.id}" if prefix else a.name.id, show(card.aspects[a.number - 1].value)]
            for a in INSTRUMENT.aspects_of(domain)
        ]
    return rows


def _table(rows: list[list[Any]], style: TableStyle, widths: list[float] | None = None) -> Table:
    wrapped = [[Paragraph(str(cell), NORMAL) if len(str(cell)) > 12 else str(cell) for cell in row] for row in rows]
    return Table(wrapped, colWidths=widths, style=style, repeatRows=1)


def _build(path: Path, story: list[Any]) -> None:
    SimpleDocTemplate(str(path), pagesize=A4).build(story)


def three_years_ruled(path: Path, known: Assessment, card: Scorecard) -> None:
    """Columns of three years, their own last; remarks under numbered headings, recommendations by aspect."""
    others = [{n: 1 + (n * k) % 5 for n in known.levels} for k in (2, 3)]
    story: list[Any] = [
        Paragraph("LAPORAN HASIL EVALUASI SPBE TAHUN 2023", BIG),
        Paragraph("PEMERINTAH KABUPATEN GARUT", BIG),
        PageBreak(),
        Paragraph(f"{comma(card.index)}", BIG),
        Paragraph("INDEKS SPBE – PEMERINTAH KABUPATEN GARUT", BIG),
        Paragraph(f"({card.rating})", BIG),
    ]
    rows = [["Nama Indeks", "Nilai 2022", "Nilai 2023"], *([n, "1,11", v] for n, v in totals(card, False))]
    story += [_table(rows, RULED, [300, 70, 70]), PageBreak(), Paragraph("KEKUATAN DAN KELEMAHAN", BIG)]
    for aspect in INSTRUMENT.aspects:
        story += [Paragraph(f"{aspect.number}. Aspek {aspect.name.id}", NORMAL), Paragraph("Gambaran umum.", NORMAL)]
        for title, what in (("Kekuatan", "kekuatan"), ("Kelemahan", "kelemahan"), ("Rekomendasi", "rekomendasi")):
            story += [Paragraph(f"• {title}", NORMAL), Paragraph(words(aspect.number, what) + ".", NORMAL)]
    levels = [
        ["No", "Indikator", "2021", "2022", "2023"],
        *(
            [
                i.number,
                f"Tingkat Kematangan {i.name.id}",
                others[0][i.number],
                others[1][i.number],
                int(known.levels[i.number]),
            ]
            for i in INSTRUMENT.indicators
        ),
    ]
    story += [
        PageBreak(),
        Paragraph("Perolehan Nilai Tingkat Kematangan Indikator", NORMAL),
        _table(levels, RULED, [30, 250, 50, 50, 50]),
    ]
    _build(path, story)


def without_rules(path: Path, known: Assessment, card: Scorecard) -> None:
    """No line drawn, decimal points, numbered totals, "Predikat: ..."; levels before totals."""
    story: list[Any] = [
        Paragraph("HASIL PEMANTAUAN DAN EVALUASI SPBE TAHUN 2025", BIG),
        Paragraph("Instansi : Pemerintah Kota Bandung", NORMAL),
        _table(
            [
                ["No", "Indikator", "Nilai"],
                *([i.number, i.name.id, int(known.levels[i.number])] for i in INSTRUMENT.indicators),
            ],
            BARE,
            [40, 330, 50],
        ),
        PageBreak(),
        Paragraph("Nilai Indeks, Domain, dan Aspek", NORMAL),
        _table([["Uraian", "Nilai"], *totals(card, True, str)], BARE, [350, 60]),
        Paragraph(f"Predikat: {card.rating}", NORMAL),
        Spacer(1, 20),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
    ]
    for aspect in INSTRUMENT.aspects:
        story += [
            Paragraph(f"Aspek {aspect.number} - {aspect.name.id}", NORMAL),
            Paragraph(f"Kekuatan: {words(aspect.number, 'kekuatan')}.", NORMAL),
            Paragraph(f"Kelemahan: {words(aspect.number, 'kelemahan')}.", NORMAL),
        ]
    _build(path, story)


def remarks_in_a_table(path: Path, known: Assessment, card: Scorecard) -> None:
    """Levels with domain and aspect beside them, remarks as a table of aspect, strength, weakness."""
    rows: list[list[Any]] = [["Domain", "Aspek", "No", "Indikator", "Nilai"]]
    for indicator in INSTRUMENT.indicators:
        aspect = INSTRUMENT.aspects[indicator.aspect - 1]
        first = INSTRUMENT.indicators_of(aspect)[0] is indicator
        rows.append(
            [
                f"D{aspect.domain}" if first else "",
                aspect.name.id if first else "",
                indicator.number,
                indicator.name.id,
                f"Level {int(known.levels[indicator.number])}",
            ]
        )
    remarks = [
        ["Aspek", "Kekuatan", "Kelemahan"],
        *([a.name.id, words(a.number, "kekuatan"), words(a.number, "kelemahan")] for a in INSTRUMENT.aspects),
    ]
    story: list[Any] = [
        Paragraph("EVALUASI SPBE TAHUN 2023", BIG),
        Paragraph("INDEKS SPBE", BIG),
        Paragraph("KEMENTERIAN KESEHATAN", BIG),
        _table([["Nama", "Nilai"], *totals(card, False)], RULED, [350, 60]),
        PageBreak(),
        _table(rows, RULED, [40, 130, 30, 200, 60]),
        PageBreak(),
        Paragraph("Catatan Asesor", NORMAL),
        _table(remarks, RULED, [110, 170, 170]),
    ]
    _build(path, story)


LAYOUTS = {
    "three_years_ruled": (three_years_ruled, "Pemerintah Kab. Garut", 2023),
    "without_rules": (without_rules, "Pemerintah Kota Bandung", 2025),
    "remarks_in_a_table": (remarks_in_a_table, "Kementerian Kesehatan", 2023),
}
