"""Evaluation reports as other years might lay them out: each differs in one or two ways from those that are known."""

import random
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table
from reports import BARE, BIG, NORMAL, RULED, comma, words

from scoring import Assessment, load_instrument, score
from scoring.instrument import Instrument
from scoring.scorecard import Scorecard

Story = list[Any]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
STAGES = {0: "Belum Ada", 1: "Rintisan", 2: "Terkelola", 3: "Terdefinisi", 4: "Terpadu dan Terukur", 5: "Optimum"}


def known_of(instrument: Instrument, seed: int, agency: str, year: int) -> Assessment:
    chance = random.Random(seed)
    low, high = int(instrument.scale.lowest), int(instrument.scale.highest)
    parts = 1 if instrument.scale.whole else 100
    levels = {i.number: Fraction(chance.randint(low * parts, high * parts), parts) for i in instrument.indicators}
    return Assessment.model_validate({"instrument": instrument.id, "agency": agency, "year": year, "levels": levels})


def table(rows: list[list[Any]], widths: list[float], *, ruled: bool = True) -> Table:
    wrapped = [
        [
            Paragraph(str(cell), NORMAL) if len(str(cell)) * 5.5 > width else str(cell)
            for cell, width in zip(row, widths, strict=True)
        ]
        for row in rows
    ]
    return Table(wrapped, colWidths=widths, style=RULED if ruled else BARE, repeatRows=1)


def remarks(instrument: Instrument, heading: Callable[[int, str], str]) -> Story:
    story: Story = []
    for aspect in instrument.aspects:
        story.append(Paragraph(heading(aspect.number, aspect.name.id), NORMAL))
        for title, what in (("Kekuatan", "kekuatan"), ("Kelemahan", "kelemahan")):
            story += [Paragraph(title, NORMAL), Paragraph(words(aspect.number, what) + ".", NORMAL)]
    return story


def value_before_the_name(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """Levels stand before the names ("No | Tingkat | Indikator"), totals after a column of weights."""
    rows = [
        ["No", "Tingkat Kematangan", "Nama Indikator"],
        *([i.number, int(known.levels[i.number]), i.name.id] for i in instrument.indicators),
    ]
    totals = [["Domain/Aspek", "Bobot", "Nilai Indeks"], ["Indeks SPBE", "100%", comma(card.index)]]
    for domain in instrument.domains:
        totals.append(
            [f"Domain {domain.name.id}", f"{float(domain.weight):g}%", comma(card.domains[domain.number - 1].value)]
        )
        totals += [
            [f"Aspek {a.name.id}", f"{float(a.weight):g}%".replace(".", ","), comma(card.aspects[a.number - 1].value)]
            for a in instrument.aspects_of(domain)
        ]
    return [
        table(rows, [40, 90, 320]),
        PageBreak(),
        table(totals, [300, 60, 80]),
        PageBreak(),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"{n}. Aspek {name}"),
    ]


def level_in_words(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """ "Tingkat 3" followed by what that level is called; the code of the indicator before its name."""
    rows = [["Kode", "Indikator", "Capaian", "Keterangan"]]
    for i in instrument.indicators:
        level = int(known.levels[i.number])
        rows.append([f"I{i.number}", i.name.id, f"Tingkat {level}", STAGES[level]])
    return [
        table(rows, [40, 250, 70, 110]),
        PageBreak(),
        *by_aspect_after(card, instrument, str),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n}: {name}"),
    ]


def by_aspect_after(card: Scorecard, instrument: Instrument, show: Callable[[Any], str] = comma) -> Story:
    """Index, domains and aspects in three tables of their own."""
    return [
        Paragraph("Indeks", NORMAL),
        table([["Uraian", "Nilai"], ["Indeks SPBE", show(card.index)]], [300, 70]),
        Spacer(1, 12),
        Paragraph("Nilai Domain", NORMAL),
        table(
            [
                ["No", "Domain", "Nilai"],
                *([d.number, d.name.id, show(card.domains[d.number - 1].value)] for d in instrument.domains),
            ],
            [40, 300, 70],
        ),
        Spacer(1, 12),
        Paragraph("Nilai Aspek", NORMAL),
        table(
            [
                ["No", "Aspek", "Nilai"],
                *([a.number, a.name.id, show(card.aspects[a.number - 1].value)] for a in instrument.aspects),
            ],
            [40, 300, 70],
        ),
        PageBreak(),
    ]


def wide_pages(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """Landscape, names wrapped over three lines, decimal points, the header again on every page."""
    rows: list[list[Any]] = [["No.", "Domain", "Aspek", "Indikator", "Level 2022", "Level 2023"]]
    for i in instrument.indicators:
        aspect = instrument.aspects[i.aspect - 1]
        domain = instrument.domains[(aspect.domain or 1) - 1]
        rows.append(
            [
                i.number,
                domain.name.id,
                aspect.name.id,
                f"Tingkat Kematangan {i.name.id}",
                1,
                int(known.levels[i.number]),
            ]
        )
    return [
        *by_aspect_after(card, instrument, str),
        table(rows, [30, 120, 130, 130, 70, 70]),
        PageBreak(),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n} - {name}"),
    ]


def roman_chapters(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """Chapters BAB I to BAB IV, aspects lettered, levels one table an aspect, without rules."""
    story: Story = [
        Paragraph("BAB I PENDAHULUAN", BIG),
        Paragraph("Evaluasi dilaksanakan terhadap seluruh instansi.", NORMAL),
        PageBreak(),
        Paragraph("BAB II HASIL EVALUASI", BIG),
        *by_aspect_after(card, instrument),
        Paragraph("BAB III NILAI INDIKATOR", BIG),
    ]
    for aspect in instrument.aspects:
        rows = [
            ["No", "Indikator", "Nilai"],
            *([i.number, i.name.id, f"{int(known.levels[i.number])},00"] for i in instrument.indicators_of(aspect)),
        ]
        story += [
            Paragraph(f"{ROMAN[aspect.number - 1]}. {aspect.name.id}", NORMAL),
            table(rows, [40, 330, 50], ruled=False),
        ]
    story += [
        PageBreak(),
        Paragraph("BAB IV KEKUATAN DAN KELEMAHAN", BIG),
        *remarks(instrument, lambda n, name: f"{ROMAN[n - 1]}. {name}"),
        Paragraph("BAB V PENUTUP", BIG),
        Paragraph("Demikian laporan ini disampaikan.", NORMAL),
    ]
    return story


def named_levels_unruled(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """ "Level 3 - Terdefinisi" at the end of lines without any rule drawn."""
    rows = [["No", "Indikator", "Hasil"]]
    for i in instrument.indicators:
        level = int(known.levels[i.number])
        rows.append([i.number, i.name.id, f"Level {level} - {STAGES[level]}"])
    return [
        table(rows, [30, 300, 150], ruled=False),
        PageBreak(),
        *by_aspect_after(card, instrument),
        Paragraph("Kelemahan dan Kekuatan", NORMAL),
        *remarks(instrument, lambda n, name: f"{n}) {name}"),
    ]


def without_findings(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """Figures alone."""
    rows = [
        ["Nomor Indikator", "Uraian Indikator", "Skor"],
        *([i.number, i.name.id, int(known.levels[i.number])] for i in instrument.indicators),
    ]
    return [*by_aspect_after(card, instrument), table(rows, [90, 300, 50])]


def of_the_first_instrument(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """As for 37 scores from 0: domain rows within the table of indicators, totals in their own."""
    rows: list[list[Any]] = [["No", "Domain / Aspek / Indikator", "Nilai"]]
    for domain in instrument.domains:
        rows.append(["", f"Domain {domain.number}: {domain.name.id}", comma(card.domains[domain.number - 1].value)])
        for aspect in instrument.aspects_of(domain):
            rows.append(["", f"Aspek {aspect.number}: {aspect.name.id}", comma(card.aspects[aspect.number - 1].value)])
            rows += [[i.number, i.name.id, int(known.levels[i.number])] for i in instrument.indicators_of(aspect)]
    rows.append(["", "Indeks SPBE", comma(card.index)])
    return [
        table(rows, [40, 330, 60]),
        PageBreak(),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n} {name}"),
    ]


def self_assessment_beside(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """The assessors' level, then the agency's own and the difference; totals by two columns as well."""
    rows: list[list[Any]] = [["No", "Indikator", "Nilai Evaluasi", "Nilai Mandiri", "Selisih"]]
    for i in instrument.indicators:
        level = int(known.levels[i.number])
        rows.append([i.number, i.name.id, level, min(5, level + 1), min(5, level + 1) - level])
    totals = [["Aspek", "Penilaian Mandiri", "Penilaian Eksternal"], ["Indeks SPBE", "4,44", comma(card.index)]]
    totals += [[f"Domain {d.name.id}", "4,44", comma(card.domains[d.number - 1].value)] for d in instrument.domains]
    totals += [[a.name.id, "4,44", comma(card.aspects[a.number - 1].value)] for a in instrument.aspects]
    return [
        table(totals, [260, 90, 90]),
        PageBreak(),
        table(rows, [30, 240, 70, 70, 60]),
        PageBreak(),
        Paragraph("III. KEKUATAN DAN KELEMAHAN", NORMAL),
        *remarks(instrument, lambda n, name: f"III.{n} Aspek {name}"),
    ]


def two_blocks_side_by_side(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """Two indicators in one row of the table."""
    cells = [[i.number, i.name.id, int(known.levels[i.number])] for i in instrument.indicators]
    half = (len(cells) + 1) // 2
    pairs = [[*cells[k], *(cells[half + k] if half + k < len(cells) else ["", "", ""])] for k in range(half)]
    return [
        *by_aspect_after(card, instrument),
        table([["No", "Indikator", "Nilai"] * 2, *pairs], [30, 160, 40] * 2),
        PageBreak(),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n}. {name}"),
    ]


def header_of_two_rows(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """ "Tingkat Kematangan" over two years, the report's own first, and the header again on every page."""
    rows: list[list[Any]] = [["No", "Indikator", "Tingkat Kematangan", ""], ["", "", "2024", "2023"]]
    rows += [[i.number, i.name.id, int(known.levels[i.number]), 2] for i in instrument.indicators]
    made = table(rows, [30, 280, 60, 60])
    made.repeatRows = 2
    made.setStyle([("SPAN", (2, 0), (3, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1))])
    return [
        made,
        PageBreak(),
        *by_aspect_after(card, instrument),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n}. {name}"),
    ]


def decimal_values(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """Aspects without domains and decimal values of indicators, as from 2026 on."""
    rows = [["No", "Indikator", "Bobot", "Nilai"]]
    for i in instrument.indicators:
        rows.append([str(i.number), i.name.id, f"{float(i.weight):g}%", f"{float(known.levels[i.number]):.2f}"])
    totals = [["No", "Aspek", "Nilai"]]
    totals += [[str(a.number), a.name.id, comma(card.aspects[a.number - 1].value)] for a in instrument.aspects]
    return [
        table([["Uraian", "Nilai"], ["Indeks Pemerintah Digital", comma(card.index)]], [300, 70]),
        Spacer(1, 12),
        table(totals, [40, 300, 70]),
        PageBreak(),
        table(rows, [30, 300, 50, 50]),
        PageBreak(),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n}. {name}"),
    ]


def levels_marked(known: Assessment, card: Scorecard, instrument: Instrument) -> Story:
    """A column for every level, the one reached is crossed."""
    rows: list[list[Any]] = [["No", "Indikator", "Tingkat Kematangan", "", "", "", ""], ["", "", 1, 2, 3, 4, 5]]
    rows += [
        [i.number, i.name.id, *("X" if level == known.levels[i.number] else "" for level in range(1, 6))]
        for i in instrument.indicators
    ]
    made = table(rows, [30, 240, 30, 30, 30, 30, 30])
    made.repeatRows = 2
    made.setStyle([("SPAN", (2, 0), (-1, 0))])
    return [
        *by_aspect_after(card, instrument),
        made,
        PageBreak(),
        Paragraph("Kekuatan dan Kelemahan", NORMAL),
        *remarks(instrument, lambda n, name: f"Aspek {n}. {name}"),
    ]


_HEADINGS = {
    "number": ("No", "No.", "Nomor", "Kode"),
    "name": ("Indikator", "Nama Indikator", "Uraian Indikator", "Indikator SPBE"),
    "value": ("Nilai", "Tingkat Kematangan", "Skor", "Capaian", "Hasil Evaluasi", "Tingkat Kematangan Indikator"),
    "weight": ("Bobot", "Bobot Indikator"),
    "own": ("Nilai Mandiri", "Penilaian Mandiri"),
    "aspect": ("Aspek",),
    "stage": ("Keterangan", "Kategori"),
}
_WIDTHS = {"number": 40, "name": 150, "value": 80, "weight": 50, "own": 55, "aspect": 90, "stage": 80}
_SHAPES = ("{0}", "Level {0}", "Tingkat {0}", "Tk. {0}", "{0},00", "{0}.0", "{0} ({1})", "{0} - {1}")


def any_columns(chance: random.Random, known: Assessment, instrument: Instrument) -> Table:
    """The table of indicators with columns, headings and shapes of levels as chance has them."""
    columns = ["number", "name", "value", *(c for c in ("weight", "own", "aspect", "stage") if chance.random() < 0.4)]
    chance.shuffle(columns)
    shape = chance.choice(_SHAPES)
    rows: list[list[Any]] = [[chance.choice(_HEADINGS[column]) for column in columns]]
    for i in instrument.indicators:
        level = int(known.levels[i.number])
        cells = {
            "number": i.number,
            "name": i.name.id,
            "value": shape.format(level, STAGES[level]),
            "weight": f"{float(i.weight):.2f}%".replace(".", ","),
            "own": min(5, level + 1),
            "aspect": instrument.aspects[i.aspect - 1].name.id,
            "stage": STAGES[level],
        }
        rows.append([cells[column] for column in columns])
    return table(rows, [_WIDTHS[column] for column in columns])


def by_chance(known: Assessment, card: Scorecard, instrument: Instrument, seed: int) -> Story:
    """Any columns, and the parts of the report in any order."""
    chance = random.Random(seed)
    parts: list[Story] = [
        [any_columns(chance, known, instrument), PageBreak()],
        by_aspect_after(card, instrument, chance.choice((comma, str))),
        [
            Paragraph("Kekuatan dan Kelemahan", NORMAL),
            *remarks(instrument, lambda n, name: f"Aspek {n}. {name}"),
            *chance.choice(([], [PageBreak()])),
        ],
    ]
    chance.shuffle(parts)
    return [flowable for part in parts for flowable in part]


Layout = Callable[[Assessment, Scorecard, Instrument], Story]
LAYOUTS: dict[str, tuple[Layout, str, int, str]] = {
    "value_before_the_name": (value_before_the_name, "spbe-2020", 2023, "Pemerintah Kab. Garut"),
    "level_in_words": (level_in_words, "spbe-2020", 2024, "Pemerintah Kota Bandung"),
    "wide_pages": (wide_pages, "spbe-2020", 2023, "Pemerintah Kota Bandung"),
    "roman_chapters": (roman_chapters, "spbe-2020", 2025, "Pemerintah Kab. Garut"),
    "named_levels_unruled": (named_levels_unruled, "spbe-2020", 2022, "Kementerian Kesehatan"),
    "without_findings": (without_findings, "spbe-2020", 2021, "Pemerintah Kota Bandung"),
    "self_assessment_beside": (self_assessment_beside, "spbe-2020", 2022, "Pemerintah Kota Bandung"),
    "two_blocks_side_by_side": (two_blocks_side_by_side, "spbe-2020", 2023, "Pemerintah Kab. Garut"),
    "header_of_two_rows": (header_of_two_rows, "spbe-2020", 2024, "Pemerintah Kab. Garut"),
    "decimal_values": (decimal_values, "pemdi-2026", 2026, "Pemerintah Kota Bandung"),
    "levels_marked": (levels_marked, "spbe-2020", 2021, "Pemerintah Kab. Garut"),
    **{
        f"by_chance_{n}": (partial(by_chance, seed=n), instrument, year, "Pemerintah Kota Bandung")
        for n in range(8)
        for instrument, year in [(("spbe-2020", 2023), ("spbe-2018", 2019))[n % 2]]
    },
    "of_the_first_instrument": (of_the_first_instrument, "spbe-2018", 2019, "Pemerintah Kab. Garut"),
    "first_instrument_in_words": (level_in_words, "spbe-2018", 2020, "Pemerintah Kota Bandung"),
}


def write(name: str, path: Path, seed: int, printed: Scorecard | None = None) -> tuple[Assessment, Scorecard]:
    """Write a report and say what it holds; ``printed`` are totals to print in place of those of its levels."""
    layout, instrument_id, year, agency = LAYOUTS[name]
    instrument = load_instrument(instrument_id)
    known = known_of(instrument, seed, agency, year)
    card = printed or score(known)
    story = [
        Paragraph(f"LAPORAN HASIL EVALUASI {'SPBE' if year < 2026 else 'PEMERINTAH DIGITAL'} TAHUN {year}", BIG),
        Paragraph(agency.replace("Kab.", "Kabupaten").upper(), BIG),
        Paragraph(f"Predikat: {card.rating}", NORMAL),
        PageBreak(),
        *layout(known, card, instrument),
    ]
    size = landscape(A4) if name in ("wide_pages", "by_chance_1", "by_chance_4") else A4
    SimpleDocTemplate(str(path), pagesize=size).build(story)
    return known, card
