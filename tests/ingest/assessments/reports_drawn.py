"""Evaluation reports drawn by chance: rules, columns, shapes of levels and numbers, order of parts, instrument.

``tables`` are reports whose figures stand in tables, ruled or not; ``shapes`` are tables of unusual shapes (headers of
two rows, two tables side by side, levels marked, numbers that begin again); ``others`` write them as cards, as lines
with leaders, or in letters of one width. Run as a program, it says how many reports of which kind were read exactly,
refused, or read wrongly::

    python tests/ingest/assessments/reports_drawn.py --first 1000 --count 60 --family tables
"""

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, Preformatted, SimpleDocTemplate, Spacer, Table

from scoring import Assessment, RefusedInput, load_instrument, score
from scoring.instrument import Indicator, Instrument
from scoring.scorecard import Scorecard

Story = list[Any]
Remarks = dict[tuple[int, str], str]
TITLE = getSampleStyleSheet()["Title"]
YEARS = {"spbe-2018": (2018, 2019, 2020), "spbe-2020": (2021, 2022, 2023, 2024, 2025), "pemdi-2026": (2026,)}
AGENCIES = ("Pemerintah Kota Bandung", "Pemerintah Kab. Garut", "Kementerian Kesehatan")
STAGES = ("Belum Ada", "Rintisan", "Terkelola", "Terdefinisi", "Terpadu dan Terukur", "Optimum")
DIGITAL = ("", "Merintis", "Membangun", "Berkembang", "Melembaga", "Unggul")
GROUPS = ("Nasional", "Kementerian", "LPNK", "Lembaga Lainnya", "Provinsi", "Kabupaten", "Kota")
ROMAN = ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
RULES = ("none", "none", "horizontal", "header", "zebra", "columns", "box", "grid")
NUMBERS = ("{0}", "{0}", "{0}.", "{0:02d}", "Indikator {0}", "I{0}", "{0})", "in the name", "absent")
WHOLE = ("{0}", "{0}", "{0},00", "{0}.0", "Level {0}", "Level {0} - {1}", "Tingkat {0} ({1})", "{0} - {1}", "Tk. {0}")
WHOLE += ("{2}", "Tingkat {2}", "{0} ({1})")
DECIMAL = ("{0}", "{0}", "{0} - {1}", "{0} ({1})")
HEADINGS = {
    "number": ("No", "No.", "Nomor", "Kode", "#"),
    "name": ("Indikator", "Nama Indikator", "Uraian Indikator", "Indikator Penilaian"),
    "value": ("Nilai", "Tingkat Kematangan", "Skor", "Capaian", "Hasil Evaluasi", "Level", "Nilai {year}"),
    "weight": ("Bobot", "Bobot (%)", "Bobot Indikator"),
    "before": ("Nilai {before}", "Capaian {before}", "Nilai Tahun Lalu", "Capaian Tahun Sebelumnya"),
    "target": ("Target", "Target {after}"),
    "own": ("Nilai Mandiri", "Penilaian Mandiri"),
    "aspect": ("Aspek",),
    "stage": ("Predikat", "Keterangan"),
    "note": ("Catatan", "Penjelasan"),
}
SUBJECTS = (
    "Dokumen perencanaan",
    "Tim kerja",
    "Pedoman internal",
    "Aplikasi umum",
    "Laporan pelaksanaan",
    "Arsip digital",
)
VERBS = ("telah ditetapkan oleh", "belum direviu bersama", "perlu diselaraskan dengan", "sudah dipakai oleh")
OBJECTS = ("seluruh unit kerja", "pimpinan instansi", "para pengelola data", "mitra kerja di daerah", "tim teknis")
ENDS = ("pada tahun berjalan", "sejak triwulan kedua", "dengan bukti yang memadai", "untuk 12 layanan utama")


@dataclass(frozen=True)
class Drawn:
    """What a report says, and how it was drawn."""

    known: Assessment
    card: Scorecard
    remarks: Remarks
    averages: dict[tuple[str, int], tuple[str, ...]]
    look: dict[str, Any]


@dataclass
class _Pen:
    """The choices of one report, and its parts as they are drawn."""

    chance: random.Random
    instrument: Instrument
    known: Assessment
    card: Scorecard
    look: dict[str, Any] = field(default_factory=dict)

    def pick(self, name: str, among: Any) -> Any:
        """A choice, made once."""
        if name not in self.look:
            self.look[name] = self.chance.choice(among)
        return self.look[name]

    @property
    def style(self) -> ParagraphStyle:
        size = self.pick("size", (7, 8, 9, 10, 11))
        font = self.pick("font", ("Helvetica", "Times-Roman"))
        return ParagraphStyle(
            "text", fontName=font, fontSize=size, leading=round(size * self.pick("leading", (1.15, 1.3)))
        )

    def text(self, said: str) -> Paragraph:
        return Paragraph(said, self.style)

    def show(self, value: Any) -> str:
        return str(value).replace(".", self.pick("point", (",", ",", ".")))

    def table(self, rows: list[list[str]], widths: list[float], headers: int = 1) -> Table:
        style = self.style
        wrapped = [[self.text(cell) if cell else "" for cell in row] for row in rows]
        centred = ParagraphStyle("centred", parent=style, alignment=1)
        if self.pick("centred", (True, False)):
            wrapped = [
                [Paragraph(c, centred) if c and len(c) < 18 else made for c, made in zip(row, line, strict=True)]
                for row, line in zip(rows, wrapped, strict=True)
            ]
        pad = self.pick("padding", (1, 2, 3, 5))
        commands: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), self.pick("valign", ("TOP", "TOP", "MIDDLE", "BOTTOM"))),
            ("TOPPADDING", (0, 0), (-1, -1), pad),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ]
        last = headers - 1
        commands += {
            "none": [],
            "horizontal": [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey)],
            "header": [
                ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, last), (-1, last), 1, colors.black),
            ],
            "zebra": [("ROWBACKGROUNDS", (0, headers), (-1, -1), [None, colors.Color(0.9, 0.9, 0.95)])],
            "columns": [
                ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
                ("LINEAFTER", (0, 0), (-2, -1), 0.5, colors.black),
            ],
            "box": [("BOX", (0, 0), (-1, -1), 0.5, colors.black), ("BOX", (0, 0), (-1, last), 0.5, colors.black)],
            "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        }[self.pick("rules", RULES)]
        return Table(
            wrapped, colWidths=widths, style=commands, repeatRows=headers if self.pick("repeat", (1, 1, 0)) else 0
        )

    def level(self, value: Fraction) -> str:
        """A level as this report writes it."""
        if self.instrument.scale.whole:
            whole = int(value)
            return str(self.pick("shape", WHOLE)).format(whole, STAGES[whole], ROMAN[whole])
        stage = next(r.level for r in reversed(self.instrument.scale.ranges) if value >= r.lower)
        return str(self.pick("shape", DECIMAL)).format(self.show(f"{float(value):.2f}"), DIGITAL[stage])

    def name(self, indicator: Indicator) -> str:
        plain = indicator.name.id.removeprefix("Tingkat Kematangan ")
        prefix = self.pick("named", ("", "", "Tingkat Kematangan "))
        return f"{prefix}{plain}"

    def total(self, kind: str, number: int) -> str:
        parts = self.card.domains if kind == "domain" else self.card.aspects
        return self.show(parts[number - 1].value)

    def label(self, kind: str, number: int, name: str) -> str:
        word = kind.replace("aspect", "Aspek").replace("domain", "Domain")
        shape = self.pick("label", ("{0} {1}: {2}", "{0} {1} - {2}", "{0} {2}", "{0} {1} {2}"))
        return str(shape).format(word, number, name)

    @property
    def index_name(self) -> str:
        return "Indeks SPBE" if self.known.year < 2026 else "Indeks Pemerintah Digital"

    @property
    def width(self) -> float:
        return 730.0 if self.pick("landscape", (False, False, True)) else 450.0


def draw(seed: int, path: Path, family: str = "tables", misprinted: bool = False) -> Drawn:
    """Draw a report; ``misprinted`` prints totals that its levels do not make."""
    chance = random.Random(f"{family} {seed}")
    name = chance.choice(("spbe-2020", "spbe-2020", "spbe-2020", "spbe-2018", "pemdi-2026"))
    instrument = load_instrument(name)
    year = chance.choice(YEARS[name])
    agency = chance.choice(AGENCIES)
    known, other = (_known(instrument, chance, agency, year) for _ in range(2))
    pen = _Pen(chance, instrument, known, score(other if misprinted else known), {"instrument": name, "year": year})
    remarks: Remarks = {}
    averages: dict[tuple[str, int], tuple[str, ...]] = {}
    forms = {"others": FORMS, "shapes": SHAPES}.get(family, {})
    figures = forms[pen.pick("form", tuple(forms))](pen) if forms else [_indicators(pen)]
    parts: list[Story] = [[_heading(pen, "Nilai Tingkat Kematangan Indikator"), *figures]]
    parts.append(_totals(pen))
    if chance.random() < 0.4:
        parts.append(_averages(pen, averages))
    if chance.random() < 0.85:
        parts.append(_remarks(pen, remarks))
    chance.shuffle(parts)
    story: Story = [
        Paragraph(f"LAPORAN HASIL EVALUASI {'SPBE' if year < 2026 else 'PEMERINTAH DIGITAL'} TAHUN {year}", TITLE),
        Paragraph(agency.replace("Kab.", "Kabupaten").upper(), TITLE),
        Paragraph(f"Predikat: {pen.card.rating}", pen.style),
        PageBreak(),
    ]
    for part in parts:
        story += [*part, PageBreak() if chance.random() < 0.5 else Spacer(1, 18)]
    size = landscape(A4) if pen.width > 500 else A4
    SimpleDocTemplate(str(path), pagesize=size, leftMargin=55, rightMargin=55).build(story)
    return Drawn(known, pen.card, remarks, averages, pen.look)


def _known(instrument: Instrument, chance: random.Random, agency: str, year: int) -> Assessment:
    low, high = int(instrument.scale.lowest), int(instrument.scale.highest)
    parts = 1 if instrument.scale.whole else 100
    levels = {i.number: Fraction(chance.randint(low * parts, high * parts), parts) for i in instrument.indicators}
    return Assessment.model_validate({"instrument": instrument.id, "agency": agency, "year": year, "levels": levels})


def _heading(pen: _Pen, said: str) -> Paragraph:
    return Paragraph(
        said, ParagraphStyle("heading", parent=pen.style, spaceAfter=6, spaceBefore=6, fontName="Helvetica-Bold")
    )


def _indicators(pen: _Pen) -> Table:
    """The table of all indicators, with columns by chance and perhaps rows of domains and aspects."""
    chance, instrument = pen.chance, pen.instrument
    numbered = pen.pick("number", NUMBERS)
    extra = [c for c in ("weight", "before", "target", "own", "aspect", "stage", "note") if chance.random() < 0.22][:3]
    columns = [*([] if numbered in ("in the name", "absent") else ["number"]), "name", "value", *extra]
    if chance.random() < 0.5:
        chance.shuffle(columns)
    grouped = pen.pick("groups", ("none", "none", "aspects", "domains and aspects", "without values"))
    if grouped == "domains and aspects" and not instrument.domains:
        grouped = "aspects"
    heads = {
        c: chance.choice(HEADINGS[c]).format(year=pen.known.year, before=pen.known.year - 1, after=pen.known.year + 1)
        for c in columns
    }
    if "before" in extra and not re.search(r"\d", heads["before"]):
        heads["value"] = f"Nilai {pen.known.year}"
    pen.look |= {"columns": columns, "heads": heads}
    rows = [[heads[c] for c in columns]]
    domain = 0
    for aspect in instrument.aspects:
        if grouped != "none":
            groups = []
            if aspect.domain and aspect.domain != domain and grouped != "aspects":
                domain = aspect.domain
                groups.append(("domain", domain, instrument.domains[domain - 1].name.id))
            groups.append(("aspect", aspect.number, aspect.name.id))
            for kind, number, name in groups:
                value = "" if grouped == "without values" else pen.total(kind, number)
                held = {"name": pen.label(kind, number, name), "value": value}
                rows.append([held.get(c, "") for c in columns])
        for i in instrument.indicators_of(aspect):
            rows.append([_cell(pen, c, i) for c in columns])
    if grouped not in ("none", "without values"):
        held = {"name": pen.index_name, "value": pen.show(pen.card.index)}
        rows.append([held.get(c, "") for c in columns])
    least = {
        "number": 32,
        "value": 55,
        "weight": 45,
        "before": 55,
        "target": 42,
        "own": 55,
        "aspect": 85,
        "stage": 62,
        "note": 90,
    }
    if numbered == "Indikator {0}":
        least["number"] = 70
    if len(pen.level(pen.known.levels[1])) > 8:
        least["value"] = 85
    rest = pen.width - sum(least[c] for c in columns if c != "name")
    least["name"] = max(85, min(rest, chance.choice((130, 180, 260, 400))))
    return pen.table(rows, [float(least[c]) for c in columns])


def _cell(pen: _Pen, column: str, i: Indicator) -> str:
    level = pen.known.levels[i.number]
    whole = pen.instrument.scale.whole
    other = Fraction(pen.chance.randint(1, 5))
    if column == "number":
        return str(pen.look["number"]).format(i.number)
    if column == "name":
        return f"{i.number}. {pen.name(i)}" if pen.look["number"] == "in the name" else pen.name(i)
    if column == "value":
        return pen.level(level)
    if column == "weight":
        return pen.show(f"{float(i.weight):.2f}")
    if column in ("before", "target", "own"):
        return pen.level(other) if whole else pen.show(f"{float(other):.2f}")
    if column == "aspect":
        return pen.instrument.aspects[i.aspect - 1].name.id
    if column == "stage":
        return STAGES[int(level)] if whole else pen.chance.choice(DIGITAL[1:])
    return _sentence(pen.chance) if pen.chance.random() < 0.6 else ""


def _totals(pen: _Pen) -> Story:
    """Index, domains and aspects in one table or in several, or all but the index where the other table has them."""
    instrument = pen.instrument
    domains = [("domain", d.number, d.name.id) for d in instrument.domains]
    aspects = [("aspect", a.number, a.name.id) for a in instrument.aspects]
    value = pen.pick("total heading", ("Nilai", "Nilai Indeks", "Skor", f"Nilai {pen.known.year}"))
    wide = min(pen.width - 80, pen.chance.choice((150, 260, 330)))
    if pen.pick("totals", ("one", "several")) == "one":
        rows = [["Uraian", value], [pen.index_name, pen.show(pen.card.index)]]
        for d in domains:
            rows.append([pen.label(*d), pen.total("domain", d[1])])
            rows += [
                [pen.label(*a), pen.total("aspect", a[1])]
                for a in aspects
                if instrument.aspects[a[1] - 1].domain == d[1]
            ]
        if not domains:
            rows += [[pen.label(*a), pen.total("aspect", a[1])] for a in aspects]
        return [_heading(pen, "Nilai Indeks, Domain, dan Aspek"), pen.table(rows, [float(wide), 70.0])]
    story: Story = [
        _heading(pen, "Nilai Indeks"),
        pen.text(f"{pen.index_name} : {pen.show(pen.card.index)} ({pen.card.rating})")
        if pen.pick("index in text", (True, False))
        else pen.table([["Uraian", value], [pen.index_name, pen.show(pen.card.index)]], [float(wide), 70.0]),
    ]
    for title, parts in (("Domain", domains), ("Aspek", aspects)):
        if parts:
            rows = [["No", title, value], *([str(n), name, pen.total(kind, n)] for kind, n, name in parts)]
            story += [_heading(pen, f"Nilai {title}"), pen.table(rows, [30.0, float(wide), 70.0])]
    return story


def _averages(pen: _Pen, into: dict[tuple[str, int], tuple[str, ...]]) -> Story:
    """Averages of groups of agencies by aspect, under headings that may take several lines."""
    rows = [["Aspek", *GROUPS]]
    for aspect in pen.instrument.aspects:
        values = tuple(f"{pen.chance.uniform(1, 5):.2f}" for _ in GROUPS)
        into["aspect", aspect.number] = values
        rows.append([aspect.name.id, *map(pen.show, values)])
    each = 58.0 if pen.look["size"] < 9 else 64.0
    return [
        _heading(pen, "Rata-rata Nilai Aspek menurut Kelompok Instansi"),
        pen.table(rows, [max(80.0, pen.width - 7 * each), *[each] * 7]),
    ]


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(ENDS)}."


def _remarks(pen: _Pen, into: Remarks) -> Story:
    """Strengths, weaknesses and recommendations by aspect, under headings or as a table."""
    kinds = [("strength", "Kekuatan"), ("weakness", "Kelemahan")]
    if pen.pick("recommendations", (True, False)):
        kinds.append(("recommendation", "Rekomendasi"))
    aspects = pen.instrument.aspects
    for aspect in aspects:
        for what, said in kinds:
            first = f"{said} aspek ini bernomor urut {pen.chance.randint(100, 999)}{aspect.number}."
            into[aspect.number, what] = " ".join(
                [first, *(_sentence(pen.chance) for _ in range(pen.chance.randint(1, 3)))]
            )
    if pen.pick("remarks", ("headings", "headings", "table")) == "table":
        rows = [["Aspek", *(said for _, said in kinds)]]
        rows += [[a.name.id, *(into[a.number, what] for what, _ in kinds)] for a in aspects]
        rest = (pen.width - 95) / len(kinds)
        return [_heading(pen, "Catatan Asesor"), pen.table(rows, [95.0, *[rest] * len(kinds)])]
    heading = pen.pick(
        "aspect heading", ("Aspek {0} - {1}", "{0}. {1}", "Aspek {0}: {1}", "{2}. Aspek {1}", "{3}. {1}")
    )
    led = pen.pick("led", ("{0}", "{0}:", "\u2022 {0}", "inline"))
    story: Story = [
        _heading(
            pen,
            pen.pick("section", ("Kekuatan dan Kelemahan", "BAB III KEKUATAN DAN KELEMAHAN", "Kelemahan dan Kekuatan")),
        )
    ]
    for a in aspects:
        story.append(_heading(pen, heading.format(a.number, a.name.id, ROMAN[a.number], "ABCDEFGH"[a.number - 1])))
        for what, said in kinds:
            text = into[a.number, what]
            story += [pen.text(f"{said}: {text}")] if led == "inline" else [pen.text(led.format(said)), pen.text(text)]
    return story


def cards(pen: _Pen) -> Story:
    """One card an indicator: its number, name, level and an explanation, each on a line of its own."""
    story: Story = []
    said = pen.pick("card", ("Tingkat Kematangan : {0}", "Nilai: {0}", "Capaian : Level {0}", "Level {0}"))
    for i in pen.instrument.indicators:
        value = pen.known.levels[i.number]
        shown = str(int(value)) if pen.instrument.scale.whole else pen.show(f"{float(value):.2f}")
        story += [_heading(pen, f"Indikator {i.number}: {pen.name(i)}"), pen.text(said.format(shown))]
        if pen.pick("explained", (True, False)):
            story.append(pen.text(f"Penjelasan: {_sentence(pen.chance)}"))
    return story


def leaders(pen: _Pen) -> Story:
    """A line an indicator, with dots up to the level at its end."""
    story: Story = []
    for a in pen.instrument.aspects:
        story.append(_heading(pen, pen.label("aspect", a.number, a.name.id)))
        for i in pen.instrument.indicators_of(a):
            name = f"{i.number}. {pen.name(i)}"
            story.append(pen.text(f"{name} {'.' * max(4, 60 - len(name))} {pen.level(pen.known.levels[i.number])}"))
    return story


def one_width(pen: _Pen) -> Story:
    """A table in letters of one width, with or without bars between its columns."""
    bar = pen.pick("bar", (" | ", "   "))
    rows = [("No", "Indikator", "Nilai")]
    rows += [
        (str(i.number), pen.name(i)[:60], pen.level(pen.known.levels[i.number])) for i in pen.instrument.indicators
    ]
    lines = [bar.join((a.rjust(3), b.ljust(60), c)) for a, b, c in rows]
    return [Preformatted("\n".join(lines), ParagraphStyle("code", fontName="Courier", fontSize=8, leading=11))]


FORMS: dict[str, Callable[[_Pen], Story]] = {"cards": cards, "leaders": leaders, "one_width": one_width}


def _numbered(pen: _Pen, *values: str) -> list[list[str]]:
    """Rows of number and name with empty values."""
    return [[str(i.number), pen.name(i), *values] for i in pen.instrument.indicators]


def header_of_two_rows(pen: _Pen) -> Story:
    """Years or stages under one heading; the report's own first or last."""
    own, other = str(pen.known.year), str(pen.known.year - 1)
    if pen.pick("under", ("years", "stages")) == "stages":
        own, other = "Eksternal", "Mandiri"
    first = pen.pick("own first", (True, False))
    above = pen.pick("above", ("Tingkat Kematangan", "Nilai", "Capaian"))
    rows = [["No", "Indikator", above, ""], ["", "", *((own, other) if first else (other, own))]]
    for row, i in zip(_numbered(pen), pen.instrument.indicators, strict=True):
        values = pen.level(pen.known.levels[i.number]), pen.level(Fraction(pen.chance.randint(1, 5)))
        rows.append([*row, *(values if first else values[::-1])])
    made = pen.table(rows, [32.0, pen.chance.choice((150.0, 220.0)), 85.0, 85.0], headers=2)
    made.setStyle([("SPAN", (2, 0), (3, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1))])
    return [made]


def side_by_side(pen: _Pen) -> Story:
    """Two tables of indicators beside each other."""
    cells = [[str(i.number), pen.name(i), pen.level(pen.known.levels[i.number])] for i in pen.instrument.indicators]
    half = (len(cells) + 1) // 2
    rows = [["No", "Indikator", "Nilai"] * 2]
    rows += [[*cells[k], *(cells[half + k] if half + k < len(cells) else ["", "", ""])] for k in range(half)]
    wide = (pen.width - 2 * 100) / 2
    return [pen.table(rows, [28.0, wide, 72.0] * 2)]


def marked(pen: _Pen) -> Story:
    """A column for every level with a mark in that which was reached; decimal values stand in their column."""
    low, high = int(pen.instrument.scale.lowest), int(pen.instrument.scale.highest)
    sign = pen.pick("sign", ("X", "V", "x"))
    rows = [["No", "Indikator", *(str(level) for level in range(low, high + 1))]]
    if not pen.instrument.scale.whole:
        return [_indicators(pen)]
    for row, i in zip(_numbered(pen), pen.instrument.indicators, strict=True):
        rows.append([*row, *(sign if pen.known.levels[i.number] == level else "" for level in range(low, high + 1))])
    return [pen.table(rows, [32.0, pen.chance.choice((150.0, 220.0)), *[32.0] * (high - low + 1)])]


def numbers_begin_again(pen: _Pen) -> Story:
    """One table an aspect under its name, its indicators counted from 1."""
    story: Story = []
    for a in pen.instrument.aspects:
        rows = [["No", "Indikator", "Nilai"]]
        for at, i in enumerate(pen.instrument.indicators_of(a), 1):
            rows.append([str(at), pen.name(i), pen.level(pen.known.levels[i.number])])
        story += [_heading(pen, pen.label("aspect", a.number, a.name.id)), pen.table(rows, [32.0, 220.0, 90.0])]
    return story


def aligned_by_column(pen: _Pen) -> Story:
    """Domain and aspect on the first of their rows; names at the top of a row, values in its middle."""
    rows = [["Domain", "Aspek", "No", "Indikator", "Tingkat Kematangan"]]
    domain = aspect = 0
    for i in pen.instrument.indicators:
        a = pen.instrument.aspects[i.aspect - 1]
        first, new = a.number != aspect, bool(a.domain) and a.domain != domain
        aspect, domain = a.number, a.domain or 0
        named = pen.instrument.domains[domain - 1].name.id if new else ""
        shown = pen.level(pen.known.levels[i.number])
        rows.append([named, a.name.id if first else "", str(i.number), pen.name(i), shown])
    made = pen.table(rows, [70.0, 80.0, 30.0, 150.0, 90.0])
    made.setStyle([("VALIGN", (2, 1), (2, -1), "MIDDLE"), ("VALIGN", (4, 1), (4, -1), "MIDDLE")])
    made.setStyle([("VALIGN", (0, 1), (1, -1), "TOP"), ("VALIGN", (3, 1), (3, -1), "TOP")])
    return [made]


def averages_below(pen: _Pen) -> Story:
    """The value of every aspect in a row below its indicators; beside each level the average of the nation."""
    rows = [["No", "Indikator", "Nilai", "Rata-rata Nasional", "Selisih"]]
    for a in pen.instrument.aspects:
        for i in pen.instrument.indicators_of(a):
            other = pen.show(f"{pen.chance.uniform(1, 5):.2f}")
            rows.append([str(i.number), pen.name(i), pen.level(pen.known.levels[i.number]), other, other])
        rows.append(["", f"Nilai Aspek {a.number}", pen.total("aspect", a.number), "2,50", "0,10"])
    return [pen.table(rows, [32.0, pen.chance.choice((130.0, 200.0)), 85.0, 60.0, 50.0])]


SHAPES: dict[str, Callable[[_Pen], Story]] = {
    "header_of_two_rows": header_of_two_rows,
    "side_by_side": side_by_side,
    "marked": marked,
    "numbers_begin_again": numbers_begin_again,
    "aligned_by_column": aligned_by_column,
    "averages_below": averages_below,
}


def begins_on(path: Path, text: str) -> int:
    """The page on which a remark begins."""
    number = re.search(r"\d{4,}", text)
    assert number
    document = pdfium.PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return next(at for at, said in enumerate(texts, 1) if number[0] in said)


@dataclass(frozen=True)
class Outcome:
    """How the reading of a drawn report ended: "exact", "refused CODE" or "wrong ..."; and what is not as drawn."""

    figures: str
    remarks: str
    averages: str


def outcome(
    seed: int, path: Path, register: Any, family: str = "tables", misprinted: bool = False
) -> tuple[Drawn, Outcome]:
    """Draw a report and read it."""
    from ingest.assessments import read_assessments

    drawn = draw(seed, path, family, misprinted)
    try:
        reading = read_assessments(path, register)
    except RefusedInput as refused:
        return drawn, Outcome(f"refused {refused.code}", "-", "-")
    (read,) = reading.assessments
    got, card = read.assessment, drawn.card
    assert got.published is not None
    wrong = [
        what
        for what, same in (
            ("instrument", got.instrument == drawn.known.instrument),
            ("agency", got.agency == drawn.known.agency),
            ("year", got.year == drawn.known.year),
            ("levels", got.levels == drawn.known.levels),
            ("index", got.published.index == Fraction(str(card.index))),
            ("rating", got.published.rating in (None, card.rating)),
            ("domains", _within(got.published.domains, card.domains)),
            ("aspects", _within(got.published.aspects, card.aspects)),
        )
        if not same
    ]
    few = len(got.published.domains) < len(card.domains) or len(got.published.aspects) < len(card.aspects)
    figures = f"wrong {' '.join(wrong)}" if wrong else "exact but some totals" if few else "exact"
    found = {(int(p.headings[0].split()[1]), p.headings[1]): p for p in reading.passages if p.headings[0] != "index"}
    wanted = drawn.remarks
    got_words = {key: p for key, p in found.items() if key[1] in ("strength", "weakness", "recommendation")}
    joined: dict[tuple[int, str], str] = {}
    pages: dict[tuple[int, str], int | None] = {}
    for p in reading.passages:
        if p.headings[1] in ("strength", "weakness", "recommendation"):
            key = (0 if p.headings[0] == "index" else int(p.headings[0].split()[1]), p.headings[1])
            joined[key] = f"{joined[key]} {p.text}" if key in joined else p.text
            pages.setdefault(key, p.page)
    bad = [key for key, text in joined.items() if wanted.get(key) != text]
    off = [key for key in got_words if key in wanted and pages[key] != begins_on(path, wanted[key])]
    lost = [key for key in wanted if key not in joined]
    remarks = f"wrong {len(bad)} off page {len(off)}" if bad or off else f"lost {len(lost)}" if lost else "exact"
    averages = {key[0]: p.text for key, p in found.items() if key[1] == "average"}
    means = {n: values for (_, n), values in drawn.averages.items()}
    mistaken = [n for n, text in averages.items() if _means(text) != means.get(n)]
    said = "wrong" if mistaken else "exact" if len(averages) == len(means) else "lost"
    return drawn, Outcome(figures, remarks, said)


def _within(got: dict[int, Fraction], parts: Any) -> bool:
    return got.items() <= {part.number: Fraction(str(part.value)) for part in parts}.items()


def _means(text: str) -> tuple[str, ...]:
    return tuple(value.replace(",", ".") for value in re.findall(r"\d,\d\d\b", text))


def main() -> None:
    from conftest import load_register  # the agencies the reports are of

    asked = argparse.ArgumentParser()
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--count", type=int, default=40)
    asked.add_argument("--family", default="tables")
    asked.add_argument("--misprinted", action="store_true")
    asked.add_argument("--quiet", action="store_true")
    said = asked.parse_args()
    register = load_register()
    counts: dict[str, Counter[str]] = {"figures": Counter(), "remarks": Counter(), "averages": Counter()}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(said.first, said.first + said.count):
            drawn, ended = outcome(seed, Path(folder) / f"lhe-{seed}.pdf", register, said.family, said.misprinted)
            for part, counter in counts.items():
                result = getattr(ended, part)
                counter[re.sub(r"\d+.*", "", result).strip() if part == "remarks" else result] += 1
            if not said.quiet:
                print(seed, ended, {k: v for k, v in drawn.look.items() if k != "heads"}, flush=True)
    for part, counter in counts.items():
        print(part, dict(counter.most_common()), file=sys.stderr)


if __name__ == "__main__":
    main()
