"""Accounts: who there is, what each may, and how an account ends. Nothing is deleted; the history names them."""

from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assistant.records.models import Account, AuditEntry
from scoring import RefusedInput, Text


def accounts(engine: Engine) -> list[dict[str, Any]]:
    """All accounts, the oldest first."""
    with Session(engine) as session:
        return [
            {
                "id": account.id,
                "name": account.name,
                "role": account.role,
                "agency": account.agency_id,
                "province": account.province,
                "active": account.active,
                "created_at": account.created_at.isoformat(timespec="seconds"),
            }
            for account in session.scalars(select(Account).order_by(Account.id))
        ]


def deactivate(engine: Engine, account_id: int, actor: str = "operator") -> None:
    """End an account: its chats and keys are visitors from the next question on.

    Raises:
        RefusedInput: there is no such account.
    """
    with Session(engine) as session, session.begin():
        account = session.get(Account, account_id)
        if account is None:
            raise RefusedInput(
                "unknown_account",
                Text(
                    id=f"Tidak ada akun {account_id}. Lihat daftarnya dengan: spbe admin accounts.",
                    en=f"There is no account {account_id}. List them with: spbe admin accounts.",
                ),
                account=account_id,
            )
        if account.active:
            account.active = False
            session.add(AuditEntry(actor=actor, action="deactivated", subject=f"account {account_id}"))
