"""One portal visit: a token when the chat opens, an Asker with every request after that."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from limits.strategies import RateLimiter

from assistant.permissions import Asker
from assistant.records.holdings import Holdings
from bots.web.portal.allowances import Allowances
from bots.web.portal.handover import Handover, refused
from bots.web.portal.sites import Site, Sites
from bots.web.portal.visitor_tokens import VisitorTokens, signing_key
from scoring import RefusedInput, Text

SITE_HEADER = "tanya-site"
"""Names the site that a visitor token is used on; the token must be of that site."""
PAUSED = Text(
    id="Tanya SPBE sedang dihentikan sementara di portal ini. Coba lagi nanti.",
    en="Tanya SPBE is paused on this portal for the moment. Please try again later.",
)


@dataclass(frozen=True)
class Portals:
    """All sites that embed the chat."""

    sites: Sites
    handover: Handover
    tokens: VisitorTokens
    allowances: Allowances

    @classmethod
    def of(cls, holdings: Holdings, sites: Sites, limiter: RateLimiter | None = None) -> "Portals":
        """The portals of an installation.

        Args:
            limiter: counts what is asked; by default in this process alone.

        Raises:
            RefusedInput: the list of sites cannot be read.
        """
        sites.all()
        key = signing_key(sites.path(Path("visitor-tokens.key")))
        allowances = Allowances(holdings.engine, limiter)
        return cls(sites, Handover(sites, holdings.register), VisitorTokens(key), allowances)

    def open(self, name: str, handed_over: str | None, address: str) -> tuple[str, Asker]:
        """A visitor token, and as whom it asks.

        Raises:
            RefusedInput: unknown or paused site, a portal's token that is not accepted, too many.
        """
        site = self._awake(name)
        self.allowances.open(site, address)
        asker = Asker() if handed_over is None else self.handover.asker(site, handed_over)
        return self.tokens.make(site.id, asker), asker

    def asker(self, request: Request, token: str) -> Asker:
        """Who asks; a request that changes or asks something is counted.

        Raises:
            RefusedInput: a token that is forged, expired or of another site; a paused site; too many.
        """
        name = request.headers.get(SITE_HEADER)
        if name is None:
            raise refused("site")
        site = self._awake(name)
        asker = self.tokens.read(site.id, token)
        if request.method not in ("GET", "HEAD"):
            self.allowances.ask(site, asker.name, address_of(request))
        return asker

    def _awake(self, name: str) -> Site:
        site = self.sites.find(name)
        if site.paused:
            raise RefusedInput("site_paused", PAUSED, site=site.id)
        return site


def address_of(request: Request) -> str:
    """The network address that a request came from; behind a proxy, what uvicorn made of its headers."""
    return request.client.host if request.client is not None else "unknown"
