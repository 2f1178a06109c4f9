"""The workbook computes what the exact path computes, whatever levels are typed, and runs no one's text."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from assistant.reports.content import Report, Statement
from assistant.reports.workbook import workbook
from scoring import Assessment, Scoring, load_instrument
from scoring.figures import exactly
from tests.assistant.reports.sheet_engine import Engine

Reports = Callable[..., Report]
FIRST = 5  # row of the first entry
EVERY_3 = dict.fromkeys(range(1, 48), 3)


def opened(report: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(report)))


def type_levels(book: Workbook, levels: dict[int, Any]) -> None:
    sheet = book["Indikator"]
    for number, level in levels.items():
        cell = sheet.cell(FIRST + number - 1, 6)
        assert sheet.cell(FIRST + number - 1, 1).value == number
        cell.value = level


def check(book: Workbook, assessment: Assessment) -> None:
    """Index, rating, interval and every node against the exact path."""
    engine, exact = Engine(book), Scoring(assessment)
    index = exact.index.exact
    assert engine.value("Ringkasan", "B6") == pytest.approx(float(exact.index.floor), abs=1e-11)
    assert engine.value("Ringkasan", "B7") == pytest.approx(float(exact.index.ceiling), abs=1e-11)
    if index is None:
        assert engine.value("Ringkasan", "B4") == engine.value("Ringkasan", "B5") == ""
    else:
        assert engine.value("Ringkasan", "B4") == pytest.approx(float(index), abs=1e-11)
        rating = exact.instrument.rating(index, assessment.year).name.id
        assert engine.value("Ringkasan", "B5") == rating
    sheet = book["Domain & Aspek"]
    kinds = {"Domain": exact.domains, "Aspek": exact.aspects}
    for row in range(FIRST, sheet.max_row + 1):
        span = kinds[sheet.cell(row, 1).value][sheet.cell(row, 2).value]
        value = engine.value(sheet.title, f"E{row}")
        assert ("" if value is None else value) == (
            "" if span.exact is None else pytest.approx(float(span.exact), abs=1e-11)
        )
        assert engine.value(sheet.title, f"F{row}") == pytest.approx(float(span.floor), abs=1e-11)
        assert engine.value(sheet.title, f"G{row}") == pytest.approx(float(span.ceiling), abs=1e-11)


def numbered(*values: str) -> dict[int, Fraction]:
    return {number: exactly(value) for number, value in enumerate(values, 1)}


def drawn(instrument: str, chance: random.Random, missing: float) -> dict[int, Any]:
    """Random levels, some left out; two decimals where the scale has decimals."""
    known = load_instrument(instrument)
    low, high = int(known.scale.lowest), int(known.scale.highest)
    levels: dict[int, Any] = {}
    for indicator in known.indicators:
        if chance.random() >= missing:
            whole = known.scale.whole
            levels[indicator.number] = (
                chance.randint(low, high) if whole else chance.randint(low * 100, high * 100) / 100
            )
    return levels


@pytest.mark.parametrize(
    ("instrument", "year"), [("spbe-2018", 2019), ("spbe-2020", 2023), ("spbe-2020", 2024), ("pemdi-2026", 2026)]
)
def test_changing_levels_recomputes_everything_as_the_exact_path_does(
    report_of: Reports, instrument: str, year: int
) -> None:
    chance = random.Random(f"{instrument} {year}")
    first = drawn(instrument, chance, 0)
    book = opened(report_of(instrument=instrument, year=year, levels=first))
    check(book, Assessment(instrument=instrument, agency="x", year=year, levels=first))
    for round_ in range(6):
        levels = drawn(instrument, chance, 0.1 if round_ % 2 else 0)
        type_levels(book, {i.number: levels.get(i.number) for i in load_instrument(instrument).indicators})
        check(book, Assessment(instrument=instrument, agency="x", year=year, levels=levels))


def just_on_the_bound() -> dict[int, int]:
    """Levels whose index is exactly 2.6 where a plain sum of doubles falls below it."""
    instrument, chance = load_instrument("spbe-2020"), random.Random(26)
    for _ in range(200_000):
        levels = {i.number: chance.choice((2, 3)) for i in instrument.indicators}
        if sum(i.weight * levels[i.number] for i in instrument.indicators) != 260:
            continue
        if sum(float(i.weight) * levels[i.number] / 100 for i in instrument.indicators) < 2.6:
            return levels
    raise AssertionError("no such levels were found; draw from another seed")


def test_an_index_exactly_on_the_bound_earns_the_rating(report_of: Reports) -> None:
    levels = just_on_the_bound()
    engine = Engine(opened(report_of(year=2024, levels=levels)))
    assert engine.value("Ringkasan", "B4") == 2.6
    assert engine.value("Ringkasan", "B5") == "Baik"


def pacitan() -> dict[int, int]:
    """Levels with the index 3.4985 of Kab. Pacitan 2024, shown 3.50."""
    instrument, chance = load_instrument("spbe-2020"), random.Random(3)
    for _ in range(200_000):
        levels = {i.number: chance.choice((3, 4)) for i in instrument.indicators}
        if sum(i.weight * levels[i.number] for i in instrument.indicators) == Fraction("349.85"):
            return levels
    raise AssertionError("no such levels were found; draw from another seed")


@pytest.mark.parametrize(("year", "rating"), [(2023, "Sangat Baik"), (2024, "Baik")])
def test_the_rating_follows_the_rule_of_the_year(report_of: Reports, year: int, rating: str) -> None:
    engine = Engine(opened(report_of(year=year, levels=pacitan())))
    assert engine.value("Ringkasan", "B4") == pytest.approx(3.4985, abs=1e-12)
    assert engine.value("Ringkasan", "B5") == rating


def test_gaps_and_plan_follow_by_formula(report_of: Reports) -> None:
    report = report_of(year=2024, levels={**EVERY_3, 11: 1, 12: 2}, target="Sangat Baik")
    book = opened(report)
    engine, gaps = Engine(book), book["Celah"]
    shown = {gaps.cell(row, 1).value: row for row in range(FIRST, FIRST + len(report.gaps))}
    for gap in report.gaps:
        row = shown[gap.number]
        assert engine.value("Celah", f"E{row}") == pytest.approx(float(gap.to_reference), abs=1e-11)
        assert engine.value("Celah", f"F{row}") == pytest.approx(float(gap.to_highest), abs=1e-11)
    type_levels(book, {11: 3})
    assert Engine(book).value("Celah", f"E{shown[11]}") == 0
    plan = book["Rencana"]
    assert report.plan is not None
    for row, step in enumerate(report.plan.rows, FIRST):
        assert engine.value("Rencana", f"F{row}") == pytest.approx(float(step.gain), abs=1e-11)
        assert plan.cell(row, 10).value is plan.cell(row, 11).value is None, "owner and date are left open"
    assert engine.value("Rencana", f"G{FIRST + len(report.plan.rows) - 1}") == pytest.approx(
        float(report.plan.end), abs=1e-11
    )


def test_an_agency_known_by_domain_computes_from_its_domains(report_on: Reports) -> None:
    book = opened(report_on("Kab. Sumedang", year=2023, stage="external"))
    assert book.sheetnames == ["Ringkasan", "Domain & Aspek", "Celah", "Sumber"]
    sheet = book["Domain & Aspek"]
    domains = numbered("5", "3.6", "2.55", "4.76")
    check(book, Assessment(agency="x", year=2023, domains=domains))
    sheet["E6"].value = 5
    check(book, Assessment(agency="x", year=2023, domains={**domains, 2: Fraction(5)}))


def test_an_agency_known_by_aspect_computes_from_its_aspects(report_of: Reports) -> None:
    aspects = numbered("2.9", "1.5", "2.75", "3.5", "2.5", "2.6666666667", "3.9")
    book = opened(report_of(year=2022, aspects=aspects))
    check(book, Assessment(agency="x", year=2022, aspects=aspects))
    sheet = book["Domain & Aspek"]
    last = next(
        row for row in range(FIRST, 20) if sheet.cell(row, 1).value == "Aspek" and sheet.cell(row, 2).value == 8
    )
    sheet.cell(last, 5).value = 2.83
    check(book, Assessment(agency="x", year=2022, aspects={**aspects, 8: exactly("2.83")}))


def test_an_agency_known_by_its_index_alone_gets_no_empty_tables(report_on: Reports) -> None:
    book = opened(report_on("Kab. Indramayu", stage="self"))
    assert book.sheetnames == ["Ringkasan", "Sumber"]
    assert any("tanpa rincian" in str(cell.value) for row in book["Ringkasan"] for cell in row if cell.value)


def test_levels_accept_what_the_scale_has(report_of: Reports) -> None:
    book = opened(report_of(year=2024, levels=EVERY_3))
    (rule,) = book["Indikator"].data_validations.dataValidation
    assert (rule.formula1, rule.type, str(rule.sqref)) == ('"1,2,3,4,5"', "list", "F5:F51")
    decimal = opened(report_of(instrument="pemdi-2026", year=2026, levels=dict.fromkeys(range(1, 21), "2.5")))
    (rule,) = decimal["Indikator"].data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "1", "5")


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "#N/A", "\x00=1\x0b"]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_never_becomes_a_formula(report_of: Reports, words: str) -> None:
    report = report_of(year=2024, levels=EVERY_3)
    hostile = replace(
        report,
        agency=words,
        figures_from=words,
        limits=(words,),
        published_rating=words,
        findings=(Statement(words),),
        citations=tuple(citation.model_copy(update={"title": words}) for citation in report.citations),
    )
    assert formulas(opened(hostile)) == formulas(opened(report)), "a text became a formula"
    cells = [cell for sheet in opened(hostile) for row in sheet.iter_rows() for cell in row]
    found = [
        cell for cell in cells if isinstance(cell.value, str) and cell.value.strip() == words.strip("\t\r\x00\x0b")
    ]
    assert found
    for cell in found:
        assert cell.data_type == "s"
        assert cell.quotePrefix or words == "#N/A"


def formulas(book: Workbook) -> list[str]:
    """Every formula there is; rows may move, formulas may not come or go."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return sorted(str(cell.value) for cell in cells if cell.data_type == "f")


def test_figures_are_shown_the_indonesian_way(report_on: Reports) -> None:
    sheet = opened(report_on("Bandar Lampung", year=2024))["Ringkasan"]
    assert sheet["B4"].number_format == "[$-421]0.00"
    english = opened(report_on("Bandar Lampung", year=2024, language="en"))["Summary"]
    assert english["B4"].number_format == "[$-409]0.00"


def test_the_same_report_is_the_same_file(report_on: Reports) -> None:
    report = report_on("Bandar Lampung", year=2024)
    assert workbook(report) == workbook(report)
