"""A report as PDF, with nothing but Python packages: ReportLab, and the font that matplotlib ships."""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # it writes XML  # nosec B406

import matplotlib
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepInFrame,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from assistant.answer import Chart
from assistant.charts import draw
from assistant.reports.content import Report, Statement
from assistant.reports.tables import Column, gap_table, indicator_table, node_table, plan_table
from assistant.reports.wording import day, marked, printable, words
from assistant.sources import source_line
from scoring import Language

_INK, _ACCENT, _PALE, _LINE = map(HexColor, ("#1a1a1a", "#0b5394", "#eef3f8", "#b8c4d0"))
_MARGIN = 18 * mm
_PADDING = 6  # points that a frame keeps inside its edges
_WIDTH = A4[0] - 2 * _MARGIN - 2 * _PADDING
_HEIGHT = A4[1] - 2 * _MARGIN - 8 * mm - 2 * _PADDING
_BODY = ParagraphStyle("body", fontName="Report", fontSize=9, leading=12.5, textColor=_INK)
_LARGE = ParagraphStyle("large", _BODY, fontSize=10.5, leading=15)
_SMALL = ParagraphStyle("small", _BODY, fontSize=7.5, leading=10)
_CELL = ParagraphStyle("cell", _BODY, fontSize=7.5, leading=10)
_HEAD = ParagraphStyle("head", _CELL, fontName="Report-Bold", textColor=white)
_TITLE = ParagraphStyle("title", _BODY, fontName="Report-Bold", fontSize=18, leading=23, textColor=_ACCENT)
_SECTION = ParagraphStyle(
    "section", _BODY, fontName="Report-Bold", fontSize=12.5, leading=16, textColor=_ACCENT, spaceBefore=8, spaceAfter=4
)
_FIGURE = ParagraphStyle(
    "figure", _BODY, fontName="Report-Bold", fontSize=17, leading=21, alignment=TA_CENTER, textColor=_ACCENT
)
_LABEL = ParagraphStyle("label", _SMALL, alignment=TA_CENTER)


def pdf(report: Report) -> bytes:
    """The report as a PDF document of A4 pages."""
    _fonts()
    buffer = io.BytesIO()
    title = f"{_title(report)}, {report.called} {report.year}"
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + 8 * mm,
        title=title,
        author="Tanya SPBE",
        subject=report.figures_from,
        lang=report.language,
        invariant=1,
    )
    parts = [KeepInFrame(_WIDTH, _HEIGHT - 1, list(_first_page(report)), mode="shrink")]
    if report.nodes:
        parts.append(PageBreak())
    parts.extend(_rest(report))
    document.build(parts, canvasmaker=_numbering(report.language, title))
    return buffer.getvalue()


@cache
def _fonts() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in (
        ("Report", "DejaVuSans.ttf"),
        ("Report-Bold", "DejaVuSans-Bold.ttf"),
        ("Report-Italic", "DejaVuSans-Oblique.ttf"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily("Report", "Report", "Report-Bold", "Report-Italic", "Report-Bold")


def _numbering(language: Language, title: str) -> Callable[..., Canvas]:
    """A canvas that knows, when it writes the foot of a page, how many pages there are."""

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - ReportLab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont("Report", 7.5)
                self.setFillColor(_INK)
                self.setStrokeColor(_LINE)
                self.line(_MARGIN, _MARGIN + 3 * mm, A4[0] - _MARGIN, _MARGIN + 3 * mm)
                self.drawString(_MARGIN, _MARGIN - 1 * mm, title)
                told = words("page", language, page=number, pages=len(self._pages))
                self.drawRightString(A4[0] - _MARGIN, _MARGIN - 1 * mm, told)
                super().showPage()
            super().save()

    return Numbered


def _title(report: Report) -> str:
    return words("report", report.language, index=report.instrument.short.into(report.language))


def _first_page(report: Report) -> Iterator[Flowable]:
    language, summary = report.language, report.summary
    yield Paragraph(escape(_title(report)), _TITLE)
    made_on = words("made_on", language, date=day(report.made_on, language))
    yield Paragraph(escape(f"{report.agency} · {report.year} · {report.stage} · {made_on}"), _BODY)
    yield Spacer(0, 4 * mm)
    yield _figures(report)
    yield Spacer(0, 3 * mm)
    yield Paragraph(" ".join(map(_marked, summary.verdict)), _LARGE)
    for key, statements in (("holding_back", summary.holding_back), ("first", summary.first)):
        if statements:
            yield from _section(words(key, language))
            yield _list(statements, _LARGE)
    if report.limits:
        yield from _section(words("limits", language))
        yield _list([Statement(limit) for limit in report.limits], _LARGE)
    yield Spacer(0, 3 * mm)
    yield Paragraph(escape(report.figures_from), _SMALL)


def _figures(report: Report) -> Table:
    """The key figures, side by side in boxes."""
    boxes = report.summary.figures
    cells = [[Paragraph(escape(box.value), _FIGURE), Paragraph(escape(box.label), _LABEL)] for box in boxes]
    table = Table([cells], colWidths=[_WIDTH / len(boxes)] * len(boxes))
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), _PALE),
                ("INNERGRID", (0, 0), (-1, -1), 4, white),
                ("TOPPADDING", (0, 0), (-1, -1), 8),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        )
    )
    return table


def _rest(report: Report) -> Iterator[Flowable]:
    language = report.language
    if report.nodes:
        yield from _section(words("values", language))
        if report.radar is not None:
            yield _picture(report.radar, language, 0.82)
        yield _table(node_table(report))
    if report.gaps:
        drawn = [] if report.bars is None else [_picture(report.bars, language, 0.95)]
        yield KeepTogether([Paragraph(words("gaps", language), _SECTION), *drawn])
        yield Paragraph(words("gap_note", language), _SMALL)
        yield Spacer(0, 1 * mm)
        yield _table(gap_table(report))
    if report.plan is not None:
        yield from _section(words("plan", language, target=report.plan.target))
        yield Paragraph(escape(report.plan.verdict), _BODY)
        yield Spacer(0, 2 * mm)
        if report.plan.rows:
            yield _table(plan_table(report))
        for note in report.plan.notes:
            yield Paragraph(escape(note), _SMALL)
    if report.findings:
        yield from _section(words("findings", language))
        yield _list(report.findings)
    if report.indicators:
        yield from _section(words("indicators", language))
        yield _table(indicator_table(report))
    if report.citations:
        yield from _section(words("sources", language))
        for citation in report.citations:
            yield Paragraph(escape(f"[{citation.number}] {printable(source_line(citation, language))}"), _CELL)


def _section(title: str) -> Iterator[Flowable]:
    """A heading that does not stand alone at the foot of a page."""
    yield CondPageBreak(60 * mm)
    yield Paragraph(escape(title), _SECTION)


def _marked(statement: Statement) -> str:
    lead = f"<b>{escape(statement.lead)}</b> " if statement.lead else ""
    return lead + escape(marked(statement.text, statement.sources))


def _list(statements: Sequence[Statement], style: ParagraphStyle = _BODY) -> ListFlowable:
    items = [ListItem(Paragraph(_marked(statement), style), spaceAfter=3) for statement in statements]
    return ListFlowable(items, bulletType="bullet", start="•", bulletFontName="Report", leftIndent=12, bulletFontSize=9)


def _picture(chart: Chart, language: Language, share: float) -> Image:
    data = io.BytesIO(draw(chart, language))
    across, down = ImageReader(data).getSize()
    data.seek(0)
    width = _WIDTH * share
    return Image(data, width, width * down / across)


def _table(table: tuple[list[Column], list[list[str | list[Statement]]]]) -> Table:
    """A table whose head is repeated on every page."""
    columns, rows = table
    right = ParagraphStyle("right", _CELL, alignment=TA_RIGHT)
    head_right = ParagraphStyle("head-right", _HEAD, alignment=TA_RIGHT)
    cells: list[list[Any]] = [[Paragraph(escape(c.title), head_right if c.figures else _HEAD) for c in columns]]
    for row in rows:
        cells.append(
            [_cell(cell, right if column.figures else _CELL) for cell, column in zip(row, columns, strict=True)]
        )
    total = sum(column.width for column in columns)
    drawn = Table(cells, colWidths=[_WIDTH * c.width / total for c in columns], repeatRows=1, hAlign="LEFT")
    drawn.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), _ACCENT),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, _PALE]),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return drawn


def _cell(cell: str | list[Statement], style: ParagraphStyle) -> Flowable | list[Flowable]:
    if isinstance(cell, str):
        return Paragraph(escape(cell), style)
    return [Paragraph(_marked(statement), style) for statement in cell]
