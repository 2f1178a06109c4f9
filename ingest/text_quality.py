"""How far a text looks like Indonesian: the measure that tells a good text layer from a bad one."""

import re
from functools import cache
from importlib.resources import files

_TOKEN = re.compile(r"[^\s|]+")
_WORD = re.compile(r"[A-Za-z]+(?:[-'/][A-Za-z]+)*")
_EDGES = "()[]{}<>\"'“”‘’.,;:!?*_-–—…•/&="


def quality(text: str) -> float:
    """Share of the words that are plausible Indonesian, from 0 to 1; 0.0 for no words at all.

    A word is plausible when it is in the list of common words of Indonesian law, or is built from
    letter groups (three letters, with the ends of the word) that such words have: "bclum" and
    "mcngcnai" are not, a new word such as "perikanan" is. Numbers and list markers are not counted.
    """
    plausible = counted = 0
    for token in _TOKEN.findall(text):
        word = token.strip(_EDGES)
        if len(word) < 3 or word.isdigit() or _is_figure(word):
            continue
        counted += 1
        plausible += _is_plausible(word)
    return plausible / counted if counted else 0.0


def _is_figure(word: str) -> bool:
    return sum(letter.isdigit() for letter in word) * 2 >= len(word) and not re.search(r"[a-z]", word)


def _is_plausible(word: str) -> bool:
    if not _WORD.fullmatch(word):
        return False
    for part in re.split(r"[-'/]", word):
        inner = part[1:]
        if not (inner.islower() or part.isupper() or len(part) < 3 or part.lower() in _words()):
            return False  # "EFITFTfd", "INDONESIa": letters of mixed size are misread
        if len(part) > 2 and part.lower() not in _words() and not _groups(part.lower()) <= _common_groups():
            return False
    return True


def _groups(word: str) -> frozenset[str]:
    padded = f"^{word}$"
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


@cache
def _words() -> frozenset[str]:
    listing = files("ingest").joinpath("indonesian_words.txt").read_text(encoding="utf-8")
    return frozenset(listing.split())


@cache
def _common_groups() -> frozenset[str]:
    return frozenset(group for word in _words() for group in _groups(word))
