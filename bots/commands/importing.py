"""spbe import: assessments from files, all of a file or nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.commands.asking import AsJson, Lang
from bots.commands.output import emit, language, progress_bar, refusing, say
from scoring.refusal import Language, RefusedInput, Text

if TYPE_CHECKING:
    from assistant.records.agencies import Agencies
    from bots.assembly import Installation
    from ingest.assessments import Options, Reading


def import_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="XLSX, XLS, ODS, CSV, JSON, PDF (LHE).", metavar="FILE...")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Baca dan laporkan saja / read and report only.")] = False,
    publish: Annotated[bool, typer.Option("--publish", help="Boleh dilihat semua orang / visible to all.")] = False,
    agency: Annotated[str | None, typer.Option(help="Instansi bila berkas tidak menyebutnya / agency.")] = None,
    year: Annotated[int | None, typer.Option(help="Tahun bila berkas tidak menyebutnya / year.")] = None,
    stage: Annotated[str | None, typer.Option(help="target | self | internal | external | final")] = None,
    zero_is_missing: Annotated[bool, typer.Option(help="0 berarti belum dinilai / 0 means not assessed.")] = False,
    accept_contradictions: Annotated[
        bool, typer.Option(help="Simpan walau total tidak cocok / store although totals disagree.")
    ] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Impor penilaian dari berkas / import assessments from files."""
    with refusing(lang):
        speak = language(lang)
        from ingest.assessments import Options

        options = Options(agency, year, _stage(stage), zero_is_missing, accept_contradictions, publish)
        installation: Installation = context.obj
        documents = [_import_one(installation, file, options, dry_run, speak, as_json) for file in files]
        if as_json:
            emit({"dry_run": dry_run, "files": documents})
    if any("error" in document for document in documents):
        raise typer.Exit(1)


def _import_one(
    installation: Installation, file: Path, options: Options, dry_run: bool, speak: Language, quiet: bool
) -> dict[str, Any]:
    """Read, and unless it is a dry run store, one file; what was refused is said and stores nothing."""
    from ingest.assessments import read_assessments

    try:
        register = _register(installation)
        reading = read_assessments(file, register, options)
        stored = 0 if dry_run else _store(installation, register, reading, options.published)
    except RefusedInput as reason:
        if not quiet:
            say(reason.message.into(speak))
        message = reason.message.into(speak)
        return {"file": file.name, "error": {"code": reason.code, "message": message, "details": reason.details}}
    if not quiet:
        _print(reading, stored, dry_run, speak)
    return {
        **reading.report.document(speak),
        "assessments": [_document(read.assessment) for read in reading.assessments],
        "findings": len(reading.passages),
        "stored": stored,
    }


def _store(installation: Installation, register: Agencies, reading: Reading, published: bool) -> int:
    """Store assessments and findings; returns how many assessments are new or changed.

    The findings are embedded and indexed first: if that fails, no assessment has been stored either.
    """
    from assistant.permissions import OPERATOR
    from assistant.records.assessments import Assessments

    if reading.passages:
        _store_findings(installation, reading)
    records = Assessments(installation.engine, OPERATOR)
    entries = [(register.find(read.assessment.agency), read.assessment, read.source) for read in reading.assessments]
    return records.store_all(entries, published=published)


def _store_findings(installation: Installation, reading: Reading) -> None:
    from knowledge.building import Origin

    with progress_bar() as report:
        installation.prepare(report)
        builder = installation.builder(report)
        for rule in reading.rules:
            passages = [passage for passage in reading.passages if passage.rule == rule.id]
            name = f"finding:{rule.id.removeprefix('lhe-')}"
            with installation.index.writing():
                builder.put(Origin(name, passages, (rule,), source=rule.source))
        installation.index.synchronise()


def _register(installation: Installation) -> Agencies:
    from sqlalchemy.orm import Session

    from assistant.records.agencies import Agencies

    with Session(installation.engine) as session:
        return Agencies.load(session)


def _print(reading: Reading, stored: int, dry_run: bool, speak: Language) -> None:
    print(reading.report.text(speak))
    count, findings = len(reading.assessments), len(reading.passages)
    if dry_run:
        done = Text(
            id=f"{count} penilaian dan {findings} catatan terbaca. Tidak ada yang disimpan (--dry-run).",
            en=f"{count} assessments and {findings} remarks were read. Nothing was stored (--dry-run).",
        )
    else:
        same = count - stored
        done = Text(
            id=f"{stored} penilaian disimpan, {same} sudah ada dan sama; {findings} catatan asesor.",
            en=f"{stored} assessments stored, {same} were held already; {findings} remarks of the assessors.",
        )
    print(f"  {done.into(speak)}")


def _document(assessment: Any) -> dict[str, Any]:
    document: dict[str, Any] = assessment.model_dump(mode="json", exclude_defaults=True)
    return {"instrument": assessment.instrument, "stage": assessment.stage, **document}


def _stage(stage: str | None) -> Any:
    """The stage that was asked for.

    Raises:
        RefusedInput: there is none of that name.
    """
    from scoring.assessment import STAGE_NAMES

    if stage is None or stage in STAGE_NAMES:
        return stage
    known = ", ".join(STAGE_NAMES)
    raise RefusedInput(
        "unknown_stage",
        Text(
            id=f"Tahap {stage!r} tidak ada. Yang diterima: {known}.",
            en=f"There is no stage {stage!r}. Accepted: {known}.",
        ),
        stage=stage,
    )
