"""The register's names, in every form people use, ready to be found in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml
from rapidfuzz import fuzz, process

from assistant.understanding.words import plain


@dataclass(frozen=True)
class AgencyName:
    """An agency as the register knows it.

    Attributes:
        name: "Pemerintah Kab. Sumedang".
        kind: "kab", "kota", "prov" or "k-l".
        province: "Jawa Barat"; None for ministries and institutions.
        aliases: other names it goes by.
    """

    name: str
    kind: str
    province: str | None = None
    aliases: tuple[str, ...] = ()


class Register(Protocol):
    """Who is known; handed in from the records."""

    def agencies(self) -> Sequence[AgencyName]: ...


KIND_WORDS = {
    "kab": "kab", "kabupaten": "kab", "pemkab": "kab", "regency": "kab",
    "kota": "kota", "pemkot": "kota", "city": "kota", "kotamadya": "kota",
    "prov": "prov", "provinsi": "prov", "pemprov": "prov", "province": "prov",
}  # fmt: skip


@cache
def _shortened() -> dict[str, Any]:
    with (Path(__file__).parent / "agencies.yaml").open(encoding="utf-8") as file:
        read: dict[str, Any] = yaml.safe_load(file)
    return read


def core_of(name: str) -> str:
    """The register's name without office and kind: "Pemerintah Kab. Kep. Mentawai" -> "kepulauan mentawai"."""
    words = re.findall(r"[a-z]+", name.lower().replace("kep.", "kepulauan"))
    while words and words[0] in ("pemerintah", "kab", "kabupaten", "kota", "provinsi", "prov"):
        words.pop(0)
    return " ".join(words)


class Gazetteer:
    """All names of a register, ready to be found in a text."""

    def __init__(self, agencies: Sequence[AgencyName]) -> None:
        self.by_name = {agency.name: agency for agency in agencies}
        self.cores: dict[str, list[str]] = {}
        for agency in agencies:
            core = core_of(agency.name)
            for known in (core, *(core_of(alias) for alias in agency.aliases)):
                self._add(known, agency.name)
        self.provinces = {core_of(a.name): a.name for a in agencies if a.kind == "prov"}
        self.province_of = {
            core: self.by_name[name].province or province_words(name) for core, name in self.provinces.items()
        }
        short = _shortened()
        self.province_names = {name: self.province_of[core] for core, name in self.provinces.items()}
        own_cores = {core: tuple(names) for core, names in self.cores.items()}
        for typed, meant in short["places"].items():
            for core in meant if isinstance(meant, list) else [meant]:
                for name in own_cores.get(core, ()):
                    self._add(typed, name)
        cores_of_institutions = {re.sub(r"^kementerian ", "", core): names for core, names in self.cores.items()}
        for typed, core in short["institutions"].items():
            for name in cores_of_institutions.get(core, self.cores.get(core, ())):
                self._add(typed, name)
        for core, names in own_cores.items():
            if (mended := plain(core)) != core:  # "bener meriah": the chat spelling of "benar" is mended away
                for name in names:
                    self._add(mended, name)
        self.joined: dict[str, list[str]] = {}
        for core, names in own_cores.items():
            self.joined.setdefault(core.replace(" ", ""), []).extend(names)
        self.parts = {
            typed: tuple(name for name in own_cores.get(core, ()) if self.by_name[name].kind == "prov")
            for typed, core in short["parts"].items()
        }
        self.wordlike = frozenset(short["wordlike"])
        self.longest = max((core.count(" ") + 1 for core in self.cores), default=1)
        self.of_kind = {
            kind: [c for c, names in self.cores.items() if any(self.by_name[n].kind == kind for n in names)]
            for kind in ("kab", "kota", "prov", "k-l")
        }
        self.ministries = []
        for core in self.of_kind["k-l"]:
            if core.startswith("kementerian "):
                self.ministries.append(core.removeprefix("kementerian "))
        self.firsts = {core.split()[0] for core in self.cores}
        self.bare = [c for c in own_cores if len(c) >= 6 and c not in self.wordlike and c.count(" ") < 3]

    def _add(self, core: str, name: str) -> None:
        names = self.cores.setdefault(core, [])
        if name not in names:
            names.append(name)

    def kind_of(self, name: str) -> str:
        return self.by_name[name].kind

    def nearest(self, typed: str, kind: str | None, limit: int = 3) -> tuple[str, ...]:
        """The register names nearest to a name as typed."""
        cores = self.of_kind[kind] if kind else list(self.cores)
        names: list[str] = []
        for core, score, _ in process.extract(typed, cores, scorer=fuzz.ratio, limit=limit):
            if score >= 55:
                names += [n for n in self.cores[core] if kind in (None, self.kind_of(n)) and n not in names]
        return tuple(names[:limit])


def province_words(name: str) -> str:
    return re.sub(r"^Pemerintah (Provinsi |Prov\. )?", "", name)


_built: dict[tuple[object, ...], Gazetteer] = {}


def gazetteer(register: Register) -> Gazetteer:
    """The register's gazetteer; rebuilt only when its names change."""
    agencies = register.agencies()
    key = tuple((agency.name, agency.aliases) for agency in agencies)
    if key not in _built:
        _built.clear()
        _built[key] = Gazetteer(agencies)
    return _built[key]
