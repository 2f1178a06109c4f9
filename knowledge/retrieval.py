"""Which passages answer a question: by reference, keyword and vector, the rule's status in mind."""

import logging
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from knowledge.catalogue import Catalogue, steps_of
from knowledge.coverage import WHOLLY, Covered, covered, is_plain, stems_of, wanted
from knowledge.embedding import Embedder, Vectors
from knowledge.fusion import Scores, Weights, fused
from knowledge.index import VectorIndex
from knowledge.keywords import words
from knowledge.library import Library, Rule
from knowledge.passage import Passage
from knowledge.references import Absent, Reference, References
from knowledge.reranking import DEPTH, Reranker, reranked
from knowledge.spelling import Spelling
from knowledge.store import Store
from scoring.instrument import Instrument

_NEAREST = 60  # keys from the vector index
_WORDED = 30  # passages from keyword search
_PARAGRAPH = re.compile(r"(?:^|\s)\((\d{1,2})[)\]]?")
_LETTERS = re.compile(r"\b[a-z]{4,}\b")  # lower case: what is written in capitals is an acronym or a name
_MOST_PARAGRAPHS = 20  # of an article; scanned texts read "(4)" as "(41"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hit:
    """A passage that was found, how well it fits, and its rule where the register knows it.

    Attributes:
        covered: how much of what the question speaks of the place speaks of.
    """

    passage: Passage
    score: float
    rule: Rule | None
    covered: Covered = WHOLLY


class Retriever(BaseRetriever):
    """The one retriever of the product; safe for threads, notices what other processes ingest.

    Args:
        store, index, embedder: the library, the vector index over it, and what made its vectors.
        spelling: chat spelling and acronyms. instruments: whose indicators are known by number and name.
        weights: of the signals. k: passages that ``invoke`` returns.
        reranker: orders the best hits anew; a place that the question names exactly needs no second look.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    index: VectorIndex
    embedder: Embedder
    spelling: Spelling = Spelling()
    instruments: tuple[Instrument, ...] = ()
    weights: Weights = Weights()
    k: int = 5
    reranker: Reranker | None = None
    _catalogue: Catalogue | None = PrivateAttr(default=None)
    _references: References | None = PrivateAttr(default=None)
    _reading: Any = PrivateAttr(default_factory=threading.Lock)
    _held: "tuple[Catalogue, References] | None" = PrivateAttr(default=None)

    def steady(self) -> "Retriever":
        """Itself as the library is now, for one question: no ingest shows between its searches.

        Where an ingest takes away a passage that it then wants, ``LibraryChangedError`` is raised.
        """
        same = self.model_copy()
        same._held = self._current()
        return same

    def vector(self, query: str) -> Vectors:
        """The vector of a question, for whoever needs it besides ``search``."""
        return self.embedder.query(self._plain(self._current()[0], query))

    def reference(self, query: str, year: int | None = None) -> Reference:
        """What a question names exactly, and what of it does not exist."""
        catalogue, references = self._current()
        plain = self._plain(catalogue, query)
        found = references.find(plain, year)
        absent = found.absent or self._absent_paragraph(catalogue, found)
        strange = catalogue.vocabulary.strange(word for word in words(plain) if not is_plain(word))
        return replace(found, text=plain, strange=strange, absent=absent)

    def speaks(self, reference: Reference, passages: Iterable[Passage]) -> list[float]:
        """How much of what a question (as ``reference`` read it) speaks of each passage itself speaks of, from 0 to 1;
        rare words count most."""
        catalogue, _ = self._current()
        asked = wanted(reference.subject, self.spelling, catalogue.vocabulary)
        return [covered(asked, stems_of((p.text, p.english or "", *p.questions))).share for p in passages]

    @property
    def library(self) -> Library:
        return self._current()[0].library

    def at(self, rule: str, locator: str) -> Passage | None:
        """The passage of one place: the official text where it is held, else our digest of it."""
        catalogue, _ = self._current()
        steps = steps_of(locator)
        rows = set.intersection(*(catalogue.by_step.get(step, set()) for step in steps))
        rows = {row for row in rows if catalogue.entries[row].rule == rule}
        if not rows:
            return None
        nearest = min(
            rows,
            key=lambda row: (len(catalogue.entries[row].steps), not catalogue.entries[row].official, row),
        )
        return catalogue.passage(catalogue.links.get(nearest, (nearest,))[0])

    def under(self, rule: str, steps: frozenset[str]) -> list[Passage]:
        """All passages of one place in their order: the official ones where they are held, else the digests."""
        catalogue, _ = self._current()
        parts = [catalogue.by_step.get(step, set()) for step in steps]
        rows = sorted(row for row in set.intersection(*parts) if catalogue.entries[row].rule == rule)
        official = [row for row in rows if catalogue.entries[row].official]
        return catalogue.passages(official or rows)

    def holds(self, rule: str) -> bool:
        """Whether any passage of a rule is held; the register also knows rules by name only."""
        return rule in self._current()[0].rules

    def digests_of(self, passage: Passage) -> list[Passage]:
        """Our own statements of an official passage's place, in our words; none for a digest itself."""
        catalogue, _ = self._current()
        row = catalogue.rows.get(passage.id)
        return [] if row is None else catalogue.passages(catalogue.digests.get(row, []))

    def search(
        self,
        query: str,
        k: int = 5,
        vector: Vectors | None = None,
        year: int | None = None,
        agency: str | None = None,
        rule: str | None = None,
        *,
        private: bool = False,
        reference: Reference | None = None,
    ) -> list[Hit]:
        """The passages that answer best.

        Args:
            query: the question as asked. k: how many passages at most.
            vector: of the question, where it was embedded already (``vector``).
            year: the year in question; rules of that time are preferred.
            agency: register name of the agency whose findings may be found too; ``private``: also
                the unpublished ones, which only the agency and those who coordinate it may see.
            rule: id of the only rule to search.
            reference: what the question names, where it was read already (``reference``).
        """
        catalogue, references = self._current()
        if not catalogue.entries or not query.strip():
            return []
        plain = self._plain(catalogue, query) if reference is None else reference.text
        reference = references.find(plain, year) if reference is None else reference
        if vector is None:
            vector = self.embedder.query(plain)
        said = reference.subject if len(words(reference.subject)) > 1 else plain  # a rule's name is no subject
        worded = catalogue.keywords.scores(words(f"{said} {' '.join(self.spelling.written_out(said))}"))
        rows = self._candidates(catalogue, reference, vector, worded)
        rows = [row for row in rows if _allowed(catalogue, row, agency, private, rule)]
        if not rows:
            return []
        asked = wanted(reference.subject, self.spelling, catalogue.vocabulary)
        about = frozenset(one.word for one in asked if one.word != "spbe")
        rows, scores = self._scored(catalogue, rows, reference, vector, worded, year, about)
        judged = []
        for row, score in self._ranked(catalogue, rows, scores, max(k, DEPTH)):
            found = covered(asked, catalogue.stems(row))
            judged.append((round(score + self.weights.covered * found.share, 4), row, found))
        judged.sort(key=lambda one: -one[0])
        again = self.reranker if not reference.places else None
        if again is None:
            judged = judged[:k]  # before they are read: a large library is read from the database
        passages = catalogue.passages(row for _, row, _ in judged)
        hits = [
            Hit(passage, score, catalogue.library.get(passage.rule), found)
            for passage, (score, _, found) in zip(passages, judged, strict=True)
        ]
        return hits if again is None else reranked(again, plain, hits)[:k]

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[Document]:
        return [
            Document(
                page_content=hit.passage.text,
                id=hit.passage.id,
                metadata={**hit.passage.model_dump(exclude={"text", "questions"}), "score": hit.score},
            )
            for hit in self.search(query, self.k)
        ]

    def _plain(self, catalogue: Catalogue, query: str) -> str:
        """A question in standard spelling, words that were written without vowels in full."""
        plain = self.spelling.standard(query)
        return _LETTERS.sub(lambda match: catalogue.vocabulary.unshortened(match[0]), plain)

    def _absent_paragraph(self, catalogue: Catalogue, reference: Reference) -> tuple[Absent, ...]:
        """A paragraph asked for that its article lacks; known where the official text of the article is held."""
        steps = dict(step.split("-", 1) for step in reference.steps)
        rule = catalogue.library.get(reference.rules[0]) if reference.rules else None
        if rule is None or "pasal" not in steps or not steps.get("ayat", "").isdigit():
            return ()
        held = self.under(rule.id, frozenset({f"pasal-{steps['pasal']}"}))
        texts = [passage.text for passage in held if passage.kind == "official"]
        numbers = [int(number) for text in texts for number in _PARAGRAPH.findall(text)]
        last = max((number // 10 if number > _MOST_PARAGRAPHS else number for number in numbers), default=0)
        if not texts or int(steps["ayat"]) <= last:
            return ()
        there = f"ayat (1)-({last})" if last else f"Pasal {steps['pasal']} tanpa ayat"
        return (Absent("paragraph", f"Ayat ({steps['ayat']})", there, f"Pasal {steps['pasal']} {rule.short}"),)

    # -- the current generation ----------------------------------------------------------------------------

    def _current(self) -> tuple[Catalogue, References]:
        if self._held is not None:
            return self._held
        state = self.store.state()
        with self._reading:
            if self._catalogue is None or self._catalogue.state != state:
                if self._catalogue is not None:
                    self.index.reopen()
                self._catalogue = Catalogue(self.store, self.embedder.name, self.spelling, state)
                self._references = References(self._catalogue.library, self.instruments)
            assert self._references is not None
            return self._catalogue, self._references

    # -- candidates ----------------------------------------------------------------------------------------

    def _candidates(self, catalogue: Catalogue, reference: Reference, vector: Vectors, worded: Scores) -> list[int]:
        found = {int(catalogue.owner[number]) for number in self._nearest(catalogue, vector)}
        count = min(_WORDED, len(worded))
        found.update(int(row) for row in np.argpartition(-worded, count - 1)[:count] if worded[row] > 0)
        for steps in reference.places:
            parts = [catalogue.by_step.get(step, set()) for step in steps]
            found.update(row for row in set.intersection(*parts) if _named(catalogue, row, reference))
        return list(found)

    def _nearest(self, catalogue: Catalogue, vector: Vectors) -> list[int]:
        """Numbers of the nearest keys: from the index, or exactly while the index is behind or away."""
        if catalogue.state[1] == f"{catalogue.state[0]}:{self.embedder.name}":
            try:
                ids = self.index.nearest(vector, _NEAREST)
                return [catalogue.key_rows[key] for key in ids if key in catalogue.key_rows]
            except Exception:  # whatever the index fails with, the answer must not
                _log.warning("the vector index did not answer; searching without it", exc_info=True)
        if not len(catalogue.matrix):
            return []
        similar = catalogue.matrix @ vector
        count = min(_NEAREST, len(similar))
        return [int(number) for number in np.argpartition(-similar, count - 1)[:count]]

    # -- scores --------------------------------------------------------------------------------------------

    def _scored(
        self,
        catalogue: Catalogue,
        candidates: list[int],
        reference: Reference,
        vector: Vectors,
        worded: Scores,
        year: int | None,
        about: frozenset[str],
    ) -> tuple[list[int], Scores]:
        """Official passages and digests that stand for no official text, each with one score."""
        wanted: dict[int, None] = {}
        for row in candidates:
            for place in catalogue.links.get(row, (row,)):
                wanted[place] = None
        rows = list(wanted)
        support = [catalogue.digests.get(row, []) for row in rows]
        involved = list({*rows, *(digest for digests in support for digest in digests)})
        text, question = _similarities(catalogue, involved, vector)
        at = {row: n for n, row in enumerate(involved)}
        own = np.array([text[at[row]] for row in rows], np.float32)
        asked = np.array(
            [
                max([float(question[at[row]]), *(float(max(question[at[d]], text[at[d]])) for d in digests)])
                for row, digests in zip(rows, support, strict=True)
            ],
            np.float32,
        )
        said = np.array(
            [
                max([float(worded[row]), *(float(worded[d]) * 0.9 for d in digests)])
                for row, digests in zip(rows, support, strict=True)
            ],
            np.float32,
        )
        scores = fused(own, asked, said, self.weights)
        for n, row in enumerate(rows):
            scores[n] += self._known(catalogue, row, reference, year)
            if reference.definition:
                defined = max(_defines(catalogue.entries[one].term, about) for one in (row, *support[n]))
                scores[n] += self.weights.term * defined
        return rows, scores

    def _known(self, catalogue: Catalogue, row: int, reference: Reference, year: int | None) -> float:
        """What is known beyond likeness: the place or rule named, and the status of the rule."""
        entry, weights = catalogue.entries[row], self.weights
        bonus = weights.named if entry.rule in reference.rules else 0.0
        if reference.places and _named(catalogue, row, reference):
            fits = [steps <= entry.steps for steps in reference.places]
            if reference.by_name and not reference.levels:
                bonus += weights.by_name if any(fits) else 0.0
            elif fits[0] or (reference.indicators and reference.levels and any(fits[: _with_levels(reference)])):
                bonus += weights.exact
            elif any(fits):
                bonus += weights.level
        if entry.definition and not reference.definition:
            bonus -= weights.definition
        if entry.frame and not reference.frame:
            bonus -= weights.frame
        library = catalogue.library
        rule = library.get(entry.rule)
        if rule is None or entry.rule in reference.rules:
            return bonus
        if year is not None and library.held_in(entry.rule, year) is False:
            bonus -= weights.superseded
        elif year is None and rule.status == "revoked":
            successor = library.get(rule.revoked_by) if rule.revoked_by else None
            if successor is not None and not successor.second_hand:
                bonus -= weights.superseded
        if rule.second_hand and entry.rule not in reference.home:
            bonus -= weights.second_hand
        return bonus

    # -- ranking -------------------------------------------------------------------------------------------

    def _ranked(self, catalogue: Catalogue, rows: list[int], scores: Scores, k: int) -> list[tuple[int, float]]:
        """The best rows with their scores, each text once."""
        kept: list[tuple[int, float]] = []
        for n in np.argsort(-scores, kind="stable"):
            entry = catalogue.entries[rows[n]]
            if any(entry.repeats(catalogue.entries[other]) for other, _ in kept):
                continue
            kept.append((rows[n], round(float(scores[n]), 4)))
            if len(kept) == k:
                break
        return kept


def _allowed(catalogue: Catalogue, row: int, agency: str | None, private: bool, rule: str | None) -> bool:
    entry = catalogue.entries[row]
    if rule is not None and entry.rule != rule:
        return False
    return entry.agency is None or (entry.agency == agency and (entry.published or private))


def _named(catalogue: Catalogue, row: int, reference: Reference) -> bool:
    """Whether the places named may be of this passage's rule."""
    rule = catalogue.entries[row].rule
    if reference.indicators or reference.weights:
        return rule in reference.home
    return not reference.rules or rule in reference.rules


def _defines(term: frozenset[str], about: frozenset[str]) -> float:
    """How nearly a definition's term is all that a question is about; 0 where the question lacks a word of it."""
    return len(term) / len(about) if term and term <= about else 0.0


def _with_levels(reference: Reference) -> int:
    return len(reference.indicators) * len(reference.levels)


def _similarities(catalogue: Catalogue, rows: list[int], vector: Vectors) -> tuple[Scores, Scores]:
    """For each passage the similarity of its text (or its English) and of its best question, else -1."""
    keys = catalogue.keys_of(rows)
    similar = catalogue.matrix[keys] @ vector
    at = {row: n for n, row in enumerate(rows)}
    owner = np.array([at[int(row)] for row in catalogue.owner[keys]], np.int64)
    text = np.full(len(rows), -1.0, np.float32)
    question = np.full(len(rows), -1.0, np.float32)
    asks = catalogue.role[keys] == 2
    np.maximum.at(text, owner[~asks], similar[~asks])
    np.maximum.at(question, owner[asks], similar[asks])
    return text, question
