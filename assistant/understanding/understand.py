"""A question becomes a Request: words, slots, intent, what is missing; cues, then weights learned from examples."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from assistant.request import Clarification, Intent, Question, Request
from assistant.understanding.agencies import Named, name_agencies
from assistant.understanding.changing import resumed
from assistant.understanding.citations import cited_in
from assistant.understanding.dialogue import followed, language_asked
from assistant.understanding.extremes import LOWEST, moved_down, moved_most
from assistant.understanding.gazetteer import Gazetteer, Register, gazetteer
from assistant.understanding.intents import Signs, intent_of, wants_evidence
from assistant.understanding.language import language_of
from assistant.understanding.leaning import NEW_TOPIC
from assistant.understanding.nodes import Nodes, name_nodes, names_of, part_asked
from assistant.understanding.numbers import Numbers, moved_in, numbers_in, picked_by, ratings_in, what_if
from assistant.understanding.referring import rung_of
from assistant.understanding.tells import tells
from assistant.understanding.turning import Weigh, beliefs
from assistant.understanding.weighing import INTENT_WEIGHTS, TURN_WEIGHTS, Embedder, TextVector, learned, weighed
from assistant.understanding.words import plain, readable
from scoring import Instrument, Language
from scoring.target import every_level

_ABOUT_AGENCIES = frozenset(("score", "why", "gaps", "plan", "simulate", "trend", "requirement"))
_NEEDS_NODE = frozenset(("score", "why", "requirement", "simulate"))
CERTAIN = 0.95  # rules this confident are not held against the examples: a rule by number, a greeting
_SHORT = 5  # words of a turn that leans on the one before
_ELSEWHERE = 0.9  # how likely another topic must be where a part of the instrument is named
_LIKELY = 0.8
_DOUBTFUL = 0.3  # an intent less likely than this is left to the passages
_HELD_AGAINST = re.compile(
    r"\b(?:padahal|dibanding(?:kan)?|daripada|dari|sejak|while|whereas|although|though|than|since|from|when)\b"
    r"[^?]{0,25}\b(?:lalu|kemarin|sebelum(?: ?nya)?|last year|before)\b"
)
_WIDER = re.compile(r"\b(?:domains?|aspek|aspects?) ?\d{1,2}\b")
_SINCE = re.compile(r"\b(sejak|mulai|since|starting)\b")
_DENIED = re.compile(r"\b(?:belum|tidak|bukan|not|supaya|agar|mencapai|sampai|ke level|yet|didn't|isn't|aren't)\b")
_IF = re.compile(r"\b(?:kalau|jika|bila|misal\w*|andai\w*|what if|if|suppose)\b")
_ALL = re.compile(r"\b(semua(?:nya)?|seluruh|all|every|setiap)\b")


@dataclass(frozen=True)
class Understood:
    """A question understood.

    Attributes:
        language: that of the answer. vector: of the question's text, where it had to be embedded.
    """

    request: Request
    language: Language
    vector: list[float] | None


@dataclass
class Read:
    """Everything found in one text, before the conversation and the context are looked at."""

    text: str
    named: Named
    nodes: Nodes
    numbers: Numbers
    ratings: list[str]
    supposed: dict[str, int | float]
    raised: dict[str, int]
    rule: str | None
    locator: str | None
    pending: int | None = None  # the level supposed of a part that must be asked back
    both_moved: bool = False  # "keduanya naik satu tingkat", of the two indicators spoken of last

    @property
    def cued(self) -> str:
        """The words that cues are looked for in: without the agencies, but with the name of a rule."""
        return self.text if self.rule else self.named.rest


def read(
    text: str,
    known: Gazetteer,
    instrument: Instrument,
    own: str | None,
    levels: Mapping[int, int] | None,
    *,
    leaning: bool = False,
) -> Read:
    """Take a plain text apart; ``leaning``: as a short turn of a conversation."""
    cited = cited_in(text)
    named = name_agencies(cited.rest, known, own)
    numbers = numbers_in(named.rest, instrument)
    nodes = name_nodes(named.rest, names_of(instrument), level=numbers.level, levels=levels, leaning=leaning)
    if nodes.found or nodes.candidates or nodes.absent:
        fresh = numbers_in(nodes.rest, instrument)  # "indikator 3" is no target
        fresh.level, fresh.below = fresh.level or numbers.level, fresh.below or numbers.below
        numbers = fresh
    indicators = [node for node in nodes.found if node.startswith("indicator")]
    with_numbers = _WIDER.sub("#", nodes.numbered)
    supposed = what_if(with_numbers, indicators, instrument)
    raised: dict[str, int] = {}
    if not supposed and numbers.by:
        moved = indicators or ([] if nodes.found else moved_in(with_numbers, instrument))
        raised = {node.split()[1]: numbers.by for node in moved}
        wider = [node for node in nodes.found if not node.startswith("indicator")]
        if not raised and (wider or _ALL.search(text)):
            for node in wider or ["index"]:
                raised |= {str(i.number): numbers.by for i in instrument.indicators_under(node)}
    elif not supposed and _ALL.search(text) and not nodes.candidates:
        held = levels if named.found in ([], [own]) else None
        supposed = _every_one(text, named, nodes, numbers, instrument, held)
    pending = what_if(with_numbers, nodes.candidates[:1], instrument).values() if not indicators else ()
    return Read(
        text=text,
        pending=next((int(level) for level in pending), None),
        named=named,
        nodes=nodes,
        numbers=numbers,
        ratings=ratings_in(named.rest, instrument),
        supposed=supposed,
        raised=raised,
        rule=cited.rule,
        locator=cited.locator,
    )


def _every_one(
    text: str, named: Named, nodes: Nodes, numbers: Numbers, instrument: Instrument, held: Mapping[int, int] | None
) -> dict[str, int | float]:
    """ "kalau semua jadi 3": the indicators under the parts named, or all, that are not that far yet, at that level."""
    supposing = _IF.search(text)
    level = rung_of(numbers) if supposing else numbers.level
    others = every_level(text) or numbers.below or named.group or named.kinds
    if level is None or (not nodes.found and (not supposing or others)):
        return {}
    under = [i.number for node in nodes.found or ["index"] for i in instrument.indicators_under(node)]
    below = [number for number in under if (held or {}).get(number, 0) < level]
    return {str(number): level for number in below or under}


def signs_of(found: Read, own: str | None) -> Signs:
    others = [name for name in found.named.found if name != own]
    nodes = found.nodes.found + list(found.nodes.candidates) + found.nodes.absent
    return Signs(
        own=found.named.own or own in found.named.found,
        others=len(others) + bool(found.named.candidates) + len(found.named.unknown),
        group=found.named.group is not None,
        has_agency=own is not None or bool(found.named.found or found.named.candidates),
        nodes=len(nodes),
        indicators=sum(node.startswith("indicator") for node in nodes),
        years=len(found.numbers.years) + bool(found.numbers.last_years),
        level=found.numbers.level is not None,
        target=found.numbers.target is not None,
        below=found.numbers.below is not None,
        by=bool(found.raised),
        what_if=bool(found.supposed),
        rule=found.rule is not None or found.locator is not None,
        rating=bool(found.ratings),
        decimals=len(found.numbers.decimals),
        ratings=len(found.ratings),
        two_levels=found.numbers.other_level is not None,
    )


def understand(
    question: Question,
    register: Register,
    instrument: Instrument,
    embedder: Embedder | None = None,
    previous: Sequence[Request] = (),
    *,
    levels: Mapping[int, int] | None = None,
    latest_year: Callable[[str], int | None] | None = None,
    weigh: Weigh | None = None,
) -> Understood:
    """Understand a question.

    Args:
        register: the agencies known.
        instrument: that of the asker's latest year.
        embedder: consulted only where the rules are unsure.
        previous: the Requests of the conversation so far, oldest first.
        levels: the levels the asker's agency holds; they decide between policy and practice.
        latest_year: the latest year held for an agency; fills in a year that nothing gives.
        weigh: in place of the weights learned for turns, while they are learned.
    """
    known = gazetteer(register)
    own = question.agency
    asked = readable(question.text)
    text = plain(asked)
    language = (
        question.language or language_asked(text) or language_of(asked, language_of(text, previous_language(previous)))
    )
    leaning = (
        any(turn.node or turn.group or turn.intent in _ABOUT_AGENCIES for turn in previous[-2:])
        and len(text.replace(" nya", "").split()) <= _SHORT
    )
    found = read(text, known, instrument, own, levels, leaning=leaning)
    signs = signs_of(found, own)
    intent, confidence = intent_of(found.cued, signs)
    told = tells_of(found, signs, intent, confidence)
    vector = TextVector(asked, embedder)
    followed_up: Request | Intent | None = None
    if previous:
        alone = weighed(told, None, None, learned(INTENT_WEIGHTS))
        in_turn = weigh or (lambda found: vector.weighed(found, TURN_WEIGHTS))

        def heard(found: Mapping[str, float]) -> Mapping[str, float]:
            return in_turn({**found, **beliefs(vector.weighed(told, INTENT_WEIGHTS))})

        followed_up = followed(found, previous, known, own, intent, confidence, instrument, alone, told, heard)
    if isinstance(followed_up, Request):
        request = followed_up
    else:
        if followed_up is not None:
            intent, confidence = followed_up, _LIKELY
        elif confidence < CERTAIN:
            weights = vector.weighed(told, INTENT_WEIGHTS)
            about = signs.nodes or signs.rule or signs.others or signs.group
            ours = intent != "out_of_scope" and (about or (signs.own and confidence >= _LIKELY))
            if ours and weights["out_of_scope"] < _ELSEWHERE:
                weights.pop("out_of_scope")  # a part of the instrument or a rule is named
            intent, confidence = _likeliest(weights)
        request = resumed(fill(found, intent, confidence, own), found, previous)
    if request.query is None:
        opened = NEW_TOPIC.match(asked.lower()) if previous else None
        request = request.model_copy(update={"query": asked[opened.end() if opened else 0 :] or None})
    return Understood(_dated(request, found, question, own, latest_year, known), language, vector.made)


def tells_of(found: Read, signs: Signs, intent: Intent, confidence: float) -> dict[str, float]:
    """What is weighed of a text that was read."""
    named = found.nodes.found or found.nodes.candidates
    return tells(found.cued, signs, intent, confidence, found.nodes.rest if named else found.named.rest)


def _likeliest(weights: Mapping[str, float]) -> tuple[Intent, float]:
    intent = cast(Intent, max(weights, key=lambda key: weights[key]))
    if weights[intent] < _DOUBTFUL and intent not in ("help", "out_of_scope"):
        return "rule", weights[intent]
    return intent, weights[intent]


def previous_language(previous: Sequence[Request]) -> Language:
    for request in reversed(previous):
        if request.query:
            return language_of(plain(request.query))
    return "id"


def fill(found: Read, intent: Intent, confidence: float, own: str | None) -> Request:
    """The slots of an intent, from what was found."""
    named, nodes = found.named, found.nodes
    slots: dict[str, object] = {"intent": intent, "confidence": confidence}
    clarify: Clarification | None = None
    if intent in _ABOUT_AGENCIES:
        agency = named.found[0] if named.found else None
        if named.candidates and agency is None:
            clarify = Clarification(slot="agency", choices=tuple(named.candidates[:4]))
        elif named.unknown and agency is None:
            nearest = tuple(dict.fromkeys(n for names in named.unknown.values() for n in names))[:4]
            clarify = Clarification(slot="agency", choices=nearest)
        else:
            slots["agency"] = agency or own
            if slots["agency"] is None and intent != "requirement":
                clarify = Clarification(slot="agency", choices=())
    if intent == "compare":
        agencies = list(named.found)
        if named.group:
            slots["group"] = named.group
            slots["kinds"] = named.kinds
            slots["bound"] = picked_by(found.text, found.ratings)
            slots["agency"] = own if named.own else (agencies[0] if agencies else None)
            agencies = []
        elif own and own not in agencies and len(agencies) + bool(named.candidates) < 2:
            agencies.insert(0, own)
        slots["agencies"] = tuple(agencies)
        slots["lowest_first"] = bool(LOWEST.search(found.text))
        if named.candidates and not named.group:
            clarify = Clarification(slot="agency", choices=tuple(named.candidates[:4]))
        elif not named.group and len(agencies) < 2:
            nearest = tuple(dict.fromkeys(n for names in named.unknown.values() for n in names))[:4]
            clarify = Clarification(slot="agency", choices=nearest)
    if named.unknown and intent not in ("rule", "help", "out_of_scope"):
        slots["unknown"] = named.unknown
    if intent not in ("help", "out_of_scope"):
        _place(slots, found, intent)
        if intent in _NEEDS_NODE and not nodes.found and nodes.candidates and clarify is None:
            clarify = Clarification(slot="node", choices=nodes.candidates)
    slots["clarify"] = clarify
    return Request.model_validate({k: v for k, v in slots.items() if v is not None})


def _place(slots: dict[str, object], found: Read, intent: Intent) -> None:
    nodes, numbers = found.nodes, found.numbers
    if intent == "simulate":
        slots["levels"] = found.supposed
        slots["levels_by"] = found.raised
        if not found.supposed and not found.raised:
            slots["level"] = numbers.level or found.pending
        return
    if nodes.found or nodes.absent:
        slots["node"] = (nodes.found or nodes.absent)[0]
        slots["nodes"] = tuple(nodes.found) if len(nodes.found) > 1 else ()
    elif intent == "rule":
        slots["nodes"] = nodes.candidates  # what "nilai kita untuk itu" may mean next
    elif intent in ("score", "trend", "why", "compare") and not nodes.candidates:
        slots["node"] = "index"
    if intent in ("requirement", "rule", "score", "why"):
        slots["level"] = numbers.level or (rung_of(found.numbers) if intent == "requirement" else None)
        slots["other_level"] = numbers.other_level
    if intent in ("requirement", "rule"):
        slots["evidence"] = wants_evidence(found.text)
        slots["rule"] = found.rule
        slots["locator"] = found.locator
    if intent in ("gaps", "plan"):
        slots["at_most"] = numbers.at_most
    if intent == "gaps":
        slots["parts"] = None if nodes.found else part_asked(found.text)
        slots["below"] = numbers.below or (numbers.level + 1 if numbers.level else None)
    if intent == "plan":
        slots["target"] = every_level(found.text) or numbers.target or (found.ratings[-1] if found.ratings else None)
        if slots["target"] is None and numbers.decimals:
            slots["target"] = numbers.decimals[-1]
    if intent in ("why", "score", "trend", "plan"):
        slots["premise"] = numbers.premise
        if intent == "why" and not numbers.premise:
            slots["premise"] = next(iter(numbers.decimals or found.ratings), None)
        if intent == "score" and not numbers.premise:
            slots["premise"] = next(iter(found.ratings), None)
        claimed = slots["premise"] is None and numbers.level is not None and not _DENIED.search(found.text)
        if intent == "why" and claimed and str(slots.get("node", "")).startswith("indicator"):
            slots["premise"] = str(numbers.level)


def _not_held_against(request: Request, found: Read) -> bool:
    """Whether "tahun lalu" is the year asked for; in "kenapa 2,98 padahal tahun lalu 3,2" it is what that is held
    against."""
    if request.intent == "why":
        return _HELD_AGAINST.search(found.text) is None
    return request.intent in ("score", "gaps")


def _dated(
    request: Request,
    found: Read,
    question: Question,
    own: str | None,
    latest_year: Callable[[str], int | None] | None,
    known: Gazetteer,
) -> Request:
    """Years: those in the text, else the context's, else the latest held."""
    if request.intent in ("help", "out_of_scope"):
        return request
    numbers = found.numbers
    years = list(numbers.years)
    member = next((a.name for a in known.by_name.values() if request.group in (a.province, "Indonesia")), None)
    asked = request.clarify.choices if request.clarify and request.clarify.slot == "agency" else ()
    subject = (
        request.agency
        or next(iter((*request.agencies, *asked, *([member] if request.group and member else ()))), None)
        or own
    )
    latest = latest_year(subject) if latest_year is not None and subject is not None else None
    base = question.year or latest
    if request.intent in ("plan", "simulate") and latest is not None:
        years = [year for year in years if year <= latest]  # "3,2 pada 2026": the goal's year, not the figures'
    before = found.numbers.years_before or 0
    update: dict[str, object] = {}
    if request.intent in ("trend", "compare") and base is not None:
        if numbers.last_years:
            years = list(range(base - numbers.last_years + 1, base + 1))
        elif before:
            years = [base - before, years[-1] if years else base]
    if request.intent == "compare" and base is not None and moved_most(found.text):  # how far they moved
        update |= {"years": tuple(sorted({min(years, default=base - 1), base})), "year": base}
        update["lowest_first"] = moved_down(found.text)
    elif request.intent == "trend":
        if len(years) == 1 and base is not None and years[0] < base:
            years = list(range(years[0], base + 1)) if _SINCE.search(found.text) else [years[0], base]
        if years:
            update["years"] = tuple(years)
    elif len(years) == 1 or (years and not request.year):
        update["year"] = years[-1]
    elif before and base is not None and _not_held_against(request, found):
        update["year"] = base - before
    elif request.year is None and request.intent not in ("rule", "requirement"):
        update["year"] = base
    elif request.year is None and question.year is not None:
        update["year"] = question.year
    return request.model_copy(update={key: value for key, value in update.items() if value is not None})
