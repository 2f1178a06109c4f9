"""Ends of a ranking, and what moved most: "paling buncit", "the best", "siapa yang naik paling banyak"."""

import re

LOWEST = re.compile(
    r"\b(terendah|terburuk|lowest|worst|terbawah|terkecil|buncit|bottom|weakest|terlemah|juru kunci|"
    r"paling (?:rendah|jelek|buruk|bawah|kecil|parah|lemah|tertinggal|belakang))\b"
)
_HIGHEST = re.compile(
    r"\b(tertinggi|terbaik|highest|best|teratas|top|juara|paling (?:tinggi|atas|bagus|baik|besar|unggul|maju))\b"
)
_MOVED = (
    r"(?:progres(?:s|nya| nya)?|perkembangan(?: nya)?|kemajuan(?: nya)?|naik(?: nya)?|kenaikan(?: nya)?|"
    r"meningkat|peningkatan(?: nya)?|membaik|berkembang|maju|tumbuh|turun(?: nya)?|"
    r"penurunan(?: nya)?|memburuk|improved?|improvement|rise|rose|risen|gr[eo]wn?|gained|climbed|dropped|fell|fallen)"
)
_MOST = r"(?:lebih|paling|terbanyak|terbesar|more|most|faster|fastest|the biggest|biggest)"
_MOVED_MOST = re.compile(
    rf"\b{_MOVED}\b(?: \w+){{0,5}} {_MOST}\b|\b{_MOST}(?: (?:banyak|besar|cepat|jauh|tajam|drastis))? {_MOVED}\b"
)

_FELL = re.compile(r"\b(?:turun(?: nya)?|penurunan(?: nya)?|memburuk|anjlok|dropped|fell|fallen)\b")


def extreme(text: str) -> bool:
    """Whether plain words ask for an end of a ranking."""
    return bool(LOWEST.search(text) or _HIGHEST.search(text))


def moved_most(text: str) -> bool:
    """ "which of the two improved more": whether what is compared is how far values moved, not where they stand."""
    return bool(_MOVED_MOST.search(text))


def moved_down(text: str) -> bool:
    """Whether what moved most is looked for downwards: "siapa yang turun paling banyak"."""
    return bool(_FELL.search(text))
