"""The sheets with the inputs: the levels of all indicators, and the domains and aspects they give."""

from dataclasses import dataclass

from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assistant.reports.content import NodeRow, Report
from assistant.reports.wording import words
from assistant.reports.workbook import cells
from assistant.reports.workbook.formulas import Terms, over_cells, over_range
from scoring import Instrument, Language, Text
from scoring.figures import unrounded

FIRST = 5  # row of the first entry under the head
_GRAINS = ("index", "domain", "aspect", "indicator")


@dataclass(frozen=True)
class Inputs:
    """Where the input cells are.

    Attributes:
        kind: what they hold the values of. terms: of the whole index.
        values, weights: cell of every part, by its number, with the sheet.
        counted: the range of the values, where it is one.
    """

    kind: str
    terms: Terms
    values: dict[int, str]
    weights: dict[int, str]
    counted: str | None = None

    @property
    def sheet(self) -> str:
        """The name of the sheet they are on."""
        return next(iter(self.values.values())).rsplit("!", 1)[0].strip("'")


def levels_sheet(book: Workbook, report: Report) -> Inputs:
    """All indicators, their levels as inputs."""
    language, instrument = report.language, report.instrument
    sheet = book.create_sheet(words("indicator", language))
    hint = Text(
        id="Ubah sel kuning; aspek, domain, indeks, dan predikat ikut berubah. Kosong berarti belum dinilai.",
        en="Change the yellow cells; aspects, domains, index and rating follow. Empty means not assessed.",
    )
    cells.title(sheet, words("indicators", language), hint.into(language))
    _say_whose(sheet, report, (1, 3, 5))
    titles = [words(key, language) for key in ("number", "indicator", "domain", "aspect", "weight", "level")]
    titles.append(Text(id="Tercatat", en="Recorded").into(language))
    titles.append(Text(id="Sumbangan", en="Contribution").into(language))
    cells.head(sheet, FIRST - 1, titles, [6, 52, 9, 8, 11, 10, 10, 14])
    shape = cells.number_format(language, 0 if instrument.scale.whole else 2)
    for row, entry in enumerate(report.indicators, FIRST):
        domain = instrument.aspects[entry.aspect - 1].domain
        cells.number(sheet, row, 1, entry.number, "0")
        cells.text(sheet, row, 2, entry.name)
        if domain is not None:
            cells.number(sheet, row, 3, domain, "0")
        cells.number(sheet, row, 4, entry.aspect, "0")
        cells.number(sheet, row, 5, entry.weight, cells.number_format(language))
        cells.entry(sheet, row, 6, entry.value, shape)
        if entry.value is not None:
            cells.number(sheet, row, 7, entry.value, shape)
        cells.formula(sheet, row, 8, f'IF(F{row}="","",E{row}*F{row}/100)', cells.number_format(language, 4))
    name, rows = f"'{sheet.title}'", range(FIRST, FIRST + len(report.indicators))
    _accept(sheet, f"F{rows[0]}:F{rows[-1]}", instrument, language, whole=instrument.scale.whole)
    weights, values = (f"{name}!${column}${rows[0]}:${column}${rows[-1]}" for column in "EF")
    numbered = {entry.number: row for entry, row in zip(report.indicators, rows, strict=True)}
    return Inputs(
        kind="indicator",
        terms=over_range(weights, values),
        values={number: f"{name}!$F${row}" for number, row in numbered.items()},
        weights={number: f"{name}!$E${row}" for number, row in numbered.items()},
        counted=values,
    )


def nodes_sheet(book: Workbook, report: Report, levels: Inputs | None) -> Inputs:
    """Domains and aspects over the levels; without levels the finest values that are known are the inputs."""
    language = report.language
    sheet = book.create_sheet(f"{words('domain', language)} & {words('aspect', language)}")
    cells.title(sheet, words("values", language))
    if levels is None:
        _say_whose(sheet, report, (1, 4, 6))
    else:
        cells.line(sheet, 3, 1, words("import_reads", language, sheet=levels.sheet))
    titles = [words(key, language) for key in ("part", "number", "name", "weight", "value", "floor", "ceiling")]
    titles.append(Text(id="Diumumkan", en="Published").into(language))
    cells.head(sheet, FIRST - 1, titles, [10, 6, 52, 11, 10, 12, 12, 12])
    name, basis = f"'{sheet.title}'", "indicator" if levels else report.assessment.basis
    rows = {(node.kind, node.number): row for row, node in enumerate(report.nodes, FIRST)}
    shape = cells.number_format(language)
    stated = report.assessment.published
    for node in report.nodes:
        row = rows[node.kind, node.number]
        cells.text(sheet, row, 1, words(node.kind, language))
        cells.number(sheet, row, 2, node.number, "0")
        cells.text(sheet, row, 3, node.name)
        cells.number(sheet, row, 4, node.weight, shape)
        _value(sheet, row, node, report, levels, {key: f"{row}" for key, row in rows.items()}, basis)
        known = {} if stated is None else (stated.domains if node.kind == "domain" else stated.aspects)
        if node.number in known:
            cells.number(sheet, row, 8, known[node.number], shape)
    if levels is not None:
        return levels
    mine = {number: row for (kind, number), row in rows.items() if kind == basis}
    values = {number: f"{name}!$E${row}" for number, row in mine.items()}
    weights = {number: f"{name}!$D${row}" for number, row in mine.items()}
    return Inputs(basis, over_cells([(weights[number], values[number]) for number in mine]), values, weights)


def _say_whose(sheet: Worksheet, report: Report, columns: tuple[int, int, int]) -> None:
    """Agency, year and stage above the inputs, so that the sheet can be imported again; the stage may be changed."""
    language = report.language
    said = (
        words("whose", language, agency=report.agency),
        words("of_year", language, year=report.year),
        words("at_stage", language, stage=report.stage),
    )
    for column, text in zip(columns, said, strict=True):
        cells.line(sheet, 3, column, text)


def _value(
    sheet: Worksheet,
    row: int,
    node: NodeRow,
    report: Report,
    levels: Inputs | None,
    rows: dict[tuple[str, int], str],
    basis: str,
) -> None:
    """The value of a node: an input, a mean of what is under it, or a number where it is only published."""
    instrument, shape = report.instrument, cells.number_format(report.language)
    if node.kind == basis:
        cells.entry(sheet, row, 5, report.given(node), shape)
        _accept(sheet, f"E{row}", instrument, report.language, whole=False)
        for column, bound in ((6, instrument.scale.lowest), (7, instrument.scale.highest)):
            cells.formula(sheet, row, column, f'IF(E{row}="",{unrounded(bound)},E{row})', shape)
        return
    if _GRAINS.index(node.kind) > _GRAINS.index(basis):
        if node.value is not None:
            cells.number(sheet, row, 5, node.value, shape)
        return
    if levels is not None:
        under = instrument.indicators_under(f"{node.kind} {node.number}")
        pairs = [(levels.weights[part.number], levels.values[part.number]) for part in under]
    else:
        aspects = instrument.aspects_of(instrument.domains[node.number - 1])
        pairs = [(f"D{rows['aspect', a.number]}", f"E{rows['aspect', a.number]}") for a in aspects]
    terms = over_cells(pairs)
    cells.formula(sheet, row, 5, terms.mean, shape)
    cells.formula(sheet, row, 6, terms.bound(instrument.scale.lowest), shape)
    cells.formula(sheet, row, 7, terms.bound(instrument.scale.highest), shape)


def _accept(sheet: Worksheet, where: str, instrument: Instrument, language: Language, *, whole: bool) -> None:
    """Let cells take what the scale has, and say so when something else is typed."""
    low, high = instrument.scale.lowest, instrument.scale.highest
    if whole:
        levels = ",".join(map(str, instrument.levels))
        rule = DataValidation(type="list", formula1=f'"{levels}"', allow_blank=True)
    else:
        rule = DataValidation(
            type="decimal", operator="between", formula1=unrounded(low), formula2=unrounded(high), allow_blank=True
        )
    told = Text(
        id=f"Yang diterima: {'tingkat' if whole else 'nilai'} {unrounded(low)} sampai {unrounded(high)}, "
        "atau kosong bila belum dinilai.",
        en=f"Accepted: a {'level' if whole else 'value'} from {unrounded(low)} to {unrounded(high)}, "
        "or empty where not assessed.",
    )
    rule.errorTitle, rule.error, rule.showErrorMessage = words("level", language), told.into(language), True
    sheet.add_data_validation(rule)
    rule.add(where)
