"""A report as a workbook an official can play with: change a level, and index and rating follow."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from assistant.reports.content import Report
from assistant.reports.packing import packed
from assistant.reports.wording import day, marked, words
from assistant.reports.workbook import cells
from assistant.reports.workbook.formulas import rated
from assistant.reports.workbook.tables import gaps_sheet, plan_sheet, sources_sheet
from assistant.reports.workbook.values import Inputs, levels_sheet, nodes_sheet
from scoring import Text


def workbook(report: Report) -> bytes:
    """The report as XLSX. Figures are formulas over the levels, or over the finest values that are known."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = words("summary", report.language)
    levels = levels_sheet(book, report) if report.indicators else None
    inputs = nodes_sheet(book, report, levels) if report.nodes else None
    if inputs is not None and report.gaps:
        gaps_sheet(book, report, inputs)
    if inputs is not None and report.plan is not None:
        plan_sheet(book, report, report.plan, inputs)
    sources_sheet(book, report, inputs)
    _summary(first, report, inputs)
    book.properties.title = f"{report.instrument.short.into(report.language)}, {report.called} {report.year}"
    book.properties.creator = "Tanya SPBE"
    book.calculation.fullCalcOnLoad = True
    buffer = io.BytesIO()
    book.save(buffer)
    return packed(buffer.getvalue(), report.made_on)


def _summary(sheet: Worksheet, report: Report, inputs: Inputs | None) -> None:
    language = report.language
    for column, width in zip("ABCDE", (34, 16, 4, 18, 12), strict=True):
        sheet.column_dimensions[column].width = width
    made_on = words("made_on", language, date=day(report.made_on, language))
    name = words("report", language, index=report.instrument.short.into(language))
    cells.title(sheet, name, f"{report.agency} · {report.year} · {report.stage} · {made_on}")
    if inputs is not None:
        cells.line(sheet, 3, 1, words("import_reads", language, sheet=inputs.sheet))
    row = 4 if inputs is None else _computed(sheet, report, inputs)
    shape = cells.number_format(language)
    if report.published_index is not None:
        cells.text(sheet, row, 1, Text(id="Indeks diumumkan", en="Published index").into(language))
        cells.number(sheet, row, 2, report.published_index, shape)
        row += 1
    if report.published_rating is not None:
        cells.text(sheet, row, 1, Text(id="Predikat diumumkan", en="Published rating").into(language))
        cells.text(sheet, row, 2, report.published_rating)
        row += 1
    summary = report.summary
    told = [marked(s.text, s.sources) for s in summary.verdict]
    parts = [("summary", told)]
    for key, statements in (("holding_back", summary.holding_back), ("first", summary.first)):
        parts.append((key, [f"{s.lead} {marked(s.text, s.sources)}".strip() for s in statements]))
    parts.append(("limits", [*report.limits, report.figures_from]))
    parts.append(("findings", [f"{s.lead}: {marked(s.text, s.sources)}" for s in report.findings]))
    for key, lines in parts:
        if lines:
            row += 1
            cells.text(sheet, row, 1, words(key, language), bold=True)
            for line in lines:
                row += 1
                _line(sheet, row, line)
        row += 1


def _computed(sheet: Worksheet, report: Report, inputs: Inputs) -> int:
    """Index, rating and interval as formulas, the bands beside them; the next free row."""
    language, instrument = report.language, report.instrument
    shape = cells.number_format(language)
    bands = instrument.bands
    cells.text(sheet, 4, 4, words("rating", language), bold=True)
    cells.text(sheet, 4, 5, Text(id="Mulai dari", en="From").into(language), bold=True)
    for row, band in enumerate(bands, 5):
        cells.text(sheet, row, 4, band.name.into(language))
        cells.number(sheet, row, 5, band.lower, shape)
    last = 4 + len(bands)
    shown = instrument.rating_rule(report.year).rates == "shown"
    scale = instrument.scale
    lines = [
        (Text(id="Indeks dari data", en="Index from the data"), inputs.terms.mean, shape),
        (
            Text(id="Predikat dari data", en="Rating from the data"),
            rated("B4", f"$E$5:$E${last}", f"$D$5:$D${last}", shown=shown),
            "General",
        ),
        (Text(id="Batas bawah", en="Floor"), inputs.terms.bound(scale.lowest), shape),
        (Text(id="Batas atas", en="Ceiling"), inputs.terms.bound(scale.highest), shape),
    ]
    if inputs.counted is not None:
        lines.append(
            (Text(id="Indikator dinilai", en="Indicators assessed"), f"COUNT({inputs.counted})", "0"),
        )
    for row, (label, expression, form) in enumerate(lines, 4):
        cells.text(sheet, row, 1, label.into(language), bold=row < 6)
        cell = cells.formula(sheet, row, 2, expression, form)
        if row < 6:
            cell.font = Font(name="Calibri", bold=True, size=12)
    return max(4 + len(lines), last + 1)


def _line(sheet: Worksheet, row: int, line: str) -> None:
    """A line of text over the width of the sheet."""
    cells.text(sheet, row, 1, line)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=12)
    cells.fit(sheet, row, 130)
