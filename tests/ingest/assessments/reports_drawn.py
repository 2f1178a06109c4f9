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
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reports_parts import Remarks, averages_of, indicators, remarks_of, totals
from reports_pen import TITLE, Pen, Story, heading_of
from reports_shapes import FORMS, SHAPES

from scoring import Assessment, RefusedInput, load_instrument, score
from scoring.instrument import Instrument
from scoring.scorecard import Scorecard

YEARS = {"spbe-2018": (2018, 2019, 2020), "spbe-2020": (2021, 2022, 2023, 2024, 2025), "pemdi-2026": (2026,)}
AGENCIES = ("Pemerintah Kota Bandung", "Pemerintah Kab. Garut", "Kementerian Kesehatan")


@dataclass(frozen=True)
class Drawn:
    """What a report says, and how it was drawn."""

    known: Assessment
    card: Scorecard
    remarks: Remarks
    averages: dict[tuple[str, int], tuple[str, ...]]
    look: dict[str, Any]


def draw(seed: int, path: Path, family: str = "tables", misprinted: bool = False) -> Drawn:
    """Draw a report; ``misprinted`` prints totals that its levels do not make."""
    chance = random.Random(f"{family} {seed}")
    name = chance.choice(("spbe-2020", "spbe-2020", "spbe-2020", "spbe-2018", "pemdi-2026"))
    instrument = load_instrument(name)
    year = chance.choice(YEARS[name])
    agency = chance.choice(AGENCIES)
    known, other = (known_by_chance(instrument, chance, agency, year) for _ in range(2))
    pen = Pen(chance, instrument, known, score(other if misprinted else known), {"instrument": name, "year": year})
    remarks: Remarks = {}
    averages: dict[tuple[str, int], tuple[str, ...]] = {}
    forms = {"others": FORMS, "shapes": SHAPES}.get(family, {})
    figures = forms[pen.pick("form", tuple(forms))](pen) if forms else [indicators(pen)]
    parts: list[Story] = [[heading_of(pen, "Nilai Tingkat Kematangan Indikator"), *figures]]
    parts.append(totals(pen))
    if chance.random() < 0.4:
        parts.append(averages_of(pen, averages))
    if chance.random() < 0.85:
        parts.append(remarks_of(pen, remarks))
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


def known_by_chance(instrument: Instrument, chance: random.Random, agency: str, year: int) -> Assessment:
    low, high = int(instrument.scale.lowest), int(instrument.scale.highest)
    parts = 1 if instrument.scale.whole else 100
    levels = {i.number: Fraction(chance.randint(low * parts, high * parts), parts) for i in instrument.indicators}
    return Assessment.model_validate({"instrument": instrument.id, "agency": agency, "year": year, "levels": levels})


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
