"""/nilai: an agency's scorecard with the trace of every figure, and its report to take along."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from assistant.answering.standing import Standing
from assistant.reports.composing import compose
from bots.web.language import language_of
from bots.web.pages import PageRoute, render
from bots.web.state import UsesRecords, VisitedBy
from bots.web.viewing import agency_of, one_each
from scoring import RefusedInput, Stage
from scoring.gaps import Gaps, gaps, reference_level
from scoring.scorecard import Scoring
from scoring.standing import finest, standing

router = APIRouter(include_in_schema=False, route_class=PageRoute)

AgencyName = Annotated[str, Query(max_length=300)]
YearAsked = Annotated[
    Annotated[int, Field(ge=2000, le=2100)] | None, BeforeValidator(lambda year: year or None), Query()
]
"""A form sends an empty field where no year was written."""

_MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/nilai", response_class=HTMLResponse)
def scorecard(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    agency: AgencyName = "",
    year: YearAsked = None,
    stage: Stage | None = None,
) -> HTMLResponse:
    """The scorecard of the address; of one's own agency and the latest year where it names none."""
    entry = agency_of(records, visit, agency)
    if entry is None:
        return render(request, "choose_agency.html", visit, path="/nilai")
    assessments = records.assessments(visit.asker)
    found = Standing(assessments.find(entry, year, stage))
    scoring = Scoring(finest(found.assessment))
    instrument = scoring.instrument
    nodes = [f"domain {one.number}" for one in instrument.domains] + [f"aspect {a.number}" for a in instrument.aspects]
    return render(
        request,
        "scorecard.html",
        visit,
        entry=entry,
        held=found.held,
        known=found.assessment,
        all_held=one_each(assessments.of(entry)),
        instrument=instrument,
        card=scoring.scorecard(),
        index=standing(Scoring(found.assessment), "index"),
        computed=scoring.index,
        values={node: standing(scoring, node) for node in nodes},
        gaps=_gaps(scoring),
        reference=reference_level(instrument),
        rating_rule=instrument.rating_rule(found.year),
        around={"agency": entry.name, "year": found.year},
    )


@router.get("/laporan")
def report(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    agency: AgencyName = "",
    year: YearAsked = None,
    stage: Stage | None = None,
    target: Annotated[str, Query(max_length=200)] = "",
    to: Literal["pdf", "xlsx", "docx"] = "pdf",
) -> Response:
    """The report of an assessment as a file."""
    from assistant.reports.document import docx
    from assistant.reports.portable import pdf
    from assistant.reports.workbook import workbook

    entry = agency_of(records, visit, agency)
    composed = compose(
        records.holdings,
        records.retriever(),
        visit.asker,
        entry.name if entry else agency,
        made_on=datetime.now(UTC).date(),
        year=year,
        stage=stage,
        target=target or None,
        language=language_of(request),
    )
    content = {"pdf": pdf, "xlsx": workbook, "docx": docx}[to](composed)
    name = f"spbe-{entry.id if entry else 'laporan'}-{composed.year}.{to}"
    return Response(content, media_type=_MEDIA[to], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _gaps(scoring: Scoring) -> Gaps | None:
    try:
        return gaps(scoring.assessment)
    except RefusedInput:  # known as an index only
        return None
