"""Whether a short turn leans on the turn before it, and what it asks for; what is changed is in dialogue.py."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.request import Intent, Request
from assistant.understanding.extremes import extreme, moved_most
from assistant.understanding.intents import cues_in
from assistant.understanding.nodes import part_asked
from assistant.understanding.numbers import asks_average, bound_in

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_OPENING = re.compile(
    r"^(?:(?:oh|ok|oke|okay|nah|lalu|terus|dan|and|then|so|hmm|eh|kalau|how about|what about|gimana|"
    r"bagaimana|untuk|for|yang|"
    r"coba|now|sekarang|tapi|but|bukan|maksud|maaf|sorry|no|tidak|i mean|ganti|bandingkan|compare|same|sama|"
    r"di|pada|the|in|and for|jadi|only|just|khusus|cuma|hanya|tambah|tambahkan|add|with|(?:balik|kembali|"
    r"back)(?: lagi)?(?: ke| to)?)\b[ ,]*)+"
)
_REFERS = re.compile(
    r"\b(itu|tadi|tersebut|nya|that|it|this|those|them|they|sama seperti|yang sama|same|the last one|"
    r"sebelum nya|ini|juga|too|as well|instead|saja|there|situ|sana|sini|mereka|dia|barusan|"
    r"(?!bertanya|ditanya|biasanya|sebenarnya|sebaiknya|akhirnya|umumnya|"
    r"misalnya)[a-z]{3,}(?<!ta)(?<!ha)(?<!pu)nya)\b"
)
CORRECTION = re.compile(
    r"\b(maksud (?:saya|ku|nya|aku)|bukan|salah|keliru|typo|ralat|koreksi|i mean(?:t)?|sorry|not the|ganti|"
    r"harus nya)\b"
)
_TURNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "requirement",
        re.compile(
            r"\b(bukti|data dukung|evidence|kriteria|syarat|criteria|requirements?|dokumen|disiapkan|"
            r"documents?|(?:perlu|butuh|diminta) apa|apa (?:saja )?yang (?:di)?(?:perlu|butuh|minta|siap)(?:kan)?|"
            r"what (?:do|would|will|should) (?:we|i) need)\b"
        ),
    ),
    (
        "compare",
        re.compile(
            r"\b(bandingkan|dibanding|compare|vs|versus|peringkat|ranking|rank|urutan|lebih baik dari|"
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
            r"\b(rencana|plan|cara (?:naik|menaikkan|memperbaiki|nya)|menaikkan|"
            r"target(?! (?:nasional|minim))|steps|langkah|"
            r"improve|raise|supaya|solusi|"
            r"apa yang (?:bisa|dapat|harus|perlu) (?:\w+ )?di(?:kerja|laku)kan|"
            r"how (?:can|do) we (?:improve|fix|raise|get))\b"
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
            r"\b(indikator (?:apa|mana)|which indicators?|kelemahan|lemah nya|lemah di|weakness(?:es)?|"
            r"kekurangan|gaps?|yang (?:masih|belum|jelek|lemah|rendah|buruk|parah|"
            r"paling rendah)|weak\w*|prioritas)\b"
        ),
    ),
    (
        "score",
        re.compile(
            r"\b(skor|nilai|berapa|score|predikat|kategori|indeks|rating|sampai mana|sejauh mana|where (?:are|do) we|"
            r"what(?:'s| is) the (?:score|"
            r"index))\b"
        ),
    ),
)
BESIDE_US = re.compile(
    r"\b(?:di ?atas|di ?bawah|sebelum|sesudah|setelah|above|below|ahead of|behind|next to) (?:kita|kami|us)\b"
)
THEM = re.compile(r"\b(?:mereka|dia|them|it|(?:dengan|sama|dari|than) (?:itu|tersebut|that))\b")
DEICTIC = re.compile(r"\b(?:situ|sana|sini|tadi|tersebut|barusan|there|(?<=di )itu)\b")
SURE = 0.8  # of what a turn alone is taken for
DIGIT = re.compile(r"(?<![\d.,])([0-5])(?![\d]|[.,]\d)")
ADDING = re.compile(
    r"\b(tambah(?:kan)?|juga|add|also|dan|and|ikut(?:kan)?|sekalian|too|plus|as well|"
    r"ditambah)\b"
)
_RETURNING = re.compile(r"^(?:balik|kembali|back)\b")
_BARE = 2  # words that only name something
_SHORTEST = 5  # words of a question that can stand although it opens like a follow-up
_PLAINLY = 0.9
_BRIEF = 6
_WHOLE = re.compile(r"\b(?:indeks|index|spbe|pemdi|keseluruhan|total|overall)\b")
_OURS = re.compile(r"\b(?:our|(?:kami|kita|pemkot|pemkab|pemprov)\b(?! (?:harus|perlu|mesti|bisa|fokus)))")
_MOVED = re.compile(
    r"\b(?:naik|turun|membaik|memburuk|improved?|risen|rose|dropped)\b(?: \w+){0,3} "
    r"(?:dari|sejak|dibanding|since|from)\b"
    r"|\b(?:naik|turun) (?:tidak|apa turun|atau turun|berapa)\b"
    r"|\btahun (?:ini|sekarang)\b.*\btahun (?:lalu|kemarin)|\btahun (?:lalu|kemarin)\b.*\btahun (?:ini|sekarang)"
    r"|\b(?:sudah|makin|semakin|tambah|already) (?:naik|turun|membaik|memburuk|bagus|baik|better|improved)\b"
    r"|\b(?:apa|mana)(?: saja)? yang (?:naik|turun|berubah|membaik)\b"
    r"|\b(?:naik|turun)(?: nya)? (?:di )?(?:(?:domain|aspek|bagian|sisi) )?(?:mana|apa)\b"
)
_INDEX = re.compile(r"\b(?:indeks|index)\b")
_LEVEL = re.compile(r"\b(?:level|tingkat)\b")
_REFERRING = 7  # words
_BESIDE = (
    r"(?:kalau|yang|untuk|and|for|dan|no|nomor|indikator|indicator|cuma|hanya|only|just|how about|what about|terus|"
    r"lalu|coba|jika|if|saja|nya|dulu|plus|tambah(?:kan)?|ditambah|sama|dengan|add|with|bagaimana|ya|juga|"
    r"as well|too|also|sekalian|eh|oh|"
    r"gitu|begitu|maksud|saya|salah|tapi|tetapi|melainkan|but|i mean|"
    r"sorry|maaf|bukan(?: (?:yang|indikator|nomor))*(?: \d{1,2}\b)?)"
)
NUMBER = re.compile(rf"(?:{_BESIDE}[., ]*)*(\d{{1,2}})(?:[., ]*{_BESIDE})*")  # "kalau cuma 45?"
NUMBERS = re.compile(
    rf"(?:{_BESIDE}[., ]*)*(\d{{1,2}}(?: ?(?:,|dan|sama|&|and) ?\d{{1,2}})+)(?:[., ]*{_BESIDE})*"
)  # "29 sama 30 juga?"
_AMONG = re.compile(
    r"\b(?:which (?:one|of them)|yang mana|mana yang|who|siapa|unggul(?: nya)?|kalah(?: nya)?|menang(?: nya)?|"
    r"beda(?: nya)?|selisih(?: nya)?|ahead|behind|the difference)\b"
)  # of those compared
_AHEAD = re.compile(r"\b(?:unggul(?: nya)?|kalah(?: nya)?|menang(?: nya)?|tertinggal(?: nya)?|ahead|behind)\b")
_COMPARATIVE = re.compile(r"\b(?:lebih \w+|better|worse|higher|lower)\b")
_PLACES = ("pertama", "kedua", "ketiga", "keempat", "kelima", "first", "second", "third", "fourth", "fifth")
_PLACE = re.compile(
    rf"(?<!tahun )\b(?:yang |nomor |indikator |indicator |domain |aspek |aspect |instansi |the )*(?:yang )?"
    rf"({'|'.join(_PLACES)}|terakhir|last one)\b(?! (?:tahun|kali|years?|time))"
)
_AT = re.compile(r"\b(?:yang|the|poin|point|urutan) (?:nomor|no\.?|number|ke-?) ?(\d{1,2})\b(?![.,]\d)")
NEW_TOPIC = re.compile(
    r"^(?:(?:oh|ok|oke|nah|eh|sekarang|now) )*(?:ganti topik|pindah topik|topik lain|beda topik|pertanyaan lain|"
    r"hal lain|soal lain|mau tanya (?:yang|hal|soal) lain|new topic|another (?:question|topic)|different (?:question|"
    r"topic)|change of (?:topic|subject)|(?:let's )?change the (?:topic|subject)|(?:btw|by the way|ngomong-ngomong|"
    r"(?:sama )?(?:satu|1) lagi)(?=,))[ ,:.-]*"
)


def picked(text: str, listed: Sequence[str]) -> str | None:
    """ "yang kedua": one of what the last answer listed."""
    place, at = _PLACE.search(text), _AT.search(text)
    if at is not None and 0 < int(at[1]) <= len(listed):
        return listed[int(at[1]) - 1]
    if place is None or not listed:
        return None
    position = _PLACES.index(place[1]) % 5 if place[1] in _PLACES else len(listed) - 1
    return listed[position] if position < len(listed) else None


def moved(text: str) -> bool:
    """ "naik tidak dari tahun lalu?": whether a value has risen or fallen."""
    return bool(_MOVED.search(text))


def marks(text: str, rest: str) -> list[str]:
    """What in the form of a turn says that it may lean on another, by name; ``rest``: its words but for names."""
    left = [word for word in re.findall(r"[a-z]+", _OPENING.sub("", rest)) if word not in _FILLER]
    shown = {
        "bare": not left,
        "opening": _OPENING.match(text),
        "refers": _REFERS.search(text),
        "correction": CORRECTION.search(text),
        "deictic": DEICTIC.search(text),
        "adding": ADDING.search(text),
        "returning": _RETURNING.match(text),
        "they": THEM.search(text),
        "ours": _OURS.search(text),
        "whole": _WHOLE.search(text),
        "number": NUMBER.fullmatch(text),
        "among": _AMONG.search(text),
        "comparative": _COMPARATIVE.search(text),
        "place": _PLACE.search(text) or _AT.search(text),
        "moved": _MOVED.search(text),
    }
    return [name for name, found in shown.items() if found]


def refers_back(text: str) -> bool:
    """Whether a short text speaks of something said before."""
    return len(text.split()) <= _REFERRING and bool(_REFERS.search(text))


def has_effect(text: str) -> bool:
    """ "jadi berapa indeksnya?", "what would the index be?", "kalau naik ke 3, indeks?"."""
    cues = cues_in(text)
    return "effect" in cues or ("condition" in cues and bool(_INDEX.search(text)))


def leans(
    text: str,
    found: "Read",
    base: Request,
    intent: Intent,
    confidence: float,
    own: str | None,
    turn: Intent | None,
    alone: Mapping[str, float],
) -> bool:
    """Whether a text needs the turn before it; ``alone``: how probable each intent is of the text by itself."""
    words = re.findall(r"[a-z]+|\d+(?:[.,]\d+)?", text)
    if found.rule or len(words) > 12:
        return False
    opened = bool(_OPENING.match(text))
    refers = bool(_REFERS.search(text))
    named = bool(found.named.found or found.named.candidates or found.named.group)
    others = named and (found.named.found != [own] or bool(found.named.candidates or found.named.group))
    placed = bool(found.nodes.found or found.nodes.candidates)
    dated = bool(found.numbers.years or found.numbers.years_before)
    slots = named + placed + dated + (found.numbers.level is not None) + bool(found.numbers.target)
    if found.locator and not found.rule:
        return base.rule is not None and len(words) <= 8
    if found.numbers.at_most and turn == base.intent and not others:
        return True  # "kalau cuma boleh 3 indikator?" of a plan
    if turn == "trend" and (moved_most(text) or base.intent == "trend") and not others:
        return True
    if turn == "simulate" or picked(text, base.listed):
        return len(words) <= 9
    if not others and of_those_compared(text, base):
        return True
    if turn is None and not refers and placed and len(words) > _SHORTEST and alone["rule"] > _PLAINLY:
        return False  # "ok and what does domain 4 measure?"
    superior = extreme(text) or _COMPARATIVE.search(text)
    ahead = _AHEAD.search(text) or (_AMONG.search(text) and superior and part_asked(text) is None)
    if base.intent == "compare" and ahead and not others:
        return len(words) <= 9  # "domain mana yang kita kalah?"
    returning = _RETURNING.match(text) is not None
    if turn is None and (not opened or returning) and not refers and _stands(found, words, alone, intent, confidence):
        return False
    if (base.levels or (base.node or "").startswith("indicator")) and NUMBER.fullmatch(text):
        return True
    if base.intent == "requirement" and base.level and refers and has_effect(text) and not (slots or named):
        return True
    of_indicator = (base.node or "").startswith("indicator") and not placed
    aimed = found.numbers.target or found.numbers.decimals or found.ratings
    if turn == "plan" and of_indicator and not (others or aimed or _WHOLE.search(text)):
        return len(words) <= 8  # "apa yang harus kami buat supaya naik"
    if turn == "score" and of_indicator and _LEVEL.search(text) and not found.named.found[1:]:
        return len(words) <= 8  # a level is an indicator's: "sekarang kita di level berapa"
    if turn == "score" and of_indicator and base.intent == "requirement" and not (others or _WHOLE.search(text)):
        return len(words) <= _BRIEF  # "nilai kita berapa?" after what an indicator requires
    if base.group and found.named.group and opened:
        return True
    if intent == "rule" and confidence >= 0.75 and not CORRECTION.search(text):
        return False
    if base.group and len(words) <= 7 and not (named or found.named.own) and extreme(text):
        return part_asked(text) is None  # "domain terlemah?" is no end of a ranking
    if (
        (base.agency or base.group)
        and found.named.kinds
        and not named
        and len(words) <= 5
        and (opened or CORRECTION.search(text) or len(words) <= _BARE)
    ):
        return True
    among_us = own in base.agencies and not others
    if base.intent == "compare" and _AMONG.search(text) and (among_us or not (named or found.named.own)):
        return len(words) <= 9
    if found.named.group and turn == "compare" and (base.node or "").startswith("domain") and len(words) <= 8:
        return alone["compare"] < SURE  # "apa yang bisa dicontoh dari kabupaten lain?"
    if turn == "gaps" and base.intent in ("score", "why", "gaps") and not (others or placed or _OURS.search(text)):
        return (base.node or "index") != "index" and len(words) <= 8  # "which indicator should we fix first?"
    if turn == base.intent and opened and named and not found.named.own and len(words) <= 8:
        return True  # "kalau sumedang naik berapa?"
    valued = found.numbers.decimals or found.ratings or (DIGIT.search(text) and not placed)
    if base.intent in ("plan", "simulate") and valued and len(words) <= 8:
        return True
    if intent in ("rule", "help") and not (slots or refers or turn):
        return False
    if intent == "simulate" and base.intent == "simulate" and ADDING.search(text):
        return True
    if intent == "simulate":
        return not (named or found.named.own) and base.agency not in (None, own)
    if CORRECTION.search(text) and slots:
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


def of_those_compared(text: str, base: Request) -> bool:
    """Whether a turn asks about the agencies just compared: those over a value, their average, who moved most."""
    if base.group and (bound_in(text) or asks_average(text) or BESIDE_US.search(text)):
        return True
    return base.intent == "compare" and moved_most(text)


def _stands(found: "Read", words: Sequence[str], alone: Mapping[str, float], intent: Intent, confidence: float) -> bool:
    """Whether a text says by itself what it wants, and of whom or of what: "capaian kolaborasi kami"."""
    likeliest = max(alone, key=lambda key: alone[key])
    about = found.named.own or found.named.found or found.nodes.found
    sure = alone[likeliest] >= SURE and likeliest not in ("help", "out_of_scope")
    return bool(about) and sure and len(words) > _BARE and (likeliest == intent or found.named.own or confidence < SURE)


_FILLER = frozenset(
    "apa saja ya dong sih kami kita nya yang itu kok us our is the of for dan with dengan tahun berapa".split()  # noqa: SIM905
)


def _turn(text: str) -> Intent | None:
    return next((intent for intent, pattern in _TURNS if pattern.search(text)), None)


def turn_of(found: "Read") -> Intent | None:
    """The intent a turn changes to; "peta rencana" is no wish for a plan."""
    return _turn(found.nodes.rest if found.nodes.found or found.nodes.candidates else found.text)
