"""How much one address, one account and one agency may ask for in a span of time."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import time

from fastapi import Depends, Request
from limits import RateLimitItem, parse_many
from limits.strategies import RateLimiter

from assistant.permissions import Asker
from assistant.settings import Settings
from bots.web.counting import Counting, storage_at
from bots.web.state import AskedBy
from scoring import RefusedInput, Text

OFF = "off"


@dataclass(frozen=True)
class Limits:
    """Counts requests and refuses those that are too many, before anything is done for them.

    Args:
        visitor: for each address of somebody who is not signed in. account: for each account, key or portal's user.
        agency: for all accounts of one agency together.
    """

    limiter: RateLimiter
    visitor: tuple[RateLimitItem, ...] = ()
    account: tuple[RateLimitItem, ...] = ()
    agency: tuple[RateLimitItem, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The limits of the settings.

        Raises:
            RefusedInput: one of them cannot be read, or there is no such storage.
        """
        try:
            limiter = Counting(storage_at(settings.limit_storage))
            return cls(
                limiter, _read(settings.limit_visitor), _read(settings.limit_account), _read(settings.limit_agency)
            )
        except Exception as reason:  # the storages raise errors of their own kinds
            raise RefusedInput(
                "bad_setting",
                Text(
                    id="SPBE_LIMIT_... tidak dapat dipakai. Yang diterima: misalnya 30/minute;600/hour, atau off; "
                    "untuk SPBE_LIMIT_STORAGE memory:// atau redis://host:6379 (perlu paket redis).",
                    en="SPBE_LIMIT_... cannot be used. Accepted: 30/minute;600/hour for example, or off; "
                    "for SPBE_LIMIT_STORAGE memory:// or redis://host:6379 (needs the package redis).",
                ),
                error=type(reason).__name__,
            ) from reason

    def count(self, asker: Asker, address: str) -> None:
        """Count one request.

        Raises:
            RefusedInput: too many; ``retry_after`` says in how many seconds there will be room.
        """
        if asker.account_id is None and asker.through is None:
            if not _own_machine(address):
                self._hit("address", self.visitor, network_of(address))
            return
        self._hit("account", self.account, asker.name)
        if asker.agency_id is not None:
            self._hit("agency", self.agency, asker.agency_id)

    def _hit(self, whose: str, limits: tuple[RateLimitItem, ...], name: str) -> None:
        for limit in limits:
            hit(self.limiter, limit, whose, name)


def hit(limiter: RateLimiter, limit: RateLimitItem, whose: str, *names: str) -> None:
    """Count one request of whoever ``names`` say.

    Raises:
        RefusedInput: too many; ``retry_after`` says in how many seconds there will be room.
    """
    if limiter.hit(limit, whose, *names):
        return
    wait = limiter.get_window_stats(limit, whose, *names).reset_time - time()
    if wait > limit.get_expiry() + 1:  # the clock was set back: what was counted lies in the future
        limiter.clear(limit, whose, *names)
        return
    raise RefusedInput(
        "too_many_requests",
        Text(
            id="Terlalu banyak permintaan dalam waktu singkat. Tunggu sebentar, lalu ulangi.",
            en="Too many requests in a short time. Wait a moment, then try again.",
        ),
        limit=str(limit),
        by=whose,
        retry_after=max(1, ceil(wait)),
    )


def network_of(address: str) -> str:
    """What is counted as one address: a household or office has a whole /64 of IPv6."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped) if known.ipv4_mapped else f"{IPv6Address(int(known) >> 64 << 64)}/64"
    return address


def _own_machine(address: str) -> bool:
    """Requests from this machine itself: the operator's own, and not those a trusted proxy passes on for others."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def count(request: Request, asker: AskedBy) -> None:
    """Count a request before anything is done for it; apps without limits count nothing.

    Raises:
        RefusedInput: too many.
    """
    limits = getattr(request.app.state, "limits", None)
    if limits is not None:
        limits.count(asker, request.client.host if request.client is not None else "unknown")


def _read(text: str) -> tuple[RateLimitItem, ...]:
    return () if text.strip().lower() == OFF else tuple(parse_many(text))


Limited = Depends(count)
__all__ = ["Limited", "Limits", "count", "hit", "network_of"]
