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


def invite(engine: Engine, agency: AgencyEntry, role: str, name: str = "", days: int = 7) -> str:
    """Make a code for one person of an agency; it is shown once and cannot be read again.

    Raises:
        RefusedInput: a role that cannot be invited to an agency.
    """
    if role not in ("staff", "head"):
        raise RefusedInput(
            "unknown_role",
            Text(
                id=f"Peran {role!r} tidak dapat diundang. Yang diterima: staff, head.",
                en=f"Role {role!r} cannot be invited. Accepted: staff, head.",
            ),
        )
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    with Session(engine) as session, session.begin():
        session.add(
            Invitation(
                code_hash=_hash(letters),
                name=name,
                role=role,
                agency_id=agency.id,
                expires_at=now() + timedelta(days=days),
            )
        )
        session.add(AuditEntry(actor="operator", action="invited", subject=agency.id, details={"role": role}))
    return "-".join(letters[n : n + 4] for n in range(0, _LENGTH, 4))


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
            raise RefusedInput(
                "invitation_refused",
                Text(
                    id="Kode itu tidak berlaku. Periksa ejaannya, atau minta kode baru kepada pengelola.",
                    en="That code is not valid. Check the spelling, or ask the operator for a new one.",
                ),
            )
        account = Account(name=invitation.name, role=invitation.role, agency_id=invitation.agency_id)
        session.add(account)
        session.flush()
        invitation.account_id = account.id
        identity = session.get(ChannelIdentity, (channel, external_id))
        if identity is None:
            identity = ChannelIdentity(channel=channel, external_id=external_id)
            session.add(identity)
        identity.account_id = account.id
        session.add(AuditEntry(actor=f"account {account.id}", action="joined", subject=account.agency_id or ""))
        return _asker(account)


def who(engine: Engine, channel: str, external_id: str) -> Asker:
    """Who a channel's user is; a visitor where no account is tied."""
    with Session(engine) as session:
        identity = session.get(ChannelIdentity, (channel, external_id))
        if identity is None or identity.account_id is None:
            return VISITOR
        account = session.get(Account, identity.account_id)
        return VISITOR if account is None or not account.active else _asker(account)


def _asker(account: Account) -> Asker:
    return Asker(
        role=account.role,  # type: ignore[arg-type]
        agency_id=account.agency_id,
        province=account.province,
        account_id=account.id,
    )
