"""Which parts of the instrument a text names: by number ("ind 21", "45-47") or by name ("audit tik")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from scoring import Instrument
from scoring.instrument import Aspect, Domain, Indicator

_KIND = {
    "domain": "domain", "d": "domain", "aspek": "aspect", "aspect": "aspect",
    "indikator": "indicator", "indicator": "indicator", "indicators": "indicator", "domains": "domain",
    "aspects": "aspect", "i": "indicator",
}  # fmt: skip
_LIST = (
    r"\d{1,2}(?: ?(?:,|dan|sama|&|and|serta|-|s\.?d\.?|sampai|hingga|to|through|atau|or|/|, ?and|, ?dan|"
    r" ) ?\d{1,2}\b)*"
)
_NUMBERED = re.compile(
    rf"\b(domains?|d(?= [1-4]\b)|aspek|aspects?|indikator|indicators?|i) ?(?:spbe )?(?:nomor|no\.?|number|ke-?|"
    rf"#)? ?({_LIST})\b(?![.,]\d)"
)
_RANGE = re.compile(r"(\d{1,2}) ?(?:-|s\.?d\.?|sampai|hingga|to|through) ?(\d{1,2})")
_POLICY = re.compile(r"\b(kebijakan|perwali|perbup|perkada|perda|pergub|perka|regulasi|policy|policies)\b")
_PRACTICE = re.compile(
    r"\b(penerapan|pelaksanaan|penyusunan|praktik|implementasi|diterapkan|implementation|practice|"
    r"penggunaan|dokumen)\b"
)
_STUCK = re.compile(
    r"\b(masih|cuma|hanya|baru|di|tetap|stuck|still|only|stays?|mentok)\b(?: \w+)? (?:level|tingkat) (\d)"
)
_VALUED = frozenset(
    """skor nilai nya level score indeks predikat rating capaian naikkan menaikkan bukti dukung evidence andaikan kalau
    misal andai our kenapa why kriteria requirements for syarat lemah kelemahan kekurangan tertinggal progress tren
    trend perkembangan di pada in""".split()  # noqa: SIM905
)
_OWNED = frozenset(
    """level tingkat kami kita kok masih rendah jeblok naik jadi berapa turun tertinggal anjlok jelek lemah cuma hanya
    baru kecil is so our skor nilai score mentok stagnan terus ikut semua dan mana hancur parah""".split()  # noqa: SIM905
)
_NOT_THIS = re.compile(r"\b(?:bukan|not)(?: (?:yang|di|untuk|the|in))* $")
_WORD = re.compile(r"[a-z]+|\d+")


@dataclass
class Nodes:
    """The parts named.

    Attributes:
        found: "domain 2", "indicator 21" ... in the order named.
        candidates: several nodes that one name fits and nothing decides between.
        absent: numbers named that the instrument does not have, such as "indicator 50".
        rest: the text with the nodes taken out. numbered: with indicators named by name put as numbers.
    """

    found: list[str] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    absent: list[str] = field(default_factory=list)
    rest: str = ""
    numbered: str = ""


@cache
def _aliases() -> Mapping[str, Any]:
    with (Path(__file__).parent / "node_aliases.yaml").open(encoding="utf-8") as file:
        read: Mapping[str, Any] = yaml.safe_load(file)
    return read


class Names:
    """The names of an instrument's parts, ready to be found in a text."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.everyday = {tuple(_WORD.findall(name)) for name in _aliases()["everyday"]}
        self.nodes: dict[tuple[str, ...], list[str]] = {}
        self.official: dict[str, tuple[str, ...]] = {}
        parts: tuple[tuple[str, Domain | Aspect | Indicator], ...] = (
            *(("domain", part) for part in instrument.domains),
            *(("aspect", part) for part in instrument.aspects),
            *(("indicator", part) for part in instrument.indicators),
        )
        extra = _aliases().get(instrument.id, {})
        self.spelled_out = {
            tuple(_WORD.findall(name.lower()))
            for kind, part in parts
            for name in (*part.aliases, *extra.get(f"{kind} {part.number}", ()))
        }
        for kind, part in parts:
            node = f"{kind} {part.number}"
            self.official[node] = tuple(_WORD.findall(part.name.id.lower()))
            for name in (part.name.id, part.name.en, *part.aliases, *extra.get(node, ())):
                self._add(name, node)
        self.policies = {f"indicator {i.number}" for i in instrument.indicators if "Kebijakan" in i.name.id}
        self.longest = max(map(len, self.nodes))

    def _add(self, name: str, node: str) -> None:
        words = tuple(_WORD.findall(name.lower()))
        short = _short(words)
        if len(short) == 1 and len(words) > 1 and short not in self.spelled_out:
            self.everyday.add(short)
        for form in (words, short, _other_number(words), _other_number(short)):
            if form in (_other_number(words), _other_number(short)) and {words, short} & self.everyday:
                self.everyday.add(form)
            if form and node not in self.nodes.setdefault(form, []):
                self.nodes[form].append(node)

    def aspect_of(self, node: str) -> int | None:
        """The aspect an indicator belongs to."""
        kind, _, number = node.partition(" ")
        if kind != "indicator":
            return None
        return self.instrument.indicators[int(number) - 1].aspect

    def exists(self, node: str) -> bool:
        kind, _, number = node.partition(" ")
        parts = {"domain": self.instrument.domains, "aspect": self.instrument.aspects}.get(
            kind, self.instrument.indicators
        )
        return 1 <= int(number) <= len(parts)


_names: dict[tuple[str, int], Names] = {}


def names_of(instrument: Instrument) -> Names:
    key = (instrument.id, id(instrument))
    if key not in _names:
        _names[key] = Names(instrument)
    return _names[key]


def listed(text: str) -> list[int]:
    """The numbers of a list: "45, 46 and 47", "45-47", "11 sama 12"."""
    numbers: list[int] = []
    position = 0
    while position < len(text):
        span = _RANGE.match(text, position)
        if span and int(span[1]) < int(span[2]):
            numbers += range(int(span[1]), int(span[2]) + 1)
            position = span.end()
            continue
        one = re.compile(r"\d{1,2}").match(text, position)
        if one:
            numbers.append(int(one[0]))
            position = one.end()
        else:
            position += 1
    return list(dict.fromkeys(numbers))


def name_nodes(
    text: str,
    names: Names,
    *,
    level: int | None = None,
    levels: Mapping[int, int] | None = None,
    leaning: bool = False,
) -> Nodes:
    """Find the nodes in plain words; the level named and the levels held decide between policy and practice.

    ``leaning``: a short turn of a conversation, in which an everyday word is a name too ("yang manajemen gimana").
    """
    nodes = Nodes()
    found: list[tuple[int, str]] = []
    spelled: list[tuple[int, int, str]] = []
    doubtful: list[tuple[int, int, list[str]]] = []

    def number(match: re.Match[str]) -> str:
        kind = _KIND[match[1]]
        for n in listed(match[2]):
            node = f"{kind} {n}"
            if names.exists(node):
                found.append((match.start(), node))
            else:
                nodes.absent.append(node)
        return "#" * len(match[0])

    rest = _NUMBERED.sub(number, text)
    tokens = [(m[0], m.start(), m.end()) for m in _WORD.finditer(rest)]
    words = [token[0] for token in tokens]
    position = 0
    while position < len(words):
        hit = None
        for length in range(min(names.longest, len(words) - position), 0, -1):
            key = tuple(words[position : position + length])
            if key in names.nodes:
                hit = length, names.nodes[key]
                break
        if hit is None:
            position += 1
            continue
        length, fitting = hit
        end = tokens[position + length - 1][2]
        owned = rest[end:].lstrip().startswith("#")  # "manajemen SPBE Kab. Garut": an agency's, which was taken out
        if tuple(words[position : position + length]) in names.everyday and not (
            owned or leaning or _meant(words, position, length)
        ):
            position += length
            continue
        around = (words[position - 1] if position else "", *words[position + length : position + length + 1])
        for kind in [_KIND[word] for word in around if word in _KIND]:  # "domain manajemen", "the management domain"
            fitting = [node for node in fitting if node.startswith(kind)] or fitting
        numbered = re.match(r"(?: (?:kami|kita|our))? ?\((?:no\.? ?)?(\d{1,2})\)", rest[end:])  # "arsitektur (11)"
        if numbered and len(fitting) > 1:
            fitting = [node for node in fitting if node.split()[1] == numbered[1]] or fitting
        if len(fitting) > 1:
            named_so = tuple(words[position : position + length])
            fitting = _decided(fitting, named_so, text, names, level, levels) or fitting
        named = {node for _, node in found}
        start = tokens[position][1]
        if named & set(fitting) or _explained(text, rest, start):
            pass
        elif len(fitting) == 1:
            found.append((start, fitting[0]))
            if fitting[0].startswith("indicator"):
                spelled.append((start, end, f"indikator {fitting[0].split()[1]}"))
        else:
            doubtful.append((start, end, fitting))
        rest = rest[:start] + "#" * (end - start) + rest[end:]
        position += length
    for start, end, fitting in doubtful:
        beside = {names.aspect_of(node) for _, node in found if node.startswith("indicator")}
        kin = [node for node in fitting if names.aspect_of(node) in beside]
        if len(kin) == 1:  # "manajemen risiko dan manajemen data": both practice
            found.append((start, kin[0]))
            spelled.append((start, end, f"indikator {kin[0].split()[1]}"))
        elif not nodes.candidates:
            nodes.candidates = tuple(fitting[:4])
    if denied := {node for start, node in found if _NOT_THIS.search(text[:start])}:  # "bukan domain 1, domain 2"
        found = [(start, node) for start, node in found if node not in denied] or found
    spelled.sort()
    nodes.found = list(dict.fromkeys(node for _, node in sorted(found, key=lambda entry: entry[0])))
    nodes.rest = rest
    nodes.numbered = text
    for start, end, number_of in reversed(spelled):
        after = re.sub(rf"^ ?\({number_of.split()[1]}\)", "", nodes.numbered[end:])  # "manajemen risiko (21)"
        nodes.numbered = nodes.numbered[:start] + number_of + after
    return nodes


def _short(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in ("spbe", "pemdi"))


def _other_number(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "finance service" for "finance services" and the other way about."""
    if not words:
        return ()
    last = words[-1]
    return (*words[:-1], last[:-1] if last.endswith("s") and not last.endswith("ss") else f"{last}s")


def _explained(text: str, rest: str, start: int) -> bool:
    """ "indikator 12 (Peta Rencana)": the name only explains the number just before it."""
    before = text[:start].rstrip(" :(-")
    return before[-1:].isdigit() and rest[len(before) - 1] == "#"


def _meant(words: list[str], position: int, length: int) -> bool:
    """Whether an everyday word stands where it can only be the name of a part."""
    before = words[position - 1] if position else ""
    after = words[position + length] if position + length < len(words) else ""
    if length == len(words):  # the name is all that is said
        return True
    return before in _KIND or before in _VALUED or after in _OWNED or after in ("domain", "aspek", "aspect")


def _decided(
    fitting: list[str],
    words: tuple[str, ...],
    text: str,
    names: Names,
    level: int | None,
    levels: Mapping[int, int] | None,
) -> list[str]:
    policy = [node for node in fitting if node in names.policies]
    if policy and len(policy) < len(fitting):
        if _POLICY.search(text):
            return policy
        if _PRACTICE.search(text):
            return [node for node in fitting if node not in policy]
    wider = [node for node in fitting if not node.startswith("indicator")]
    if len(wider) > 1:  # "manajemen SPBE" is a domain's name, and what people call an aspect
        wider = [node for node in wider if _short(words) == _short(names.official[node])]
    if len(wider) == 1:  # "audit TIK" is the aspect, whose indicators go by that name too
        return wider
    if levels and level is not None:
        held = {node: levels.get(int(node.split()[1])) for node in fitting}
        stuck = _STUCK.search(text)
        if stuck:
            return [node for node, value in held.items() if value == int(stuck[2])]
        below = [node for node, value in held.items() if value is not None and value < level]
        if len(below) == 1 and None not in held.values():
            return below
    return []


_ONLY_THE_KIND = re.compile(
    r"(?:(?:kalau|yang|untuk|bagian|dan|terus|lalu|sekarang|coba|oke?|lanjut|and|now|the|what about|how about|for|eh|"
    r"maksud|saya|bukan)[ ,]*)*"
    r"(?:kebijakan|policy|penerapan|pelaksanaan|implementasi|implementation|practice)"
    r"(?: (?:nya|saja|dong|dulu|bagaimana|berapa|apa|ya|one))*"
)


def counterpart(text: str, node: str, names: Names) -> str | None:
    """ "kebijakannya?", "yang pelaksanaannya": the policy or practice of the same matter as an indicator, where the
    text names nothing else; the indicator itself where it is that already."""
    if not _ONLY_THE_KIND.fullmatch(text):
        return None
    wanted = bool(_POLICY.search(text))
    pairs = (same for same in names.nodes.values() if node in same and all(n.startswith("indicator") for n in same))
    return next((other for same in pairs for other in same if (other in names.policies) == wanted), None)


_PART_ASKED = re.compile(
    r"\b(domains?|aspek|aspects?) (?:apa|mana|yang|paling|ter(?:lemah|endah|buruk))\b"
    r"|\b(?:which|what|mana|weakest|lowest|apa) (domains?|aspek|aspects?)\b"
)


def part_asked(text: str) -> Literal["domain", "aspect"] | None:
    """The kind of part that is asked for: "domain mana yang paling lemah", "which aspect"."""
    asked = _PART_ASKED.search(text)
    if asked is None:
        return None
    return "domain" if (asked[1] or asked[2]).startswith("domain") else "aspect"
