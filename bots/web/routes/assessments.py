"""The self-assessment of one's own agency: /penilaian, saved indicator by indicator."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from assistant.records.draft_tables import Draft, Entry
from assistant.records.drafts import NOTE_LIMIT, Conflict
from bots.web.errors import document
from bots.web.guides import guide_to
from bots.web.language import language_of
from bots.web.pages import PageRoute, not_found, render
from bots.web.standing import level_in, standing_words
from bots.web.state import FilledInBy, UsesRecords, Visit
from scoring import Instrument, RefusedInput, Text, load_instrument, score
from scoring.instrument import instrument_for
from scoring.scorecard import Scoring

router = APIRouter(prefix="/penilaian", include_in_schema=False, route_class=PageRoute)

Year = Annotated[int, Path(ge=2018, le=2100)]
FIRST_YEAR = 2018


@router.get("", response_class=HTMLResponse)
def overview(request: Request, visit: FilledInBy, records: UsesRecords) -> HTMLResponse:
    """What has been begun, and where to begin."""
    assert visit.agency is not None
    drafts = records.drafts(visit.asker, visit.agency).years()
    begun = {draft.year for draft in drafts}
    today = datetime.now(UTC).year
    return render(
        request,
        "assessments.html",
        visit,
        drafts=[(draft, _standing(request, draft)) for draft in drafts],
        held=records.assessments(visit.asker).of(visit.agency),
        free=[year for year in range(today, FIRST_YEAR - 1, -1) if year not in begun],
        instrument_for=instrument_for,
    )


@router.post("")
def begin(
    request: Request, visit: FilledInBy, records: UsesRecords, year: Annotated[int, Form(ge=FIRST_YEAR, le=2100)]
) -> Response:
    """Begin a year, or go on with it."""
    assert visit.agency is not None
    records.drafts(visit.asker, visit.agency).begin(year, instrument_for(year).id)
    return RedirectResponse(f"/penilaian/{year}?lang={language_of(request)}", 303)


@router.get("/{year}", response_class=HTMLResponse)
def draft_page(request: Request, year: Year, visit: FilledInBy, records: UsesRecords) -> HTMLResponse:
    """All indicators with what is filled in."""
    draft = _draft(records, visit, year)
    evidence = records.evidence(visit.asker).of(draft.agency, year)
    return render(
        request,
        "assessment.html",
        visit,
        draft=draft,
        instrument=load_instrument(draft.instrument),
        standing=_standing(request, draft),
        files={n: sum(file.indicator == n for file in evidence) for n in {file.indicator for file in evidence}},
        card=score(draft.assessment),
        around={"agency": visit.agency and visit.agency.name, "year": year},
    )


@router.get("/{year}/riwayat", response_class=HTMLResponse)
def history(request: Request, year: Year, visit: FilledInBy, records: UsesRecords) -> HTMLResponse:
    """Who changed what."""
    draft = _draft(records, visit, year)
    assert visit.agency is not None
    changes = records.drafts(visit.asker, visit.agency).history(year)
    return render(
        request,
        "assessment_history.html",
        visit,
        draft=draft,
        instrument=load_instrument(draft.instrument),
        changes=changes[:500],
        more=max(0, len(changes) - 500),
    )


@router.get("/{year}/indikator/{number}", response_class=HTMLResponse)
def indicator_page(request: Request, year: Year, number: int, visit: FilledInBy, records: UsesRecords) -> HTMLResponse:
    """One indicator: what each level asks for, what is filled in, and what proves it."""
    return _indicator(request, records, visit, _draft(records, visit, year), number)


@router.post("/{year}/indikator/{number}")
def save(
    request: Request,
    year: Year,
    number: int,
    visit: FilledInBy,
    records: UsesRecords,
    version: Annotated[int, Form(ge=0)],
    level: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=4 * NOTE_LIMIT)] = "",
    owner: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keep what was filled in; a script sends it as one types, the button does without scripts."""
    draft = _draft(records, visit, year)
    _exists(load_instrument(draft.instrument), number)
    assert visit.agency is not None
    filled = Entry(number, level_in(level), note.replace("\r\n", "\n").strip(), owner.strip(), version)
    by_script = PageRoute.wants_json in request.headers.get("accept", "")
    try:
        draft = records.drafts(visit.asker, visit.agency).save(year, filled)
    except Conflict as conflict:
        if by_script:
            return JSONResponse(_conflict(request, conflict), 409)
        return _indicator(request, records, visit, draft, number, filled, conflict)
    if by_script:
        saved = draft.entries.get(number, Entry(number))
        return JSONResponse({"version": saved.version, "standing": _standing(request, draft)})
    return RedirectResponse(f"/penilaian/{year}/indikator/{number}?lang={language_of(request)}", 303)


@router.post("/{year}/kirim")
def submit(request: Request, year: Year, visit: FilledInBy, records: UsesRecords) -> Response:
    """Let it stand as the agency's self-assessment."""
    _draft(records, visit, year)
    assert visit.agency is not None
    records.drafts(visit.asker, visit.agency).submit(year)
    return RedirectResponse(f"/penilaian/{year}?lang={language_of(request)}", 303)


@router.post("/{year}/tarik")
def withdraw(request: Request, year: Year, visit: FilledInBy, records: UsesRecords) -> Response:
    """Take it back to change it."""
    _draft(records, visit, year)
    assert visit.agency is not None
    records.drafts(visit.asker, visit.agency).withdraw(year)
    return RedirectResponse(f"/penilaian/{year}?lang={language_of(request)}", 303)


def _draft(records: UsesRecords, visit: Visit, year: int) -> Draft:
    assert visit.agency is not None
    draft = records.drafts(visit.asker, visit.agency).find(year)
    if draft is None:
        raise not_found(
            f"Penilaian mandiri {year} belum dimulai. Mulai dari halaman Penilaian mandiri.",
            f"The self-assessment of {year} has not been begun. Begin it on the self-assessment page.",
        )
    return draft


def _exists(instrument: Instrument, number: int) -> None:
    count = len(instrument.indicators)
    if not 1 <= number <= count:
        raise not_found(
            f"Indikator {number} tidak ada pada {instrument.id}; yang ada 1-{count}.",
            f"There is no indicator {number} in {instrument.id}; there are 1-{count}.",
        )


def _indicator(
    request: Request,
    records: UsesRecords,
    visit: Visit,
    draft: Draft,
    number: int,
    filled: Entry | None = None,
    conflict: Conflict | None = None,
) -> HTMLResponse:
    instrument = load_instrument(draft.instrument)
    _exists(instrument, number)
    assert visit.agency is not None
    current = draft.entries.get(number, Entry(number))
    if conflict is not None:
        current = conflict.current
    shown = filled if filled is not None else current
    return render(
        request,
        "assessment_indicator.html",
        visit,
        409 if conflict else 200,
        draft=draft,
        instrument=instrument,
        indicator=instrument.indicators[number - 1],
        entry=Entry(number, shown.level, shown.note, shown.owner, current.version),
        conflict=conflict,
        standing=_standing(request, draft),
        weight=Scoring(draft.assessment).instrument.indicators[number - 1].weight,
        guide=guide_to(draft.instrument, number),
        files=records.evidence(visit.asker).of(visit.agency, draft.year, number),
        changes=records.drafts(visit.asker, visit.agency).history(draft.year, number)[:8],
        around={"agency": visit.agency.name, "year": draft.year},
    )


def _standing(request: Request, draft: Draft) -> dict[str, str]:
    return standing_words(draft.assessment, language_of(request))


def _conflict(request: Request, conflict: Conflict) -> dict[str, Any]:
    refused = RefusedInput(
        "changed_meanwhile",
        Text(
            id=f"{conflict.who} baru saja mengubah indikator ini. Isian Anda belum disimpan dan tetap ada di sini.",
            en=f"{conflict.who} has just changed this indicator. What you filled in is not stored and still here.",
        ),
    )
    message = refused.message.into(language_of(request))
    return document(refused.code, message, {**conflict.current.filled, "version": conflict.current.version})
