"""A report as DOCX: real headings, tables whose heads repeat, pictures with words for those who do not see them."""

import io
from collections.abc import Sequence
from datetime import datetime, time

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from assistant.answer import Chart
from assistant.charts import draw
from assistant.reports.content import Report, Statement
from assistant.reports.packing import packed
from assistant.reports.tables import Cells, Column, gap_table, indicator_table, node_table, plan_table
from assistant.reports.wording import day, marked, printable, words
from assistant.sources import source_line
from scoring import Language

_INK, _ACCENT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x0B, 0x53, 0x94)
_LOCALES: dict[Language, str] = {"id": "id-ID", "en": "en-GB"}
_PAGE, _MARGIN = (Cm(21.0), Cm(29.7)), Cm(2.0)
_SPOKEN = ("Calibri", 10.5)  # the body's font and its size in points


def docx(report: Report) -> bytes:
    """The report as a Word document of A4 pages."""
    document = Document()
    title = words("report", report.language, index=report.instrument.short.into(report.language))
    _set_up(document, report, f"{title}, {report.called} {report.year}")
    document.add_heading(title, level=0)
    made_on = words("made_on", report.language, date=day(report.made_on, report.language))
    document.add_paragraph(f"{report.agency} · {report.year} · {report.stage} · {made_on}")
    _summary(document, report)
    if report.nodes:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _rest(document, report)
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(buffer.getvalue(), report.made_on)


def _summary(document: Docx, report: Report) -> None:
    language, summary = report.language, report.summary
    figures = document.add_table(rows=2, cols=len(summary.figures))
    for cell, figure in zip(figures.rows[0].cells, summary.figures, strict=True):
        run = _centred(cell).add_run(figure.value)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(18), _ACCENT
    for cell, figure in zip(figures.rows[1].cells, summary.figures, strict=True):
        _centred(cell).add_run(figure.label)
    document.add_heading(words("summary", language), level=1)
    document.add_paragraph(" ".join(marked(s.text, s.sources) for s in summary.verdict))
    for key, statements in (("holding_back", summary.holding_back), ("first", summary.first)):
        _list(document, words(key, language), statements)
    _list(document, words("limits", language), [Statement(limit) for limit in report.limits])
    document.add_paragraph(report.figures_from)


def _rest(document: Docx, report: Report) -> None:
    language = report.language
    if report.nodes:
        document.add_heading(words("values", language), level=1)
        _picture(document, report.radar, language)
        _table(document, *node_table(report))
    if report.gaps:
        document.add_heading(words("gaps", language), level=1)
        _picture(document, report.bars, language)
        document.add_paragraph(words("gap_note", language))
        _table(document, *gap_table(report))
    if report.plan is not None:
        document.add_heading(words("plan", language, target=report.plan.target), level=1)
        document.add_paragraph(report.plan.verdict)
        if report.plan.rows:
            _table(document, *plan_table(report))
        for note in report.plan.notes:
            document.add_paragraph(note)
    _list(document, words("findings", language), report.findings)
    if report.indicators:
        document.add_heading(words("indicators", language), level=1)
        _table(document, *indicator_table(report))
    if report.citations:
        document.add_heading(words("sources", language), level=1)
    for citation in report.citations:
        document.add_paragraph(f"[{citation.number}] {printable(source_line(citation, language))}")


def _list(document: Docx, title: str, statements: Sequence[Statement]) -> None:
    """A heading with a list of statements, nothing for none."""
    if statements:
        document.add_heading(title, level=1)
    for statement in statements:
        _write(document.add_paragraph(style="List Bullet"), statement)


def _write(paragraph: Paragraph, statement: Statement) -> None:
    if statement.lead:
        paragraph.add_run(f"{statement.lead} ").bold = True
    paragraph.add_run(marked(statement.text, statement.sources))


def _picture(document: Docx, chart: Chart | None, language: Language) -> None:
    """The chart with its title and its values as alternative text."""
    if chart is None:
        return
    document.add_picture(io.BytesIO(draw(chart, language)), width=Cm(15.5))
    described = document.inline_shapes[-1]._inline.docPr
    described.set("descr", f"{chart.title}. {chart.summary}.")
    described.set("title", chart.title)


def _table(document: Docx, columns: list[Column], rows: Cells) -> None:
    table = document.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    table.autofit = False
    share = (_PAGE[0] - 2 * _MARGIN) / sum(column.width for column in columns)
    for drawn, column in zip(table.columns, columns, strict=True):
        drawn.width = Emu(int(column.width * share))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:  # the first column is no head
        look.set(qn("w:firstColumn"), "0")
        look.set(qn("w:val"), "0420")
    _repeated(table.rows[0])
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        cell.width = Emu(int(column.width * share))
        cell.paragraphs[0].add_run(column.title)
        _small(cell, figures=column.figures)
    for row in rows:
        added = table.add_row()
        _kept_together(added)
        for cell, column, content in zip(added.cells, columns, row, strict=True):
            cell.width = Emu(int(column.width * share))
            _fill(cell, [Statement(content)] if isinstance(content, str) else content)
            _small(cell, figures=column.figures)
    document.add_paragraph()


def _fill(cell: _Cell, statements: Sequence[Statement]) -> None:
    for place, statement in enumerate(statements):
        _write(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), statement)


def _small(cell: _Cell, *, figures: bool) -> None:
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(1)
        if figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            run.font.size = Pt(8.5)


def _centred(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _set_up(document: Docx, report: Report, title: str) -> None:
    """Page, fonts, language, properties, and the foot with the page number."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _SPOKEN[0], Pt(_SPOKEN[1])
    normal.font.color.rgb = _INK
    normal.paragraph_format.space_after = Pt(4)
    for style in ("Title", "Heading 1"):
        document.styles[style].font.color.rgb = _ACCENT
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), _LOCALES[report.language])
    stamp = datetime.combine(report.made_on, time())
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "Tanya SPBE", _LOCALES[report.language]
    properties.created = properties.modified = stamp
    properties.comments = ""
    foot = section.footer.paragraphs[0]
    before, between, after = words("page", report.language, page="\0", pages="\0").split("\0")
    foot.add_run(f"{title} · {before}")
    _field(foot, "PAGE")
    foot.add_run(between)
    _field(foot, "NUMPAGES")
    foot.add_run(after)


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _repeated(row: _Row) -> None:
    """Let a row be the head of the table on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _kept_together(row: _Row) -> None:
    """Let a row not be torn over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
