"""A portal hands over its user: its signed token becomes an Asker, within what the portal may vouch for."""

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any

import jwt

from assistant.permissions import Asker
from assistant.records.agencies import Agencies, AgencyEntry
from bots.web.portal.sites import Site, Sites
from scoring import RefusedInput, Text

LEEWAY = 30  # seconds that the portal's clock may be off
LONGEST = 3600  # seconds from now that a handed-over token may still be valid; longer ones are kept by somebody
_SHARED_SECRET = ["HS256", "HS384", "HS512"]
_SHORTEST = 32  # bytes of a shared secret
_TOKEN_LIMIT = 8192  # characters
_REASONS: dict[type[Exception], str] = {
    jwt.ExpiredSignatureError: "expired",
    jwt.ImmatureSignatureError: "not_yet_valid",
    jwt.InvalidAudienceError: "audience",
    jwt.InvalidIssuerError: "issuer",
    jwt.InvalidSignatureError: "signature",
    jwt.InvalidAlgorithmError: "algorithm",
    jwt.MissingRequiredClaimError: "claims",
}
_SAID = {
    "expired": Text(id="masa berlakunya habis", en="it has expired"),
    "not_yet_valid": Text(id="belum berlaku", en="it is not valid yet"),
    "audience": Text(id="ditujukan ke pihak lain (aud)", en="it is meant for somebody else (aud)"),
    "issuer": Text(id="penerbitnya lain (iss)", en="it comes from another issuer (iss)"),
    "signature": Text(id="tanda tangannya tidak cocok", en="its signature does not match"),
    "algorithm": Text(id="algoritmanya tidak diterima", en="its algorithm is not accepted"),
    "claims": Text(id="isinya kurang: iss, aud, exp, sub wajib", en="it lacks claims: iss, aud, exp, sub are required"),
    "lifetime": Text(id="berlaku lebih dari satu jam", en="it is valid for more than an hour"),
    "role": Text(
        id="perannya tidak diterima; yang diterima: visitor, staff, head, coordinator",
        en="its role is not accepted; accepted: visitor, staff, head, coordinator",
    ),
    "agency": Text(id="portal ini tidak boleh menjamin instansi itu", en="this portal may not vouch for that agency"),
    "province": Text(
        id="portal ini tidak boleh menjamin provinsi itu", en="this portal may not vouch for that province"
    ),
    "no_handover": Text(id="portal ini tidak menyerahkan pengguna", en="this portal hands over no users"),
    "keys": Text(id="kunci portal tidak dapat diambil", en="the portal's keys cannot be fetched"),
    "site": Text(id="token itu milik situs lain", en="it belongs to another site"),
    "malformed": Text(id="bukan token yang sah", en="it is no valid token"),
}


def refused(reason: str) -> RefusedInput:
    """A token that is not accepted, and why."""
    said = _SAID[reason]
    return RefusedInput(
        "token_not_accepted",
        Text(
            id=f"Token tidak diterima: {said.id}. Muat ulang halaman; bila tetap begini, hubungi pengelola portal.",
            en=f"The token is not accepted: {said.en}. Reload the page; if it stays so, ask the portal's operator.",
        ),
        reason=reason,
    )


def refusal_of(problem: jwt.PyJWTError) -> RefusedInput:
    """The refusal for what is wrong with a token."""
    known = (reason for kind, reason in _REASONS.items() if isinstance(problem, kind))
    return refused(next(known, "malformed"))


@dataclass
class Handover:
    """Reads the tokens of portals. Blocks where keys have to be fetched."""

    sites: Sites
    agencies: Agencies
    _clients: dict[str, jwt.PyJWKClient] = field(default_factory=dict)

    def asker(self, site: Site, token: str) -> Asker:
        """The portal's user.

        Raises:
            RefusedInput: a token of somebody else, for somebody else, out of its time, or beyond the portal's scope.
        """
        if len(token) > _TOKEN_LIMIT:
            raise refused("malformed")
        claims = self._claims(site, token)
        role, who = claims.get("role", "visitor"), f"{site.id}:{_pseudonym(claims['sub'])}"
        match role:
            case "visitor":
                return Asker(through=who)
            case "staff" | "head":
                return Asker(role=role, agency_id=self._agency(site, claims.get("agency")).id, through=who)
            case "coordinator":
                if site.province is None or claims.get("province", site.province) != site.province:
                    raise refused("province")
                return Asker(role="coordinator", province=site.province, through=who)
        raise refused("role")

    def _claims(self, site: Site, token: str) -> dict[str, Any]:
        key, algorithms = self._key(site, token)
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=algorithms,
                issuer=site.issuer,
                audience=site.audience,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as problem:
            raise refusal_of(problem) from problem
        except (ValueError, TypeError) as problem:  # a header or claim of a shape that PyJWT does not expect
            raise refused("malformed") from problem
        if int(claims["exp"]) - time.time() > LONGEST + LEEWAY:
            raise refused("lifetime")
        return claims

    def _key(self, site: Site, token: str) -> tuple[Any, list[str]]:
        if site.secret_file is not None:
            secret = self.sites.path(site.secret_file).read_bytes().strip()
            if len(secret) < _SHORTEST:
                raise RefusedInput(
                    "secret_too_short",
                    Text(
                        id=f"Rahasia situs {site.id} kurang dari {_SHORTEST} bita. Buat yang baru dan pasang juga di "
                        "portal.",
                        en=f"The secret of site {site.id} has fewer than {_SHORTEST} bytes. Make a new one and set it "
                        "in the portal, too.",
                    ),
                )
            return secret, _SHARED_SECRET
        if site.jwks_url is not None:
            client = self._clients.setdefault(site.jwks_url, jwt.PyJWKClient(site.jwks_url, timeout=5))
            try:
                return client.get_signing_key_from_jwt(token).key, list(site.algorithms)
            except jwt.PyJWKClientConnectionError as problem:
                raise refused("keys") from problem
            except jwt.PyJWKClientError as problem:
                raise refused("signature") from problem  # no key of the portal has that name
            except jwt.PyJWTError as problem:
                raise refusal_of(problem) from problem
        raise refused("no_handover")

    def _agency(self, site: Site, named: object) -> AgencyEntry:
        """The agency named, or the portal's only one; always one that the portal may vouch for."""
        allowed = [self._entry(name) for name in site.agencies]
        if named is None and len(allowed) == 1:
            return allowed[0]
        wanted = self._found(named) if isinstance(named, str) else None
        if wanted is None or wanted not in allowed:
            raise refused("agency")
        return wanted

    def _entry(self, name: str) -> AgencyEntry:
        return self._found(name) or self.agencies.find(name)

    def _found(self, name: str) -> AgencyEntry | None:
        return self.agencies.by_id(name) or self.agencies.named(name)


def _pseudonym(subject: object) -> str:
    """The portal's user as we remember them: the same each time, and no name."""
    return hashlib.sha256(str(subject).encode()).hexdigest()[:20]
