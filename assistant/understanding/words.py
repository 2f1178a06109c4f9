"""Text as typed becomes plain words: lower case, chat spelling and typos mended, numbers set free.

Everything after this reads ``plain``: one line, words separated by single blanks, decimal commas kept.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

import knowledge

_HERE = Path(__file__).parent
_PACK_SPELLING = Path(knowledge.__file__).parent / "pack" / "spelling.yaml"
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SUFFIXED = 6  # letters; shorter words in -nya are words of their own
_READ = 2000  # characters; a question is shorter, and what follows cannot make the reading slow
_TWICE = re.compile(
    r"\b(?!level|lvl|lev|lv|ind|domain|dom|aspek|asp|aspect|tingkat|tahun|thn|sektor)([a-z]{3,})2(nya|an)?\b"
)  # "gara2", "dua2nya"
_WORD = re.compile(r"[a-z]+")
_STEMS = re.compile(
    r"(indeks|skor|nilai|bukti|predikat|level|tingkat|domain|aspek|indikator|dampak|kriteria|rencana|"
    r"sebab|target|kabupaten|kota|provinsi|solusi|dari|level|gap|tren|alasan|penyebab|dasar|pengaruh|hasil|kelemahan|kekurangan|peringkat|isi|dokumen|layanan|"
    r"kebijakan|arsitektur|capaian|perbandingan|langkah|tahun|kerok|mana|audit|data|dukung|jadi|kenapa|berapa|"
    r"apa|bagaimana|siapa|kapan|adakah|bobot|aturan|bunyi|maksud|arti|definisi|urutan|rata|skenario|hukum|beda|kelola|lemah|kurang|opsi|"
    r"saran|rincian|selisih|sumber|contoh|poin|syarat)(nya|ny|kah|lah)"
)
_SHORTENED = re.compile(r"\b(ind|indi|dom|asp|lvl|lv|thn|th|no|hal)\. ?(?=\d)")  # "ind. 20"
_NUMBER_WORDS = {
    **{word: str(n) for n, word in enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan".split())},  # noqa: SIM905
    **{word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine".split())},  # noqa: SIM905
    "sepuluh": "10", "ten": "10",
}  # fmt: skip
_NUMBER = "|".join(_NUMBER_WORDS)
_DIGIT = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_COMPOUND = re.compile(rf"\b(?:(sebelas)|({_DIGIT}) belas|({_DIGIT}) puluh(?: ({_DIGIT}))?)\b")
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_TENS = "twenty thirty forty".split()  # noqa: SIM905
_COMPOUND_EN = re.compile(
    rf"\b(?:({'|'.join(_TEENS)})|({'|'.join(_TENS)})(?:[ -](one|two|three|four|five|six|seven|eight|nine))?)\b"
)
_BEFORE_NUMBER = (
    r"level|indikator|indicator|domain|aspek|aspect|tingkat|ke|to|jadi|menjadi|tetap|bawah|below|under|at|mencapai|"
    r"reach|sampai|minimal|least|masih|naik|naikkan|turun|by|(?:level|tingkat) \d (?:dan|dengan|sama|vs|and)"
)
_COUNTED = re.compile(
    rf"\b((?:{_BEFORE_NUMBER}) )({_NUMBER})\b(?! (?:tahun|indikator|data|domain))"
    rf"|\b({_NUMBER})(?= (?:tingkat|level|levels|langkah|steps?|tahun (?:terakhir|yang lalu|lalu)|years ago)\b)"
)
_COUNT = re.compile(rf"(?<![\d.,])(?:\d{{1,2}}|\b(?:{_NUMBER})\b)(?!\d|[.,]\d)")
_COMMA_WORD = re.compile(rf"\b({_NUMBER}|\d) (?:koma|point) ({_NUMBER}|\d)\b")

# Words worth mending when mistyped: those that decide the intent or name a part of the instrument.
_MENDED = frozenset(
    """indeks indikator domain aspek predikat tingkat kenapa mengapa berapa bagaimana bandingkan dibandingkan
    perbandingan perkembangan rendah tinggi tertinggi terendah naikkan menaikkan capaian kriteria persyaratan
    arsitektur kebijakan internal manajemen risiko keamanan informasi pengetahuan perubahan kompetensi layanan
    pengaduan kepegawaian kearsipan keuangan penganggaran perencanaan pengadaan pengawasan akuntabilitas kinerja
    kolaborasi penyelenggara strategis infrastruktur aplikasi jaringan penghubung koordinasi penerapan pelaksanaan
    rencana target simulasi misalnya memuaskan kabupaten provinsi kementerian peraturan berlaku evaluasi penilaian
    indicator aspect compare evidence requirement criteria improve architecture security information management
    kelemahan penyebab bukti dukung skenario peringkat""".split()  # noqa: SIM905
)
_MENDED_LIST = sorted(_MENDED)


@cache
def spelling() -> dict[str, str]:
    """Chat spelling to standard words: ours, and the pack's where it is there."""
    known: dict[str, str] = {}
    for path in (_PACK_SPELLING, _HERE / "spelling.yaml"):
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                read = yaml.safe_load(file) or {}
            known.update({str(k).lower(): str(v).lower() for k, v in read.items() if isinstance(v, str)})
    return known


@cache
def ordinary() -> frozenset[str]:
    """Words that are right as they stand and must not be mended into something else."""
    with (_HERE / "ordinary.txt").open(encoding="utf-8") as file:
        return frozenset(file.read().split()) | frozenset(spelling().values()) | _MENDED


@cache
def _mend(word: str) -> str:
    if word in (known := spelling()):
        return known[word]
    if stem := _STEMS.fullmatch(word):
        return f"{stem[1]} nya" if stem[2] in ("nya", "ny") else stem[1]
    if word.endswith("nya") and word[:-3] in known and len(word) > _SUFFIXED:  # "naikinnya"
        return f"{known[word[:-3]]} nya"
    if word.endswith("nya") and word not in ordinary() and word[:-3] in ordinary():
        return f"{word[:-3]} nya"
    if len(word) < 6 or word in ordinary():
        return word
    found = process.extractOne(
        word, _MENDED_LIST, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(word) < 12 else 2
    )
    return found[0] if found and found[0][0] == word[0] else word


def _number(match: re.Match[str]) -> str:
    if match[2]:
        return match[1] + _NUMBER_WORDS[match[2]]
    return _NUMBER_WORDS[match[3]]


def _compound(match: re.Match[str]) -> str:
    """ "empat puluh dua" as "42"; no other word is made of these."""
    eleven, teen, tens, ones = match.groups()
    if eleven or teen:
        return f"1{_NUMBER_WORDS[teen or 'satu']}"
    return f"{_NUMBER_WORDS[tens]}{_NUMBER_WORDS[ones] if ones else 0}"


def _compound_english(match: re.Match[str]) -> str:
    teen, tens, ones = match.groups()
    if teen:
        return str(11 + _TEENS.index(teen))
    return f"{2 + _TENS.index(tens)}{_NUMBER_WORDS[ones] if ones else 0}"


def counts_in(text: str) -> list[int]:
    """The whole numbers under a hundred in plain words, in digits or written out, in their order."""
    return [int(_NUMBER_WORDS.get(found, found)) for found in _COUNT.findall(text)]


def readable(text: str) -> str:
    """The text as typed, without what no embedder, index or channel can take: lone surrogates, controls, bidi marks."""
    return _INVISIBLE.sub("", text.encode("utf-8", "ignore").decode("utf-8")).strip()


def plain(text: str) -> str:
    """The text as plain words.

    >>> plain("Knp INDEKS kab. Sumedng th2024 cm 4,51??")
    'kenapa indeks kab. sumedng tahun 2024 cuma 4,51?'
    """
    text = unicodedata.normalize("NFKC", readable(text[:_READ])).lower()
    text = re.sub(r"[‘’`]", "'", re.sub(r"[–—−]", "-", text))
    text = re.sub(r"\b(dua|tiga|rata|masing|sama) \1(?=nya\b|\b)", r"\1-\1", text)  # "dua duanya"
    text = _SHORTENED.sub(r"\1 ", _TWICE.sub(lambda m: f"{m[1]}-{m[1]} {m[2] or ''}".strip(), text))
    text = re.sub(r"\btk(?=\.? ?\d)", "tingkat", text)
    text = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", text)
    text = _WORD.sub(lambda match: _mend(match[0]), text)
    text = re.sub(r"([?!])[?!]+", r"\1", re.sub(r"\s+", " ", text)).strip()
    text = _COMPOUND_EN.sub(_compound_english, _COMPOUND.sub(_compound, text))
    text = _COMMA_WORD.sub(lambda m: ",".join(_NUMBER_WORDS.get(part, part) for part in (m[1], m[2])), text)
    return _COUNTED.sub(_number, _COUNTED.sub(_number, text))  # twice: "level dua dan tiga"
