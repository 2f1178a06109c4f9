"""Follow-ups: a short turn is read against the Requests before it.

"kalau domain 3?" keeps the intent and changes the node; "buktinya apa?" keeps the node and changes the intent;
"yang kota" answers a clarification; "maksud saya domain 3" corrects. A turn that stands on its own changes topic.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.request import Clarification, Intent, Request
from assistant.understanding.agencies import NATIONAL
from assistant.understanding.clarified import answered
from assistant.understanding.comparing import compared, other_kind
from assistant.understanding.extremes import LOWEST, extreme, moved_most
from assistant.understanding.gazetteer import Gazetteer
from assistant.understanding.leaning import (
    CORRECTION,
    DEICTIC,
    DIGIT,
    NEW_TOPIC,
    NUMBER,
    SURE,
    has_effect,
    leans,
    moved,
    of_those_compared,
    picked,
    refers_back,
    turn_of,
)
from assistant.understanding.onwards import led_on, names_or_dates
from assistant.understanding.referring import guided, point_out, rung_of, spoken_of
from assistant.understanding.supposing import ALL_OF_THEM, all_listed, supposed
from scoring import Instrument, Language

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_IN_ENGLISH = re.compile(r"^(?:in english|bahasa inggris|pakai bahasa inggris|english)[ ,.?!a-z]{0,12}$")
_IN_INDONESIAN = re.compile(
    r"^(?:in indonesian|(?:dalam |pakai )?bahasa indonesia|"
    r"indonesian)[ ,.?!a-z]{0,12}$"
)
_AGAIN = re.compile(
    r"^(?:(?:oke?|ya|lanjut(?:kan)?|balik(?: lagi)?(?: ke)?|kembali(?: ke)?|soal|go|continue)[ ,]+)*"
    r"(?:yang tadi|ulangi|again|repeat(?: that)?|lagi|(?:tolong )?bacakan(?: isi(?: nya)?)?|"
    r"kembali ke (?:yang )?tadi|back to (?:that|"
    r"the previous one))\b[ .?!a-z]{0,25}$"
)
_PARTS = re.compile(
    r"(?:(?:kalau|yang|coba|untuk|and|the) )*"
    r"(?:(?:per|tiap|setiap|masing-masing|by|each|rincian|detail)(?: nya)?(?: per| tiap)?(?: \w+)?|"
    r"other (?:domains|aspects)|(?:domain|aspek)(?: yang)? lain(?: ?nya)?)"
    r"(?: (?:nya|dong|please|kita|kami|saja|bagaimana|apa|juga))*$"
)
_START = re.compile(r"\b(?:mulai dari mana|dari mana dulu|mana dulu|where (?:do|should) (?:we|i) (?:start|begin))\b")
_FIRST = re.compile(
    r"^(?:oke? |terus |ya )*(?:balik|kembali|back|ulang)(?: lagi)?(?: ke| to)? (?:yang |the |pertanyaan )*"
    r"(?:pertama|paling awal|awal|first(?: one| question)?)(?: tadi)?$"
)
_ELSE = re.compile(
    r"\b(?:selain (?:itu|yang tadi)|(?:opsi|pilihan|cara|alternatif) lain(?: nya)?|apa lagi|what else|anything else|"
    r"other (?:options?|ways?)|alternatives?)\b"
)
_BACK = re.compile(r"\b(?:balik|kembali|tadi|back|sebelum nya|earlier|previous)\b")
_DIFFERENCE = re.compile(r"\b(?:beda|perbedaan|selisih|differen\w+)\b")
_WHOLE = re.compile(r"\b(?:indeks|keseluruhan|total|overall|secara umum)\b")
_NEXT_ARTICLE = re.compile(r"\b(?:pasal|article) (berikut|selanjut|sesudah|setelah|sebelum)|\b(next|previous) article")
_OTHERS = re.compile(r"\b(?:mereka|they|them|their|dia)\b")
_SHORT_OF = re.compile(r"\b(?:kurang(?: nya)? berapa|berapa (?:lagi|kurang nya)|how far)\b")
_YEAR_AFTER = re.compile(
    r"\btahun (?:setelah|sesudah|berikut|selanjut) ?nya\b|\bthe (?:year after|(?:next|following) year)\b"
)
_THEY = re.compile(r"\b(?:mereka|they|them)\b")
_IT = re.compile(r"\b(?:dia|itu|tersebut|it|that one)\b")
_COMPARABLE = 2  # agencies
_STEPS = 3  # of a list, told at once
_BRIEF = 8  # words
_MOST = re.compile(r"\b(?:paling|ter)(?: ?(?:banyak|besar|jauh))\b|\b(?:most|biggest|largest)\b")
_SUBJECT = ("score", "why", "gaps", "plan", "simulate", "trend", "requirement")


def followed(
    found: "Read",
    previous: Sequence[Request],
    known: Gazetteer,
    own: str | None,
    intent: Intent,
    confidence: float,
    instrument: Instrument,
    alone: Mapping[Intent, float],
) -> Request | None:
    """The Request of a follow-up, or None where the text stands on its own.

    Args:
        intent: what the rules took the text alone for, with their confidence. alone: how probable each intent is of it.
    """
    last = previous[-1]
    text = found.text.strip(" .!?")
    if NEW_TOPIC.match(text):
        return None
    if last.clarify is not None and (answer := answered(text, found, last, known)):
        return answer
    substantial = [request for request in previous if request.intent not in ("help", "out_of_scope")]
    if not substantial or intent == "out_of_scope" or (intent == "help" and confidence > 0.9):
        return None
    base = substantial[-1]
    if _THEY.search(text) and base.intent != "compare" and substantial[-2:][0].intent == "compare":
        base = substantial[-2]  # "kenapa mereka lebih bagus?" after a word on one's own
    if base.intent == "rule" and _BACK.search(text):  # back from a question in between
        base = next((request for request in reversed(substantial) if request.intent != "rule"), base)
    if found.numbers.years_before and not found.numbers.years and base.year and base.intent not in ("simulate", "plan"):
        found.numbers.years, found.numbers.years_before = [base.year - found.numbers.years_before], None
    if _YEAR_AFTER.search(text) and not found.numbers.years and base.year:
        found.numbers.years = [base.year + 1]
    if _IN_ENGLISH.match(text) or _IN_INDONESIAN.match(text) or _AGAIN.match(text):
        return base
    if _PARTS.match(text) and base.intent in ("score", "trend", "compare"):
        return base.model_copy(update={"node": "index"})
    if base.group and not found.named.group and NATIONAL.search(text):
        found.named.group = "Indonesia"
    if base.intent in ("plan", "gaps") and _START.search(text):
        return base
    if (onwards := led_on(text, found, base, own, instrument)) is not None:
        return onwards
    if _FIRST.match(text):
        return substantial[0]
    if (all_of_them := all_listed(text, found, base)) is not None:
        return all_of_them
    if (of_guide := guided(text, found, base)) is not None:
        return of_guide
    if base.intent in ("plan", "gaps") and _ELSE.search(text) and len(text.split()) <= _BRIEF:
        return base.model_copy(update={"intent": "gaps", "target": None})
    subject = spoken_of(base)
    if base.intent == "rule" and (same := _of_the_same_rule(text, found, base, intent, alone)):
        return same
    before = len(found.named.found)
    point_out(text, found, base, substantial, own, instrument)
    paired = len(found.named.found) > before  # "bagusan mana?"
    if (one := picked(text, base.listed)) and not (found.nodes.found or [n for n in found.named.found if n != own]):
        (found.named.found if one in known.by_name else found.nodes.found).append(one)
    turn = turn_of(found)
    if found.named.group and turn in (None, "score"):
        turn = "compare"  # "di jabar urutan berapa"
    if turn in (None, "score", "compare") and base.intent in ("score", "why", "gaps", "trend") and moved(text):
        turn = "trend"  # "naik tidak dari tahun lalu?"
    if found.ratings and turn in (None, "trend") and base.intent == "trend":
        turn = "score"  # "sudah Baik belum?"
    if found.ratings and turn == "score" and base.group and not (found.named.found or found.named.own):
        turn = "compare"  # "berapa yang predikatnya memuaskan?"
    if turn is None and confidence >= SURE and intent in _SUBJECT and DEICTIC.search(text):
        turn = intent  # "apa yang harus dibenahi di situ?"
    if intent == "gaps" and found.numbers.below and found.numbers.level is None and turn in (None, "plan"):
        turn = "gaps"  # "semuanya sudah di atas target nasional?"
    if base.intent in ("gaps", "plan") and turn is None and picked(text, base.listed):
        turn = "requirement"  # "what about the first one?"
    if paired:
        turn = "compare"
    most = moved_most(text) or (base.intent == "trend" and _MOST.search(text))
    if base.intent in ("score", "why", "trend") and most and not found.named.found:
        turn = "trend"  # "domain mana yang paling banyak naiknya?" of one agency
    if found.both_moved or (base.intent == "simulate" and turn == "score" and not names_or_dates(text, found)):
        turn = "simulate"  # "predikatnya berubah?" of what was supposed
    if _SHORT_OF.search(text) and base.intent in ("score", "why", "plan") and not found.named.found:
        turn = "plan"  # "untuk jadi memuaskan kurang berapa?"
    if found.numbers.at_most and base.intent in ("gaps", "plan"):
        turn = base.intent
    if subject and has_effect(text) and rung_of(found.numbers) and turn in (None, "score") and base.intent != "plan":
        turn = "simulate"  # "dampaknya ke indeks kalau ke 5?"
    if not leans(text, found, base, intent, confidence, own, turn, alone):
        return None
    return _changed(text, found, base, own, intent, known, turn)


def language_asked(text: str) -> Language | None:
    """ "in english?" asks for the same answer in a language."""
    text = text.strip(" .!?")
    if _IN_ENGLISH.match(text):
        return "en"
    return "id" if _IN_INDONESIAN.match(text) else None


def _of_kind(base: Request, kinds: Sequence[str], known: Gazetteer) -> str | None:
    """The one agency of those compared that is of a kind."""
    fitting = [name for name in base.agencies if name in known.by_name and known.kind_of(name) in kinds]
    return fitting[0] if base.intent == "compare" and len(fitting) == 1 else None


def _of_the_same_rule(
    text: str, found: "Read", base: Request, intent: Intent, alone: Mapping[Intent, float]
) -> Request | None:
    """ "penggantinya apa?", "pasal berikutnya": asked of the rule, or of the passage, that was spoken of."""
    article = re.match(r"Pasal (\d+)", base.locator or "")
    if article and (asked := _NEXT_ARTICLE.search(text)):
        step = -1 if (asked[1] or asked[2]) in ("sebelum", "previous") else 1
        return base.model_copy(update={"locator": f"Pasal {int(article[1]) + step}", "query": None})
    if found.rule or found.locator or found.nodes.found or intent not in ("rule", "help") or not refers_back(text):
        return None
    if found.numbers.decimals or max(alone, key=lambda key: alone[key]) in ("plan", "simulate", "score"):
        return None  # "eh targetnya 3,3"
    return base.model_copy(update={"locator": None, "query": f"{base.query or ''} {found.text}".strip()})


def _changed(
    text: str,
    found: "Read",
    base: Request,
    own: str | None,
    alone: Intent,
    known: Gazetteer,
    turn: Intent | None,
) -> Request:
    """The last Request with what the text changes."""
    intent = turn or base.intent
    named, nodes, numbers = found.named, found.nodes, found.numbers
    indicator = nodes.found[0].startswith("indicator") if nodes.found else spoken_of(base) is not None
    rung = rung_of(found.numbers) if indicator and base.intent != "plan" else numbers.level
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
    elif slots["agency"] is None and intent in _SUBJECT and intent != "requirement":
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
        slots["at_most"] = numbers.at_most
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
    subject = spoken_of(base)
    if subject is None or found.nodes.found or found.nodes.candidates:
        return request.model_copy(update=update)
    supposed_before = next(iter(base.levels.values()), None)
    level = (
        request.level
        or rung_of(found.numbers)
        or base.level
        or (int(supposed_before) if supposed_before is not None else None)
    )
    told = request.level is not None or request.evidence or refers_back(found.text)
    if request.intent == "requirement" and not request.node and not request.rule and told:
        update |= {"node": subject, "level": level}
    elif request.intent == "simulate" and not (request.levels or request.levels_by) and level is not None:
        update |= {"levels": {subject.split()[1]: level}, "level": None, "node": None}
    return request.model_copy(update=update)
