"""/banding: agencies side by side. /tren: one agency over the years."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.records.assessments import Held
from bots.web.line_chart import line_chart
from bots.web.pages import PageRoute, render
from bots.web.records import Records
from bots.web.routes.scorecard_page import AgencyName, YearAsked
from bots.web.state import UsesRecords, Visit, VisitedBy
from bots.web.viewing import agency_of, one_each, provinces
from scoring import compare, load_instrument, trend

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_SIDE_BY_SIDE = 6
"""More agencies than this make a ranking instead of columns."""


@router.get("/banding", response_class=HTMLResponse)
def comparison(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    agency: Annotated[list[str] | None, Query(max_length=50)] = None,
    group: Annotated[str, Query(max_length=200)] = "",
    year: YearAsked = None,
) -> HTMLResponse:
    """Named agencies, a province, or both; the latest year that all have, where none is named."""
    named = [name for name in agency or [] if name.strip()]
    held = _held(records, visit, named, group, year)
    found = compare([one.assessment for one in held]) if len(held) > 1 else None
    return render(
        request,
        "comparison.html",
        visit,
        asked=named,
        group=group,
        year=year,
        provinces=provinces(records),
        found=found,
        index=found.node("index") if found else None,
        columns=found is not None and len(found.agencies) <= _SIDE_BY_SIDE,
        own=visit.agency.name if visit.agency else None,
        few=len(held) == 1,
    )


@router.get("/tren", response_class=HTMLResponse)
def over_the_years(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    agency: AgencyName = "",
    node: Annotated[str, Query(max_length=40)] = "index",
) -> HTMLResponse:
    """The index, or a node of it, year by year."""
    entry = agency_of(records, visit, agency)
    if entry is None:
        return render(request, "choose_agency.html", visit, path="/tren")
    held = one_each(records.assessments(visit.asker).of(entry))
    if not held:
        records.assessments(visit.asker).find(entry)  # refuses, and says why
    found = trend([one.assessment for one in held], node)
    domains = sorted({d.number for one in held for d in load_instrument(one.assessment.instrument).domains})
    return render(
        request,
        "trend.html",
        visit,
        entry=entry,
        found=found,
        node=node,
        domains=domains,
        drawing=line_chart([(point.year, point.value, point.instrument) for point in found.points]),
        around={"agency": entry.name},
    )


def _held(records: Records, visit: Visit, named: list[str], group: str, year: int | None) -> list[Held]:
    assessments = records.assessments(visit.asker)
    entries = [records.holdings.register.find(name) for name in named]
    if year is None and len(entries) > 1:
        common = set.intersection(*({h.assessment.year for h in assessments.of(entry)} for entry in entries))
        year = max(common, default=None)
    found = [assessments.find(entry, year) for entry in entries]
    if group.strip():
        records.holdings.group(group, year, visit.asker)  # refuses a group that is not known
        province = next(name for name in provinces(records) if name.lower() == group.strip().lower())
        wanted = year or max((h.assessment.year for h in found), default=max(assessments.years(province), default=0))
        there = {one.assessment.agency for one in found}
        found += [h for h in one_of_each(assessments.group(wanted, province)) if h.assessment.agency not in there]
    return found


def one_of_each(held: list[Held]) -> list[Held]:
    """One an agency: what is published wins."""
    kept: dict[str, Held] = {}
    for one in held:
        if one.assessment.agency not in kept or one.published:
            kept[one.assessment.agency] = one
    return list(kept.values())
