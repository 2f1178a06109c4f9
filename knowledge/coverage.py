"""How much of what a question speaks of a passage speaks of too; rare words count most.

Likeness hardly tells "near the topic" from "answered": the question about an assessor's pay is as like the passages
about assessors as the question about their tasks. But the word for what is wanted is missing from them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.keywords import words
from knowledge.spelling import Spelling
from knowledge.vocabulary import Vocabulary, stems
from scoring.yaml_text import read_yaml

_PLAIN = Path(__file__).parent / "plain_words.yaml"
_PLAIN_MOST = 1.5  # the most that a word of daily speech counts where it is missing: as a word of every fifth passage
_NOUN = re.compile(r"^(?:pe|ke\w+an$)")  # "pengguna" and "keputusan" are things, whatever verb they come from
_SCRAP = re.compile(r"^(?:[a-z]{1,2}|[^aiueo\d]{3})$")  # what spelling left of a chat word
_ASKING = frozenset(
    re.findall(
        r"\w+",
        """sebutkan jelaskan tampilkan tolong isi bunyi definisi pengertian arti maksud disebut namanya istilah beda
    perbedaan bedanya contoh contohnya tahun perpres permen permenpanrb permenpan permenkominfo permenppn pedoman surat
    edaran presiden menteri menpanrb panrb kominfo bssn brin peraturan aturan menurut naskah nomor pasal ayat huruf
    angka level tingkat indikator ind lvl spbe saja lagi per masing lewat dulu
    sekali tiap kira sama termasuk terdiri meliputi mencakup memuat berisi
    under according regulation presidential ministerial minister article indicator level state states say says one two
    many much long often make makes made take takes part up end ends can may will have has get gets there their any
    which where whose whom from if not about into than then these those he she they we you your our""",
    )
)


@dataclass(frozen=True)
class Wanted:
    """One word of a question: how rare it is, the stems that speak of it, and what it counts where a place does not use
    it (less than its rarity where it is a word of daily speech)."""

    word: str
    rarity: float
    stems: frozenset[str]
    missed: float


@dataclass(frozen=True)
class Covered:
    """The share (0 to 1, by rarity) of a question's words that a place speaks of, those it does, and those it does not,
    the rarest first.

    Attributes:
        judged: the same share, with words of daily speech that the place does not use counting for little.
    """

    share: float = 1.0
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    judged: float = 1.0


WHOLLY = Covered()


def is_plain(word: str) -> bool:
    """Whether a word of daily speech tells how something is or happens, and names no thing (plain_words.yaml)."""
    return word in _plain_roots() or not (_NOUN.match(word) or stems(word).isdisjoint(_plain_roots()))


@cache
def _plain_roots() -> frozenset[str]:
    return frozenset(word for group in read_yaml(_PLAIN).values() for word in str(group).split())


def wanted(question: str, spelling: Spelling, vocabulary: Vocabulary) -> tuple[Wanted, ...]:
    """The words that say what a question (in standard spelling) is about; everyday, English and short ones also as
    what rules call them."""
    formal = spelling.meanings(question)
    found = []
    for word in dict.fromkeys(words(question)):
        rarity = vocabulary.rarity(word)
        if word in _ASKING or word.isdigit() or (_SCRAP.match(word) and not rarity.known):
            continue
        meant = {stem for full in formal.get(word, ()) for other in words(full) for stem in stems(other)}
        missed = min(rarity.weight, _PLAIN_MOST) if is_plain(word) else rarity.weight
        found.append(Wanted(word, rarity.weight, stems(word) | meant, missed))
    return tuple(found)


def covered(asked: Sequence[Wanted], said: frozenset[str]) -> Covered:
    """How much of the question stands in a passage, given the stems of what is said there."""
    whole = sum(one.rarity for one in asked)
    if not whole:
        return WHOLLY
    ordered = sorted(asked, key=lambda one: -one.rarity)
    present = [one for one in ordered if one.stems & said]
    missing = [one for one in ordered if not one.stems & said]
    spoken = sum(one.rarity for one in present)
    return Covered(
        spoken / whole,
        tuple(one.word for one in present),
        tuple(one.word for one in missing),
        spoken / (spoken + sum(one.missed for one in missing)),
    )


def stems_of(texts: Iterable[str]) -> frozenset[str]:
    """The stems of all words of some texts."""
    return frozenset(stem for text in texts for word in set(words(text)) for stem in stems(word))
