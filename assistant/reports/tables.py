"""The tables of the PDF and DOCX reports, as words: what stands in which column."""

from dataclasses import dataclass

from assistant.reports.content import Report, Statement
from assistant.reports.wording import effect, figure, level, weight, words

Cells = list[list["str | list[Statement]"]]


@dataclass(frozen=True)
class Column:
    """A column: ``width`` in relation to the others; ``figures`` are set to the right."""

    title: str
    width: float
    figures: bool = False


def node_table(report: Report) -> tuple[list[Column], Cells]:
    """Domains and aspects with weight and value, an interval where something is missing."""
    language = report.language
    rows: Cells = []
    for node in report.nodes:
        low, high = figure(node.floor, language), figure(node.ceiling, language)
        told = low if node.value is not None else f"{low}–{high}"
        name = f"{words(node.kind, language)} {node.number}"
        rows.append([name, node.name, weight(node.weight, language), told])
    columns = [
        Column(words("part", language), 2),
        Column(words("name", language), 7),
        Column(words("weight", language), 2, figures=True),
        Column(words("value", language), 2.4, figures=True),
    ]
    return columns, rows


def gap_table(report: Report) -> tuple[list[Column], Cells]:
    """What is below the reference level, or all that is below the highest where nothing is."""
    language, whole = report.language, report.instrument.scale.whole
    below = [gap for gap in report.gaps if gap.to_reference > 0] or [gap for gap in report.gaps if gap.to_highest > 0]
    rows: Cells = []
    for gap in below:
        told = level(gap.value, language, whole=whole) if gap.kind == "indicator" else figure(gap.value, language)
        one_more = "–" if gap.one_more is None else f"+{effect(gap.one_more, language)}"
        losses = [f"+{effect(loss, language)}" for loss in (gap.to_reference, gap.to_highest)]
        rows.append([str(gap.number), gap.name, told, one_more, *losses])
    kind = report.gaps[0].kind
    columns = [
        Column(words("number", language), 1, figures=True),
        Column(words(kind, language), 6),
        Column(words("level" if kind == "indicator" else "value", language), 1.4, figures=True),
        Column(words("one_more", language), 1.8, figures=True),
        Column(words("to_reference", language, level=report.reference), 1.8, figures=True),
        Column(words("to_highest", language), 1.9, figures=True),
    ]
    return columns, rows


def plan_table(report: Report) -> tuple[list[Column], Cells]:
    """The plan's rows with empty columns for owner and date."""
    language = report.language
    rows: Cells = []
    for row in report.plan.rows if report.plan else ():
        start = words("not_assessed", language) if row.assumed else row.from_level
        steps = f"{start} → {row.to_level}"
        gain = f"+{effect(row.gain, language)}"
        rows.append([f"{row.name} ({row.indicator})", steps, gain, list(row.requirements), "", ""])
    columns = [
        Column(words("indicator", language), 3.0),
        Column(words("level", language), 1.7),
        Column(words("gain", language), 2.1, figures=True),
        Column(words("requirement", language), 5.0),
        Column(words("owner", language), 2.6),
        Column(words("due", language), 1.8),
    ]
    return columns, rows


def indicator_table(report: Report) -> tuple[list[Column], Cells]:
    """Every indicator with its aspect, weight and level."""
    language, whole = report.language, report.instrument.scale.whole
    rows: Cells = []
    for row in report.indicators:
        told = words("not_assessed", language) if row.value is None else level(row.value, language, whole=whole)
        rows.append([str(row.number), row.name, str(row.aspect), weight(row.weight, language), told])
    columns = [
        Column(words("number", language), 1, figures=True),
        Column(words("indicator", language), 7),
        Column(words("aspect", language), 1.3, figures=True),
        Column(words("weight", language), 1.6, figures=True),
        Column(words("level" if whole else "value", language), 1.8, figures=True),
    ]
    return columns, rows
