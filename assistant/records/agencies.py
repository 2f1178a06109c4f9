"""The register of agencies and the search by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.models import Agency
from scoring import RefusedInput, Text


@dataclass(frozen=True)
class AgencyEntry:
    """A line of the register; ``name`` is the register name ("Pemerintah Kab. Sumedang")."""

    id: str
    name: str
    kind: str
    province: str | None
    group: str
    aliases: tuple[str, ...] = ()


def spoken(name: str) -> str:
    """The name as people say it: "Kota Bandar Lampung", "Kab. Sumedang", "Provinsi Jawa Barat"."""
    return name.removeprefix("Pemerintah ") if name != "Pemerintah Aceh" else "Provinsi Aceh"


def folded(name: str) -> str:
    """Spellings of one agency brought together: lower case, "kabupaten"/"kab", no "pemerintah", no marks."""
    text = re.sub(r"[^a-z0-9]+", " ", name.lower())
    text = re.sub(r"\b(pemerintah|daerah|pemda)\b", " ", text)
    text = re.sub(r"\b(kabupaten|pemkab)\b", "kab", text)
    text = re.sub(r"\bpemkot\b", "kota", text)
    text = re.sub(r"\b(provinsi|propinsi|pemprov)\b", "prov", text)
    return " ".join(text.split())


class Agencies:
    """The register, read once per generation of the records."""

    def __init__(self, entries: Sequence[AgencyEntry]) -> None:
        self.entries = tuple(entries)
        self._by_name = {entry.name: entry for entry in entries}
        self._by_id = {entry.id: entry for entry in entries}
        self._folded: dict[str, AgencyEntry] = {}
        for entry in entries:
            for name in (entry.name, entry.id, *entry.aliases):
                self._folded.setdefault(folded(name), entry)

    @classmethod
    def load(cls, session: Session) -> "Agencies":
        rows = session.scalars(select(Agency).order_by(Agency.name))
        return cls([AgencyEntry(r.id, r.name, r.kind, r.province, r.group, tuple(r.aliases)) for r in rows])

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.entries)

    def named(self, name: str) -> AgencyEntry | None:
        """By exact register name."""
        return self._by_name.get(name)

    def by_id(self, agency_id: str) -> AgencyEntry | None:
        return self._by_id.get(agency_id)

    def find(self, text: str) -> AgencyEntry:
        """The agency of a name in any spelling.

        Raises:
            RefusedInput: unknown, with the nearest names; or several fit, with all of them.
        """
        wanted = folded(text)
        if entry := self._folded.get(wanted):
            return entry
        bare = [e for e in self.entries if folded(e.name).split(" ", 1)[-1] == wanted and e.kind != "k-l"]
        if len(bare) == 1:
            return bare[0]
        if bare:
            names = [entry.name for entry in bare]
            raise RefusedInput(
                "ambiguous_agency",
                Text(
                    id=f"{text!r} dapat berarti {' atau '.join(names)}. Tulis nama lengkapnya.",
                    en=f"{text!r} could mean {' or '.join(names)}. Write the full name.",
                ),
                agency=text,
                nearest=names,
            )
        close = process.extract(wanted, list(self._folded), scorer=fuzz.token_sort_ratio, limit=8)
        if close and fuzz.ratio(wanted, close[0][0]) >= 88 and (len(close) < 2 or close[0][1] - close[1][1] > 3):
            return self._folded[close[0][0]]
        nearest = list(dict.fromkeys(self._folded[name].name for name, _, _ in close))[:4]
        raise RefusedInput(
            "unknown_agency",
            Text(
                id=f"Instansi {text[:80]!r} tidak ada dalam register. Nama terdekat: {'; '.join(nearest)}. "
                "Ulangi dengan salah satu nama itu.",
                en=f"Agency {text[:80]!r} is not in the register. Nearest names: {'; '.join(nearest)}. "
                "Try again with one of them.",
            ),
            agency=text[:80],
            nearest=nearest,
        )
