"""Which words the library knows at all, whatever Indonesian affixes they carry."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_BEFORE = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|ber|ter|di|ke|se|ng|ny)")
_JOINED = re.compile(r"^(?:antar|lintas|multi|non|pasca|pra|purna|sub|swa)(?=[a-z]{4})")  # antarpegawai, purnatugas
_AFTER = re.compile(r"(?:nya|ny|kan|an|in|i|ku|mu)$")
_ENGLISH_END = re.compile(r"(?<=[a-z]{3})(?:ies|ing|ed|es|s|e|y)$")
_NASAL = {"n": "t", "m": "p", "ny": "s", "ng": "k"}
_VOWELS = re.compile(r"[aiueo]")
_SHORTEST = 4  # letters; shorter words are chat spellings more often than things


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """The word and what it may be without affixes, Indonesian or English; over-generous on purpose.

    >>> {"susun", "menyusun"} <= stems("menyusunnya"), "audit" in stems("audits")
    (True, True)
    """
    found = {word, _ENGLISH_END.sub("", word)}
    for bare in (word, _AFTER.sub("", word)):
        found.add(bare)
        found.add(_BEFORE.sub("", bare))
        found.add(_JOINED.sub("", bare))
        for nasal, plain in _NASAL.items():
            for before in ("me", "pe", ""):
                if bare.startswith(before + nasal) and len(bare) > len(before + nasal) + 2:
                    found.add(plain + bare[len(before + nasal) :])
    return frozenset(stem for stem in found if len(stem) >= 3 or stem == word)


class Rarity(NamedTuple):
    """How much a word says: ``weight`` grows the fewer passages hold it. ``known``: some passage holds it."""

    weight: float
    known: bool


class Vocabulary:
    """The words of passages, of their questions, and of the spelling lists.

    Args:
        words: all of them. held: in how many passages each word stands. passages: how many there are.
    """

    def __init__(self, words: Iterable[str], held: Mapping[str, int] | None = None, passages: int = 0) -> None:
        words = set(words)
        self._stems = {stem for word in words for stem in stems(word)}
        self._passages = passages
        self._held: Counter[str] = Counter()
        for word, count in (held or {}).items():
            for stem in stems(word):
                self._held[stem] += count
        self._whole = {word for word in words if word.isalpha()}
        self._short: dict[str, list[str]] = {}
        for word in sorted(self._whole):
            self._short.setdefault(_VOWELS.sub("", word), []).append(word)
        self._by_letter: dict[str, list[str]] = {}
        for stem in sorted(self._stems):
            self._by_letter.setdefault(stem[:1], []).append(stem)

    def rarity(self, word: str) -> Rarity:
        """The inverse document frequency of a word, whatever affixes it carries."""
        held = min(max((self._held[stem] for stem in stems(word)), default=0), self._passages)
        return Rarity(math.log((self._passages + 1) / (held + 0.5)), held > 0)

    def unshortened(self, word: str) -> str:
        """A word that is written without some of its vowels ("smua", "kbijakan"), in full; any other as it is.

        Only where no word of the library is written so, and most passages hold the fullest word that fits.
        """
        if len(word) < _SHORTEST or not word.isalpha() or stems(word) & self._stems:
            return word
        fitting = [full for full in self._short.get(_VOWELS.sub("", word), ()) if _drops_vowels(full, word)]
        return max(fitting, key=lambda full: (self._held[full], full), default=word)

    def strange(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words that are neither known nor a slip of the pen away from a known one."""
        return tuple(word for word in dict.fromkeys(words) if len(word) >= _SHORTEST and not self._knows(word))

    def _knows(self, word: str) -> bool:
        if any(letter.isdigit() for letter in word) or stems(word) & self._stems:
            return True
        if len(word) < 6 and re.search(r"[aiueo]", word):
            return False
        near = self._by_letter.get(word[:1], [])
        return process.extractOne(word, near, scorer=DamerauLevenshtein.distance, score_cutoff=1) is not None


def _drops_vowels(full: str, short: str) -> bool:
    """Whether the short word is the full one without some of its vowels, the first letter kept."""
    if full[:1] != short[:1] or len(full) > 2 * len(short):
        return False
    letters = iter(full)
    return len(short) < len(full) and all(letter in letters for letter in short)
