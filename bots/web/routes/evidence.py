"""Files of evidence: added to an indicator, opened and removed by their agency alone."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import FileResponse, RedirectResponse

from assistant.records.evidence import LARGEST, EvidenceFile
from bots.web.language import language_of
from bots.web.pages import PageRoute, not_found
from bots.web.routes.assessments import Year
from bots.web.state import FilledInBy, UsesRecords
from scoring import load_instrument

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.post("/penilaian/{year}/indikator/{number}/bukti")
def add(
    request: Request,
    year: Year,
    number: int,
    visit: FilledInBy,
    records: UsesRecords,
    berkas: Annotated[list[UploadFile], "one or more files"],
) -> Response:
    """Add files, checked by content, size and type."""
    assert visit.agency is not None
    drafts = records.drafts(visit.asker, visit.agency)
    draft = drafts.find(year)
    if draft is None or not 1 <= number <= len(load_instrument(draft.instrument).indicators):
        raise not_found("Indikator itu tidak ada pada penilaian ini.", "There is no such indicator here.")
    evidence = records.evidence(visit.asker)
    for file in berkas:
        if not file.filename:
            continue
        kept = evidence.add(visit.agency, year, number, file.filename, file.file.read(LARGEST + 1))
        drafts.note_change(year, number, "evidence added", after=kept.name)
    return _back(request, year, number)


@router.get("/bukti/{evidence_id}")
def download(evidence_id: str, visit: FilledInBy, records: UsesRecords) -> Response:
    """The file, to be saved and never shown as a page of this site."""
    file = _file(evidence_id, visit, records)
    path = records.evidence(visit.asker).path(file)
    if not path.is_file():
        raise not_found("Berkas itu tidak ada lagi.", "That file is no longer there.")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return FileResponse(path, media_type=file.media_type, headers=headers)


@router.post("/bukti/{evidence_id}/hapus")
def remove(request: Request, evidence_id: str, visit: FilledInBy, records: UsesRecords) -> Response:
    """Delete a file; the history keeps its name."""
    assert visit.agency is not None
    file = _file(evidence_id, visit, records)
    records.drafts(visit.asker, visit.agency).note_change(
        file.year, file.indicator, "evidence removed", before=file.name
    )
    records.evidence(visit.asker).remove(file)
    return _back(request, file.year, file.indicator)


def _file(evidence_id: str, visit: FilledInBy, records: UsesRecords) -> EvidenceFile:
    file = records.evidence(visit.asker).find(evidence_id)
    if file is None:
        raise not_found("Berkas bukti itu tidak ada.", "There is no such file of evidence.")
    return file


def _back(request: Request, year: int, number: int) -> Response:
    return RedirectResponse(f"/penilaian/{year}/indikator/{number}?lang={language_of(request)}#bukti", 303)
