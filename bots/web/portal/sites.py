"""The sites that may embed the chat, from ``sites.yaml`` in the data folder or the setting SPBE_SITES."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import yaml
from limits import parse
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator, model_validator

from scoring import RefusedInput, Text

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")


def _safe(address: str) -> bool:
    """Whether an address is HTTPS, or HTTP on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


class Site(BaseModel):
    """A portal.

    Attributes:
        id: in the portal's script tag; lower-case letters, digits, hyphens.
        origins: the pages that may frame the chat, such as ``https://portal.example.go.id``.
        agencies: register names or ids of the agencies whose staff and heads it may hand over; by default none.
        province: the province whose coordinator it may hand over.
        issuer, audience: what its tokens must say in ``iss`` and ``aud``.
        secret_file: file with the secret shared with the portal, at least 32 bytes, in the data folder or absolute.
        jwks_url: address of the portal's public keys; instead of a shared secret.
        algorithms: signatures accepted of ``jwks_url``.
        daily_budget: questions a day (UTC), all visitors together.
        per_visitor, per_address, per_site: questions in a span of time, such as ``10/minute``.
        paused: the chat says that it rests, and answers nobody of this site.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$")
    origins: tuple[str, ...] = Field(min_length=1)
    agencies: tuple[str, ...] = ()
    province: str | None = None
    issuer: str | None = None
    audience: str | None = None
    secret_file: Path | None = None
    jwks_url: str | None = None
    algorithms: tuple[Literal["RS256", "PS256", "ES256", "EdDSA"], ...] = ("RS256", "ES256")
    daily_budget: Annotated[int, Field(ge=0)] = 2000
    per_visitor: str = "10/minute"
    per_address: str = "60/minute"
    per_site: str = "300/minute"
    paused: bool = False

    @field_validator("origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin) or not _safe(origin):
                raise ValueError(f"{origin!r} is no origin: https://, a host, perhaps a port, no path")
        return origins

    @field_validator("per_visitor", "per_address", "per_site")
    @classmethod
    def _rate(cls, rate: str) -> str:
        parse(rate)
        return rate

    @model_validator(mode="after")
    def _handover(self) -> Self:
        if self.secret_file is not None and self.jwks_url is not None:
            raise ValueError("give secret_file or jwks_url, not both")
        if self.jwks_url is not None and not _safe(self.jwks_url):
            raise ValueError("jwks_url must be https")
        if (self.secret_file or self.jwks_url) and not (self.issuer and self.audience):
            raise ValueError("tokens need issuer and audience")
        return self


_SITES = TypeAdapter(list[Site])


class Sites:
    """All sites; the file is read again when it has changed.

    Args:
        folder: the data folder.
        setting: the sites as JSON, instead of the file.
    """

    def __init__(self, folder: Path, setting: str | None = None) -> None:
        self._folder = folder
        self._path = folder / "sites.yaml"
        self._sites = None if setting is None else _read(setting, "SPBE_SITES")
        self._known: tuple[tuple[int, int], dict[str, Site]] | None = None

    def all(self) -> dict[str, Site]:
        """The sites by id.

        Raises:
            RefusedInput: the file cannot be read as sites; says where.
        """
        if self._sites is not None:
            return self._sites
        if not self._path.exists():
            return {}
        state = self._path.stat()
        mark = (state.st_mtime_ns, state.st_size)
        if self._known is None or self._known[0] != mark:
            self._known = mark, _read(self._path.read_text(encoding="utf-8"), self._path.name)
        return self._known[1]

    def find(self, site: str) -> Site:
        """The site, paused where its switch says so.

        Raises:
            RefusedInput: there is no such site.
        """
        found = self.all().get(site)
        if found is None:
            raise RefusedInput(
                "not_found_site",
                Text(
                    id="Situs ini tidak terdaftar. Periksa data-site pada tag script, atau daftarkan di sites.yaml.",
                    en="This site is not registered. Check data-site in the script tag, or add it to sites.yaml.",
                ),
                site=site[:60],
            )
        return found.model_copy(update={"paused": found.paused or self._switch(site).exists()})

    def pause(self, site: str, paused: bool) -> None:
        """Turn the switch; all servers on this data folder follow at once.

        Raises:
            RefusedInput: there is no such site.
        """
        self.find(site)
        switch = self._switch(site)
        if paused:
            switch.parent.mkdir(parents=True, exist_ok=True)
            switch.touch()
        else:
            switch.unlink(missing_ok=True)

    def path(self, path: Path) -> Path:
        """A path of a site, relative ones in the data folder."""
        return self._folder / path

    def _switch(self, site: str) -> Path:
        return self._folder / "paused" / site


def _read(text: str, where: str) -> dict[str, Site]:
    try:
        sites = _SITES.validate_python(yaml.safe_load(text) or [])
    except (yaml.YAMLError, ValidationError) as reason:
        problem = reason.errors()[0] if isinstance(reason, ValidationError) else None
        said = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" if problem else str(reason)
        raise _refused(where, said) from reason
    named = {site.id: site for site in sites}
    if len(named) < len(sites):
        raise _refused(where, "id")
    return named


def _refused(where: str, problem: str) -> RefusedInput:
    return RefusedInput(
        "sites_not_readable",
        Text(
            id=f"{where} tidak dapat dibaca ({problem}). Yang diterima: daftar situs, masing-masing dengan id yang "
            "berbeda dan origins; lihat docs/embedding.md.",
            en=f"{where} cannot be read ({problem}). Accepted: a list of sites, each with an id of its own and "
            "origins; see docs/embedding.md.",
        ),
    )
