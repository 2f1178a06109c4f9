"""/provinsi: the districts of a province together: where they are weak, and who could teach whom."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.records.assessments import Assessments, Held
from bots.web.pages import PageRoute, not_found, render
from bots.web.routes.comparison_pages import one_of_each
from bots.web.routes.scorecard_page import YearAsked
from bots.web.state import UsesRecords, VisitedBy
from bots.web.viewing import provinces
from scoring import RefusedInput, Stage, compare, load_instrument, province_view

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_DISTRICTS = ("kab", "kota")
_STAGES: tuple[Stage, ...] = ("self", "internal", "external", "final", "target")


@router.get("/provinsi", response_class=HTMLResponse)
def province(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    group: Annotated[str, Query(max_length=200)] = "",
    year: YearAsked = None,
    stage: Stage = "external",
) -> HTMLResponse:
    """A province over its districts, in the latest year with results of at least two."""
    names = provinces(records)
    wanted = group.strip() or visit.asker.province or (visit.agency.province if visit.agency else None) or ""
    if not wanted:
        return render(request, "choose_province.html", visit, provinces=names)
    name = next((one for one in names if one.lower() == wanted.lower()), None)
    if name is None:
        raise not_found(
            f"Provinsi {wanted[:60]!r} tidak ada dalam register. Pilih dari daftar di halaman Provinsi.",
            f"Province {wanted[:60]!r} is not in the register. Choose from the list on the province page.",
        )
    assessments = records.assessments(visit.asker)
    counts = assessments.held_of(name, _DISTRICTS)
    years = sorted(one for (one, at), count in counts.items() if at == stage and count > 1)
    chosen = year if year is not None else max(years, default=0)
    held = _held(assessments, name, chosen, stage)
    districts = [e for e in records.holdings.register.entries if e.province == name and e.kind in _DISTRICTS]
    try:
        view = province_view([one.assessment for one in held])
    except RefusedInput:
        view = None
    comparison = compare([one.assessment for one in held]) if len(held) > 1 else None
    return render(
        request,
        "province.html",
        visit,
        province=name,
        provinces=names,
        year=chosen or None,
        years=years,
        stage_shown=stage,
        stages=[at for at in _STAGES if counts.get((chosen, at), 0) > 1],
        view=view,
        ranking=comparison.node("index") if comparison else None,
        domains=[comparison.node(f"domain {d.number}") for d in load_instrument(view.instrument).domains]
        if comparison and view
        else [],
        missing=[e for e in districts if e.name not in {one.assessment.agency for one in held}],
        private=any(not one.published for one in held),
    )


def _held(assessments: Assessments, name: str, year: int, stage: Stage) -> list[Held]:
    held = one_of_each(assessments.group(year, name, _DISTRICTS, stage))
    return held if len(held) > 1 else []
