"""/pengetahuan: the rules and what we wrote about them. /instrumen: the instruments, indicator by indicator."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bots.web.guides import guide_to, pack
from bots.web.pages import PageRoute, not_found, render
from bots.web.state import VisitedBy
from scoring import Instrument, load_instrument
from scoring.instrument import instrument_ids

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/pengetahuan", response_class=HTMLResponse)
def rules(request: Request, visit: VisitedBy) -> HTMLResponse:
    """The register of rules, with how many places of each are told."""
    known = pack()
    counts = Counter(rule for rule, _ in known.entries())
    library = known.library
    return render(
        request,
        "rules.html",
        visit,
        rules=sorted(library, key=lambda rule: (rule.id not in counts, -rule.year, rule.short)),
        counts=counts,
        successors={rule.id: library.successor(rule.id) for rule in library},
        topics=known.topics,
    )


@router.get("/pengetahuan/{rule_id}", response_class=HTMLResponse)
def rule(request: Request, visit: VisitedBy, rule_id: str) -> HTMLResponse:
    """One rule: its status, and its digest place by place."""
    known = pack()
    library = known.library
    found = library.get(rule_id)
    if found is None:
        raise not_found("Aturan itu tidak ada di pustaka ini.", "That rule is not in this library.")
    digest = next((one for one in known.digests if one.rule == rule_id), None)
    return render(
        request,
        "rule.html",
        visit,
        rule=found,
        digest=digest,
        entries=[entry for name, entry in known.entries() if name == rule_id],
        successor=library.successor(rule_id),
        revokes=[one for name in found.revokes if (one := library.get(name))],
        amends=[one for name in found.amends if (one := library.get(name))],
    )


@router.get("/instrumen", response_class=HTMLResponse)
def instruments(request: Request, visit: VisitedBy) -> HTMLResponse:
    """All instruments, the latest first."""
    known = sorted((load_instrument(name) for name in instrument_ids()), key=lambda one: -one.first_year)
    return render(request, "instruments.html", visit, instruments=known)


@router.get("/instrumen/{instrument_id}", response_class=HTMLResponse)
def instrument(request: Request, visit: VisitedBy, instrument_id: str) -> HTMLResponse:
    """One instrument: its tree with weights, its bands, where both stand."""
    return render(request, "instrument.html", visit, instrument=_instrument(instrument_id), library=pack().library)


@router.get("/instrumen/{instrument_id}/{number}", response_class=HTMLResponse)
def indicator(request: Request, visit: VisitedBy, instrument_id: str, number: int) -> HTMLResponse:
    """One indicator: what each level asks for, what proves it, and the guide to it."""
    known = _instrument(instrument_id)
    if not 1 <= number <= len(known.indicators):
        raise not_found("Indikator itu tidak ada pada instrumen ini.", "There is no such indicator in this instrument.")
    return render(
        request,
        "indicator.html",
        visit,
        instrument=known,
        indicator=known.indicators[number - 1],
        guide=guide_to(known.id, number),
        library=pack().library,
    )


def _instrument(instrument_id: str) -> Instrument:
    if instrument_id not in instrument_ids():
        raise not_found(
            f"Instrumen itu tidak ada. Yang ada: {', '.join(instrument_ids())}.",
            f"There is no such instrument. There are: {', '.join(instrument_ids())}.",
        )
    return load_instrument(instrument_id)
