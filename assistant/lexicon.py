"""The closed vocabulary of reworded sentences, read from lexicon.yaml: one lexicon for each language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from scoring import Language

Phrase = tuple[str, ...]
_SUFFIXES = re.compile(r"(?<=\w{3})(?:nya|lah|pun)$")


@dataclass(frozen=True)
class Lexicon:
    """The words of one language and what they weigh.

    Attributes:
        free: words that may come and go.
        fading: words that may go, and come only where one of their class was, by class.
        joining, placing: free words that join what stands beside them, or make what follows a place or a time.
        terms: phrases by meaning; as often, and in the same place, as in the composed sentence.
        strict: meanings that forbid any other order. movable: meanings that may change their place.
        turning: meanings that may change places with the word beside them.
        supposing: words that may begin a sentence in place of a free one that supposes as well.
        numbers: number words. law: words of articles, rules and offices.
    """

    free: frozenset[Phrase]
    fading: dict[Phrase, str]
    joining: frozenset[str]
    placing: frozenset[str]
    terms: dict[Phrase, str]
    strict: frozenset[str]
    movable: frozenset[str]
    turning: frozenset[str]
    supposing: dict[str, tuple[str, ...]]
    numbers: frozenset[str]
    law: frozenset[str]
    longest: int

    @classmethod
    def of(cls, language: Language) -> "Lexicon":
        return _lexicons()[language]

    def is_term(self, word: str) -> bool:
        """Whether a word alone carries a meaning."""
        return (word,) in self.terms

    def meaning(self, words: Sequence[str]) -> tuple[int, str | None]:
        """What the words begin with: how many of them belong together, and their meaning.

        The meaning is "" for a free word, and None for a word this lexicon does not know; a fading word's is its
        class, marked as such.
        """
        for length in range(min(self.longest, len(words)), 0, -1):
            phrase = tuple(words[:length])
            for known in (phrase, (*phrase[:-1], _SUFFIXES.sub("", phrase[-1]))):
                if known in self.terms:
                    return length, self.terms[known]
                if known in self.free:
                    return length, ""
                if known in self.fading:
                    return length, f"fading {self.fading[known]}"
                if length == 1 and known[0] in self.numbers:
                    return 1, f"number {known[0]}"
        return 1, None


@cache
def _lexicons() -> dict[str, Lexicon]:
    document = yaml.safe_load(files("assistant").joinpath("lexicon.yaml").read_text(encoding="utf-8"))
    return {language: _read(words) for language, words in document.items()}


def _read(words: dict[str, Any]) -> Lexicon:
    free = frozenset(tuple(phrase.split()) for phrase in words["free"])
    fading = {tuple(phrase.split()): name for name, phrases in words["fading"].items() for phrase in phrases}
    terms: dict[Phrase, str] = {}
    for meaning, phrases in words["terms"].items():
        for phrase in phrases:
            key = tuple(phrase.split())
            if key in free or key in fading or terms.get(key, meaning) != meaning:
                raise ValueError(f"lexicon.yaml gives {phrase!r} two meanings")
            terms[key] = meaning
    return Lexicon(
        free=free,
        fading=fading,
        joining=frozenset(words["joining"]),
        placing=frozenset(words["placing"]),
        terms=terms,
        strict=frozenset(words["strict"]),
        movable=frozenset(words["movable"]),
        turning=frozenset(words["turning"]),
        supposing={word: tuple(others) for word, others in words["supposing"].items()},
        numbers=frozenset(words["numbers"]),
        law=frozenset(words["law"]),
        longest=max(map(len, (*free, *fading, *terms))),
    )
