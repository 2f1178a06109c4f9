"""What search holds in memory of one generation of the library: places, vectors, words, who digests whom."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.keys import ROLES, enriched
from knowledge.keywords import KeywordIndex, words
from knowledge.library import Library
from knowledge.passage import Passage, place
from knowledge.spelling import Spelling
from knowledge.store import Store
from knowledge.vocabulary import Vocabulary, stems

_TERM = re.compile(
    r"(?:^|\d\s*[.)]?\s+)(?P<term>[A-Z][\w/() -]{1,80}?)"
    r"(?:,? yang selanjutnya (?:disingkat|disebut)(?: dengan)? (?P<short>[\w/ -]{1,60}?),?)?"
    r"(?: adalah | ialah |: )"
)
_RANGE = re.compile(r"\b(ayat|huruf|angka) \(?(\w+)\)? sampai dengan \1 \(?(\w+)\)?")
_SAME = 0.8  # two passages that share this part of their words are told once
_LONGEST = 40  # steps of a range; a longer one was misread
_BEGINNING = 220  # characters in which a definition names its term
_FRAME = re.compile(r"(?:Pembukaan|Penutup|Lampiran|Alamat naskah.*)$")
_HELD = 20_000  # passages, and stems, kept in memory; of a larger library the others are read when they are told


@dataclass(frozen=True)
class Entry:
    """One passage as search sees it: where it stands and whose it is.

    Attributes:
        words: of its text. beside: further ones of its headings, its English, and the questions it answers.
        term: the words of the term that it defines, none elsewhere. frame: a preamble, or where a text is to be had.
    """

    id: str
    rule: str
    official: bool
    agency: str | None
    published: bool
    steps: frozenset[str]
    words: frozenset[str]
    beside: frozenset[str]
    term: frozenset[str]
    frame: bool

    @property
    def definition(self) -> bool:
        """One term of the definitions in Pasal 1."""
        return "pasal-1" in self.steps and len(self.steps) == 2

    def repeats(self, other: "Entry") -> bool:
        """Whether the two say nearly the same words."""
        if not self.words or not other.words:
            return False
        return len(self.words & other.words) / len(self.words | other.words) >= _SAME


class LibraryChangedError(LookupError):
    """A passage that a catalogue knows was taken away by a later ingest; what is asked must be asked anew."""


class Catalogue:
    """One generation of the library, read once, never changed.

    Attributes:
        state: generation and index state this was read at.
        entries: the passages; a row is the number of an entry. rules: those that a passage is of.
        links: rows of the official passages that a digest's row stands for; digests: the inverse.
        matrix: one vector for each key; owner, role: whose key it is, and which (an index into ROLES).
    """

    def __init__(self, store: Store, embedder: str, spelling: Spelling, state: tuple[str | None, ...]) -> None:
        self.state = state
        self.library: Library = store.library()
        self._store = store
        self._whole: dict[str, Passage] = {}
        self.entries: list[Entry] = []
        documents: list[list[str]] = []
        known = set(spelling.words())
        held: Counter[str] = Counter()
        for passage in store.passages():
            if len(self._whole) < _HELD:
                self._whole[passage.id] = passage
            said = words(f"{enriched(passage)} {' '.join(passage.headings[:-2])} {' '.join(passage.questions)}")
            told = _shared((*said, *words(passage.english or "")))
            own = _shared(words(passage.text))
            documents.append(said)
            self.entries.append(
                Entry(
                    id=passage.id,
                    rule=passage.rule,
                    official=passage.kind == "official",
                    agency=passage.agency,
                    published=passage.published,
                    steps=steps_of(passage.locator),
                    words=own,
                    beside=told - own,
                    term=term_of(passage.text),
                    frame=bool(_FRAME.match(passage.locator)),
                )
            )
            known |= told
            held.update(told)
        self.vocabulary = Vocabulary(known, held, len(self.entries))
        self._stems: dict[int, frozenset[str]] = {}
        self.rows = {entry.id: row for row, entry in enumerate(self.entries)}
        self.rules = frozenset(entry.rule for entry in self.entries)
        self.keywords = KeywordIndex(documents)
        self.links = _links(self.entries)
        self.digests: dict[int, list[int]] = defaultdict(list)
        for digest, officials in self.links.items():
            for official in officials:
                self.digests[official].append(digest)
        self.by_step: dict[str, set[int]] = defaultdict(set)
        for row, entry in enumerate(self.entries):
            for step in entry.steps:
                self.by_step[step].add(row)
        self._read_vectors(store, embedder)

    def _read_vectors(self, store: Store, embedder: str) -> None:
        vectors = store.vectors(embedder)
        keys = [key for key in store.all_keys() if key[3] in vectors and key[1] in self.rows]
        self.key_rows = {key: number for number, (key, _, _, _) in enumerate(keys)}
        self.owner: NDArray[np.int64] = np.array([self.rows[passage] for _, passage, _, _ in keys], np.int64)
        self.role: NDArray[np.int8] = np.array([ROLES.index(role) for _, _, role, _ in keys], np.int8)
        width = len(next(iter(vectors.values()))) if vectors else 0
        self.matrix = np.zeros((len(keys), width), np.float32)
        for number, (_, _, _, content) in enumerate(keys):
            self.matrix[number] = vectors[content]
        self.first_key = np.zeros(len(self.entries) + 1, np.int64)
        order = np.argsort(self.owner, kind="stable")
        self.keys_by_owner = order
        np.add.at(self.first_key, self.owner + 1, 1)
        self.first_key = np.cumsum(self.first_key)

    def keys_of(self, rows: Iterable[int]) -> NDArray[np.int64]:
        """Numbers of all keys of some passages."""
        parts = [self.keys_by_owner[self.first_key[row] : self.first_key[row + 1]] for row in rows]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def stems(self, row: int) -> frozenset[str]:
        """The stems of all that is said at one place: the passage, our statements of it, and what they answer."""
        found = self._stems.get(row)
        if found is None:
            told = [self.entries[one] for one in (row, *self.digests.get(row, ()))]
            found = frozenset(stem for entry in told for word in entry.words | entry.beside for stem in stems(word))
            if len(self._stems) < _HELD:
                self._stems[row] = found
        return found

    def passage(self, row: int) -> Passage:
        return self.passages([row])[0]

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of some rows, in their order; those not held in memory are read at once: a query for each would
        cost more than the whole search."""
        names = [self.entries[row].id for row in rows]
        away = [name for name in names if name not in self._whole]
        read = {passage.id: passage for passage in self._store.passages(away)} if away else {}
        try:
            return [self._whole.get(name) or read[name] for name in names]
        except KeyError as gone:
            raise LibraryChangedError(*gone.args) from None


def _shared(said: Iterable[str]) -> frozenset[str]:
    """Words of which each is in memory once, however many passages say it."""
    return frozenset(map(sys.intern, said))


def steps_of(locator: str) -> frozenset[str]:
    """The place as a set of steps: "Pasal 6 ayat (1)" lies under "Pasal 6"; a range holds each step of it.

    >>> sorted(steps_of("Lampiran huruf E angka 9 sampai dengan angka 11"))
    ['angka-10', 'angka-11', 'angka-9', 'huruf-e']
    """
    steps = set(place(locator).split("/"))
    for name, first, last in _RANGE.findall(locator.lower()):
        if f"{name}-{first}" in steps:
            steps.update(f"{name}-{step}" for step in _between(first, last))
    return frozenset(steps)


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first), min(int(last), int(first) + _LONGEST) + 1)]
    if len(first) == len(last) == 1:
        return [chr(letter) for letter in range(ord(first), ord(last) + 1)]
    return []


def term_of(text: str) -> frozenset[str]:
    """The words of the term that a text defines.

    >>> sorted(term_of("12. Selera Risiko SPBE adalah penentuan Besaran Risiko SPBE."))
    ['risiko', 'selera']
    """
    found = _TERM.search(" ".join(text.split())[:_BEGINNING])
    return frozenset(words(found["term"])) - {"spbe"} if found else frozenset()


def _links(entries: list[Entry]) -> dict[int, tuple[int, ...]]:
    """For each digest the official passages of its place: the same, else those under it, else around it."""
    official: dict[str, list[int]] = defaultdict(list)
    for row, entry in enumerate(entries):
        if entry.official:
            official[entry.rule].append(row)
    links = {}
    for row, entry in enumerate(entries):
        if entry.official or entry.agency is not None:
            continue
        held = official.get(entry.rule, [])
        found = [o for o in held if entries[o].steps == entry.steps] or [
            o for o in held if entry.steps < entries[o].steps
        ]
        if not found:
            around = [o for o in held if entries[o].steps < entry.steps and _names_place(entries[o].steps)]
            deepest = max((len(entries[o].steps) for o in around), default=0)
            found = [o for o in around if len(entries[o].steps) == deepest]
        if found:
            links[row] = tuple(found)
    return links


def _names_place(steps: frozenset[str]) -> bool:
    """A chapter alone is too wide to stand for a place within it."""
    return any(step.startswith(("pasal", "indikator", "tabel")) for step in steps)
