"""Lets a reworded block through, or names the reason why not. By code alone, between language model and reader.

A reworded block may use only the tokens of the composed one, the words of the composed one, and the closed
vocabulary of assistant.lexicon. So it cannot hold a number, name, article, office or claim that is not in the
evidence; what is left to check is that nothing was dropped, turned round or given to another.

Turns of phrase are first put as the one they stand for. Then both blocks are read as items: tokens and words with a
meaning. Free words are no items. The items must be the same, and say the same of each other:

- citations may stand anywhere, as may terms that are said of the whole (lexicon.movable), and the only year of a block
  at its beginning or behind a name or figure,
- every figure is of the names it was of; in a sentence, a phrase may move where its own words say what it is
  (assistant.phrases); a verb may change places with
  its noun, and in a sentence of one token in which nothing relates or negates (lexicon.strict) the end may come first,
- clauses begin where they began, and several sentences keep their order.

Free words weigh nothing by themselves, but what they join, place or set apart does: so names are not joined that were
not, a figure does not become a place, no mark is put beside a negation, and filling words do not pile up.

See docs/decisions/0007-a-reworded-sentence-uses-a-closed-vocabulary.md.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant import free_words
from assistant.lexicon import Lexicon
from assistant.phrases import Item, nouns_last, same_owners, same_phrases
from scoring import Language

Reason = Literal[
    "empty",
    "length",
    "characters",
    "markup",
    "tokens",
    "number",
    "law",
    "name",
    "language",
    "word",
    "negation",
    "direction",
    "meaning",
    "order",
    "punctuation",
    "repetition",
    "evidence",
]
SHORTEST, LONGEST = 0.4, 2.0  # times the length of the composed block
SLACK = 12  # characters a short block may be longer still

_TOKEN = re.compile(r"\{([fac])\d+\}")
_CITATION = re.compile(r"\s*\{c\d+\}")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;:()'-")
_OPENING, _CLOSING, _ENDS = "(", ".,;:!?)", ".!?"
_DIRECTIONS = frozenset(
    "above below below_level higher lower highest lowest rise fall from to become".split()  # noqa: SIM905
)
_NEGATIONS = frozenset(
    ("negation", "is_not", "not_yet", "cannot", "never", "without", "except", "neither", "forbidden", "will_not")
)
_FIGURE = re.compile(r"\{f\d+\}")
_DEPENDENT = frozenset(("because", "main", "if"))
_PERCENT = re.compile(r"(\{f\d+\}(?:\*\*)?) (?:persen|percent|per cent)\b")
_REPEATED = re.compile(r"\b(\w+(?: \w+)?) \1\b", re.IGNORECASE)
_YEAR_WORDS = frozenset(("tahun", "tahunnya", "year"))


@dataclass(frozen=True)
class Parsed:
    """A block as items.

    Attributes:
        bold: the items of each bold span. fenced: items with a mark behind them, or a parenthesis opened before them.
        sentences: items behind the end of a sentence. clauses: those and items behind a semicolon. begun: items
        behind any mark or a joining word. cut_off: tokens with a comma between them and their word.
        closing: the last punctuation mark.
        breaks: places of the items that have a mark before them, and whether it ends a clause.
    """

    items: tuple[Item, ...]
    bold: tuple[tuple[Item, ...], ...]
    fenced: tuple[Item, ...]
    sentences: frozenset[Item]
    clauses: frozenset[Item]
    begun: frozenset[Item]
    cut_off: frozenset[Item]
    closing: str
    breaks: dict[int, bool]


def refusal(composed: str, reworded: str, language: Language, years: Collection[str] = ()) -> Reason | None:
    """Why a reworded block may not take the place of the composed one; None where it may.

    Args:
        composed, reworded: templates with tokens such as ``{f1}``, ``{a1}``, ``{c1}``.
        language: of the asker.
        years: the tokens that are years, such as ``{a2}``.
    """
    lexicon = Lexicon.of(language)
    if (reason := _surface(composed, reworded)) is not None:
        return reason
    if Counter(_tokens(composed)) != Counter(_tokens(reworded)):
        return "tokens"
    if "%" in composed:
        reworded = _PERCENT.sub(r"\1%", reworded)
    if free_words.oddly_written(composed, reworded):
        return "punctuation"
    if free_words.piled_up(reworded, lexicon):
        return "repetition"
    named = free_words.capitalised(composed, reworded)
    composed, reworded = lexicon.plain(composed), lexicon.plain(reworded)
    words = [word.lower() for word in _WORD.findall(_TOKEN.sub(" ", composed))]
    before = _parsed(composed, lexicon, words, years)
    if before is None:
        return "markup"
    said = lexicon.gates(words) | {item.key for item in before.items if item.kind == "term"}
    before, after = (_parsed(text, lexicon, words, years, said) for text in (composed, reworded))
    if before is None or after is None:
        return "markup"
    if (reason := _foreign(after, reworded, lexicon, language)) is not None:
        return reason
    if named:
        return "name"
    if (reason := _changed(before, after)) is not None:
        return reason
    if (reason := _moved(before, after, lexicon, years)) is not None:
        return reason
    if not _parted_alike(before, after, lexicon):
        return "punctuation"
    if free_words.joined(composed, reworded, lexicon, years) or free_words.placed(composed, reworded, lexicon, years):
        return "order"
    return None if all(_bold_as_before(span, before.bold) for span in after.bold) else "markup"


# -- characters -----------------------------------------------------------------------------------------------


def _surface(composed: str, reworded: str) -> Reason | None:
    if not reworded.strip():
        return "empty"
    if not SHORTEST * _length(composed) <= _length(reworded) <= LONGEST * _length(composed) + SLACK:
        return "length"
    bare = _TOKEN.sub("", reworded).replace("**", "")
    strange = set(bare) - _LETTERS - set(_TOKEN.sub("", composed).replace("**", ""))
    if strange:
        if any(unicodedata.category(c)[0] == "N" for c in strange) or "%" in strange:
            return "number"
        return "markup" if strange & set("*_#<>[]{}|`~/\\@&=") else "characters"
    return "repetition" if _REPEATED.search(reworded) else None


def _length(template: str) -> int:
    """Characters a reader would see, a token counted as an average name or figure."""
    return len(_TOKEN.sub("x" * 12, template)) or 1


def _tokens(template: str) -> list[str]:
    return [match[0] for match in _TOKEN.finditer(template)]


# -- reading a block as items -------------------------------------------------------------------------------


def _parsed(
    template: str,
    lexicon: Lexicon,
    known: Collection[str],
    years: Collection[str],
    said: Collection[str] | None = None,
) -> Parsed | None:
    """A block as items, None where bold or parentheses are not closed; ``said`` as in Lexicon.meaning."""
    items: list[Item] = []
    bold: list[tuple[Item, ...]] = []
    opened: int | None = None
    fences: list[int] = []
    openings: list[int] = []
    semicolons: list[int] = []
    commas: list[int] = []
    ends: list[int] = []
    joints: list[int] = []
    depth = 0
    closing = ""
    words: list[str] = []

    def settle(following: str = "") -> None:
        items.extend(_terms(words, lexicon, known, following, years, said, items[-1:]))
        words.clear()

    for chunk in _CITATION.sub("", template).split():
        for part in re.split(r"(\*\*)", chunk):
            if part == "**":
                settle(chunk if chunk.startswith("**") else "")
                if opened is not None:
                    bold.append(tuple(items[opened:]))
                opened = len(items) if opened is None else None
                continue
            core = part.lstrip(_OPENING)
            if core != part:
                settle()
                openings.append(len(items))
            depth += len(part) - len(core)
            closing = core[len(core.rstrip(_CLOSING)) :] or ("" if core else closing)
            depth -= closing.count(")") if core else 0
            if depth < 0:
                return None
            core = core.rstrip(_CLOSING)
            if _TOKEN.search(core):
                settle(core)
                items.append(Item("token", core))  # with what is glued to it: "{f1}%", "+{f1}", "“{a1}”"
            elif _WORD.fullmatch(core):
                word = core.lower().replace("’", "'")
                if word in lexicon.joining:
                    settle()
                    joints.append(len(items))
                words.append(word)
            elif core:
                settle()
                items.append(Item("word", core))
            if closing:
                settle()
                fences.append(len(items))
                ends += [len(items)] * any(mark in _ENDS for mark in closing)
                semicolons += [len(items)] * (";" in closing)
                commas += [len(items)] * (set(closing) <= set(",;"))
    settle()
    if opened is not None or depth:
        return None
    fenced = [items[at - 1] for at in fences if 0 < at < len(items)] + [items[at] for at in openings if at < len(items)]

    def behind(*places: int) -> frozenset[Item]:
        return frozenset(items[at] for at in places if 0 < at < len(items))

    parted = [at for at in commas if 0 < at < len(items) and items[at - 1].key not in lexicon.movable]
    cut_off = [at for at in parted if items[at].kind == "token" != items[at - 1].kind]
    return Parsed(
        items=tuple(items),
        bold=tuple(bold),
        fenced=tuple(fenced),
        sentences=behind(*ends),
        clauses=behind(*ends, *semicolons),
        begun=behind(*fences, *openings, *joints),
        cut_off=behind(*cut_off),
        closing=closing.replace(")", "").replace("(", ""),
        breaks={at: at in (*ends, *semicolons) for at in (*fences, *openings)},
    )


def _terms(
    words: Sequence[str],
    lexicon: Lexicon,
    known: Collection[str],
    following: str,
    years: Collection[str],
    said: Collection[str] | None,
    previous: Sequence[Item],
) -> list[Item]:
    """The items of words that stand together, before the token ``following`` and behind the items ``previous``."""
    items: list[Item] = []
    at = 0
    while at < len(words):
        left = (*previous, *items)[-1:]
        if _FIGURE.search(following) and tuple(words[at:]) in lexicon.copulas and not _changes(left, lexicon):
            break
        length, meaning = lexicon.meaning(words[at:], said)
        word = words[at]
        if meaning is None:
            items.append(Item("word" if word in known else "unknown", word))
        elif meaning == "" and word in _YEAR_WORDS and not (following in years and at + 1 == len(words)):
            items.append(Item("word", word))
        elif meaning:
            items.append(Item("term", meaning))
        at += length
    return items


def _changes(left: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether what stands to the left rises, falls or relates: behind it, "mencapai" is not "is"."""
    return any(item.key in lexicon.turning or item.key in lexicon.strict or item.key in _DIRECTIONS for item in left)


# -- comparing ------------------------------------------------------------------------------------------------


def _foreign(after: Parsed, reworded: str, lexicon: Lexicon, language: Language) -> Reason | None:
    unknown = [item.key for item in after.items if item.kind == "unknown"]
    if not unknown:
        return None
    if any(word in lexicon.numbers or any(c.isdigit() for c in word) for word in unknown):
        return "number"
    if any(word in lexicon.law for word in unknown):
        return "law"
    other = Lexicon.of("en" if language == "id" else "id")
    if sum(other.meaning([word])[1] is not None for word in unknown) * 2 >= len(unknown):
        return "language"
    capitalised = {word.lower() for word in re.findall(r"(?<=[^.!?:] )[A-Z]\w+", reworded)}
    return "name" if capitalised & set(unknown) else "word"


def _changed(before: Parsed, after: Parsed) -> Reason | None:
    had, has = Counter(before.items), Counter(after.items)
    if had == has:
        return None if before.closing.strip(".") == after.closing.strip(".") else "punctuation"
    different = [*(had - has), *(has - had)]
    keys = {item.key for item in different}
    if any(key.startswith("number ") or any(c.isdigit() for c in key) for key in keys):
        return "tokens" if any(item.kind == "token" for item in different) else "number"
    if keys & _NEGATIONS:
        return "negation"
    if keys & _DIRECTIONS:
        return "direction"
    return "meaning"


def _bold_as_before(span: tuple[Item, ...], before: Sequence[tuple[Item, ...]]) -> bool:
    """Whether a bold span holds what a composed one holds, or its tokens alone."""
    tokens = [tuple(i for i in known if i.kind == "token") for known in before]
    return bool(span) and (span in before or span in tokens)


def _moved(before: Parsed, after: Parsed, lexicon: Lexicon, years: Collection[str]) -> Reason | None:
    there = [item for item in before.items if item.key in years]
    anywhere = set(there) if len(there) == 1 and not before.sentences else set()
    if any(not _year_stands_well(year, before.items, after.items, lexicon) for year in anywhere):
        return "order"
    old, old_breaks = _without(before, anywhere, lexicon)
    new, new_breaks = _without(after, anywhere, lexicon)
    if not same_owners(old, new, (old_breaks, new_breaks), lexicon, years):
        return "order"
    if nouns_last(old, lexicon) == nouns_last(new, lexicon):
        return None
    if before.sentences:
        return "order"
    if same_phrases(old, new, (old_breaks, new_breaks), lexicon, years) and any(i.kind == "token" for i in old):
        return None
    many = sum(item.kind == "token" for item in old) > 1 or any(item.key in lexicon.strict for item in old)
    return "order" if many or not _turned(nouns_last(old, lexicon), nouns_last(new, lexicon), lexicon) else None


def _without(parsed: Parsed, items: Collection[Item], lexicon: Lexicon) -> tuple[list[Item], dict[int, bool]]:
    """The items but for these and those that may stand anywhere, and the places that have a mark before them."""
    kept = [at for at, item in enumerate(parsed.items) if item not in items and item.key not in lexicon.movable]
    breaks = {sum(old < at for old in kept): ends for at, ends in sorted(parsed.breaks.items())}
    return [parsed.items[at] for at in kept], breaks


def _turned(old: list[Item], new: list[Item], lexicon: Lexicon) -> bool:
    """Whether the end of a sentence of one token came to its beginning; the token keeps the word before it."""
    cuts = (at for at in range(len(old)) if not at or old[at].kind != "token" or old[at - 1].kind == "token")
    return any(nouns_last(old[at:] + old[:at], lexicon) == new for at in cuts)


def _year_stands_well(year: Item, before: Sequence[Item], after: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether a year parts no word from its figure, and no relation from what it relates."""

    def beside(items: Sequence[Item]) -> tuple[Item | None, Item | None]:
        at = items.index(year)
        return (items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None)

    (left, right), (new_left, new_right) = beside(before), beside(after)
    if new_left is None or new_left.kind == "token" or new_left == left or (new_right and new_right == right):
        return True
    return new_left.key not in lexicon.strict and not (new_right and _FIGURE.search(new_right.key))


def _parted_alike(before: Parsed, after: Parsed, lexicon: Lexicon) -> bool:
    """Whether clauses begin where they began, and no mark stands beside what turns or relates where none stood."""
    fenced = Counter(after.fenced) - Counter(before.fenced)
    if any(item.key in lexicon.strict for item in fenced) or not after.cut_off <= before.begun:
        return False
    new_sentences = after.sentences - before.clauses
    if any(item.key in lexicon.strict or item.key in _DEPENDENT for item in new_sentences):
        return False
    return before.sentences <= after.clauses and before.clauses <= after.begun and after.clauses <= before.begun
