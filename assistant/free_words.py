"""What words without weight may not do: join names, place figures, carry capitals, pile up. Part of the guard.

A free word says nothing by itself, yet "{a1} dan {a2}" is not "{a1} {a2}", and "di {f1}" makes a place of a figure.
All functions read templates, and take the composed one as what is allowed.
"""

import itertools
import re
from collections.abc import Collection, Iterator

from assistant.lexicon import Lexicon

MOST_IN_A_ROW = 4
_NAME_OR_FIGURE = re.compile(r"\{[fa]\d+\}")
_CITATION = re.compile(r"\s*\{c\d+\}")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STRAY = re.compile(r"\(\s|\(\)|\s[.,;:)]|[.,;:(]{2,}|^[.,;:)]|[,;]\)")
_OPEN = re.compile(r"[:)]")
_OF_A_YEAR = ("tahun", "year", "untuk", "for", "of", "(")
# what a bond of the composed sentence may be in the reworded one
_BECOMES = {
    "own": ("own", "bracketed", "open"),
    "bracketed": ("own", "bracketed", "open"),
    "said": ("own", "said", "bracketed", "open"),
    "list": ("list", "bracketed", "open", "free"),
    "free": ("own", "list", "bracketed", "open", "free"),
    "open": ("own", "said", "list", "bracketed", "open", "free"),
}
_LISTED = re.compile(r"[,;]")
_BEGINS = re.compile(r"(?:^|[.!?:]\W*\s)\W*$")


def oddly_written(composed: str, reworded: str) -> bool:
    """Whether punctuation marks stand alone or pile up."""
    return bool(_STRAY.search(_CITATION.sub("", reworded))) and not _STRAY.search(_CITATION.sub("", composed))


def capitalised(composed: str, reworded: str) -> bool:
    """Whether a word has capitals that neither its place nor the composed sentence gives it: a name, or shouting."""
    known = set(_WORD.findall(_NAME_OR_FIGURE.sub(" ", composed)))
    for match in _WORD.finditer(_CITATION.sub("", _NAME_OR_FIGURE.sub(lambda token: "_" * len(token[0]), reworded))):
        word = match[0]
        if word in known or word == word.lower():
            continue
        begins = _BEGINS.search(match.string[: match.start()]) is not None
        if not begins or word[1:] != word[1:].lower():
            return True
    return False


def piled_up(reworded: str, lexicon: Lexicon) -> bool:
    """Whether more free words follow each other than a sentence needs."""
    run = 0
    words = re.findall(rf"{_NAME_OR_FIGURE.pattern}|{_WORD.pattern}", reworded)
    while words:
        length, meaning = lexicon.meaning([word.lower() for word in words])
        run = run + 1 if meaning == "" else 0
        if run > MOST_IN_A_ROW:
            return True
        words = words[length:]
    return False


def placed(composed: str, reworded: str, lexicon: Lexicon, years: Collection[str]) -> bool:
    """Whether a figure became a place or a time, or a year stands without a word that says it is one."""
    before, after = dict(_preceded(composed)), dict(_preceded(reworded))
    for token, word in after.items():
        if token[1] == "f" and word in lexicon.placing and before.get(token) not in lexicon.placing:
            return True
        if token in years and word not in (*lexicon.placing, *_OF_A_YEAR) and before.get(token) != word:
            return True
    return False


def joined(composed: str, reworded: str, lexicon: Lexicon, years: Collection[str]) -> bool:
    """Whether names or figures are joined to a list that belonged together, or belong together that were a list."""
    before, after = dict(_bonds(composed, lexicon, years)), dict(_bonds(reworded, lexicon, years))
    return any(bond not in _BECOMES[before.get(pair, "list")] for pair, bond in after.items())


def _preceded(template: str) -> Iterator[tuple[str, str]]:
    """Each token with the word before it, "(" where it opens a parenthesis, "" where no word does."""
    text = _CITATION.sub("", template)
    for match in _NAME_OR_FIGURE.finditer(text):
        yield match[0], _word_before(text, match.start())


def _word_before(text: str, at: int) -> str:
    word = re.search(r"([^\W\d_]+|\() ?$", text[:at].replace("*", "").rstrip("+-“"))
    return word[1].lower() if word else ""


def _bonds(template: str, lexicon: Lexicon, years: Collection[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Pairs of tokens with nothing but free words between them: "own" where they belong together, "list" where they
    are joined, "bracketed" where the second is in a parenthesis, "open" where a colon or a closed parenthesis
    parts, "said" where two names have more between them than a name and its owner, "free" where they are joined and
    the first is a figure with a word of its own, or a word says that the second measures the first.
    """
    text = _CITATION.sub("", template)
    for year in years:
        text = text.replace(year, "")
    tokens = list(_NAME_OR_FIGURE.finditer(text))
    for first, second in itertools.pairwise(tokens):
        between = text[first.end() : second.start()]
        words = [word.lower() for word in _WORD.findall(between)]
        listed, owned = bool(_LISTED.search(between)), True
        while words:
            length, meaning = lexicon.meaning(words)
            if meaning != "" or "." in between:
                break
            listed = listed or " ".join(words[:length]) in lexicon.joining
            owned = owned and " ".join(words[:length]) in lexicon.owning
            words = words[length:]
        else:
            # "tingkat 3, Kebijakan Internal": the figure has its word, and is not another name's
            settled = (first[0][1], second[0][1]) == ("f", "a") and lexicon.is_term(_word_before(text, first.start()))
            said = not owned and first[0][1] == second[0][1] == "a"
            measured = first[0][1] + second[0][1] == "af" and _ends_with(between, lexicon.measuring)
            free = listed and (settled or measured)
            yield (first[0], second[0]), "free" if free else _bond(between, listed, said)


def _ends_with(between: str, phrases: Collection[str]) -> bool:
    text = " ".join(_WORD.findall(between)).lower()
    return any(f" {text}".endswith(f" {phrase}") for phrase in phrases)


def _bond(between: str, listed: bool, said: bool) -> str:
    if listed:
        return "list"
    return "open" if _OPEN.search(between) else "bracketed" if "(" in between else "said" if said else "own"
