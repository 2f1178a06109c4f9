"""The Request of a follow-up: the one before, with what the text changes; what a question of its own leaves open."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.request import Clarification, Intent, Request
from assistant.understanding.comparing import compared, other_kind
from assistant.understanding.extremes import LOWEST, extreme, moved_most
from assistant.understanding.gazetteer import Gazetteer
from assistant.understanding.leaning import (
    CORRECTION,
    DEICTIC,
    DIGIT,
    NEW_TOPIC,
    NUMBER,
    has_effect,
    of_those_compared,
    picked,
    refers_back,
)
from assistant.understanding.numbers import asks_place
from assistant.understanding.referring import rung_of, spoken_of
from assistant.understanding.supposing import ALL_OF_THEM, supposed
from assistant.understanding.words import counts_in

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

SUBJECT = ("score", "why", "gaps", "plan", "simulate", "trend", "requirement")
_DIFFERENCE = re.compile(r"\b(?:beda|perbedaan|selisih|differen\w+)\b")
_WHOLE = re.compile(r"\b(?:indeks|keseluruhan|total|overall|secara umum)\b")
_OTHERS = re.compile(r"\b(?:mereka|they|them|their|dia)\b")
_IT = re.compile(r"\b(?:dia|itu|tersebut|it|that one)\b")
_COMPARABLE = 2  # agencies
_STEPS = 3  # of a list, told at once


def meant(text: str, found: "Read", base: Request, alone: Intent, turn: Intent | None) -> Intent:
    """What a follow-up asks for by the rules.

    Args:
        alone: what its words are by themselves. turn: what they change to.
    """
    intent = turn or base.intent
    named, nodes, numbers = found.named, found.nodes, found.numbers
    indicator, rung = _rung(found, base)
    aimed = bool((numbers.target and rung is None) or found.ratings or numbers.decimals)
    if (
        intent == "plan"
        and base.intent == "simulate"
        and DIGIT.search(text)
        and not (numbers.decimals or found.ratings)
    ):
        intent = "simulate"  # "naikkan ke 4"
    elif intent == "plan" and DEICTIC.search(text) and not (indicator or aimed) and base.node not in (None, "index"):
        intent = "gaps"  # "apa yang bisa dikerjakan di situ?" of one domain
    elif intent == "plan" and indicator and base.intent != "plan" and not aimed:
        intent = "requirement"  # "supaya naik harus apa?" of one indicator
    elif base.intent == "requirement" and indicator and base.level and has_effect(text) and not aimed:
        intent = "simulate"  # "kalau itu tercapai indeks jadi berapa?"
    if base.intent == "plan" and intent == "score" and (found.ratings or found.numbers.decimals):
        intent = "plan"  # "kalau predikat memuaskan?"
    if base.group and (extreme(text) or of_those_compared(text, base)):
        intent = base.intent
    elif base.intent == "compare" and named.found and picked(text, base.listed):
        intent = turn or "score"
    if alone == "simulate" and found.supposed:
        intent = "simulate"
    if turn is None and intent == "requirement" and nodes.found and not indicator and base.agency:
        intent = "score"  # "kalau domain 4?": only an indicator has requirements
    if base.intent == "trend" and intent == "score" and not (re.search(r"\bskor|score\b", text) or found.ratings):
        intent = "trend" if not numbers.years else "score"
    dated = bool(numbers.years) and not (named.found or named.candidates or named.group or named.own)
    if intent == "compare" and base.intent != "compare" and dated:
        intent = "trend"  # "dibanding tahun 2022?"
    return intent


def _rung(found: "Read", base: Request) -> tuple[bool, int | None]:
    """Whether one indicator is spoken of, and the level given for it."""
    indicator = found.nodes.found[0].startswith("indicator") if found.nodes.found else spoken_of(base) is not None
    return indicator, rung_of(found.numbers) if indicator and base.intent != "plan" else found.numbers.level


def changed(
    text: str,
    found: "Read",
    base: Request,
    own: str | None,
    intent: Intent,
    known: Gazetteer,
) -> Request:
    """The last Request with what the text changes, asked with an intent."""
    named, nodes, numbers = found.named, found.nodes, found.numbers
    indicator, rung = _rung(found, base)
    slots: dict[str, Any] = {
        "intent": intent,
        "agency": base.agency,
        "year": base.year,
        "node": base.node,
        "confidence": 0.8,
    }
    if intent == base.intent:
        slots |= {
            key: getattr(base, key)
            for key in (
                "agencies",
                "group",
                "kinds",
                "years",
                "level",
                "below",
                "target",
                "evidence",
                "lowest_first",
                "bound",
                "rule",
                "locator",
            )
        }
        slots["levels"] = dict(base.levels)
        slots["levels_by"] = dict(base.levels_by)
    elif not base.group and named.kinds and not named.found and (one := _of_kind(base, named.kinds, known)):
        slots["agency"] = one  # "yang kota kenapa rendah" of the two compared
        named.kinds = ()
    elif base.group and not named.found and base.listed and _IT.search(text):
        slots["agency"] = base.listed[0]  # "kenapa dia serendah itu?" of the first in a ranking
    elif base.intent == "compare" and intent != "compare" and not slots["agency"]:
        slots["agency"] = own if own in base.agencies else next(iter(base.agencies), own)
        if _OTHERS.search(text):
            slots["agency"] = next((name for name in base.agencies if name != own), slots["agency"])
    names = list(named.found)
    if own is not None and named.own and own not in names:
        names.append(own)
    clarify: Clarification | None = None
    if named.candidates and not names:
        kind = known.kind_of(base.agency) if base.agency in known.by_name else None
        if CORRECTION.search(text) and kind:
            names = [n for n in named.candidates if known.kind_of(n) != kind][:1]
        if not names:
            clarify = Clarification(slot="agency", choices=tuple(named.candidates[:4]))
    if intent == "compare":
        compared(slots, names, base, own, found, known)
        if clarify is None and not slots.get("group") and len(slots["agencies"]) < 2:
            clarify = Clarification(slot="agency", choices=())
    elif names:
        slots["agency"] = names[0]
    elif named.kinds and base.agency in known.by_name and not nodes.found:
        slots["agency"] = other_kind(text, base.agency, known) or base.agency
    elif slots["agency"] is None and intent in SUBJECT and intent != "requirement":
        slots["agency"] = own
    if found.locator:
        slots |= {"intent": "rule", "rule": base.rule, "locator": found.locator, "node": None}
    if base.group and slots.get("group") and extreme(text):
        slots["lowest_first"] = bool(LOWEST.search(text))
    if (number := NUMBER.fullmatch(text)) and indicator:
        slots["node"] = f"indicator {number[1]}"
    elif nodes.found or nodes.absent or len(nodes.candidates) == 1:
        slots["node"] = (nodes.found or nodes.absent or nodes.candidates)[0]
        slots["nodes"] = tuple(nodes.found) if len(nodes.found) > 1 else ()
    elif intent in ("score", "why", "trend", "compare") and _WHOLE.search(text) and not nodes.candidates:
        slots["node"] = "index"
    elif nodes.candidates:
        slots["node"] = None
        if intent in ("score", "why", "requirement", "simulate"):
            clarify = clarify or Clarification(slot="node", choices=nodes.candidates)
    if slots["node"] is None and base.nodes and intent in ("score", "why", "requirement"):
        clarify = clarify or Clarification(slot="node", choices=base.nodes[:4])
    if numbers.years:
        if intent == "trend" and base.intent != "trend" and base.year and len(numbers.years) == 1:
            slots["years"] = tuple(sorted({numbers.years[0], base.year}))
        elif intent == "trend" and len(numbers.years) > 1:
            slots["years"] = tuple(numbers.years)
        else:
            slots["year"] = numbers.years[-1]
            if intent == "trend":
                slots["intent"], slots["years"] = "score", ()
    if intent == "compare" and (numbers.years or extreme(text)):
        slots["years"] = ()  # no longer how far they moved
    if rung is not None and intent in ("requirement", "rule", "score", "why"):
        slots["level"] = rung
        if intent == base.intent == "requirement" and base.level not in (None, rung) and _DIFFERENCE.search(text):
            slots["other_level"] = base.level
    steps = [node for node in base.listed if node.startswith("indicator")][:_STEPS]
    whole = slots["node"] in (None, "index") or (slots["node"] == base.node and not nodes.found)
    if intent == "requirement" and base.intent in ("plan", "gaps") and steps and whole:
        slots["node"], slots["nodes"] = steps[0], tuple(steps[1:] and steps)  # "buktinya?" of what was just listed
    if intent == "requirement":
        slots["evidence"] = bool(re.search(r"\b(bukti|data dukung|evidence|dokumen|documents?)\b", text)) or (
            base.intent == "requirement" and base.evidence
        )
        if base.intent == "simulate" and base.levels:
            named_so = [node.split()[1] for node in nodes.found] or [
                k for k in base.levels if re.search(rf"\b{k}\b", text)
            ]
            asked = next(iter(named_so or base.levels))
            slots["node"] = f"indicator {asked}"
            slots["level"] = slots.get("level") or (int(base.levels[asked]) if asked in base.levels else None)
        if slots["node"] == "index":
            slots["node"] = None
    if intent == "plan":
        target = numbers.target or next(iter(reversed(found.ratings)), None) or next(iter(numbers.decimals), None)
        slots["target"] = target or slots.get("target")
    if intent in ("plan", "gaps"):
        again = counts_in(text) if base.at_most and not (nodes.found or numbers.level) else []
        slots["at_most"] = numbers.at_most or (again[-1] if again else None)  # "bukan 5, delapan"
    if intent == "plan" and str(slots["node"]).startswith("indicator"):
        slots["node"] = "index"  # a plan of one indicator would have been what its level requires
    if intent == "gaps" and (str(slots["node"]).startswith("indicator") or ALL_OF_THEM.search(text)):
        slots["node"] = "index"
    if intent == "gaps" and (numbers.below or numbers.level):
        slots["below"] = numbers.below or (numbers.level or 0) + 1  # "yang level 1?"
    if intent == "simulate":
        supposed(slots, found, base, text)
    slots["clarify"] = clarify
    return Request.model_validate({key: value for key, value in slots.items() if value is not None})


def resumed(request: Request, found: "Read", previous: Sequence[Request]) -> Request:
    """A question of its own that leaves open what the conversation says: the agency, the indicator, its level."""
    base = next((r for r in reversed(previous) if r.intent not in ("help", "out_of_scope")), None)
    if base is None or NEW_TOPIC.match(found.text):
        return request
    update: dict[str, Any] = {}
    open_agency = request.clarify is not None and request.clarify.slot == "agency" and not request.clarify.choices
    if open_agency and base.agency and not found.named.unknown:
        before = next((r for r in reversed(previous) if r.intent == "compare" and (r.group or r.agencies)), None)
        if before is not None and moved_most(found.text):  # "yang naik lebih banyak siapa?" of those compared before
            update |= {"agencies": before.agencies, "group": before.group, "kinds": before.kinds, "clarify": None}
        elif request.intent == "compare":
            update["agencies"] = tuple(dict.fromkeys([base.agency, *request.agencies]))
            update["clarify"] = request.clarify if len(update["agencies"]) < _COMPARABLE else None
        else:
            update |= {"agency": base.agency, "clarify": None}
    if request.intent == "compare" and request.group and not request.agency and asks_place(found.text):
        update["agency"] = base.agency  # "peringkat berapa di jabar?" of the one spoken of
    subject = spoken_of(base)
    first = next(iter(base.listed), "")
    if subject is None and request.intent == "simulate" and first.startswith("indicator") and refers_back(found.text):
        subject = first  # "kalau itu dinaikkan jadi 3" of what was listed first
    if subject is None or found.nodes.found or found.nodes.candidates:
        return request.model_copy(update=update)
    supposed_before, digit = next(iter(base.levels.values()), None), DIGIT.search(found.text)
    level = (
        request.level
        or rung_of(found.numbers)
        or (int(digit[1]) if digit and request.intent == "simulate" else None)
        or base.level
        or (int(supposed_before) if supposed_before is not None else None)
    )
    told = request.level is not None or request.evidence or refers_back(found.text)
    if request.intent == "requirement" and not request.node and not request.rule and told:
        update |= {"node": subject, "level": level}
    elif request.intent == "simulate" and not (request.levels or request.levels_by) and level is not None:
        update |= {"levels": {subject.split()[1]: level}, "level": None, "node": None}
    return request.model_copy(update=update)


def _of_kind(base: Request, kinds: Sequence[str], known: Gazetteer) -> str | None:
    """The one agency of those compared that is of a kind."""
    fitting = [name for name in base.agencies if name in known.by_name and known.kind_of(name) in kinds]
    return fitting[0] if base.intent == "compare" and len(fitting) == 1 else None
