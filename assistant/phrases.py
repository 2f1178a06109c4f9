"""Whether two readings of a sentence say the same of every token, in whatever order. Part of the guard.

A phrase is a token with the terms that lead to it ("di bawah indeks {f4}") and what it counts ("{f2} indikator").
What a phrase means depends on its own terms and on what it hangs on:

- a phrase that stands by itself (lexicon.standing: "dari {f1}", "naik {f2}", "selisihnya {f3}") means the same wherever
  it stands in its clause, as a noun with its case does, as long as it stays with the name whose figure it is;
- any other hangs on the token before it, which must stay the same; a bare figure hangs on its name;
- names keep their order, and so do phrases with the same terms.

What is supposed and what is a reason are clauses of their own, which no phrase enters or leaves.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.lexicon import Lexicon

_NOUNS = frozenset(("index", "rating"))  # which may stand before or behind their verb


@dataclass(frozen=True)
class Item:
    """A token with what is glued to it, a meaning of the lexicon, or another word of the block."""

    kind: Literal["token", "term", "word", "unknown"]
    key: str

    @property
    def is_figure(self) -> bool:
        return self.kind == "token" and "{f" in self.key


@dataclass(frozen=True)
class Phrase:
    """The terms before a token, the token, and the terms that belong to it and stand behind it.

    Attributes:
        clause: "if" and "because" where it is supposed or a reason.
        begins: whether it begins a clause: a semicolon or the end of a sentence stands before it, or it opens its own.
    """

    terms: tuple[str, ...]
    token: Item
    behind: tuple[str, ...]
    clause: str
    begins: bool = field(compare=False)

    @property
    def label(self) -> tuple[str, ...]:
        return (*self.terms, "|", *self.behind)


def same_phrases(
    before: Sequence[Item],
    after: Sequence[Item],
    breaks: tuple[Mapping[int, bool], Mapping[int, bool]],
    lexicon: Lexicon,
    years: Collection[str],
) -> bool:
    """Whether two lists of the same items are the same phrases, and hang on the same tokens.

    Args:
        before, after: of the composed and the reworded block.
        breaks: places of each list that have a mark before them, and whether it ends a clause.
        years: the tokens that are years.
    """
    old = _phrases(nouns_last(before, lexicon), breaks[0], lexicon)
    new = _phrases(nouns_last(after, lexicon), breaks[1], lexicon)
    if _swapped(old, new):
        new[:2] = new[1], new[0]
    if Counter(old) != Counter(new):
        return False
    labels = Counter(phrase.label for phrase in old)

    def stands(phrase: Phrase) -> bool:
        return labels[phrase.label] == 1 and bool(lexicon.standing.intersection(phrase.terms))

    if _names(old, stands, years) != _names(new, stands, years):
        return False
    if any(_alike(old, phrase, years) != _alike(new, phrase, years) for phrase in old):
        return False
    return all(stands(p) or p.begins or _host(p, old, years) == _host(p, new, years) for p in old)


def same_owners(
    before: Sequence[Item],
    after: Sequence[Item],
    breaks: tuple[Mapping[int, bool], Mapping[int, bool]],
    lexicon: Lexicon,
    years: Collection[str],
) -> bool:
    """Whether every figure is of the same names in two lists of the same items; arguments as ``same_phrases``."""
    old = _owners(_phrases(nouns_last(before, lexicon), breaks[0], lexicon), years)
    new = _owners(_phrases(nouns_last(after, lexicon), breaks[1], lexicon), years)
    return all(
        names == new[token][0] or ((leads or new[token][1]) and names[:1] == new[token][0][:1])
        for token, (names, leads) in old.items()
    )


def _phrases(items: Sequence[Item], breaks: Mapping[int, bool], lexicon: Lexicon) -> list[Phrase]:
    phrases: list[Phrase] = []
    terms: list[str] = []
    clause, inside, begins = "", False, False
    for at, item in enumerate(items):
        begins = begins or breaks.get(at, False)
        if clause == "if" and inside and at in breaks:
            clause = ""
        if item.key in ("because", "if") and item.kind == "term":
            clause, inside, begins = item.key, False, True
        if item.kind == "token":
            phrases.append(Phrase(tuple(terms), item, (), clause, begins))
            terms, inside, begins = [], True, False
        elif phrases and not terms and at not in breaks and phrases[-1].token.is_figure and item.key in lexicon.counted:
            last = phrases.pop()
            phrases.append(replace(last, behind=(*last.behind, item.key)))
        else:
            terms.append(item.key)
    if terms and phrases:
        last = phrases.pop()
        phrases.append(replace(last, behind=(*last.behind, "...", *terms)))
    return phrases


def nouns_last(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The items, a noun behind its verb: "indeks bertambah" as "menambah indeks"."""
    kept = list(items)
    for at in range(len(kept) - 1):
        if kept[at].key in _NOUNS and kept[at + 1].key in lexicon.turning:
            kept[at : at + 2] = kept[at + 1], kept[at]
    return kept


def _names(phrases: Sequence[Phrase], stands: Callable[[Phrase], bool], years: Collection[str]) -> list[Item]:
    return [p.token for p in phrases if not p.token.is_figure and p.token.key not in years and not stands(p)]


def _host(phrase: Phrase, phrases: Sequence[Phrase], years: Collection[str]) -> Item | None:
    """The token a phrase hangs on: a bare figure on the name before it (or behind, where none is before), a bare name
    on none, anything else on the token before it.
    """
    at = phrases.index(phrase)
    others = [p.token for p in phrases[:at] if p.token.key not in years]
    if phrase.token.key in years:
        return next((token for token in reversed(others) if token.is_figure), None)
    if phrase.terms:
        return others[-1] if others else None
    if not phrase.token.is_figure:
        return None
    names = [token for token in others if not token.is_figure]
    following = [p.token for p in phrases[at:] if not p.token.is_figure and p.token.key not in years]
    return names[-1] if names else next(iter(following), None)


def _owners(phrases: Sequence[Phrase], years: Collection[str]) -> dict[Item, tuple[list[str], bool]]:
    """The names whose figure each is: those said one after the other before it in its clause, else behind it there (it
    then leads them, and is the first one's: the second value says so); in a clause without names, the last before.

    A figure that stands by itself may change its place, but not its owner: "{a1} naik {f1}, {a2} turun {f2}".
    """
    runs: list[tuple[int, int, list[str]]] = []  # clause, place, names
    figures: list[tuple[int, int, Item]] = []
    clause, joined = 0, False
    for place, phrase in enumerate(phrases):
        if phrase.begins:
            clause, joined = clause + 1, False
        if phrase.token.is_figure:
            figures.append((clause, place, phrase.token))
            joined = False
        elif phrase.token.key not in years:
            if not joined:
                runs.append((clause, place, []))
            runs[-1][2].append(phrase.token.key)
            joined = True

    def of(clause: int, place: int) -> tuple[list[str], bool]:
        here = [(at, names) for within, at, names in runs if within == clause]
        before = [names for at, names in here if at < place] or ([] if here else [n for _, at, n in runs if at < place])
        behind = [names for at, names in here if at > place] or [n for _, at, n in runs if at > place]
        return (before or behind[:1] or [[]])[-1], not before

    return {token: of(clause, place) for clause, place, token in figures}


def _alike(phrases: Sequence[Phrase], phrase: Phrase, years: Collection[str]) -> list[Phrase]:
    """The phrases with the same label and kind of token as this one, in their order; years have their figures."""
    kind = phrase.token.is_figure
    return [p for p in phrases if p.label == phrase.label and p.token.is_figure == kind and p.token.key not in years]


def _swapped(old: Sequence[Phrase], new: Sequence[Phrase]) -> bool:
    """Whether the first phrase and the next changed places: "Untuk tingkat 3, indikator 21 meminta", "Indikator 21
    untuk tingkat 3 meminta". In a list of names it would take some out of the phrase's reach.
    """
    if len(old) < 2 or list(new[:2]) != [old[1], old[0]] or not old[0].terms:
        return False
    return len(old) == 2 or bool(old[2].terms) or bool(old[1].behind)
