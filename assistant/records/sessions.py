"""Who is signed in at the web: a random token in the browser's cookie, its hash here, until it expires."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.permissions import Asker
from assistant.records.invitations import accept, asker_of
from assistant.records.models import Account, AuditEntry, Base, Moment, now

LASTS = timedelta(days=30)
"""After the last visit; a session in use is lengthened once a day."""
LONGEST = timedelta(days=180)
"""After the sign-in, however often it is used."""


class WebSession(Base):
    """A browser that is signed in. Only the hash of its token is kept."""

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True)
class SignedIn:
    """A person at the web.

    Attributes:
        name: as the invitation called them; may be empty.
        expires_at: when the session ends if it is not used before.
    """

    asker: Asker
    name: str
    expires_at: datetime


def sign_in(engine: Engine, code: str) -> str:
    """Use an invitation and open a session; returns the token for the cookie.

    Raises:
        RefusedInput: the code is unknown, used or expired.
    """
    asker = accept(engine, code, "web", secrets.token_hex(16))
    assert asker.account_id is not None
    return open_session(engine, asker.account_id)


def open_session(engine: Engine, account_id: int) -> str:
    """Open a session for an account; sessions that have expired are swept out on the way."""
    token = secrets.token_urlsafe(32)
    with Session(engine) as session, session.begin():
        session.execute(delete(WebSession).where(WebSession.expires_at <= now()))
        session.add(WebSession(token_hash=_hash(token), account_id=account_id, expires_at=now() + LASTS))
        session.add(AuditEntry(actor=f"account {account_id}", action="signed in", subject="web"))
    return token


def signed_in(engine: Engine, token: str) -> SignedIn | None:
    """Who a token belongs to; None where it is unknown, expired or its account was closed."""
    with Session(engine) as session, session.begin():
        found = session.execute(
            select(WebSession, Account)
            .join(Account, Account.id == WebSession.account_id)
            .where(WebSession.token_hash == _hash(token), WebSession.expires_at > now(), Account.active.is_(True))
        ).first()
        if found is None:
            return None
        held, account = found
        until = min(now() + LASTS, held.created_at + LONGEST)
        if until - held.expires_at > timedelta(days=1):
            held.expires_at = until
        return SignedIn(asker_of(account), account.name, held.expires_at)


def sign_out(engine: Engine, token: str) -> None:
    """End a session; an unknown token is no error."""
    with Session(engine) as session, session.begin():
        session.execute(delete(WebSession).where(WebSession.token_hash == _hash(token)))


def sign_out_everywhere(engine: Engine, account_id: int) -> int:
    """End all sessions of an account; returns how many there were."""
    with Session(engine) as session, session.begin():
        session.add(AuditEntry(actor=f"account {account_id}", action="signed out everywhere", subject="web"))
        ended = session.execute(
            update(WebSession)
            .where(WebSession.account_id == account_id, WebSession.expires_at > now())
            .values(expires_at=now())
        )
        return int(ended.rowcount)  # type: ignore[attr-defined]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
