"""What a row or a column is about: "I12", "12.", "12 Tingkat Kematangan ...", "Domain 2", "Indeks SPBE"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from scoring.instrument import Aspect, Domain, Indicator, Instrument, instrument_ids, load_instrument

NodeKind = Literal["index", "rating", "domain", "aspect", "indicator"]

_WORDS: tuple[tuple[NodeKind, str], ...] = (
    ("domain", "domain"),
    ("aspect", r"(?:aspek|aspect)"),
    ("indicator", r"(?:indikator|indicator)"),
)
_KINDS: tuple[tuple[NodeKind, str], ...] = (
    ("indicator", r"(?:indikator|indicator|ind|i)"),
    ("domain", r"(?:domain|dom|d)"),
    ("aspect", r"(?:aspek|aspect|asp|a)"),
)
_EXPLICIT = [
    (kind, re.compile(rf"^{word}[\s._:\-]*(?:no(?:mor)?\.?\s*)?(\d{{1,3}})\b[\s.:)_\-–]*(.*)$", re.I | re.S))
    for kind, word in _KINDS
]
_KINDED = [(kind, re.compile(rf"^{word}\b[\s:.\-–]*(.+)$", re.I | re.S)) for kind, word in _WORDS]
_LETTERS: dict[str, NodeKind] = {"D": "domain", "A": "aspect", "I": "indicator"}
_CODE = re.compile(r"^([DAI])(?:18|20|26)(\d\d)$", re.I)
_NUMBERED = re.compile(r"^(\d{1,3})(?:\s*[.):\-–]\s*|\s+)(\D.*)$", re.S)
_BARE = re.compile(r"^(\d{1,3})\s*[.):]?$")
_OUTLINE = re.compile(r"^(?:\d+(?:\.\d+)+\.?|[a-z][.)]|[ivx]+[.)])\s+(.*)$", re.I | re.S)
_INDEX = re.compile(
    r"^(?:(?:nilai|hasil|skor|total|published)\s+)*(?:indeks|index)"
    r"(?:\s+(?:spbe|pemdi|pemerintah digital|akhir|total|nasional|instansi))*(?:\s*\([^)]*\))?$"
    r"|^spbe$|^pemdi$|^nilai (?:akhir )?spbe$",
    re.I,
)
_RATING = re.compile(r"^(?:published\s+)?(?:predikat|rating|kategori predikat)(?:\s+(?:indeks|spbe|pemdi))*$", re.I)
_FILLER = re.compile(
    r"\b(tingkat|kematangan|spbe|instansi pusat pemerintah daerah|instansi pusat|pemerintah daerah|terkait|nilai"
    r"|skor|of)\b"
)


@dataclass(frozen=True)
class Label:
    """What a label says: its kind where it names one, its number where it has one, and a folded name."""

    kind: NodeKind | None
    number: int | None
    name: str

    @property
    def explicit(self) -> bool:
        return self.kind is not None and self.number is not None


def folded(name: str) -> str:
    """Spellings of one name brought together.

    >>> folded("Tingkat Kematangan Layanan Data Terbuka (LDT)") == folded("Layanan  data-terbuka")
    True
    """
    text = re.sub(r"\([^)\d]*\)", " ", name.lower())
    text = re.sub(r"[^a-z0-9]+", " ", text)
    return " ".join(_FILLER.sub(" ", text).split())


@lru_cache(maxsize=20000)
def read_label(text: str) -> Label | None:
    """What a cell's text says about a node, or None where it says nothing of the kind."""
    text = " ".join(text.replace("_", " ").split())
    if not text or len(text) > 400:
        return None
    if _INDEX.match(text):
        return Label("index", None, "")
    if _RATING.match(text):
        return Label("rating", None, "")
    if code := _CODE.match(text):
        return Label(_LETTERS[code[1].upper()], int(code[2]), "")
    for kind, pattern in _EXPLICIT:
        if match := pattern.match(text):
            return Label(kind, int(match[1]), folded(match[2]))
    if bare := _BARE.match(text):
        return Label(None, int(bare[1]), "")
    for named, pattern in _KINDED:
        if match := pattern.match(text):
            return Label(named, None, folded(match[1]))
    if numbered := _NUMBERED.match(text):
        return Label(None, int(numbered[1]), folded(numbered[2]))
    if outline := _OUTLINE.match(text):
        return Label(None, None, folded(outline[1]))
    name = folded(text)
    return Label(None, None, name) if name else None


class Names:
    """The names of an instrument's parts, in any spelling; ``official`` without what people call them besides."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.tables: dict[NodeKind, dict[str, int]] = {"domain": {}, "aspect": {}, "indicator": {}}
        self.official: dict[NodeKind, dict[str, int]] = {}
        groups: tuple[tuple[NodeKind, Sequence[Domain | Aspect | Indicator]], ...] = (
            ("domain", instrument.domains),
            ("aspect", instrument.aspects),
            ("indicator", instrument.indicators),
        )
        for kind, parts in groups:
            table = self.tables[kind]
            for part in parts:
                table.setdefault(folded(part.name.id), part.number)
            for part in parts:
                table.setdefault(folded(part.name.en), part.number)
            self.official[kind] = dict(table)
            for part in parts:
                for alias in part.aliases:
                    table.setdefault(folded(alias), part.number)
        self._near: dict[tuple[NodeKind, str, int], int | None] = {}

    def exact(self, kind: NodeKind, name: str) -> int | None:
        return self.tables[kind].get(name) if name else None

    def near(self, kind: NodeKind, name: str, least: int = 88) -> int | None:
        """As exact, or the one name that is spelled almost the same."""
        if not name or kind not in self.tables:
            return None
        if (number := self.exact(kind, name)) is not None:
            return number
        key = (kind, name, least)
        if key not in self._near:
            best = process.extractOne(name, list(self.tables[kind]), scorer=fuzz.ratio, score_cutoff=least)
            self._near[key] = self.tables[kind][best[0]] if best else None
        return self._near[key]

    def number(self, label: Label) -> tuple[NodeKind, int] | None:
        """The node that a label names, by number where its kind is given, otherwise by name."""
        if label.kind in ("index", "rating"):
            return label.kind, 0
        if label.kind is not None:
            number = label.number if label.number is not None else self.near(label.kind, label.name, 80)
            return None if number is None else (label.kind, number)
        order: tuple[NodeKind, ...] = ("indicator", "aspect", "domain")
        for kind in order:
            if (number := self.exact(kind, label.name)) is not None:
                return kind, number
        for kind in order:
            if (number := self.near(kind, label.name)) is not None:
                return kind, number
        return None


_made: dict[str, Names] = {}


def names_of(instrument: str) -> Names:
    """The names of an instrument, made once for as long as it stays the same."""
    loaded = load_instrument(instrument)
    if instrument not in _made or _made[instrument].instrument is not loaded:
        _made[instrument] = Names(loaded)
    return _made[instrument]


def all_names() -> list[Names]:
    return [names_of(name) for name in instrument_ids()]
