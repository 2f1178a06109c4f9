"""/rencana: the cheapest steps to a target, with the agency's own costs; everything stands in the address."""

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from bots.web.pages import PageRoute, render
from bots.web.routes.scorecard_page import AgencyName, YearAsked
from bots.web.state import UsesRecords, VisitedBy
from bots.web.viewing import agency_of
from scoring import Assessment, Costs, Plan, RefusedInput, Stage, StepCost, Text, load_instrument, plan, read_target
from scoring.figures import exactly
from scoring.instrument import Instrument
from scoring.scorecard import Scoring

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_PRICE = re.compile(r"^b(\d{1,3})\.(\d)$")
_MOST_PRICES = 300


@router.get("/rencana", response_class=HTMLResponse)
def plan_page(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    agency: AgencyName = "",
    year: YearAsked = None,
    stage: Stage | None = None,
    target: Annotated[str, Query(max_length=200)] = "",
    kunci: Annotated[list[int] | None, Query(max_length=100)] = None,
    maks: Annotated[str, Query(max_length=3, pattern=r"^\d*$")] = "",
) -> HTMLResponse:
    """The plan of the address. ``b21.3=4``: step 21 to level 3 costs 4. ``kunci=21``: leave 21 alone."""
    entry = agency_of(records, visit, agency)
    if entry is None:
        return render(request, "choose_agency.html", visit, path="/rencana")
    held = records.assessments(visit.asker).find(entry, year, stage)
    instrument = load_instrument(held.assessment.instrument)
    wanted = target.strip() or next_rating(held.assessment, instrument)
    prices = _prices(request)
    costs = _costs(prices, frozenset(kunci or []), int(maks) if maks else None)
    found: Plan | None = None
    problem: RefusedInput | None = None
    try:
        found = plan(held.assessment, read_target(wanted, instrument), costs)
    except RefusedInput as refused:
        problem = refused
    return render(
        request,
        "plan.html",
        visit,
        422 if problem else 200,
        entry=entry,
        held=held,
        instrument=instrument,
        target=wanted,
        found=found,
        problem=problem,
        prices=prices,
        locked=sorted(kunci or []),
        most=maks,
        weights={indicator.number: indicator.weight for indicator in instrument.indicators},
        around={"agency": entry.name, "year": held.assessment.year},
    )


def next_rating(assessment: Assessment, instrument: Instrument) -> str:
    """The predikat above the one that is held; the highest where it is held already."""
    index = Scoring(assessment).index.floor
    band = instrument.rating(index, assessment.year)
    place = instrument.bands.index(band)
    return instrument.bands[min(place + 1, len(instrument.bands) - 1)].name.id


def _prices(request: Request) -> dict[str, str]:
    """The prices of the address as they were written, by "indicator.level"; empty ones are left out."""
    found: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if (step := _PRICE.match(key)) and value.strip() and len(found) < _MOST_PRICES:
            found[f"{step[1]}.{step[2]}"] = value.strip()[:20]
    return found


def _costs(prices: dict[str, str], locked: frozenset[int], most: int | None) -> Costs:
    steps = []
    for step, price in prices.items():
        indicator, level = map(int, step.split("."))
        try:
            steps.append(StepCost(indicator=indicator, level=level, cost=exactly(price.replace(",", "."))))
        except (ValueError, ValidationError) as reason:
            raise RefusedInput(
                "costs_not_understood",
                Text(
                    id=f"Biaya {price!r} untuk indikator {indicator} ke tingkat {level} tidak dapat dipakai. "
                    "Isi angka lebih dari 0, misalnya 2,5, atau kosongkan.",
                    en=f"Cost {price!r} of indicator {indicator} to level {level} cannot be used. "
                    "Write a number above 0, such as 2.5, or leave it empty.",
                ),
            ) from reason
    return Costs(steps=tuple(steps), locked=locked, max_indicators=most)
