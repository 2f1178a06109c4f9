"""Which part of an indicator's guide is asked for: its weight, legal basis, owner, first steps, meaning."""

import re

_PARTS = {
    "weight": r"\b(bobot\w*|weight|weigh|weighs|berapa persen)\b",
    "basis": r"\b(dasar hukum\w*|landasan hukum\w*|legal basis|payung hukum\w*|aturan (?:apa|yang mendasari\w*|mana)|"
    r"regulasi (?:apa|yang mendasari\w*|mana)|pasal berapa)\b",
    "owner": r"\b(siapa|penanggung ?jawab\w*|who|owner|owns|pengampu\w*|(?:opd|dinas|unit|bagian) (?:mana|apa))\b",
    "refused": r"\b(ditolak|tidak diterima|gak diterima|tidak sah|refused?|rejected?|not accepted|kesalahan|jangan)\b",
    "steps": r"\b(langkah (?:pertama|awal)|mulai dari mana|mulainya|cara memulai|first steps?|how do we start|"
    r"where (?:do|to|should) \w* ?(?:start|begin))\b",
    "contents": r"\b(daftar isi\w*|sistematika|kerangka dokumen|outline|table of contents|isi dokumen\w*|template)\b",
    "meaning": r"\b(?:jelaskan|jelasin|terangkan|explain)\b(?!.*\b(?:nilai|skor|score|level|tingkat|kenapa|why)\b)"
    r"|\b(?:apa itu|apa sih|what is|what.s) (?:the )?(?:indikator|indicator)\b|\bitu apa\b|\bapa maksud\w*\b"
    r"|\b(?:apa yang )?(?:dinilai|diukur)\b|\b(?:tentang apa|about what|measures?)\b",
    "low": r"\b(sering (?:rendah|gagal)|usually low|penyebab umum|common reasons?|kenapa biasanya)\b",
}


def guide_part(text: str) -> str | None:
    """The part of a guide that words, plain or as typed in lower case, ask for; None where they ask for none."""
    return next((name for name, cue in _PARTS.items() if re.search(cue, text)), None)
