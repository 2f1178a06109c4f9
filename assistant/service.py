"""The assistant: one question in, one checked Answer out. Every channel speaks to this."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from sqlalchemy import Engine

from assistant.answer import Answer, Block, Draft
from assistant.answering import composed, help_about
from assistant.answering.desk import Desk
from assistant.conversation import Memory, Turn
from assistant.permissions import VISITOR, Asker
from assistant.records.agencies import Agencies, AgencyEntry
from assistant.records.assessments import Assessments, Held
from assistant.records.holdings import Holdings
from assistant.request import Question, Request
from assistant.understanding import AgencyName, Understood, understand
from assistant.watching import Watch
from knowledge.catalogue import LibraryChangedError
from knowledge.pack_entries import IndicatorGuide
from knowledge.retrieval import Hit, Retriever
from scoring import Instrument, RefusedInput, Text
from scoring.instrument import instrument_for, load_instrument

if TYPE_CHECKING:
    from assistant.reading import QuestionReader
    from assistant.rewording import Rewording

Guides = Mapping[str, Sequence[IndicatorGuide]]
Result = TypeVar("Result")
QUESTION_LIMIT = 4000  # characters


class _Names:
    """The register as understanding wants it."""

    def __init__(self, agencies: Agencies) -> None:
        self._names = tuple(AgencyName(e.name, e.kind, e.province, tuple(e.aliases)) for e in agencies.entries)

    def agencies(self) -> Sequence[AgencyName]:
        return self._names


class _QuestionVectors:
    """Embeds a question once; understanding and retrieval share the vector.

    Attributes:
        name: of the embedder, by which understanding knows whether its weights were learned from such vectors.
    """

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self.name = retriever.embedder.name

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self._retriever.vector(text)]


class Assistant(Holdings):
    """Answers questions from the records and the library.

    Safe to use from several threads.

    Args:
        engine: the records' database.
        retriever: finds passages.
        memory: the last Requests of a conversation.
        guides: the pack's guides to indicators, by id of the instrument.
        rewording: says composed answers in a language model's words; None leaves them as they are.
        reader: has a language model read what the rules are unsure of; None leaves it as the rules read it.
        watch: is told what is done and how long it takes.
    """

    def __init__(
        self,
        engine: Engine,
        retriever: Retriever,
        memory: Memory,
        guides: Guides | None = None,
        rewording: "Rewording | None" = None,
        watch: Watch | None = None,
        reader: "QuestionReader | None" = None,
    ) -> None:
        super().__init__(engine)
        self.retriever = retriever
        self.memory = memory
        self.guides = {(name, g.number): g for name, of in (guides or {}).items() for g in of}
        self.rewording = rewording
        self.reader = reader
        self.watch = watch or Watch()
        self._names: tuple[Agencies, _Names] | None = None

    def warm(self) -> None:
        """Load what the first question would otherwise wait for: register, library, embedder, vocabulary."""
        self._told(Question(text="Berapa kali audit aplikasi dilakukan?"), VISITOR, _unheard, self.retriever)

    # -- asking ----------------------------------------------------------------------------------------

    def ask(self, question: Question, asker: Asker, settled: Callable[[Block], None] | None = None) -> Answer:
        """Answer a question.

        Args:
            settled: called with each block, in order, as soon as it is certain; for streaming.

        Raises:
            RefusedInput: empty or too long, an unknown agency or a year without data in the call itself.
        """
        try:
            with self.watch.stage("whole"):
                answer = self._steadily(lambda library: self._told(question, asker, settled or _unheard, library))
        except RefusedInput as reason:
            self.watch.refused(reason.code)
            raise
        self.watch.answered(answer)
        return answer

    def _steadily(self, work: Callable[[Retriever], Result]) -> Result:
        """Work on one state of the library; anew where an ingest meanwhile took away a passage of it."""
        try:
            return work(self.retriever.steady())
        except LibraryChangedError:
            return work(self.retriever.steady())

    def _told(self, question: Question, asker: Asker, settled: Callable[[Block], None], library: Retriever) -> Answer:
        question = self._checked(question, asker)
        agencies = self.register
        if self._names is None or self._names[0] is not agencies:
            self._names = agencies, _Names(agencies)
        names = self._names[1]
        assessments = Assessments(self.engine, asker)
        owner = asker.agency_id or asker.name
        own = None if question.agency is None else agencies.named(question.agency)
        held = None if own is None else assessments.latest(own, question.year) or assessments.latest(own)
        instrument = load_instrument(held.assessment.instrument if held else _DEFAULT)
        previous = self.memory.previous(asker.name, question.conversation, datetime.now(UTC))

        def understood_as(asked: Question) -> Understood:
            return understand(
                asked,
                names,
                instrument,
                _QuestionVectors(library),
                previous,
                levels=_levels(held, instrument),
                latest_year=lambda name: _latest(assessments, agencies, name),
            )

        begun = monotonic()
        with self.watch.stage("understanding"):
            understood = understood_as(question)
            if self.reader is not None:
                understood = self._reread(self.reader, question, understood, understood_as, instrument, owner)
        with self.watch.stage("composing"):
            earlier = previous if question.conversation is not None else None
            desk = self._desk(question, understood, agencies, assessments, instrument, earlier, library)
            answer, draft = composed(question, understood.request, desk)
        if self.rewording is not None and draft is not None:
            left = None if self.reader is None else self.rewording.model.seconds - (monotonic() - begun)
            with self.watch.stage("wording"):
                blocks = self.rewording.reworded(draft, question.text.strip(), owner, settled, left)
            answer = answer if blocks is None else draft.retold(answer, blocks)
        else:
            for block in answer.blocks:
                settled(block)
        if question.conversation is not None and answer.intent == "help" and help_about.wants_deletion(question.text):
            self.memory.forget(asker.name, question.conversation)
        else:
            self.memory.remember(asker.name, question.conversation, answer.request, datetime.now(UTC))
        return answer

    def _reread(
        self,
        reader: "QuestionReader",
        question: Question,
        understood: Understood,
        understood_as: Callable[[Question], Understood],
        instrument: Instrument,
        owner: str,
    ) -> Understood:
        """What a language model reads in a question the rules were unsure of, if the rules are sure of that."""
        names = [entry.name for entry in self.register.entries]
        text = reader.restated(question, understood.request, instrument, names, owner)
        if text is None:
            return understood
        again = understood_as(question.model_copy(update={"text": text, "language": understood.language}))
        if again.request.confidence < understood.request.confidence:
            return understood
        request = again.request.model_copy(update={"query": understood.request.query})
        return replace(again, request=request, vector=understood.vector)

    def _checked(self, question: Question, asker: Asker) -> Question:
        if not question.text.strip():
            raise RefusedInput(
                "empty_question",
                Text(id="Pertanyaannya kosong. Tulis satu pertanyaan.", en="The question is empty. Write one."),
            )
        if len(question.text) > QUESTION_LIMIT:
            raise RefusedInput(
                "question_too_long",
                Text(
                    id=f"Pertanyaan {len(question.text)} karakter; paling panjang {QUESTION_LIMIT}. Persingkat.",
                    en=f"The question has {len(question.text)} characters; at most {QUESTION_LIMIT}. Shorten it.",
                ),
                length=len(question.text),
                limit=QUESTION_LIMIT,
            )
        name = question.agency or self._own(asker)
        if name is None:
            return question
        return question.model_copy(update={"agency": self.register.find(name).name})

    def _own(self, asker: Asker) -> str | None:
        entry = None if asker.agency_id is None else self.register.by_id(asker.agency_id)
        return None if entry is None else entry.name

    def _desk(
        self,
        question: Question,
        understood: Understood,
        agencies: Agencies,
        assessments: Assessments,
        instrument: Instrument,
        earlier: Sequence[Request] | None,
        library: Retriever,
    ) -> Desk:
        """What the answer is made with; the instrument is the one the question turned out to be about."""
        request, text = understood.request, question.text.strip()
        if request.agency is not None and (entry := agencies.named(request.agency)) is not None:
            about = assessments.latest(entry, request.year)
            instrument = load_instrument(about.assessment.instrument) if about is not None else instrument
        elif request.year is not None and request.intent in ("requirement", "rule"):
            instrument = instrument_for(request.year)
        named = library.reference(text, request.year)
        if named.instrument is not None and request.intent == "requirement":
            instrument = load_instrument(named.instrument)
        vector = None if understood.vector is None else np.asarray(understood.vector, np.float32)
        draft = Draft(understood.language, library.library, text)
        return Desk(draft, agencies, assessments, library, instrument, text, vector, self.guides, earlier, named)

    # -- for the other faces -----------------------------------------------------------------------------

    def search(self, query: str, k: int = 5, agency: str | None = None) -> list[dict[str, Any]]:
        """The passages nearest to a query, as the documents of shared/DESIGN.md section 4, best first.

        Raises:
            RefusedInput: an empty query.
        """
        if not query.strip():
            raise RefusedInput(
                "empty_question", Text(id="Yang dicari kosong. Tulis kata kuncinya.", en="The query is empty.")
            )
        found = self._steadily(lambda library: library.search(query[:QUESTION_LIMIT], k, agency=agency))
        return [document(hit) for hit in found]

    def remembered(self, conversation: str, asker: Asker) -> Sequence[Turn]:
        """What is kept of the asker's conversation, oldest first."""
        return self.memory.shown(asker.name).get(conversation, ())

    def forget(self, conversation: str, asker: Asker) -> None:
        """Forget the asker's conversation; one that is not kept is no error."""
        self.memory.forget(asker.name, conversation)

    def passage(self, passage_id: str, asker: Asker) -> dict[str, Any] | None:
        """One passage in full, None where there is none or the asker may not see it."""
        passage = next(iter(self.retriever.store.passages([passage_id])), None)
        if passage is None:
            return None
        if passage.agency is not None and not passage.published:
            owner = self.register.named(passage.agency)
            if owner is None or not Assessments(self.engine, asker).may_read_all(owner):
                return None
        rule_ = self.retriever.library.get(passage.rule)
        successor = self.retriever.library.successor(passage.rule)
        return {
            **document(Hit(passage, 1.0, rule_)),
            "headings": list(passage.headings),
            "second_hand": passage.second_hand,
            "inferred": passage.inferred,
            "replaced_by": successor.short if successor else None,
        }


_DEFAULT = "spbe-2020"  # what a question without an agency's year is about; the latest that was read first-hand


def _unheard(block: Block) -> None:
    """Nobody follows the answer while it is made."""


def document(hit: Hit) -> dict[str, Any]:
    """A hit as the search document of shared/DESIGN.md section 4."""
    passage = hit.passage
    return {
        "id": passage.id,
        "text": passage.text,
        "rule": passage.rule,
        "title": passage.title,
        "locator": passage.locator,
        "page": passage.page,
        "kind": passage.kind,
        "status": hit.rule.status if hit.rule else "unknown",
        "score": hit.score,
    }


def _levels(held: Held | None, instrument: Instrument) -> dict[int, int] | None:
    if held is None or not held.assessment.levels or held.assessment.instrument != instrument.id:
        return None
    return {number: instrument.level_of(value) for number, value in held.assessment.levels.items()}


def _latest(assessments: Assessments, agencies: Agencies, name: str) -> int | None:
    entry: AgencyEntry | None = agencies.named(name)
    if entry is not None:
        held = assessments.latest(entry)
        return None if held is None else held.assessment.year
    years = assessments.years(name) or assessments.years()
    return max(years, default=None)
