"""Import of a file: read and reported first, stored only after a yes. /penilaian/impor"""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.records.evidence import LARGEST
from bots.own_files import into_form, read_own, store_own
from bots.waiting_files import WaitingFiles
from bots.web.language import language_of
from bots.web.pages import PageRoute, not_found, render
from bots.web.records import Records
from bots.web.state import FilledInBy, UsesRecords, Visit
from ingest.assessments import Options, Reading
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
        read=[(one, Scoring(one.assessment).scorecard(), into_form(one)) for one in reading.assessments],
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
    engine = records.holdings.engine
    forms = store_own(engine, visit.asker, visit.agency, reading, records.keep_findings)
    waiting.drop(token)
    goal = f"/penilaian/{forms[0]}" if len(forms) == 1 else "/penilaian"
    return RedirectResponse(f"{goal}?lang={language_of(request)}", 303)


def _read(
    records: Records, visit: Visit, path: Path, year: str, stage: str, zeros: bool, contradictions: bool
) -> Reading:
    agency = visit.agency
    assert agency is not None
    named: Stage | None = next((name for name in STAGE_NAMES if name == stage), None)
    options = Options(agency.name, int(year) if year else None, named, zeros, contradictions)
    return read_own(path, records.holdings.register, options)


def _waiting(records: Records, visit: Visit) -> WaitingFiles:
    assert visit.asker.account_id is not None
    return WaitingFiles(records.folder / "imports", visit.asker.account_id)


def _too_large(name: str) -> RefusedInput:
    return RefusedInput(
        "file_size",
        Text(
            id=f"{name}: lebih dari {LARGEST // 2**20} MB. Kirim berkas yang lebih kecil.",
            en=f"{name}: larger than {LARGEST // 2**20} MB. Send a smaller file.",
        ),
    )
