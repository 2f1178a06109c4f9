"""Follow-ups: a short turn is read against the Requests before it.

"kalau domain 3?" keeps the intent and changes the node; "buktinya apa?" keeps the node and changes the intent;
"yang kota" answers a clarification; "maksud saya domain 3" corrects. A turn that stands on its own changes topic.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.request import Intent, Request
from assistant.understanding.agencies import NATIONAL
from assistant.understanding.changing import SUBJECT, changed, meant
from assistant.understanding.clarified import answered
from assistant.understanding.extremes import extreme, moved_most
from assistant.understanding.gazetteer import Gazetteer
from assistant.understanding.intents import cues_in
from assistant.understanding.leaning import (
    DEICTIC,
    NEW_TOPIC,
    SURE,
    has_effect,
    leans,
    moved,
    picked,
    refers_back,
    turn_of,
)
from assistant.understanding.nodes import part_asked
from assistant.understanding.onwards import led_on, names_or_dates
from assistant.understanding.referring import guided, point_out, rung_of, spoken_of
from assistant.understanding.supposing import all_listed
from assistant.understanding.turning import LEANS, STANDS, Weigh, taken_for, turn_tells
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
_NEXT_ARTICLE = re.compile(r"\b(?:pasal|article) (berikut|selanjut|sesudah|setelah|sebelum)|\b(next|previous) article")
_SHORT_OF = re.compile(r"\b(?:kurang(?: nya)? berapa|berapa (?:lagi|kurang nya)|how far)\b")
_YEAR_AFTER = re.compile(
    r"\btahun (?:setelah|sesudah|berikut|selanjut) ?nya\b|\bthe (?:year after|(?:next|following) year)\b"
)
_THEY = re.compile(r"\b(?:mereka|they|them)\b")
_BRIEF = 8  # words
_MOST = re.compile(r"\b(?:paling|ter)(?: ?(?:banyak|besar|jauh))\b|\b(?:most|biggest|largest)\b")


def followed(
    found: "Read",
    previous: Sequence[Request],
    known: Gazetteer,
    own: str | None,
    intent: Intent,
    confidence: float,
    instrument: Instrument,
    alone: Mapping[str, float],
    told: Mapping[str, float],
    weigh: Weigh,
) -> Request | Intent | None:
    """The Request of a follow-up; the intent of a text that stands on its own, or None where there was nothing before.

    Args:
        intent: what the rules took the text alone for, with their confidence. alone: how probable each intent is of it.
        told: the tells of the text alone. weigh: how probable each verdict (turning.py) is by the tells of the turn.
    """
    last = previous[-1]
    text = found.text.strip(" .!?")
    if NEW_TOPIC.match(text):
        return None
    if last.clarify is not None and (answer := answered(text, found, last, known)):
        return answer
    substantial = [request for request in previous if request.intent not in ("help", "out_of_scope")]
    if not substantial or (intent == "help" and confidence > 0.9):
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
    if base.intent in ("plan", "gaps") and _START.search(text) and not names_or_dates(text, found):
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
    if turn is None and confidence >= SURE and intent in SUBJECT and DEICTIC.search(text):
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
    likeliest = max(alone, key=lambda key: alone[key])
    verdict = f"{STANDS}:{likeliest}"
    if leans(text, found, base, intent, confidence, own, turn, alone):
        verdict = f"{LEANS}:{meant(text, found, base, intent, turn)}"
    odds = weigh(turn_tells(told, text, found.nodes.rest, base, own, verdict, turn))
    senseless = _senseless(text, found, base, own)
    leant, asked = taken_for(verdict, {one: odd for one, odd in odds.items() if one not in senseless})
    if leant:
        return changed(text, found, base, own, asked, known)
    return asked


def _senseless(text: str, found: "Read", base: Request, own: str | None) -> set[str]:
    """The verdicts that nothing could come of: a comparison of one agency, a value of none."""
    named = found.named
    several = named.group or named.kinds or named.candidates or named.unknown or base.group or base.intent == "compare"
    others = [name for name in named.found if name != (base.agency or own)]
    senseless = set()
    own_parts = part_asked(text) and extreme(text)
    if not (several or others) and (own_parts or "compare" not in cues_in(found.cued)):
        senseless |= {f"{how}:compare" for how in (LEANS, STANDS)}  # "domain mana yang paling rendah?"
    if not (several or named.found or own or base.agency or base.agencies):
        senseless |= {f"{LEANS}:{intent}" for intent in SUBJECT if intent != "requirement"}
    return senseless


def language_asked(text: str) -> Language | None:
    """ "in english?" asks for the same answer in a language."""
    text = text.strip(" .!?")
    if _IN_ENGLISH.match(text):
        return "en"
    return "id" if _IN_INDONESIAN.match(text) else None


def _of_the_same_rule(
    text: str, found: "Read", base: Request, intent: Intent, alone: Mapping[str, float]
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
