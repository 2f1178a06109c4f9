"""The answer to what was asked back: "yang kota", "8", "yang pertama", "ya"."""

import re
from typing import TYPE_CHECKING, Any

from assistant.request import Clarification, Request
from assistant.understanding.gazetteer import KIND_WORDS, Gazetteer
from assistant.understanding.numbers import steps_in
from assistant.understanding.supposing import ALL_OF_THEM
from assistant.understanding.words import plain

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_WHICH = r"\b(?:yang |nomor |no\.? |number |pilihan |opsi |option |jawaban |the )*"
_ORDINALS = (
    rf"{_WHICH}(?:pertama|first|ke ?-?1|kesatu|a|1|satu)\b(?: one)?",
    rf"{_WHICH}(?:kedua|second|ke ?-?2|b|2|dua)\b(?: one)?",
    rf"{_WHICH}(?:ketiga|third|ke ?-?3|c|3|tiga)\b(?: one)?",
    rf"{_WHICH}(?:keempat|fourth|ke ?-?4|d|4|empat)\b(?: one)?",
)
_LAST = re.compile(rf"{_WHICH}(?:terakhir|last)\b(?: one)?")
_YES = re.compile(r"(?:ya|iya|yes|betul|benar|ok|oke|yup|right|correct)(?: itu| betul| benar)?")


def answered(text: str, found: "Read", last: Request, known: Gazetteer) -> Request | None:
    """The last Request completed by the answer to what was asked back; None if the text is no answer."""
    clarify = last.clarify
    if clarify is None or len(text.split()) > 8:
        return None
    if (every := _every_one(text, last, clarify)) is not None:
        return every
    chosen = _chosen(text, found, clarify, known)
    if chosen is None:
        return None
    update: dict[str, Any] = {"clarify": None, "unknown": {}, "confidence": 0.9}
    if clarify.slot == "agency":
        if last.intent == "compare":
            update["agencies"] = tuple(dict.fromkeys([*last.agencies, chosen]))
        else:
            update["agency"] = chosen
            update["year"] = last.year
    elif clarify.slot == "node":
        update["node"] = chosen
        if last.intent == "simulate" and found.numbers.level is None and last.level is not None:
            update["levels"] = {chosen.split()[1]: last.level}
        elif last.intent == "simulate" and (steps := steps_in(plain(last.query or ""))):
            update["levels_by"] = {chosen.split()[1]: steps}
    else:
        update[clarify.slot] = int(chosen) if clarify.slot in ("year", "level") else chosen
    return last.model_copy(update=update)


def _every_one(text: str, last: Request, clarify: Clarification) -> Request | None:
    """ "dua-duanya": all that was asked back, where an answer can speak of several."""
    if not ALL_OF_THEM.search(text) or len(clarify.choices) < 2:
        return None
    update: dict[str, Any] = {"clarify": None, "unknown": {}, "confidence": 0.9}
    if clarify.slot == "node" and last.intent == "score":
        return last.model_copy(update=update | {"node": clarify.choices[0], "nodes": clarify.choices})
    if clarify.slot == "agency" and last.intent in ("score", "why", "trend"):
        agencies = {"intent": "compare", "agencies": clarify.choices, "agency": None}
        return last.model_copy(update=update | agencies)
    return None


def _chosen(text: str, found: "Read", clarify: Clarification, known: Gazetteer) -> str | None:
    if clarify.slot == "agency":
        named = [name for name in found.named.found if not clarify.choices or name in clarify.choices]
        if named:
            return named[0]
        if found.named.candidates:
            return None
        for word, kind in KIND_WORDS.items():
            if re.search(rf"\b(?<!bukan ){word}\b", text):
                fitting = [name for name in clarify.choices if name in known.by_name and known.kind_of(name) == kind]
                if len(fitting) == 1:
                    return fitting[0]
    if clarify.slot == "node":
        for node in clarify.choices:
            number = node.split()[-1]
            if node in found.nodes.found or re.search(rf"(?<![\d.,]){number}(?![\d.,])", text):
                return node
        fitting = [node for node in found.nodes.candidates if node in clarify.choices]
        if len(fitting) == 1:
            return fitting[0]
        if re.search(r"\b(kebijakan|policy)\b", text):
            return clarify.choices[0]
        if re.search(
            r"\b(penerapan|pelaksanaan|praktik|practice|implementasi|implementation|"
            r"dokumen)\b",
            text,
        ):
            return clarify.choices[-1]
    if clarify.slot in ("year", "level", "target"):
        given = {
            "year": next(iter(found.numbers.years), None),
            "level": found.numbers.level,
            "target": found.numbers.target or next(iter(found.ratings), None),
        }[clarify.slot]
        if given is not None:
            return str(given)
    for position, pattern in enumerate(_ORDINALS):
        if position < len(clarify.choices) and re.fullmatch(
            pattern + r"(?: (?:saja|aja|ya|dong|please|"
            r"itu))*",
            text,
        ):
            return clarify.choices[position]
    if clarify.choices and _LAST.fullmatch(text):
        return clarify.choices[-1]
    if _YES.fullmatch(text) and len(clarify.choices) == 1:
        return clarify.choices[0]
    return None
