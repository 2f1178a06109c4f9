"""From a file to checked assessments: all of them or none."""

import json
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from ingest.assessments import tauval
from ingest.assessments.assembling import Checks, Gathered, Key, assemble, gather
from ingest.assessments.cells import Sheet, letters, words
from ingest.assessments.column_tables import find_heading, read_column_table
from ingest.assessments.containers import read_content
from ingest.assessments.delimited import decode, read_delimited
from ingest.assessments.documents import assessments_from
from ingest.assessments.figures import Figure
from ingest.assessments.labels import names_of
from ingest.assessments.letterhead import Context, Register, read_letterhead
from ingest.assessments.options import Options
from ingest.assessments.owners import Owners, check_years
from ingest.assessments.refusals import refuse
from ingest.assessments.report import Report
from ingest.assessments.row_tables import Found, read_row_table
from ingest.assessments.tables import find_label_columns
from ingest.assessments.totals import contradictions
from ingest.assessments.workbooks import read_workbook
from knowledge.library import Rule
from knowledge.passage import Passage
from scoring.assessment import Assessment
from scoring.instrument import load_instrument
from scoring.refusal import RefusedInput, Text

_POINTS = re.compile(r'\b(?:Impor membaca lembar|An import reads the sheet) "([^"]+)"', re.I)


@dataclass(frozen=True)
class Read:
    """One assessment that was read. ``source`` names file and sheet; ``blanks`` counts indicators not assessed."""

    assessment: Assessment
    source: str
    blanks: int = 0


@dataclass(frozen=True)
class Reading:
    """All that a file holds, ready to be stored, and the report on how it was read.

    Attributes:
        passages, rules: the assessors' findings, where the file is an evaluation report.
    """

    assessments: tuple[Read, ...]
    report: Report
    passages: tuple[Passage, ...] = ()
    rules: tuple[Rule, ...] = ()


def read_assessments(path: Path, register: Register | None, options: Options | None = None) -> Reading:
    """Read the assessments of a file.

    Args:
        path: XLSX, XLSM, XLS, ODS, CSV, JSON, or an evaluation report (LHE) as PDF.
        register: the agencies there are; None keeps names as they are written.
        options: what the person says about the file.

    Raises:
        RefusedInput: anything in it that cannot be used; nothing of the file is to be stored then.
    """
    options = options or Options()
    content, kind = read_content(path)
    if kind == "pdf":
        from ingest.assessments.evaluation_report import read_evaluation_report

        return read_evaluation_report(path, content, register, options)
    if kind == "text" and path.suffix.lower() == ".json":
        return _read_json(path, content, register, options)
    report = Report(path.name)
    if kind == "text":
        sheets = [read_delimited(content, path.name)]
    else:
        sheets, notes = read_workbook(content, path.name, kind)
        report.notes += notes
        if kind == "xlsx" and _has_macros(content):
            report.add("ignored", "makro di dalam berkas tidak dijalankan.", "the macros in the file were not run.")
    return _read_sheets(path, sheets, register, options, report)


def _read_sheets(
    path: Path, sheets: list[Sheet], register: Register | None, options: Options, report: Report
) -> Reading:
    found: dict[int, Found] = {}
    shared = Context()
    for position, sheet in enumerate(sheets):
        if source := _stands_for(sheet, sheets):
            report.add(
                "ignored",
                f'{sheet.place.id}: menunjuk ke lembar "{source}", yang dibaca lembar itu.',
                f'{sheet.place.en}: points to the sheet "{source}", which was read instead.',
            )
            continue
        table = _read_table(sheet, position, register)
        if table is not None:
            found[position] = table
            report.notes += table.notes
            continue
        if any(cell != "" for row in sheet.rows for cell in row):
            around = read_letterhead(sheet, range(min(len(sheet.rows), 60)), register)
            shared = Context(shared.agency or around.agency, shared.year or around.year, shared.stage or around.stage)
            report.add(
                "ignored",
                f"{sheet.place.id}: tidak ada tabel penilaian di dalamnya.",
                f"{sheet.place.en}: holds no table of an assessment.",
            )
    if not found:
        raise _no_table(path, sheets)
    checks = Checks(sheets, options.zero_is_missing)
    contexts = {position: table.context for position, table in found.items()}
    owners = Owners(path, register, options, checks, contexts, shared, report)
    gathered: dict[Key, Gathered] = {}
    for table in found.values():
        instrument = load_instrument(table.instrument)
        gather(table.figures, owners.key, instrument, checks, gathered)
        if table.evidence:
            gathered[owners.key(table.figures[0])].evidence |= table.evidence
        checks.refuse_zeros(instrument)
        _say_table(table, report)
    return _finish(path, gathered, sheets, checks, options, report)


def _stands_for(sheet: Sheet, sheets: list[Sheet]) -> str | None:
    """The sheet to which another one points above its table, as all of our own exports do but that of the inputs."""
    others = {other.name for other in sheets if other is not sheet}
    above = (match[1] for row in sheet.rows[:4] for cell in row if (match := _POINTS.search(words(cell))))
    return next((name for name in above if name in others), None)


def _read_table(sheet: Sheet, position: int, register: Register | None) -> Found | None:
    """The table of a sheet in whichever direction names more nodes; None where there is none."""
    labels = find_label_columns(sheet)
    heading = find_heading(sheet)
    down = len(labels.rows) if labels else 0
    across = len(heading.labels) if heading else 0
    if heading is not None and across >= max(down, 2):
        return read_column_table(sheet, position, heading, register)
    if labels is not None and down >= 1:
        return read_row_table(sheet, position, labels, register)
    return None


def _finish(
    path: Path, gathered: dict[Key, Gathered], sheets: list[Sheet], checks: Checks, options: Options, report: Report
) -> Reading:
    reads: list[Read] = []
    for key, held in gathered.items():
        assessment = assemble(key, held)
        checks.say_uncalculated(held, assessment, report)
        if assessment is None:
            continue
        names = [sheets[position].name for position in sorted(held.sheets)]
        source = ", ".join([path.name, *(f'"{name}"' for name in names if name)])
        reads.append(Read(assessment, source[:300], held.blanks))
    if checks.zeros:
        count = len(checks.zeros)
        report.add(
            "assumed",
            f"{count} nilai 0 dibaca sebagai belum dinilai (--zero-is-missing).",
            f"{count} values of 0 were read as not assessed (--zero-is-missing).",
        )
    if not reads:
        raise refuse(
            "nothing_assessed",
            path.name,
            Text(id="semua kolom nilainya kosong", en="all its columns of values are blank"),
            Text(id="sedikitnya satu nilai", en="at least one value"),
            Text(id="Isi nilainya lalu jalankan perintah yang sama.", en="Fill in values and run the same command."),
        )
    return Reading(tuple(checked(path, reads, options, report)), report)


def checked(path: Path, reads: list[Read], options: Options, report: Report) -> list[Read]:
    """Hold totals against levels, and say what was read.

    Levels that do not give their own totals are refused, as a level is probably mistyped. Totals of which no
    levels are known are the ministry's own and stay as published; what does not fit is reported.

    Raises:
        RefusedInput: levels and totals disagree, and the person did not accept that.
    """
    for read in reads:
        wrong = contradictions(read.assessment)
        known = read.assessment
        who = f"{known.agency} {known.year} {known.stage}"
        for text in wrong:
            report.add("contradiction", f"{who}: {text.id}", f"{who}: {text.en}")
        if wrong and known.levels and not options.accept_contradictions:
            raise refuse(
                "contradictory_totals",
                Text(id=f"{path.name}, {who}", en=f"{path.name}, {who}"),
                Text(id=" ".join(t.id for t in wrong).rstrip("."), en=" ".join(t.en for t in wrong).rstrip(".")),
                Text(id="tingkat yang menghasilkan nilai totalnya", en="levels that make their totals"),
                Text(
                    id="Periksa tingkat dan totalnya; bila memang begitu, ulangi dengan --accept-contradictions.",
                    en="Check levels and totals; if they are meant so, repeat with --accept-contradictions.",
                ),
                contradictions=[t.id for t in wrong],
            )
        _say_read(read, who, report)
    for instrument in sorted({read.assessment.instrument for read in reads}):
        years = [read.assessment.year for read in reads if read.assessment.instrument == instrument]
        check_years(instrument, years, report)
    return reads


def _say_read(read: Read, who: str, report: Report) -> None:
    known = read.assessment
    instrument = load_instrument(known.instrument)
    sizes = {
        "indicator": (len(known.levels), len(instrument.indicators), "indikator", "indicators"),
        "aspect": (len(known.aspects), len(instrument.aspects), "aspek", "aspects"),
        "domain": (len(known.domains), len(instrument.domains), "domain", "domains"),
        "index": (1, 1, "indeks", "index"),
    }
    count, size, word, english = sizes[known.basis]
    missing = size - count
    blank_id = f", {missing} belum dinilai" if missing else ""
    blank_en = f", {missing} not assessed" if missing else ""
    report.add(
        "read",
        f"{who}: {count} dari {size} {word} ({known.instrument}){blank_id}; {read.source}.",
        f"{who}: {count} of {size} {english} ({known.instrument}){blank_en}; {read.source}.",
    )


def _say_table(table: Found, report: Report) -> None:
    rows = [figure.row for figure in table.figures]
    columns = sorted({figure.column for figure in table.figures})
    if not rows:
        return
    place = table.sheet.place
    where = f"{min(rows) + 1}-{max(rows) + 1}"
    named = ", ".join(letters(column) for column in columns[:8]) + (" ..." if len(columns) > 8 else "")
    report.add(
        "read",
        f"{place.id}: baris {where}, kolom {named}; instrumen {table.instrument}.",
        f"{place.en}: rows {where}, columns {named}; instrument {table.instrument}.",
    )


def _read_json(path: Path, content: bytes, register: Register | None, options: Options) -> Reading:
    report = Report(path.name)
    try:
        document: Any = json.loads(decode(content, path.name))
    except (ValueError, RecursionError) as reason:  # a number of thousands of digits is a ValueError too
        line, column = getattr(reason, "lineno", 1), getattr(reason, "colno", 1)
        raise refuse(
            "not_json",
            Text(id=f"{path.name}, baris {line}, kolom {column}", en=f"{path.name}, line {line}, column {column}"),
            Text(id="bukan JSON yang benar", en="it is not valid JSON"),
            Text(id="dokumen penilaian sebagai JSON", en="an assessment as JSON"),
            Text(
                id="Perbaiki di tempat itu lalu jalankan perintah yang sama.",
                en="Mend it there and run the same command.",
            ),
        ) from reason
    sheet = Sheet(None, [], path.name)
    checks = Checks([sheet], options.zero_is_missing)
    owners = Owners(path, register, options, checks, {0: Context()}, Context(), report)
    if not _is_contract(document) and tauval.is_tauval(document):
        return _read_tauval(path, tauval.figures_of(document), owners, options)
    reads = []
    try:
        documents = assessments_from(document, path.name)
    except RefusedInput as reason:
        message = Text(
            id=f"{reason.message.id} Tidak ada yang disimpan. Perbaiki lalu jalankan perintah yang sama.",
            en=f"{reason.message.en} Nothing was stored. Mend it and run the same command.",
        )
        raise RefusedInput(reason.code, message, **reason.details) from reason
    for one in documents:
        known = replace_agency(one, owners.registered(one.agency))
        reads.append(Read(known, path.name))
    return Reading(tuple(checked(path, reads, options, report)), report)


def _is_contract(document: Any) -> bool:
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and bool({"levels", "aspects", "domains", "published"} & set(first))


def _read_tauval(path: Path, figures: list[Figure], owners: Owners, options: Options) -> Reading:
    years = {figure.year for figure in figures}
    name = next((n for n in ("spbe-2020",) if not years or all(y is None or y <= 2025 for y in years)), "pemdi-2026")
    gathered: dict[Key, Gathered] = {}
    gather(figures, owners.key, names_of(name).instrument, owners.checks, gathered)
    owners.report.add("read", "dokumen TAUVAL.", "a TAUVAL document.")
    return _finish(path, gathered, owners.checks.sheets, owners.checks, options, owners.report)


def replace_agency(assessment: Assessment, name: str) -> Assessment:
    return assessment if assessment.agency == name else assessment.model_copy(update={"agency": name})


def _has_macros(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return any(name.endswith("vbaProject.bin") for name in archive.namelist())


def _no_table(path: Path, sheets: list[Sheet]) -> RefusedInput:
    names = ", ".join(f'"{sheet.name}"' for sheet in sheets if sheet.name) or "-"
    return refuse(
        "no_table",
        path.name,
        Text(
            id=f"tidak ada tabel penilaian di dalamnya (lembar: {names})",
            en=f"it holds no table of an assessment (sheets: {names})",
        ),
        Text(
            id='tabel dengan baris judul dan indikator ("No | Indikator | Nilai"), atau satu instansi per baris '
            '("Instansi | D1 | D2 | D3 | D4 | Indeks")',
            en='a table with a header and indicators ("No | Indikator | Nilai"), or one agency a row '
            '("Instansi | D1 | D2 | D3 | D4 | Indeks")',
        ),
        Text(id="Periksa apakah ini berkas yang dimaksud.", en="Check whether this is the file that was meant."),
        sheets=[sheet.name for sheet in sheets],
    )
