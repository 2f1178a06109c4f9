"""Signing in by invitation, and the own account: /masuk, /keluar, /akun."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.permissions import Asker
from assistant.records import sessions
from assistant.records.invitations import invite_again
from bots.web.language import language_of
from bots.web.pages import PageRoute, render
from bots.web.session_cookie import drop_token, set_token, token_of
from bots.web.state import SignInFirst, UsesRecords, VisitedBy
from scoring import RefusedInput

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_CODE_LIMIT = 100


@router.get("/masuk", response_class=HTMLResponse)
def form(
    request: Request,
    visit: VisitedBy,
    kode: Annotated[str, Query(max_length=_CODE_LIMIT)] = "",
    lalu: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """The form for the code; a link brings the code along, but only the button uses it up."""
    return render(request, "sign_in.html", visit, code=kode, then=_within(lalu), problem=None)


@router.post("/masuk")
def sign_in(
    request: Request,
    visit: VisitedBy,
    records: UsesRecords,
    kode: Annotated[str, Form(max_length=_CODE_LIMIT)] = "",
    lalu: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Use the code: the account is made, the browser gets its session."""
    try:
        token = sessions.sign_in(records.holdings.engine, kode)
    except RefusedInput as refused:
        problem = refused.message.into(language_of(request))
        return render(request, "sign_in.html", visit, 422, code=kode, then=_within(lalu), problem=problem)
    _end(request, records)
    response = RedirectResponse(_within(lalu) or f"/akun?lang={language_of(request)}", 303)
    set_token(request, response, token, sessions.LONGEST)
    return response


@router.post("/keluar")
def sign_out(request: Request, records: UsesRecords) -> Response:
    """End the session of this browser."""
    _end(request, records)
    response = RedirectResponse(f"/?lang={language_of(request)}", 303)
    drop_token(request, response)
    return response


@router.get("/akun", response_class=HTMLResponse)
def account(request: Request, visit: VisitedBy) -> HTMLResponse:
    """Who is signed in, until when, and how to come in elsewhere."""
    _account(visit.asker)
    return render(request, "account.html", visit, code=None)


@router.post("/akun/kode", response_class=HTMLResponse)
def code(request: Request, visit: VisitedBy, records: UsesRecords) -> HTMLResponse:
    """A code for another browser or a Telegram chat of the same person; it is shown once."""
    made = invite_again(records.holdings.engine, _account(visit.asker))
    return render(request, "account.html", visit, code=made)


@router.post("/akun/keluar-semua")
def sign_out_everywhere(request: Request, visit: VisitedBy, records: UsesRecords) -> Response:
    """End every session of the person."""
    sessions.sign_out_everywhere(records.holdings.engine, _account(visit.asker))
    response = RedirectResponse(f"/masuk?lang={language_of(request)}", 303)
    drop_token(request, response)
    return response


def _account(asker: Asker) -> int:
    if asker.account_id is None:
        raise SignInFirst
    return asker.account_id


def _end(request: Request, records: UsesRecords) -> None:
    if token := token_of(request):
        sessions.sign_out(records.holdings.engine, token)


def _within(address: str) -> str:
    """An address on this site, or nothing: no other site can be gone to by way of a sign-in."""
    inside = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if inside and address.isprintable() else ""
