"""The token an embedded page asks with: ours, short-lived, good for one site."""

import os
import secrets
import time
from pathlib import Path
from typing import Any

import jwt

from assistant.permissions import Asker
from bots.web.portal.handover import refusal_of, refused

LASTS = 15 * 60  # seconds
_ISSUER = "tanya-spbe"
_ALGORITHM = "HS256"
_REQUIRED = ["exp", "iat", "iss", "aud", "sub", "role"]


def signing_key(path: Path) -> bytes:
    """The key in a file, made where there is none; servers that start together agree on one."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    for _ in range(50):
        if len(key := path.read_bytes()) >= 64:
            return key
        time.sleep(0.02)  # another server has made the file and is writing it
    raise RuntimeError(f"{path.name} holds no key; delete it and start again")


class VisitorTokens:
    """Makes and reads visitor tokens."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, site: str, asker: Asker) -> str:
        """A token for a visitor of a site, or a user that its portal handed over."""
        now = int(time.time())
        claims = {
            "iss": _ISSUER,
            "aud": _audience(site),
            "sub": asker.through or f"{site}:{secrets.token_hex(10)}",
            "iat": now,
            "exp": now + LASTS,
            "role": asker.role,
            "agency": asker.agency_id,
            "province": asker.province,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def read(self, site: str, token: str) -> Asker:
        """Who asks with a token on a site.

        Raises:
            RefusedInput: forged, expired, or of another site.
        """
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=_audience(site),
                options={"require": _REQUIRED},
            )
        except jwt.InvalidAudienceError as problem:
            raise refused("site") from problem
        except jwt.PyJWTError as problem:
            raise refusal_of(problem) from problem
        except (ValueError, TypeError) as problem:
            raise refused("malformed") from problem
        if claims["role"] not in ("visitor", "staff", "head", "coordinator"):
            raise refused("role")
        return Asker(
            role=claims["role"],
            agency_id=claims.get("agency"),
            province=claims.get("province"),
            through=claims["sub"],
        )


def _audience(site: str) -> str:
    return f"{_ISSUER}:{site}"
