"""What a turn only points at: "di indikator tersebut", "untuk 11", "yang kebijakannya", "bobotnya", "keduanya"."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.request import Request
from assistant.understanding.extremes import extreme
from assistant.understanding.guided import guide_part
from assistant.understanding.leaning import CORRECTION, NUMBERS, SURE, turn_of
from assistant.understanding.nodes import counterpart, listed, names_of
from assistant.understanding.numbers import Numbers
from scoring import Instrument

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_POINTED = re.compile(
    r"\b(indikator|domain|aspek) (?:itu|ini|tersebut|tadi|yang sama)\b"
    r"|\b(?:that|this|the same) (indicator|domain|aspect)\b"
)
_BOTH = re.compile(r"\b(?:dua-dua ?nya|kedua ?nya|both|the two|mereka|them)\b")
_THREE = re.compile(r"\b(?:(?:ke)?tiga(?:-tiga)? ?nya|all three)\b")
_WHICH = re.compile(
    r"^(?:(?:jadi|terus|lalu|so|and|yang) )*(?:bagusan|mending|lebih \w+|tinggian) (?:yang )?(?:mana|siapa)\b"
    r"|^(?:(?:jadi|terus|lalu|so|and) )?(?:mana|siapa|which|who)(?: (?:yang|one|is))* (?:lebih|better|higher|"
    r"worse|lower)\b"
)
_POLICY_OR_PRACTICE = re.compile(r"\b(?:(kebijakan|policy)|penerapan|pelaksanaan|implementasi|practice)\b")
_NUMBER_OF = re.compile(
    r"\b(?:untuk|buat|for|yang|di|dari|bukti|syarat|kriteria|(?:balik|kembali|"
    r"back)(?: lagi)? (?:ke|to)) (\d{1,2})\b(?! ?(?:tingkat|level|tahun|besar|"
    r"poin)|[.,]\d)"
)
_CALLED = re.compile(
    r"\b(?:yang|the) ((?:[a-z]{4,} ?)+?)"
    r"(?= ?(?:kenapa|mengapa|why|berapa|nya|itu|one|bagaimana|apa|gimana|saja|dulu|\d|[?.!,]|$))"
)
_COMMON = frozenset(
    ("yang", "kita", "kami", "paling", "tingkat", "level", "spbe", "rendah", "tinggi", "pertama", "kedua")
)
_BRIEF = 8  # words
_BARE = 4  # words that ask for little more than an agency, perhaps for the other one of that name


def spoken_of(base: Request) -> str | None:
    """The one indicator that a Request is about."""
    if base.node and base.node.startswith("indicator") and len(base.nodes) <= 1:
        return base.node
    if len(base.levels) == 1 and not base.node:
        return f"indicator {next(iter(base.levels))}"
    return base.listed[0] if len(base.listed) == 1 and base.listed[0].startswith("indicator") else None


def rung_of(numbers: Numbers) -> int | None:
    """The level a text gives, be it as a bare whole number: "naikkan jadi 4"."""
    target = numbers.target
    return numbers.level or (int(target) if target is not None and target.isdigit() else None)


def point_out(
    text: str, found: "Read", base: Request, substantial: Sequence[Request], own: str | None, instrument: Instrument
) -> None:
    """Put into ``found`` the parts and agencies that a text points at, and narrow down those it leaves open."""
    _spoken_of_again(text, found, base, substantial, own, instrument)
    subject = spoken_of(base)
    if subject and (other := counterpart(text, subject, names_of(instrument))):
        found.nodes.found, found.nodes.candidates = [other], ()
    if not (found.nodes.found or found.nodes.candidates) and (pointed := _indicators_of(text, base, instrument)):
        found.nodes.found = pointed
    found.nodes.candidates = _akin(found.nodes.candidates, base, instrument)
    if not found.nodes.found and (inside := _called(text, base, instrument)):
        found.nodes.found, found.nodes.candidates = [inside], ()
    if len(found.nodes.candidates) == 1 and not found.nodes.found:
        found.nodes.found, found.nodes.candidates = list(found.nodes.candidates), ()


def _spoken_of_again(
    text: str, found: "Read", base: Request, substantial: Sequence[Request], own: str | None, instrument: Instrument
) -> None:
    """Put in what a text only points at: "di indikator tersebut", "bandingkan keduanya" of the last two agencies."""
    pointed = _POINTED.search(text)
    if pointed and not (found.nodes.found or found.nodes.candidates) and base.node:
        kind = {"indi": "indicator", "doma": "domain"}.get((pointed[1] or pointed[2])[:4], "aspect")
        if base.node.startswith(kind):
            found.nodes.found = [base.node]
    spoken = list(dict.fromkeys(request.agency for request in reversed(substantial) if request.agency))
    bare = not (found.named.found or found.named.candidates or found.named.group) and base.intent != "compare"
    known = [name for name in found.named.candidates if name in spoken[:2]]
    if len(known) == 1 and len(text.split()) > _BARE and not CORRECTION.search(text):
        found.named.found.insert(0, known[0])  # "bogor" of a conversation about Kota Bogor
        found.named.candidates = []
    both = _BOTH.search(text) and turn_of(found) == "compare"
    if bare and len(spoken) > 1 and own not in spoken[:2] and (both or _WHICH.search(text)):
        found.named.found = [spoken[1], spoken[0]]
    told = [node for node in base.nodes if node.startswith("indicator")]
    before = [node for request in reversed(substantial) for node in (request.nodes or (spoken_of(request),)) if node]
    three = _THREE.search(text)
    parts = told if len(told) > 1 and not three else list(dict.fromkeys(before))[: 3 if three else 2]
    if (three or _BOTH.search(text)) and len(parts) > 1 and not (found.nodes.found or base.levels or base.levels_by):
        numbers = [node.split()[1] for node in parts]
        if found.numbers.by:
            found.raised, found.both_moved = dict.fromkeys(numbers, found.numbers.by), True
        elif (rung := rung_of(found.numbers)) is not None:
            found.supposed, found.both_moved = dict.fromkeys(numbers, rung), True
    told_apart = _POLICY_OR_PRACTICE.search(text)
    if told_apart and len(base.nodes) > 1 and not found.nodes.found:  # of the two just told: "yang penerapan"
        policies = names_of(instrument).policies
        found.nodes.found = [node for node in base.nodes if (node in policies) == bool(told_apart[1])][:1]


def _called(text: str, base: Request, instrument: Instrument) -> str | None:
    """ "yang keamanan" of the part just spoken of: its one indicator whose name has all those words."""
    called = _CALLED.search(text)
    if called is None or not base.node or base.node == "index" or base.node.startswith("indicator"):
        return None
    words = set(called[1].split()) - _COMMON
    fitting = [
        f"indicator {part.number}"
        for part in instrument.indicators_under(base.node)
        if words and words <= set(re.findall(r"[a-z]+", f"{part.name.id} {part.name.en}".lower()))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _akin(candidates: tuple[str, ...], base: Request, instrument: Instrument) -> tuple[str, ...]:
    """Of policy and practice, that which the conversation is about."""
    if base.node and not base.node.startswith("indicator") and base.node != "index":  # the one of the domain spoken of
        inside = {f"indicator {part.number}" for part in instrument.indicators_under(base.node)}
        within = tuple(node for node in candidates if node in inside)
        return within if len(within) == 1 else candidates
    about = {base.node, *base.nodes, *(f"indicator {number}" for number in base.levels)}
    policies = names_of(instrument).policies
    kinds = {node in policies for node in about if node and node.startswith("indicator")}
    if len(kinds) != 1:
        return candidates
    fitting = tuple(node for node in candidates if (node in policies) in kinds)
    return fitting if len(fitting) == 1 else candidates


def _indicators_of(text: str, base: Request, instrument: Instrument) -> list[str]:
    """ "bukti untuk 11 level 3", "29 sama 30 juga?": indicators by bare numbers, where indicators are spoken of."""
    match = NUMBERS.fullmatch(text) or _NUMBER_OF.search(text)
    about = {f"indicator {number}" for number in base.levels} | {base.node, *base.nodes, *base.listed}
    if match is None or not any(node and node.startswith("indicator") for node in about):
        return []
    nodes = [f"indicator {number}" for number in listed(match[1])]
    exist, highest = names_of(instrument).exists, int(instrument.scale.highest)
    told = all(node in about or (int(node.split()[1]) > highest and exist(node)) for node in nodes)
    return nodes if told else []


def guided(text: str, found: "Read", base: Request) -> Request | None:
    """ "bobotnya berapa?", "mulai dari mana?": what the guide to the indicator spoken of says."""
    subject, named = spoken_of(base), found.named
    others = found.nodes.found or found.nodes.candidates or named.found or named.candidates or named.group or named.own
    if subject is None or guide_part(text) is None or others or found.rule or extreme(text):
        return None
    if len(text.split()) > _BRIEF or found.numbers.level is not None:
        return None
    return Request(intent="requirement", agency=base.agency, year=base.year, node=subject, confidence=SURE)
