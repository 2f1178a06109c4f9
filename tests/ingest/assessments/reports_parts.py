"""The parts of a drawn report: the table of indicators, totals, averages of groups, the assessors' remarks."""

import re
from fractions import Fraction

from reportlab.platypus import Table
from reports_pen import DIGITAL, ROMAN, STAGES, Pen, Story, heading_of, sentence

from scoring.instrument import Indicator

Remarks = dict[tuple[int, str], str]
GROUPS = ("Nasional", "Kementerian", "LPNK", "Lembaga Lainnya", "Provinsi", "Kabupaten", "Kota")
NUMBERS = ("{0}", "{0}", "{0}.", "{0:02d}", "Indikator {0}", "I{0}", "{0})", "in the name", "absent")
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


def indicators(pen: Pen) -> Table:
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


def _cell(pen: Pen, column: str, i: Indicator) -> str:
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
    return sentence(pen.chance) if pen.chance.random() < 0.6 else ""


def totals(pen: Pen) -> Story:
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
        return [heading_of(pen, "Nilai Indeks, Domain, dan Aspek"), pen.table(rows, [float(wide), 70.0])]
    story: Story = [
        heading_of(pen, "Nilai Indeks"),
        pen.text(f"{pen.index_name} : {pen.show(pen.card.index)} ({pen.card.rating})")
        if pen.pick("index in text", (True, False))
        else pen.table([["Uraian", value], [pen.index_name, pen.show(pen.card.index)]], [float(wide), 70.0]),
    ]
    for title, parts in (("Domain", domains), ("Aspek", aspects)):
        if parts:
            rows = [["No", title, value], *([str(n), name, pen.total(kind, n)] for kind, n, name in parts)]
            story += [heading_of(pen, f"Nilai {title}"), pen.table(rows, [30.0, float(wide), 70.0])]
    return story


def averages_of(pen: Pen, into: dict[tuple[str, int], tuple[str, ...]]) -> Story:
    """Averages of groups of agencies by aspect, under headings that may take several lines."""
    rows = [["Aspek", *GROUPS]]
    for aspect in pen.instrument.aspects:
        values = tuple(f"{pen.chance.uniform(1, 5):.2f}" for _ in GROUPS)
        into["aspect", aspect.number] = values
        rows.append([aspect.name.id, *map(pen.show, values)])
    each = 58.0 if pen.look["size"] < 9 else 64.0
    return [
        heading_of(pen, "Rata-rata Nilai Aspek menurut Kelompok Instansi"),
        pen.table(rows, [max(80.0, pen.width - 7 * each), *[each] * 7]),
    ]


def remarks_of(pen: Pen, into: Remarks) -> Story:
    """Strengths, weaknesses and recommendations by aspect, under headings or as a table."""
    kinds = [("strength", "Kekuatan"), ("weakness", "Kelemahan")]
    if pen.pick("recommendations", (True, False)):
        kinds.append(("recommendation", "Rekomendasi"))
    aspects = pen.instrument.aspects
    for aspect in aspects:
        for what, said in kinds:
            first = f"{said} aspek ini bernomor urut {pen.chance.randint(100, 999)}{aspect.number}."
            into[aspect.number, what] = " ".join(
                [first, *(sentence(pen.chance) for _ in range(pen.chance.randint(1, 3)))]
            )
    if pen.pick("remarks", ("headings", "headings", "table")) == "table":
        rows = [["Aspek", *(said for _, said in kinds)]]
        rows += [[a.name.id, *(into[a.number, what] for what, _ in kinds)] for a in aspects]
        rest = (pen.width - 95) / len(kinds)
        return [heading_of(pen, "Catatan Asesor"), pen.table(rows, [95.0, *[rest] * len(kinds)])]
    heading = pen.pick(
        "aspect heading", ("Aspek {0} - {1}", "{0}. {1}", "Aspek {0}: {1}", "{2}. Aspek {1}", "{3}. {1}")
    )
    led = pen.pick("led", ("{0}", "{0}:", "\u2022 {0}", "inline"))
    story: Story = [
        heading_of(
            pen,
            pen.pick("section", ("Kekuatan dan Kelemahan", "BAB III KEKUATAN DAN KELEMAHAN", "Kelemahan dan Kekuatan")),
        )
    ]
    for a in aspects:
        story.append(heading_of(pen, heading.format(a.number, a.name.id, ROMAN[a.number], "ABCDEFGH"[a.number - 1])))
        for what, said in kinds:
            text = into[a.number, what]
            story += [pen.text(f"{said}: {text}")] if led == "inline" else [pen.text(led.format(said)), pen.text(text)]
    return story
