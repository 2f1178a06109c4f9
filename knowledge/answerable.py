"""Do the passages found carry an answer? What is asked for must stand in them, in a fitting form.

Likeness alone cannot tell "near the topic" from "answered" (AUROC 0.73 on such text), so the judgement looks at
what the question wants: places that are known not to exist, then a figure, date, name, number or thing that no
passage found holds, then an agency or year that none of them names, then words that are rare and that no place found
speaks of.
"""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from knowledge.asked import BEYOND, KINDS, THINGS, Kind
from knowledge.keywords import words
from knowledge.references import Absent, Reference
from knowledge.retrieval import Hit
from scoring.refusal import Text

_PLAIN = 10  # words that count, in a question that names what it is about
_LED = 3  # passages, one of which must speak of the question
_READ = 5  # passages that an answer is made from
_COVERED = 0.5  # share of a question that one place must speak of; measured, see docs/decisions/0005
_ABOUT = 0.8  # share from which a place is about just what is asked, wherever in it the figure stands
_NEARLY = 0.7  # share from which a place that names a thing is taken to be about that thing
_MEASURED = (
    "count",
    "duration",
    "deadline",
)  # numbers stand everywhere: most of what they are of must stand beside them
_TOLD = re.compile(r"\b(?:kami|kita|saya|kantor|dinas|opd|our|we|us)\b")
_SENTENCE = re.compile(r"(?<=[.;:])\s+|\n+")
_NUMBERING = re.compile(
    r"\b(?:pasal|ayat|huruf|angka|level|tingkat|indikator|nomor|tahun|tabel|bab|lampiran|romawi)\s*\(?\s*\d+\s*\)?"
    r"|^\s*\(?\s*\d+\s*[).]"
)
_ENGLISH = re.compile(r"\b(?:the|what|how|who|which|when|does|do|is|are|must|many|much|long|often|of|for)\b")
_COUNTED = re.compile(
    r"\bberapa (?:(?:jumlah|banyak|minimal|maksimal|maksimum|minimum)(?:nya)? )*"
    r"((?!di[a-z]{4}|me[mn][a-z]{3})[a-z]{4,})\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AGENCY = re.compile(r"\b(?:kab|kabupaten|kota|provinsi|prov|pemkab|pemkot|pemprov)\.? (?!kota|kab)([a-z]{4,})")
_RESULT = re.compile(r"\b(?:nilai|indeks|skor|predikat|capaian|peringkat|ranking|score|index|rating)\b")
_NO_AGENCY = frozenset(
    re.findall(r"\w+", "kami saya kita anda atau dan yang untuk dalam pada mana tersebut sendiri level tahun")
)
_LIGHT = frozenset(
    re.findall(
        r"\w+",
        """berapa jumlah minimal maksimal minimum maksimum besar besaran lama masa kali sering persen persentase tanggal
    batas akhir wajib harus aturan peraturan pasal perpres permen pedoman spbe daerah pemda pemerintah instansi pusat
    saja yang dari dengan untuk dapat harus sudah
    rentang nilai skor taun tahun bulan hari kabupaten kota provinsi resmi sebutkan menurut""",
    )
)


class Verdict(BaseModel):
    """Whether to answer, and why not.

    Attributes:
        reason: machine name, such as ``absent`` or ``no_money``; empty where it is answerable.
        missing: what was asked for and does not stand in the passages.
        absent: what was asked for and is known not to exist.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    answerable: bool
    reason: str = ""
    missing: Text | None = None
    absent: tuple[Absent, ...] = ()


def answerable(query: str, hits: Sequence[Hit], reference: Reference) -> Verdict:
    """Judge whether the hits answer the question.

    Args:
        query: as asked. hits: best first. reference: what the question names.
    """
    if reference.absent:
        return Verdict(answerable=False, reason="absent", absent=reference.absent)
    if not hits:
        return Verdict(answerable=False, reason="nothing_found")
    asked = " ".join((reference.text or query).lower().split())
    for kind in BEYOND:
        if kind.asks.search(asked):
            return _refused(kind)
    texts = [_whole(hit) for hit in hits[:_READ]]
    if not reference.weights:
        for kind in THINGS:
            found = kind.asks.search(asked)
            if found and not _stands(kind, found[0], texts) and not _spoken(found[0], hits[0]):
                return _refused(kind)
        for kind in KINDS:
            if kind.asks.search(asked):
                if not _holds(kind, asked, hits[:_READ], texts):
                    return _refused(kind)
                break
    noun = _COUNTED.search(asked)
    if (
        noun
        and noun[1] not in _LIGHT
        and not _spoken(noun[1], hits[0])
        and not any(_akin(noun[1], word) for t in texts for word in words(t))
    ):
        return Verdict(answerable=False, reason="no_count", missing=Text(id=f"“{noun[1]}”", en=f"“{noun[1]}”"))
    if reference.strange and _plain_question(asked) and not _ENGLISH.search(asked):
        word = reference.strange[0]
        return Verdict(answerable=False, reason="unknown_word", missing=Text(id=f"“{word}”", en=f"“{word}”"))
    named = _named(asked, texts)
    if named.answerable and not reference.exact and not reference.weights:
        return _spoken_of(hits)
    return named


def _spoken_of(hits: Sequence[Hit]) -> Verdict:
    """One place found must speak of enough of what the question speaks of."""
    best = max((hit.covered for hit in hits[:_LED]), key=lambda covered: covered.judged)
    if best.judged >= _COVERED:
        return Verdict(answerable=True)
    words_ = ", ".join(f"“{word}”" for word in best.missing[:2])
    return Verdict(answerable=False, reason="not_spoken_of", missing=Text(id=words_, en=words_))


def _plain(asked: str) -> bool:
    return _plain_question(asked) and not _TOLD.search(asked)


def _plain_question(asked: str) -> bool:
    """One short question: what it is about is named, not paraphrased, so a word nobody uses is what it is about."""
    sentences = [part for part in re.split(r"[.!?]+(?:\s|$)", asked) if part.strip()]
    return len(sentences) == 1 and len(words(asked)) <= _PLAIN


def _refused(kind: Kind) -> Verdict:
    return Verdict(answerable=False, reason=f"no_{kind.name}", missing=kind.label)


def _whole(hit: Hit) -> str:
    passage = hit.passage
    return " ".join((*passage.headings, passage.text, passage.english or "")).lower()


def _stands(kind: Kind, asked: str, texts: Sequence[str]) -> bool:
    assert kind.form is not None
    form = kind.form.pattern.replace("{asked}", re.escape(asked))
    return any(re.search(form, text) for text in texts)


def _spoken(asked: str, hit: Hit) -> bool:
    """Whether the best place speaks of a thing in other words, as the questions that it answers do."""
    return hit.covered.share >= _NEARLY and all(word in hit.covered.present for word in words(asked))


def _holds(kind: Kind, asked: str, hits: Sequence[Hit], texts: Sequence[str]) -> bool:
    """Whether a passage holds the kind of thing, near the words asked about where that matters."""
    if kind.form is None:
        return False
    near = kind.near and len(_ENGLISH.findall(asked)) < 3  # English words cannot stand in Indonesian text
    focus = {word for word in words(kind.asks.sub(" ", asked)) if word not in _LIGHT and not word.isdigit()}
    years = set(_YEAR.findall(asked)) if kind.name == "deadline" else set()
    most = kind.name in _MEASURED and _plain(asked)
    for hit, text in zip(hits, texts, strict=True):
        if years and not years <= set(_YEAR.findall(text)):
            continue
        about = hit.covered.share >= _ABOUT and bool(hit.covered.present)
        if not near or about:
            if any(kind.form.search(_NUMBERING.sub(" ", sentence)) for sentence in _SENTENCE.split(text)):
                return True
            continue
        for sentence in _SENTENCE.split(text):
            if kind.form.search(_NUMBERING.sub(" ", sentence)) and (
                not focus or _shares(focus, set(words(sentence)), most=most)
            ):
                return True
    return False


def _shares(focus: set[str], said: set[str], *, most: bool) -> bool:
    shared = sum(any(_akin(word, other) for other in said) for word in focus)
    return shared * 2 >= len(focus) if most else shared >= 1


def _akin(one: str, other: str) -> bool:
    """The same word, or one inside the other: anggota, beranggotakan."""
    return one == other or (min(len(one), len(other)) >= 5 and (one in other or other in one))


def _named(asked: str, texts: Sequence[str]) -> Verdict:
    """A result of a named agency must stand in the passages: they are no register of results."""
    agency = _AGENCY.search(asked)
    if _RESULT.search(asked) and agency and agency[1] not in _NO_AGENCY and _YEAR.search(asked):
        years = set(_YEAR.findall(asked))
        if not any(agency[1] in text and years <= set(_YEAR.findall(text)) for text in texts):
            label = Text(id=f"hasil {agency[0]} untuk tahun itu", en=f"a result of {agency[0]} for that year")
            return Verdict(answerable=False, reason="no_result", missing=label)
    return Verdict(answerable=True)
