"""Follow-ups that lead on from an answer and name nothing: "terus?", "yang terbaru", "yang paling gampang?"."""

import re
from typing import TYPE_CHECKING

from assistant.request import Intent, Request
from assistant.understanding.leaning import SURE, picked
from assistant.understanding.referring import spoken_of
from scoring import Instrument

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_NEXT = re.compile(
    r"(?:(?:ok|oke|ya|nah)[ ,]+)*(?:terus|lalu|selanjut ?nya|berikut ?nya|lanjut(?:kan)?|then|next|and then|so|"
    r"now what|what next|what now)(?: (?:apa|bagaimana|ya|dong|harus|langkah|what|kita|kami))*"
)
_ONWARDS: dict[Intent, Intent] = {"score": "why", "trend": "why", "why": "gaps", "gaps": "plan", "simulate": "plan"}
_LATEST = re.compile(
    r"(?:(?:kalau|yang|untuk|coba|the|and|tahun|data) )*(?:terbaru|terakhir|paling baru|terkini|latest|most recent|"
    r"(?:tahun )?(?:ini|sekarang)|this year|now)"
    r"(?: (?:saja|dong|ya|one|year|please|bagaimana|berapa))*"
)
_NOW = re.compile(r"\b(?:sekarang|saat ini|now|current\w*)\b")
_EASIEST = re.compile(r"\b(?:paling|ter)(?: ?(?:murah|mudah|gampang|cepat|ringan))\b|\b(?:easiest|cheapest|quickest)\b")
_OBLIGED = re.compile(
    r"(?:apa |apakah |(?:is )?(?:it|this) |itu |ini )*(?:harus|wajib|boleh|perlu|mandatory|required)"
    r"(?: (?:kah|ya|sih|ada|tidak|dilakukan|dibuat|itu|ini|tiap|setiap|berapa|tahun|kali|sekali|every|year|\d+))*"
)
_BEFORE_A_PLAN = ("plan", "gaps", "simulate", "score", "why")


def led_on(text: str, found: "Read", base: Request, own: str | None, instrument: Instrument) -> Request | None:
    """The Request that a text leads on to from the one before; None where it is no such text."""
    aimed = found.ratings or found.numbers.target or found.numbers.decimals or found.numbers.at_most
    if base.intent in _BEFORE_A_PLAN and _EASIEST.search(text) and not (aimed or names_or_dates(text, found)):
        whose = {"intent": "plan", "agency": base.agency or own, "year": base.year, "confidence": SURE}
        if base.intent == "why" and (base.node or "").startswith("domain"):
            whose["node"] = base.node
        return base if base.intent == "plan" else Request.model_validate(whose)
    if _LATEST.fullmatch(text) and base.year and not picked(text, base.listed):
        return base.model_copy(update={"year": None, "years": ()})
    if _NEXT.fullmatch(text):
        return _next_of(base)
    subject = spoken_of(base)
    if subject and _OBLIGED.fullmatch(text):  # "harus tiap tahun?" of the indicator spoken of
        query = f"{instrument.node_name(subject).id} {found.text}"
        return Request(intent="rule", agency=base.agency, year=base.year, node=subject, query=query, confidence=SURE)
    return None


def _next_of(base: Request) -> Request:
    """ "terus?": what one would ask next: of a value its reason, then what is weak, a plan, its first step."""
    kept = {key: getattr(base, key) for key in ("agency", "year", "node")}
    if base.intent == "plan" and (first := next(iter(base.listed), "")).startswith("indicator"):
        return Request(**(kept | {"node": first}), intent="requirement", confidence=SURE)
    if base.intent not in _ONWARDS or base.agency is None:
        return base
    if spoken_of(base) and base.intent in ("why", "simulate"):
        return Request(**(kept | {"node": spoken_of(base)}), intent="requirement", confidence=SURE)
    return Request(**kept, intent=_ONWARDS[base.intent], confidence=SURE)


def names_or_dates(text: str, found: "Read") -> bool:
    """Whether a text says of whom, of what or of when it speaks."""
    named, nodes = found.named, found.nodes
    whom = named.own or named.found or named.candidates or named.group or named.unknown
    return bool(whom or nodes.found or nodes.candidates or found.numbers.years or _NOW.search(text))
