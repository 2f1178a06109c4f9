"""How much may be asked through a site: by visitor, by address, by site, and in all on a day."""

from datetime import UTC, datetime, timedelta
from math import ceil

from limits import parse
from limits.strategies import RateLimiter
from sqlalchemy import Engine

from assistant.records.site_days import spend
from bots.web.counting import Counting, storage_at
from bots.web.limits import hit, network_of
from bots.web.portal.sites import Site
from scoring import RefusedInput, Text

_OPENINGS = parse("30/minute")  # tokens an address may ask for; an office often has one address


class Allowances:
    """Counts the spans where all requests are counted, the day in the database.

    Args:
        limiter: counts for every worker where its storage is shared; by default in this process.
    """

    def __init__(self, engine: Engine, limiter: RateLimiter | None = None) -> None:
        self._engine = engine
        self._limiter = limiter or Counting(storage_at("memory://"))

    def open(self, site: Site, address: str) -> None:
        """Count one token handed out.

        Raises:
            RefusedInput: too many for this address.
        """
        hit(self._limiter, _OPENINGS, "address", "open", site.id, network_of(address))

    def ask(self, site: Site, visitor: str, address: str) -> None:
        """Count one question.

        Raises:
            RefusedInput: too many in a short time, or the day's budget is spent.
        """
        hit(self._limiter, parse(site.per_visitor), "visitor", site.id, visitor)
        hit(self._limiter, parse(site.per_address), "address", site.id, network_of(address))
        hit(self._limiter, parse(site.per_site), "site", site.id)
        now = datetime.now(UTC)
        if not spend(self._engine, site.id, now.date(), site.daily_budget):
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            raise RefusedInput(
                "budget_spent",
                Text(
                    id="Jatah pertanyaan portal ini untuk hari ini sudah habis. Coba lagi besok.",
                    en="This portal's questions for today are used up. Please try again tomorrow.",
                ),
                budget=site.daily_budget,
                retry_after=max(1, ceil((midnight - now).total_seconds())),
            )
