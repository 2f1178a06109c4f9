"""The sheets of gaps, plan and sources."""

from fractions import Fraction

from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.reports.content import PlanPart, PlanRow, Report
from assistant.reports.wording import marked, words
from assistant.reports.workbook import cells
from assistant.reports.workbook.values import FIRST, Inputs
from scoring import Text
from scoring.figures import unrounded


def gaps_sheet(book: Workbook, report: Report, inputs: Inputs) -> None:
    """What every part costs the index, over the input cells; in the order of the day it was made."""
    language, scale = report.language, report.instrument.scale
    sheet = book.create_sheet(words("gaps", language))
    cells.title(sheet, words("gaps", language), words("gap_note", language))
    cells.line(sheet, 3, 1, words("import_reads", language, sheet=inputs.sheet))
    titles = [
        *(words(key, language) for key in ("number", inputs.kind, "weight")),
        words("level" if inputs.kind == "indicator" else "value", language),
        words("to_reference", language, level=report.reference),
        words("to_highest", language),
    ]
    cells.head(sheet, FIRST - 1, titles, [6, 52, 11, 10, 14, 14])
    gain = cells.number_format(language, "+")
    whole = inputs.kind == "indicator" and scale.whole
    bounds = (report.instrument.value_of(report.reference), scale.highest)
    for row, gap in enumerate(report.gaps, FIRST):
        cells.number(sheet, row, 1, gap.number, "0")
        cells.text(sheet, row, 2, gap.name)
        cells.formula(sheet, row, 3, inputs.weights[gap.number], cells.number_format(language))
        value = inputs.values[gap.number]
        cells.formula(sheet, row, 4, f'IF({value}="","",{value})', cells.number_format(language, 0 if whole else 2))
        for column, bound in enumerate(bounds, 5):
            lost = f'IF(D{row}="","",ROUND(C{row}*MAX(0,{unrounded(bound)}-D{row})/100,12))'
            cells.formula(sheet, row, column, lost, gain)


def plan_sheet(book: Workbook, report: Report, plan: PlanPart, inputs: Inputs) -> None:
    """The plan, a row an indicator, with columns for the agency to fill in."""
    language = report.language
    sheet = book.create_sheet(words("plan_sheet", language))
    cells.title(sheet, words("plan", language, target=plan.target), plan.verdict)
    cells.line(sheet, 3, 1, words("import_reads", language, sheet=inputs.sheet))
    keys = ("number", "indicator", "weight", "from", "to", "gain", "index", "requirement", "evidence")
    prices = ("cost", "weeks") if plan.priced else ()
    titles = [words(key, language) for key in (*keys, "owner", "due", "status", *prices)]
    widths = [6, 34, 10, 7, 7, 11, 9, 48, 48, 20, 13, 11, *(12 for _ in prices)]
    cells.head(sheet, FIRST - 1, titles, widths)
    shape, whole = cells.number_format(language), report.instrument.scale.whole
    for row, step in enumerate(plan.rows, FIRST):
        cells.number(sheet, row, 1, step.indicator, "0")
        cells.text(sheet, row, 2, _called(step, report))
        cells.number(sheet, row, 3, step.weight, shape)
        cells.number(sheet, row, 4, step.from_level, "0")
        cells.number(sheet, row, 5, step.to_level, "0")
        if whole:
            cells.formula(sheet, row, 6, f"ROUND(C{row}*(E{row}-D{row})/100,12)", cells.number_format(language, "+"))
        else:
            cells.number(sheet, row, 6, step.gain, cells.number_format(language, "+"))
        start = unrounded(plan.start) if _ends(plan.start) else repr(float(plan.start))
        cells.formula(sheet, row, 7, f"ROUND({start}+SUM(F${FIRST}:F{row}),12)", shape)
        asked = [f"{s.lead}: {s.text}" if s.lead else s.text for s in step.requirements]
        told = [marked(text, s.sources) for text, s in zip(asked, step.requirements, strict=True)]
        cells.text(sheet, row, 8, " ".join(told))
        cells.text(sheet, row, 9, " ".join(step.evidence))
        for column in (10, 11, 12):
            cells.entry(sheet, row, column, None, "dd/mm/yyyy" if column == 11 else "@")
        if plan.priced:
            cells.number(sheet, row, 13, step.cost, shape)
            if step.weeks is not None:
                cells.number(sheet, row, 14, step.weeks, "0.##")
        cells.fit(sheet, row)
    last = FIRST + len(plan.rows) - 1
    if plan.priced and plan.rows:
        cells.text(sheet, last + 1, 12, words("total", language), bold=True)
        for column, letter, form in ((13, "M", shape), (14, "N", "0.##")):
            cells.formula(sheet, last + 1, column, f"SUM({letter}{FIRST}:{letter}{last})", form)
    if plan.rows:
        states = Text(id="belum,berjalan,selesai", en="open,under way,done").into(language)
        rule = DataValidation(type="list", formula1=f'"{states}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"L{FIRST}:L{FIRST + len(plan.rows) - 1}")
    for row, note in enumerate(plan.notes, last + 3 if plan.priced else last + 2):
        cells.text(sheet, row, 2, note)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=8)


def _called(step: PlanRow, report: Report) -> str:
    return f"{step.name} ({words('not_assessed', report.language)})" if step.assumed else step.name


def _ends(value: Fraction) -> bool:
    return "/" not in unrounded(value)


def sources_sheet(book: Workbook, report: Report, inputs: Inputs | None) -> None:
    """The citations, one a row."""
    language = report.language
    sheet = book.create_sheet(words("sources", language))
    cells.title(sheet, words("sources", language), report.figures_from)
    if inputs is not None:
        cells.line(sheet, 3, 1, words("import_reads", language, sheet=inputs.sheet))
    titles = [words(key, language) for key in ("number", "reference", "place", "leaf", "kind", "status")]
    cells.head(sheet, FIRST - 1, titles, [6, 70, 36, 9, 18, 34])
    for row, citation in enumerate(report.citations, FIRST):
        status = [] if citation.kind == "finding" else [words(citation.status, language)]
        if citation.replaced_by:
            status.append(words("replaced_by", language, rule=citation.replaced_by))
        if citation.second_hand:
            status.append(words("second_hand", language))
        cells.number(sheet, row, 1, citation.number, "0")
        cells.text(sheet, row, 2, citation.title)
        cells.text(sheet, row, 3, citation.locator)
        if citation.page is not None:
            cells.number(sheet, row, 4, citation.page, "0")
        cells.text(sheet, row, 5, words(citation.kind, language))
        cells.text(sheet, row, 6, "; ".join(status))
        cells.fit(sheet, row)
