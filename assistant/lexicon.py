"""The closed vocabulary of reworded sentences, read from lexicon.yaml: one lexicon for each language."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from scoring import Language

Phrase = tuple[str, ...]
_SUFFIXES = re.compile(r"(?<=\w{3})(?:nya|lah|pun)$")
_PLACES = {  # of a turn of phrase
    **dict.fromkeys("ABC", r"\{a\d+\}"),
    "N": r"\*{0,2}\{a\d+\}\*{0,2}",
    **dict.fromkeys("FG", r"\*{0,2}\{f\d+\}\*{0,2}"),
    "W": r"\w+",
    "S": r"[^{}]+?",
    "P": r"[^.:;]*?",
}


@dataclass(frozen=True)
class Gate:
    """Where words may come, by what the composed sentence says: all the terms of one of ``where``, none of ``unless``.

    Attributes:
        meaning: of the words; "" for none.
    """

    name: str
    meaning: str
    where: tuple[frozenset[str], ...]
    unless: frozenset[str]

    def opens(self, said: Collection[str]) -> bool:
        if self.name in said:
            return True
        return self.unless.isdisjoint(said) and any(terms <= frozenset(said) for terms in self.where)


@dataclass(frozen=True)
class Lexicon:
    """The words of one language and what they weigh; lexicon.yaml says what each attribute is for."""

    free: frozenset[Phrase]
    copulas: frozenset[Phrase]
    gated: dict[Phrase, Gate]
    joining: frozenset[str]
    placing: frozenset[str]
    owning: frozenset[str]
    measuring: frozenset[str]
    terms: dict[Phrase, tuple[str, ...]]
    strict: frozenset[str]
    standing: frozenset[str]
    counted: frozenset[str]
    movable: frozenset[str]
    turning: frozenset[str]
    turns: tuple[tuple[re.Pattern[str], str], ...]
    numbers: frozenset[str]
    law: frozenset[str]
    longest: int

    @classmethod
    def of(cls, language: Language) -> "Lexicon":
        return _lexicons()[language]

    def is_term(self, word: str) -> bool:
        """Whether a word alone carries a meaning."""
        return (word,) in self.terms

    def plain(self, template: str) -> str:
        """A template with every turn of phrase put as the one it stands for."""
        for pattern, stands_for in self.turns:
            template = pattern.sub(stands_for, template)
        return template

    def meaning(self, words: Sequence[str], said: Collection[str] | None = None) -> tuple[int, str | None]:
        """What the words begin with: how many of them belong together, and their meaning.

        The meaning is "" for what has no weight, and None for a word that this lexicon does not know or that may not
        come here.

        Args:
            said: the terms and gates of the composed sentence; None opens every gate to words that mean nothing else.
        """
        for length in range(min(self.longest, len(words)), 0, -1):
            phrase = tuple(words[:length])
            for known in (phrase, (*phrase[:-1], _SUFFIXES.sub("", phrase[-1]))):
                gate = self.gated.get(known)
                if gate is not None and (known not in self.terms if said is None else gate.opens(said)):
                    return length, gate.meaning
                if known in self.terms:
                    meanings = self.terms[known]
                    return length, next((m for m in meanings if m in (said or ())), meanings[0])
                if known in self.free:
                    return length, ""
                if length == 1 and known[0] in self.numbers:
                    return 1, f"number {known[0]}"
        return 1, None

    def gates(self, words: Sequence[str]) -> frozenset[str]:
        """The names of the gates whose words stand in a sentence."""
        text = f" {' '.join(words)} "
        gates = ((phrase, gate) for phrase, gate in self.gated.items() if phrase not in self.terms)
        return frozenset(gate.name for phrase, gate in gates if f" {' '.join(phrase)} " in text)


@cache
def _lexicons() -> dict[str, Lexicon]:
    document = yaml.safe_load(files("assistant").joinpath("lexicon.yaml").read_text(encoding="utf-8"))
    return {language: _read(words) for language, words in document.items()}


def _read(words: dict[str, Any]) -> Lexicon:
    free = _phrases(words["free"])
    gated = {phrase: _gate(name, gate) for name, gate in words["gated"].items() for phrase in _phrases(gate["words"])}
    terms: dict[Phrase, tuple[str, ...]] = {}
    for meaning, phrases in words["terms"].items():
        for key in _phrases(phrases):
            terms[key] = (*terms.get(key, ()), meaning)
    if twice := free & terms.keys():
        raise ValueError(f"lexicon.yaml has {sorted(twice)} as words without weight and with a meaning")
    return Lexicon(
        free=free,
        copulas=_phrases(words["copulas"]),
        gated=gated,
        joining=frozenset(words["joining"]),
        placing=frozenset(words["placing"]),
        owning=frozenset(words["owning"]),
        measuring=frozenset(words["measuring"]),
        terms=terms,
        strict=frozenset(words["strict"]),
        standing=frozenset(words["standing"]),
        counted=frozenset(words["counted"]),
        movable=frozenset(words["movable"]),
        turning=frozenset(words["turning"]),
        turns=tuple(_turn(*turn) for turn in words["turns"]),
        numbers=frozenset(words["numbers"]),
        law=frozenset(words["law"]),
        longest=max(map(len, (*free, *gated, *terms))),
    )


def _phrases(phrases: Sequence[str]) -> frozenset[Phrase]:
    return frozenset(tuple(phrase.split()) for phrase in phrases)


def _gate(name: str, gate: dict[str, Any]) -> Gate:
    return Gate(
        name=name,
        meaning=gate.get("as", ""),
        where=tuple(frozenset(line.split()) for line in gate["where"]),
        unless=frozenset(gate.get("unless", ())),
    )


def _turn(pattern: str, stands_for: str) -> tuple[re.Pattern[str], str]:
    for place, matched in _PLACES.items():
        pattern = pattern.replace(f"{{{place}}}", f"(?P<{place}>{matched})")
        stands_for = stands_for.replace(f"{{{place}}}", rf"\g<{place}>")
    return re.compile(pattern, re.IGNORECASE), stands_for
