"""Who asks by a token in the Authorization header: a program by its key, a portal's page by its visitor token."""

from collections.abc import Callable

from fastapi import Request
from sqlalchemy import Engine

from assistant.permissions import Asker
from assistant.records.api_keys import PREFIX, asker_with
from bots.web.portal.portal import SITE_HEADER
from bots.web.state import Bearer
from scoring import RefusedInput, Text

_NOBODY = ("", "visitor", "none")
"""What a client sends that must send something; it asks without a key."""


def token_of(authorization: str | None) -> str | None:
    """The token of an Authorization header; None where there is none."""
    scheme, _, token = (authorization or "").partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token.lower() not in _NOBODY else None


def by_key(engine: Engine, key: str) -> Asker:
    """Whom a key belongs to.

    Raises:
        RefusedInput: it is unknown or revoked.
    """
    asker = asker_with(engine, key) if key.startswith(PREFIX) else None
    if asker is None:
        raise RefusedInput(
            "key_not_accepted",
            Text(
                id="Kunci itu tidak dikenal atau sudah dicabut. Minta kunci baru kepada pengelola (spbe admin keys), "
                "atau hilangkan tajuk Authorization untuk bertanya sebagai pengunjung.",
                en="That key is not known or was revoked. Ask the operator for a new one (spbe admin keys), or leave "
                "out the Authorization header to ask as a visitor.",
            ),
        )
    return asker


def bearers(engine: Engine, visitor: Callable[[Request, str], Asker] | None = None) -> Bearer:
    """Recognises keys and, where portals embed the chat, the tokens of their visitors.

    Args:
        visitor: the asker of a visitor token; raises RefusedInput.
    """

    def bearer(request: Request) -> Asker | None:
        token = token_of(request.headers.get("authorization"))
        if visitor is not None and SITE_HEADER in request.headers:  # never by a cookie, even without a token
            return visitor(request, token or "")
        if token is None:
            return None
        if visitor is not None and token.count(".") == 2:  # only a JSON Web Token has two dots
            return visitor(request, token)
        return by_key(engine, token)

    return bearer
