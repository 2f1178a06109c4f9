"""Follow-ups: a short turn is read against the Requests before it.

"kalau domain 3?" keeps the intent and changes the node; "buktinya apa?" keeps the node and changes the intent;
"yang kota" answers a clarification; "maksud saya domain 3" corrects. A turn that stands on its own changes topic.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.request import Clarification, Intent, Request
from assistant.understanding.clarified import answered
from assistant.understanding.gazetteer import Gazetteer
from scoring import Language

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_OPENING = re.compile(
    r"^(?:(?:oh|ok|oke|okay|nah|lalu|terus|dan|and|then|so|hmm|eh|kalau|how about|what about|gimana|"
    r"bagaimana|untuk|for|yang|"
    r"coba|now|sekarang|tapi|but|bukan|maksud|maaf|sorry|no|tidak|i mean|ganti|bandingkan|compare|same|sama|"
    r"di|pada|the|in|and for|jadi)[ ,]*)+"
)
_REFERS = re.compile(
    r"\b(itu|tadi|tersebut|nya|that|it|this|those|them|they|sama seperti|yang sama|same|the last one|"
    r"sebelum nya|ini|juga|too|as well|instead|saja|there|situ|sana|sini|mereka|dia|barusan)\b"
)
_CORRECTION = re.compile(
    r"\b(maksud (?:saya|ku|nya|aku)|bukan|salah|ralat|koreksi|i mean(?:t)?|sorry|not the|ganti|harus nya)\b"
)
_IN_ENGLISH = re.compile(r"^(?:in english|bahasa inggris|pakai bahasa inggris|english)[ ,.?!a-z]{0,12}$")
_IN_INDONESIAN = re.compile(
    r"^(?:in indonesian|(?:dalam |pakai )?bahasa indonesia|"
    r"indonesian)[ ,.?!a-z]{0,12}$"
)
_AGAIN = re.compile(
    r"^(?:yang tadi|ulangi|again|repeat(?: that)?|lagi|kembali ke (?:yang )?tadi|back to (?:that|"
    r"the previous one))\b[ .?!a-z]{0,25}$"
)
_TURNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "requirement",
        re.compile(
            r"\b(bukti|data dukung|evidence|kriteria|syarat|criteria|requirements?|dokumen|disiapkan|"
            r"documents?)\b"
        ),
    ),
    (
        "compare",
        re.compile(
            r"\b(bandingkan|dibanding|compare|vs|versus|peringkat|ranking|rank|lebih baik dari|"
            r"than)\b"
        ),
    ),
    (
        "why",
        re.compile(r"\b(kenapa|mengapa|why|penyebab|sebab|alasan|kok|how come)\b"),
    ),
    (
        "plan",
        re.compile(
            r"\b(rencana|plan|cara (?:naik|menaikkan|memperbaiki|nya)|menaikkan|target|steps|langkah|"
            r"improve|raise|supaya|solusi|how (?:can|do) we (?:improve|fix|raise|get))\b"
        ),
    ),
    (
        "trend",
        re.compile(
            r"\b(tren|trend|perkembangan|riwayat|history|tahun ke tahun|over time|over the years|progress|"
            r"grafik)\b"
        ),
    ),
    (
        "gaps",
        re.compile(
            r"\b(indikator (?:apa|mana)|which indicators?|kelemahan|kekurangan|gaps?|yang (?:masih|belum|"
            r"paling rendah)|weak\w*|prioritas)\b"
        ),
    ),
    (
        "score",
        re.compile(
            r"\b(skor|nilai|berapa|score|predikat|indeks|rating|what(?:'s| is) the (?:score|"
            r"index))\b"
        ),
    ),
)
_EXTREME = re.compile(
    r"\b(terendah|tertinggi|terbaik|terburuk|lowest|highest|best|worst|teratas|terbawah|bottom|top|juara|"
    r"paling (?:rendah|tinggi|bawah|atas|bagus|jelek|baik|buruk|kecil|besar|parah))\b"
)
_LOWEST = re.compile(
    r"\b(terendah|terburuk|lowest|worst|terbawah|terkecil|bottom|paling (?:rendah|bawah|jelek|buruk|kecil|parah))\b"
)
_BACK = re.compile(r"\b(?:balik|kembali|tadi|back|sebelum nya|earlier|previous)\b")
_OTHERS = re.compile(r"\b(?:mereka|they|them|their|dia)\b")
_DEICTIC = re.compile(r"\b(?:situ|sana|sini|tadi|tersebut|barusan|there|(?<=di )itu)\b")
_SURE = 0.8  # of what a turn alone is taken for
_DIGIT = re.compile(r"(?<![\d.,])([0-5])(?![\d]|[.,]\d)")
_ADDING = re.compile(
    r"\b(tambah(?:kan)?|juga|add|also|dan|and|ikut(?:kan)?|sekalian|too|plus|as well|"
    r"ditambah)\b"
)
_NUMBER = re.compile(r"(?:(?:kalau|yang|untuk|and|for|dan|no|nomor|indikator)[. ]*)*(\d{1,2})")
_SUBJECT = ("score", "why", "gaps", "plan", "simulate", "trend", "requirement")


def followed(
    found: "Read",
    previous: Sequence[Request],
    known: Gazetteer,
    own: str | None,
    intent: Intent,
    confidence: float,
) -> Request | None:
    """The Request of a follow-up, or None where the text stands on its own.

    Args:
        intent: what the text alone was taken for, with its confidence.
    """
    last = previous[-1]
    text = found.text.strip(" .!?")
    if last.clarify is not None and (answer := answered(text, found, last, known)):
        return answer
    substantial = [request for request in previous if request.intent not in ("help", "out_of_scope")]
    if not substantial or intent == "out_of_scope" or (intent == "help" and confidence > 0.9):
        return None
    base = substantial[-1]
    if base.intent == "rule" and _BACK.search(text):  # back from a question in between
        base = next((request for request in reversed(substantial) if request.intent != "rule"), base)
    if found.numbers.years_before and not found.numbers.years and base.year and "sebelum nya" in text:
        found.numbers.years = [base.year - found.numbers.years_before]
    if _IN_ENGLISH.match(text) or _IN_INDONESIAN.match(text) or _AGAIN.match(text):
        return base
    turn = _turn_of(found)
    if turn is None and confidence >= _SURE and intent in _SUBJECT and _DEICTIC.search(text):
        turn = intent  # "apa yang harus dibenahi di situ?"
    if not _leans(text, found, base, intent, confidence, own, turn):
        return None
    return _changed(text, found, base, own, intent, known, turn)


def language_asked(text: str) -> Language | None:
    """ "in english?" asks for the same answer in a language."""
    text = text.strip(" .!?")
    if _IN_ENGLISH.match(text):
        return "en"
    return "id" if _IN_INDONESIAN.match(text) else None


def _leans(
    text: str, found: "Read", base: Request, intent: Intent, confidence: float, own: str | None, turn: Intent | None
) -> bool:
    """Whether a text needs the turn before it."""
    words = re.findall(r"[a-z]+|\d+(?:[.,]\d+)?", text)
    if found.rule or len(words) > 12:
        return False
    opened = bool(_OPENING.match(text))
    refers = bool(_REFERS.search(text))
    named = bool(found.named.found or found.named.candidates or found.named.group)
    placed = bool(found.nodes.found or found.nodes.candidates)
    dated = bool(found.numbers.years or found.numbers.years_before)
    slots = named + placed + dated + (found.numbers.level is not None) + bool(found.numbers.target)
    if found.locator and not found.rule:
        return base.rule is not None and len(words) <= 8
    if base.node and base.node.startswith("indicator") and _NUMBER.fullmatch(text):
        return True
    if intent == "rule" and confidence >= 0.75 and not _CORRECTION.search(text):
        return False
    if base.group and len(words) <= 7 and not (named or found.named.own) and _EXTREME.search(text):
        return True
    if (
        (base.agency or base.group)
        and found.named.kinds
        and not named
        and len(words) <= 5
        and (opened or _CORRECTION.search(text))
    ):
        return True
    valued = found.numbers.decimals or found.ratings or (_DIGIT.search(text) and not placed)
    if base.intent in ("plan", "simulate") and valued and len(words) <= 6:
        return True
    if intent in ("rule", "help") and not (slots or refers or turn):
        return False
    if intent == "simulate" and base.intent == "simulate" and _ADDING.search(text):
        return True
    if intent == "simulate":
        return not (named or found.named.own) and base.agency not in (None, own)
    if _CORRECTION.search(text) and slots:
        return True
    stripped = _OPENING.sub("", text)
    left = [w for w in re.findall(r"[a-z]+", stripped) if w not in _FILLER]
    if not turn and slots and len(words) <= 8 and (opened or len(words) <= 5) and intent != "requirement":
        return True
    if not turn and slots and opened and len(words) <= 8:
        return True
    if turn == "score" and opened and slots and not found.named.own:
        return len(words) <= 8
    if turn and (refers or opened or len(left) <= 4):
        complete = (placed or turn not in ("requirement",)) and (named or found.named.own)
        return not complete or turn == "compare" or refers
    return bool(refers and slots and len(words) <= 7)


_FILLER = frozenset(
    "apa saja ya dong sih kami kita nya yang itu kok us our is the of for dan with dengan tahun berapa".split()  # noqa: SIM905
)


def _turn(text: str) -> Intent | None:
    return next((intent for intent, pattern in _TURNS if pattern.search(text)), None)


def _turn_of(found: "Read") -> Intent | None:
    """The intent a turn changes to; "peta rencana" is no wish for a plan."""
    return _turn(found.nodes.rest if found.nodes.found or found.nodes.candidates else found.text)


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
    if base.intent == "plan" and intent == "score" and (found.ratings or found.numbers.decimals):
        intent = "plan"  # "kalau predikat memuaskan?"
    if base.group and _EXTREME.search(text):
        intent = base.intent
    named, nodes, numbers = found.named, found.nodes, found.numbers
    if alone == "simulate" and found.supposed:
        intent = "simulate"
    if base.intent == "trend" and intent == "score" and not re.search(r"\bskor|score\b", text):
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
                "rule",
                "locator",
            )
        }
        slots["levels"] = dict(base.levels)
        slots["levels_by"] = dict(base.levels_by)
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
        if _CORRECTION.search(text) and kind:
            names = [n for n in named.candidates if known.kind_of(n) != kind][:1]
        if not names:
            clarify = Clarification(slot="agency", choices=tuple(named.candidates[:4]))
    if intent == "compare":
        _compared(slots, names, base, own, found, known)
        if clarify is None and not slots.get("group") and len(slots["agencies"]) < 2:
            clarify = Clarification(slot="agency", choices=())
    elif names:
        slots["agency"] = names[0]
    elif named.kinds and base.agency in known.by_name and not nodes.found:
        slots["agency"] = _other_kind(text, base.agency, known) or base.agency
    elif slots["agency"] is None and intent in _SUBJECT and intent != "requirement":
        slots["agency"] = own
    if found.locator:
        slots |= {"intent": "rule", "rule": base.rule, "locator": found.locator, "node": None}
    if base.group and slots.get("group") and _EXTREME.search(text):
        slots["lowest_first"] = bool(_LOWEST.search(text))
    if (number := _NUMBER.fullmatch(text)) and base.node and base.node.startswith("indicator"):
        slots["node"] = f"indicator {number[1]}"
    elif nodes.found or nodes.absent:
        slots["node"] = (nodes.found or nodes.absent)[0]
    elif nodes.candidates:
        slots["node"] = None
        if intent in ("score", "why", "requirement", "simulate"):
            clarify = clarify or Clarification(slot="node", choices=nodes.candidates)
    if numbers.years:
        if intent == "trend" and base.intent != "trend" and base.year and len(numbers.years) == 1:
            slots["years"] = tuple(sorted({numbers.years[0], base.year}))
        elif intent == "trend" and len(numbers.years) > 1:
            slots["years"] = tuple(numbers.years)
        else:
            slots["year"] = numbers.years[-1]
            if intent == "trend":
                slots["intent"], slots["years"] = "score", ()
    if numbers.level is not None and intent in ("requirement", "rule", "score", "why"):
        slots["level"] = numbers.level
    if intent == "requirement":
        slots["evidence"] = bool(re.search(r"\b(bukti|data dukung|evidence|dokumen|documents?)\b", text)) or (
            base.intent == "requirement" and base.evidence
        )
        if base.intent == "simulate" and not nodes.found and base.levels:
            asked = next((key for key in base.levels if re.search(rf"\b{key}\b", text)), next(iter(base.levels)))
            supposed, level = asked, base.levels[asked]
            slots["node"], slots["level"] = f"indicator {supposed}", slots.get("level") or int(level)
        if slots["node"] == "index":
            slots["node"] = None
    if intent == "plan":
        target = numbers.target or next(iter(reversed(found.ratings)), None) or next(iter(numbers.decimals), None)
        slots["target"] = target or slots.get("target")
    if intent == "gaps" and numbers.below:
        slots["below"] = numbers.below
    if intent == "simulate":
        _supposed(slots, found, base)
    slots["clarify"] = clarify
    return Request.model_validate({key: value for key, value in slots.items() if value is not None})


def _compared(
    slots: dict[str, Any],
    names: list[str],
    base: Request,
    own: str | None,
    found: "Read",
    known: Gazetteer,
) -> None:
    provinces = [n for n in names if n in known.by_name and known.kind_of(n) == "prov"]
    if base.group and provinces == names and names:  # "kalau jawa tengah?" after a ranking
        slots["group"] = known.province_names[names[0]]
        return
    if found.named.group:
        slots |= {"group": found.named.group, "kinds": found.named.kinds, "agencies": ()}
        return
    if base.group and not names and found.named.kinds:  # "kalau kotanya?"
        slots["kinds"] = found.named.kinds
        return
    if base.intent == "compare" and not base.group:
        adding = _ADDING.search(found.text)
        kept = list(base.agencies) if adding or not names else list(base.agencies[:1])
        slots["agencies"] = tuple(dict.fromkeys([*kept, *names]))
    else:
        first = base.agency or own
        compared = names or ([own] if own else [])
        slots["agencies"] = tuple(dict.fromkeys([*([first] if first else ()), *compared]))
    if names:
        slots["group"], slots["kinds"], slots["agency"] = None, (), None


def _supposed(slots: dict[str, Any], found: "Read", base: Request) -> None:
    digit = _DIGIT.search(found.text)
    if found.supposed:
        adding = _ADDING.search(found.text)
        slots["levels"] = {**(base.levels if adding else {}), **found.supposed}
        slots["levels_by"] = {}
    elif base.levels and (found.numbers.level is not None or (digit and not found.nodes.found)):
        level = found.numbers.level if found.numbers.level is not None or digit is None else int(digit[1])
        slots["levels"] = dict.fromkeys(base.levels, level)
    elif base.levels and found.nodes.found:
        supposed = next(iter(base.levels.values()))
        slots["levels"] = {n.split()[1]: supposed for n in found.nodes.found if n.startswith("indicator")}
    slots["node"] = None


def _other_kind(text: str, agency: str, known: Gazetteer) -> str | None:
    """ "bukan, kota bukan kabupaten": the agency of the same name of the kind that is not denied."""
    denied = re.search(
        r"\bbukan (?:yang )?(kota|kabupaten|kab|provinsi|prov)\b|\bnot the (city|regency|province)\b", text
    )
    kinds = {"kota": "kota", "kabupaten": "kab", "kab": "kab", "provinsi": "prov", "prov": "prov"}
    kinds |= {"city": "kota", "regency": "kab", "province": "prov"}
    wanted = [kinds[word] for word in re.findall(r"[a-z]+", text) if word in kinds]
    if denied:
        wanted = [kind for kind in wanted if kind != kinds[denied[1] or denied[2]]] or wanted
    core = next((core for core, names in known.cores.items() if agency in names), None)
    same = known.cores.get(core, []) if core else []
    return next((name for kind in wanted for name in same if known.kind_of(name) == kind and name != agency), None)
