"""Levels of a drawn report in other forms than one plain table, and tables of unusual shapes."""

from collections.abc import Callable
from fractions import Fraction

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Preformatted
from reports_parts import indicators
from reports_pen import Pen, Story, heading_of, sentence


def cards(pen: Pen) -> Story:
    """One card an indicator: its number, name, level and an explanation, each on a line of its own."""
    story: Story = []
    said = pen.pick("card", ("Tingkat Kematangan : {0}", "Nilai: {0}", "Capaian : Level {0}", "Level {0}"))
    for i in pen.instrument.indicators:
        value = pen.known.levels[i.number]
        shown = str(int(value)) if pen.instrument.scale.whole else pen.show(f"{float(value):.2f}")
        story += [heading_of(pen, f"Indikator {i.number}: {pen.name(i)}"), pen.text(said.format(shown))]
        if pen.pick("explained", (True, False)):
            story.append(pen.text(f"Penjelasan: {sentence(pen.chance)}"))
    return story


def leaders(pen: Pen) -> Story:
    """A line an indicator, with dots up to the level at its end."""
    story: Story = []
    for a in pen.instrument.aspects:
        story.append(heading_of(pen, pen.label("aspect", a.number, a.name.id)))
        for i in pen.instrument.indicators_of(a):
            name = f"{i.number}. {pen.name(i)}"
            story.append(pen.text(f"{name} {'.' * max(4, 60 - len(name))} {pen.level(pen.known.levels[i.number])}"))
    return story


def one_width(pen: Pen) -> Story:
    """A table in letters of one width, with or without bars between its columns."""
    bar = pen.pick("bar", (" | ", "   "))
    rows = [("No", "Indikator", "Nilai")]
    rows += [
        (str(i.number), pen.name(i)[:60], pen.level(pen.known.levels[i.number])) for i in pen.instrument.indicators
    ]
    lines = [bar.join((a.rjust(3), b.ljust(60), c)) for a, b, c in rows]
    return [Preformatted("\n".join(lines), ParagraphStyle("code", fontName="Courier", fontSize=8, leading=11))]


FORMS: dict[str, Callable[[Pen], Story]] = {"cards": cards, "leaders": leaders, "one_width": one_width}


def _numbered(pen: Pen, *values: str) -> list[list[str]]:
    """Rows of number and name with empty values."""
    return [[str(i.number), pen.name(i), *values] for i in pen.instrument.indicators]


def header_of_two_rows(pen: Pen) -> Story:
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


def side_by_side(pen: Pen) -> Story:
    """Two tables of indicators beside each other."""
    cells = [[str(i.number), pen.name(i), pen.level(pen.known.levels[i.number])] for i in pen.instrument.indicators]
    half = (len(cells) + 1) // 2
    rows = [["No", "Indikator", "Nilai"] * 2]
    rows += [[*cells[k], *(cells[half + k] if half + k < len(cells) else ["", "", ""])] for k in range(half)]
    wide = (pen.width - 2 * 100) / 2
    return [pen.table(rows, [28.0, wide, 72.0] * 2)]


def marked(pen: Pen) -> Story:
    """A column for every level with a mark in that which was reached; decimal values stand in their column."""
    low, high = int(pen.instrument.scale.lowest), int(pen.instrument.scale.highest)
    sign = pen.pick("sign", ("X", "V", "x"))
    rows = [["No", "Indikator", *(str(level) for level in range(low, high + 1))]]
    if not pen.instrument.scale.whole:
        return [indicators(pen)]
    for row, i in zip(_numbered(pen), pen.instrument.indicators, strict=True):
        rows.append([*row, *(sign if pen.known.levels[i.number] == level else "" for level in range(low, high + 1))])
    return [pen.table(rows, [32.0, pen.chance.choice((150.0, 220.0)), *[32.0] * (high - low + 1)])]


def numbers_begin_again(pen: Pen) -> Story:
    """One table an aspect under its name, its indicators counted from 1."""
    story: Story = []
    for a in pen.instrument.aspects:
        rows = [["No", "Indikator", "Nilai"]]
        for at, i in enumerate(pen.instrument.indicators_of(a), 1):
            rows.append([str(at), pen.name(i), pen.level(pen.known.levels[i.number])])
        story += [heading_of(pen, pen.label("aspect", a.number, a.name.id)), pen.table(rows, [32.0, 220.0, 90.0])]
    return story


def aligned_by_column(pen: Pen) -> Story:
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


def averages_below(pen: Pen) -> Story:
    """The value of every aspect in a row below its indicators; beside each level the average of the nation."""
    rows = [["No", "Indikator", "Nilai", "Rata-rata Nasional", "Selisih"]]
    for a in pen.instrument.aspects:
        for i in pen.instrument.indicators_of(a):
            other = pen.show(f"{pen.chance.uniform(1, 5):.2f}")
            rows.append([str(i.number), pen.name(i), pen.level(pen.known.levels[i.number]), other, other])
        rows.append(["", f"Nilai Aspek {a.number}", pen.total("aspect", a.number), "2,50", "0,10"])
    return [pen.table(rows, [32.0, pen.chance.choice((130.0, 200.0)), 85.0, 60.0, 50.0])]


SHAPES: dict[str, Callable[[Pen], Story]] = {
    "header_of_two_rows": header_of_two_rows,
    "side_by_side": side_by_side,
    "marked": marked,
    "numbers_begin_again": numbers_begin_again,
    "aligned_by_column": aligned_by_column,
    "averages_below": averages_below,
}
