"""Invitations: a code that makes an account once and ties a channel's user to it. Only hashes are kept."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from assistant.permissions import VISITOR, Asker
from assistant.records.agencies import AgencyEntry
from assistant.records.models import Account, AuditEntry, ChannelIdentity, Invitation, now
from scoring import RefusedInput, Text

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no letter that is taken for another
_LENGTH = 12  # 59 bits


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().replace("-", "").encode()).hexdigest()


def invite(engine: Engine, agency: AgencyEntry | None, role: str, name: str = "", days: int = 7) -> str:
    """Make a code for one person of an agency, or for an operator; it is shown once and cannot be read again.

    A coordinator is invited by way of the provincial government, and sees that province.

    Args:
        agency: None for an operator, who belongs to none.

    Raises:
        RefusedInput: a role that cannot be invited to an agency.
    """
    if agency is None:
        return _invite(engine, Invitation(name=name, role="operator"), days)
    if role not in ("staff", "head", "coordinator") or (role == "coordinator" and agency.province is None):
        raise RefusedInput(
            "unknown_role",
            Text(
                id=f"Peran {role!r} tidak dapat diundang untuk {agency.name}. Yang diterima: staff, head, dan "
                "coordinator bagi pemerintah daerah.",
                en=f"Role {role!r} cannot be invited for {agency.name}. Accepted: staff, head, and coordinator "
                "for local governments.",
            ),
        )
    province = agency.province if role == "coordinator" else None
    return _invite(engine, Invitation(name=name, role=role, agency_id=agency.id, province=province), days)


def _invite(engine: Engine, invitation: Invitation, days: int) -> str:
    letters = _letters()
    invitation.code_hash, invitation.expires_at = _hash(letters), now() + timedelta(days=days)
    subject, details = invitation.agency_id or "", {"role": invitation.role}
    with Session(engine) as session, session.begin():
        session.add(invitation)
        session.add(AuditEntry(actor="operator", action="invited", subject=subject, details=details))
    return _grouped(letters)


def invite_again(engine: Engine, account_id: int, minutes: int = 15) -> str:
    """Make a code that signs the same person in elsewhere: another browser, or a chat.

    Raises:
        RefusedInput: the account is closed or unknown.
    """
    letters = _letters()
    with Session(engine) as session, session.begin():
        account = session.get(Account, account_id)
        if account is None or not account.active:
            raise _refused()
        session.add(
            Invitation(
                code_hash=_hash(letters),
                name=account.name,
                role=account.role,
                agency_id=account.agency_id,
                province=account.province,
                account_id=account.id,
                expires_at=now() + timedelta(minutes=minutes),
            )
        )
        session.add(AuditEntry(actor=f"account {account.id}", action="invited again", subject="own account"))
    return _grouped(letters)


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def _grouped(letters: str) -> str:
    return "-".join(letters[n : n + 4] for n in range(0, _LENGTH, 4))


def _refused() -> RefusedInput:
    return RefusedInput(
        "invitation_refused",
        Text(
            id="Kode itu tidak berlaku. Periksa ejaannya, atau minta kode baru kepada pengelola.",
            en="That code is not valid. Check the spelling, or ask the operator for a new one.",
        ),
    )


def accept(engine: Engine, code: str, channel: str, external_id: str) -> Asker:
    """Use a code: make the account and tie the channel's user to it.

    Raises:
        RefusedInput: unknown, used or expired; which of them is not told.
    """
    with Session(engine) as session, session.begin():
        invitation = session.scalars(select(Invitation).where(Invitation.code_hash == _hash(code))).first()
        taken = invitation is not None and session.execute(
            update(Invitation)
            .where(Invitation.id == invitation.id, Invitation.used_at.is_(None), Invitation.expires_at > now())
            .values(used_at=now())
        )
        if invitation is None or not taken or taken.rowcount != 1:  # type: ignore[attr-defined]
            raise _refused()
        account = _account(session, invitation)
        identity = session.get(ChannelIdentity, (channel, external_id))
        if identity is None:
            identity = ChannelIdentity(channel=channel, external_id=external_id)
            session.add(identity)
        identity.account_id = account.id
        session.add(AuditEntry(actor=f"account {account.id}", action="joined", subject=account.agency_id or ""))
        return asker_of(account)


def _account(session: Session, invitation: Invitation) -> Account:
    """The account an invitation is for: a new one, or the one that asked to be let in elsewhere."""
    if invitation.account_id is not None:
        known = session.get(Account, invitation.account_id)
        if known is None or not known.active:
            raise _refused()
        return known
    account = Account(
        name=invitation.name,
        role=invitation.role,
        agency_id=invitation.agency_id,
        province=invitation.province,
    )
    session.add(account)
    session.flush()
    invitation.account_id = account.id
    return account


def who(engine: Engine, channel: str, external_id: str) -> Asker:
    """Who a channel's user is; a visitor where no account is tied."""
    with Session(engine) as session:
        identity = session.get(ChannelIdentity, (channel, external_id))
        if identity is None or identity.account_id is None:
            return VISITOR
        account = session.get(Account, identity.account_id)
        return VISITOR if account is None or not account.active else asker_of(account)


def asker_of(account: Account) -> Asker:
    """Who an account's person is to the assistant."""
    return Asker(
        role=account.role,  # type: ignore[arg-type]
        agency_id=account.agency_id,
        province=account.province,
        account_id=account.id,
    )
