"""How much may be asked through a site: by visitor, by address, by site, and in all on a day."""

from datetime import UTC, datetime

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Engine

from assistant.records.site_days import spend
from bots.web.portal.sites import Site
from scoring import RefusedInput, Text

_OPENINGS = parse("30/minute")  # tokens an address may ask for; an office often has one address


class Allowances:
    """Counts in this process for the spans, in the database for the day."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def open(self, site: Site, address: str) -> None:
        """Count one token handed out.

        Raises:
            RefusedInput: too many for this address.
        """
        if not self._limiter.hit(_OPENINGS, "open", site.id, address):
            raise _too_many("address", str(_OPENINGS))

    def ask(self, site: Site, visitor: str, address: str) -> None:
        """Count one question.

        Raises:
            RefusedInput: too many in a short time, or the day's budget is spent.
        """
        spans = (
            ("visitor", site.per_visitor, visitor),
            ("address", site.per_address, address),
            ("site", site.per_site, ""),
        )
        for whose, rate, name in spans:
            if not self._limiter.hit(parse(rate), whose, site.id, name):
                raise _too_many(whose, rate)
        if not spend(self._engine, site.id, datetime.now(UTC).date(), site.daily_budget):
            raise RefusedInput(
                "budget_spent",
                Text(
                    id="Jatah pertanyaan portal ini untuk hari ini sudah habis. Coba lagi besok.",
                    en="This portal's questions for today are used up. Please try again tomorrow.",
                ),
                budget=site.daily_budget,
            )


def _too_many(whose: str, rate: str) -> RefusedInput:
    return RefusedInput(
        "too_many_requests",
        Text(
            id="Terlalu banyak pertanyaan dalam waktu singkat. Tunggu sebentar, lalu ulangi.",
            en="Too many questions in a short time. Wait a moment, then try again.",
        ),
        limit=rate,
        by=whose,
    )
