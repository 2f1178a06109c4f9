"""Keys by which programs ask: each may what its account may, until it is revoked. Only hashes are kept."""

import hashlib
import secrets
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assistant.permissions import Asker
from assistant.records.agencies import AgencyEntry
from assistant.records.invitations import asker_of
from assistant.records.models import Account, ApiKey, AuditEntry, now
from scoring import RefusedInput, Text

PREFIX = "spbe_"  # lets secret scanners recognise a key that was published by mistake


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()  # 256 random bits need no salt and no slow hash


def create_key(engine: Engine, name: str, role: str, agency: AgencyEntry) -> tuple[int, str]:
    """Make a key with an account of its own; returns its number and the key, which is shown once.

    A coordinator's key is made by way of the provincial government, and reads that province.

    Raises:
        RefusedInput: a role that such an agency cannot give.
    """
    if role not in ("staff", "head", "coordinator") or (role == "coordinator" and agency.kind != "prov"):
        raise RefusedInput(
            "unknown_role",
            Text(
                id=f"Peran {role!r} tidak ada bagi kunci {agency.name}. Yang diterima: staff, head, dan coordinator "
                "bagi pemerintah provinsi.",
                en=f"There is no role {role!r} for a key of {agency.name}. Accepted: staff, head, and coordinator "
                "for provincial governments.",
            ),
            role=role,
        )
    province = agency.province if role == "coordinator" else None
    key = PREFIX + secrets.token_urlsafe(32)
    with Session(engine) as session, session.begin():
        account = Account(name=name, role=role, agency_id=agency.id, province=province)
        session.add(account)
        session.flush()
        made = ApiKey(account_id=account.id, key_hash=_hash(key), start=key[: len(PREFIX) + 4])
        session.add(made)
        session.flush()
        details = {"role": role, "account": account.id}
        session.add(AuditEntry(actor="operator", action="key made", subject=f"key {made.id}", details=details))
        return made.id, key


def keys(engine: Engine) -> list[dict[str, Any]]:
    """All keys, without the keys themselves."""
    query = select(ApiKey, Account).join(Account, Account.id == ApiKey.account_id).order_by(ApiKey.id)
    with Session(engine) as session:
        return [
            {
                "id": key.id,
                "start": key.start,
                "name": account.name,
                "role": account.role,
                "agency": account.agency_id,
                "province": account.province,
                "created_at": key.created_at.isoformat(timespec="seconds"),
                "works": key.revoked_at is None and account.active,
            }
            for key, account in session.execute(query)
        ]


def revoke_key(engine: Engine, key_id: int) -> None:
    """End a key; requests with it are refused from then on.

    Raises:
        RefusedInput: there is no such key.
    """
    with Session(engine) as session, session.begin():
        key = session.get(ApiKey, key_id)
        if key is None:
            raise RefusedInput(
                "unknown_key",
                Text(
                    id=f"Tidak ada kunci {key_id}. Lihat daftarnya dengan: spbe admin keys list.",
                    en=f"There is no key {key_id}. List them with: spbe admin keys list.",
                ),
                key=key_id,
            )
        if key.revoked_at is None:
            key.revoked_at = now()
            session.add(AuditEntry(actor="operator", action="key revoked", subject=f"key {key_id}"))


def asker_with(engine: Engine, key: str) -> Asker | None:
    """Who asks with a key; None for one that is unknown, revoked, or whose account was ended."""
    query = (
        select(Account)
        .join(ApiKey, ApiKey.account_id == Account.id)
        .where(ApiKey.key_hash == _hash(key), ApiKey.revoked_at.is_(None), Account.active)
    )
    with Session(engine) as session:
        account = session.scalars(query).first()
        return None if account is None else asker_of(account)
