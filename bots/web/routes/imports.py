"""Import of a file: read and reported first, stored only after a yes. /penilaian/impor"""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.records.agencies import AgencyEntry
from assistant.records.evidence import LARGEST
from bots.waiting_files import WaitingFiles
from bots.web.language import language_of
from bots.web.pages import PageRoute, not_found, render
from bots.web.records import Records
from bots.web.state import FilledInBy, UsesRecords, Visit
from ingest.assessments import Options, Read, Reading, read_assessments
from scoring import STAGE_NAMES, RefusedInput, Scoring, Stage, Text

router = APIRouter(prefix="/penilaian/impor", include_in_schema=False, route_class=PageRoute)

Year = Annotated[str, Form(max_length=4, pattern=r"^(20\d\d)?$")]
StageName = Annotated[str, Form(max_length=10)]


@router.get("", response_class=HTMLResponse)
def form(request: Request, visit: FilledInBy) -> HTMLResponse:
    """Choose a file."""
    return render(request, "import.html", visit, problem=None, stages=STAGE_NAMES)


@router.post("", response_class=HTMLResponse)
def read(
    request: Request,
    visit: FilledInBy,
    records: UsesRecords,
    berkas: UploadFile,
    year: Year = "",
    stage: StageName = "",
    zero_is_missing: Annotated[bool, Form()] = False,
    accept_contradictions: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """Read the file and say what was read; nothing is stored yet."""
    said = {
        "year": year,
        "stage": stage,
        "zero_is_missing": zero_is_missing,
        "accept_contradictions": accept_contradictions,
    }
    waiting = _waiting(records, visit)
    token, path = waiting.keep(berkas.filename or "berkas", berkas.file.read(LARGEST + 1))
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(path.name)
        reading = _read(records, visit, path, year, stage, zero_is_missing, accept_contradictions)
    except RefusedInput as refused:
        waiting.drop(token)
        problem = refused.message.into(language_of(request))
        return render(request, "import.html", visit, 422, problem=problem, stages=STAGE_NAMES)
    return render(
        request,
        "import_report.html",
        visit,
        token=token,
        said=said,
        file=path.name,
        reading=reading,
        lines=reading.report.document(language_of(request)),
        read=[(one, Scoring(one.assessment).scorecard(), _into_form(one)) for one in reading.assessments],
    )


@router.post("/{token}")
def store(
    request: Request,
    token: str,
    visit: FilledInBy,
    records: UsesRecords,
    year: Year = "",
    stage: StageName = "",
    zero_is_missing: Annotated[bool, Form()] = False,
    accept_contradictions: Annotated[bool, Form()] = False,
) -> Response:
    """Store what was reported: a self-assessment into its form, everything else as a private record."""
    waiting = _waiting(records, visit)
    path = waiting.find(token)
    if path is None:
        raise not_found("Berkas itu tidak menunggu lagi. Unggah sekali lagi.", "That file is gone. Upload it again.")
    reading = _read(records, visit, path, year, stage, zero_is_missing, accept_contradictions)
    assert visit.agency is not None
    drafts = records.drafts(visit.asker, visit.agency)
    forms = [one.assessment for one in reading.assessments if _into_form(one)]
    for assessment in forms:
        draft = drafts.begin(assessment.year, assessment.instrument)
        if draft.submitted_at is not None or draft.instrument != assessment.instrument:
            raise _form_closed(assessment.year)
    records.keep_findings(reading)
    for assessment in forms:
        drafts.fill(assessment.year, assessment.levels)
    others = [(visit.agency, one.assessment, one.source) for one in reading.assessments if not _into_form(one)]
    records.assessments(visit.asker).store_all(others, published=False)
    waiting.drop(token)
    goal = f"/penilaian/{forms[0].year}" if len(forms) == 1 else "/penilaian"
    return RedirectResponse(f"{goal}?lang={language_of(request)}", 303)


def _read(
    records: Records, visit: Visit, path: Path, year: str, stage: str, zeros: bool, contradictions: bool
) -> Reading:
    agency = visit.agency
    assert agency is not None
    named: Stage | None = next((name for name in STAGE_NAMES if name == stage), None)
    options = Options(agency.name, int(year) if year else None, named, zeros, contradictions)
    reading = read_assessments(path, records.holdings.register, options)
    strange = {one.assessment.agency for one in reading.assessments} - {agency.name}
    if strange:
        raise _of_another(agency, sorted(strange))
    return reading


def _into_form(one: Read) -> bool:
    return one.assessment.stage == "self" and bool(one.assessment.levels)


def _waiting(records: Records, visit: Visit) -> WaitingFiles:
    assert visit.asker.account_id is not None
    return WaitingFiles(records.folder / "imports", visit.asker.account_id)


def _of_another(agency: AgencyEntry, strange: list[str]) -> RefusedInput:
    names = ", ".join(strange[:3])
    return RefusedInput(
        "not_allowed",
        Text(
            id=f"Berkas ini memuat penilaian {names}. Yang dapat Anda impor hanya penilaian {agency.name}.",
            en=f"This file holds assessments of {names}. You can import those of {agency.name} only.",
        ),
        agencies=strange,
    )


def _form_closed(year: int) -> RefusedInput:
    return RefusedInput(
        "submitted",
        Text(
            id=f"Penilaian mandiri {year} sudah dikirim atau memakai instrumen lain. Tarik kembali dulu; "
            "belum ada yang disimpan.",
            en=f"The self-assessment of {year} is submitted or uses another instrument. Withdraw it first; "
            "nothing was stored.",
        ),
        year=year,
    )


def _too_large(name: str) -> RefusedInput:
    return RefusedInput(
        "file_size",
        Text(
            id=f"{name}: lebih dari {LARGEST // 2**20} MB. Kirim berkas yang lebih kecil.",
            en=f"{name}: larger than {LARGEST // 2**20} MB. Send a smaller file.",
        ),
    )
