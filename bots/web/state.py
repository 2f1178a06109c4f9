"""What every route of one app shares, and how a route gets it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.permissions import VISITOR, Asker
from assistant.records.agencies import AgencyEntry
from assistant.records.sessions import SignedIn, signed_in
from bots.web.records import Records
from bots.web.service import Assistant
from bots.web.session_cookie import token_of
from bots.web.settings import WebSettings
from bots.web.work import Work
from scoring import RefusedInput, Text

Bearer = Callable[[Request], Asker | None]
"""Who asks by the token of an Authorization header; None where there is none. Raises RefusedInput for a bad one."""


@dataclass(frozen=True)
class Shared:
    """The assistant, its limits, the threads it may use, the records where the app has accounts, who bears a token."""

    assistant: Assistant
    settings: WebSettings
    work: Work
    records: Records | None = None
    bearer: Bearer | None = None


@dataclass(frozen=True)
class Visit:
    """Whoever looks at a page.

    Attributes:
        person: signed in; None for a visitor.
        agency: the person's own agency.
    """

    asker: Asker = VISITOR
    person: SignedIn | None = None
    agency: AgencyEntry | None = None


def shared_of(request: Request) -> Shared:
    shared = request.app.state.shared
    assert isinstance(shared, Shared)
    return shared


def visit_of(request: Request) -> Visit:
    """Who is signed in, by the cookie; everyone else is a visitor, who sees what is published."""
    records, token = shared_of(request).records, token_of(request)
    if records is None or token is None:
        return Visit()
    person = signed_in(records.holdings.engine, token)
    if person is None:
        return Visit()
    agency = person.asker.agency_id
    return Visit(person.asker, person, records.holdings.register.by_id(agency) if agency else None)


def _asker(request: Request, visit: Annotated[Visit, Depends(visit_of)]) -> Asker:
    """A token counts before the cookie: a program or an embedded page says by it as whom it asks."""
    bearer = shared_of(request).bearer
    return (bearer(request) if bearer is not None else None) or visit.asker


def _records(request: Request) -> Records:
    records = shared_of(request).records
    assert records is not None, "routes of the records are only there where the app has records"
    return records


class SignInFirst(Exception):  # noqa: N818 - says what to do
    """The page is for people who are signed in."""


def _member(visit: Annotated[Visit, Depends(visit_of)]) -> Visit:
    """Somebody who may fill in the self-assessment of an own agency."""
    if visit.person is None:
        raise SignInFirst
    if visit.agency is None or visit.asker.role not in ("staff", "head"):
        raise RefusedInput(
            "not_allowed",
            Text(
                id="Penilaian mandiri diisi oleh staf atau pimpinan instansi. Akun Anda bukan keduanya.",
                en="A self-assessment is filled in by staff or the head of an agency. Your account is neither.",
            ),
        )
    return visit


async def _shared(request: Request) -> Shared:
    """Asynchronous as the others cannot be: FastAPI calls the others in threads, which costs each request a while."""
    return shared_of(request)


UsesShared = Annotated[Shared, Depends(_shared)]
UsesRecords = Annotated[Records, Depends(_records)]
VisitedBy = Annotated[Visit, Depends(visit_of)]
FilledInBy = Annotated[Visit, Depends(_member)]
AskedBy = Annotated[Asker, Depends(_asker)]
