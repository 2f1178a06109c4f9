"""What an answer is made with: the draft, the records the asker may see, the library, the words of the field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from assistant.answer import Draft
from assistant.answering.standing import Standing
from assistant.records.agencies import Agencies, AgencyEntry, spoken
from assistant.records.assessments import Assessments
from assistant.request import Request
from assistant.understanding.words import plain
from knowledge.embedding import Vectors
from knowledge.pack_entries import IndicatorGuide
from knowledge.passage import Passage
from knowledge.references import Reference
from knowledge.retrieval import Hit, Retriever
from scoring import Instrument, RefusedInput, Text
from scoring.figures import exactly

KINDS = {
    "domain": Text(id="Domain", en="Domain"),
    "aspect": Text(id="Aspek", en="Aspect"),
    "indicator": Text(id="indikator", en="indicator"),
}


@dataclass
class Desk:
    """Everything one answer may draw on.

    Attributes:
        instrument: the instrument the question is about. question: as asked.
        reference: what the question names: rules, places, levels, and what of it does not exist.
        guides: how indicators are proved, by instrument and number.
        vector: the embedded question, shared with retrieval.
        earlier: what is remembered of the conversation; None where the question stands alone.
    """

    draft: Draft
    agencies: Agencies
    assessments: Assessments
    retriever: Retriever
    instrument: Instrument
    question: str
    vector: Vectors | None = None
    guides: Mapping[tuple[str, int], IndicatorGuide] = field(default_factory=dict)
    earlier: Sequence[Request] | None = None
    reference: Reference = field(default_factory=Reference)

    @cached_property
    def words(self) -> str:
        """The question in plain words, chat spelling and typos mended, as understanding reads it."""
        return plain(self.question)

    # -- whom and what the question is about -----------------------------------------------------------

    def agency(self, request: Request) -> AgencyEntry:
        """The agency asked about.

        Raises:
            RefusedInput: none was named and the asker has none, or it is unknown.
        """
        if request.agency is None:
            raise RefusedInput(
                "agency_missing",
                Text(
                    id="Instansi mana yang dimaksud? Sebutkan namanya, misalnya «Kab. Sumedang».",
                    en="Which agency do you mean? Give its name, such as “Kab. Sumedang”.",
                ),
            )
        return self.agencies.named(request.agency) or self.agencies.find(request.agency)

    def standing(self, request: Request, year: int | None = None) -> Standing:
        """The assessment the request is about: of its year, or the latest held."""
        return Standing(self.assessments.find(self.agency(request), year or request.year))

    def own(self, request: Request) -> Standing | None:
        """The assessment the request is about, where one is held that this instrument measured."""
        if request.agency is None:
            return None
        try:
            standing = self.standing(request)
        except RefusedInput:
            return None
        return standing if standing.instrument.id == self.instrument.id else None

    # -- words ------------------------------------------------------------------------------------------

    def say(self, indonesian: str, english: str) -> str:
        return self.draft.say(indonesian, english)

    def text(self, text: Text) -> str:
        return text.into(self.draft.language)

    def called(self, agency: str) -> str:
        """Token for an agency's spoken name."""
        return self.draft.name(spoken(agency))

    def year(self, year: int) -> str:
        return self.draft.name(str(year))

    def node(self, instrument: Instrument, node: str) -> str:
        """Token for a node's name with its number: "Domain 2 (Tata Kelola SPBE)"."""
        kind, number = instrument.node(node)
        name = self.text(instrument.node_name(node))
        if kind == "index":
            return self.draft.name(name)
        return self.draft.name(f"{self.text(KINDS[kind])} {number} ({name})")

    def indicator(self, instrument: Instrument, number: int) -> str:
        """Token for an indicator as list items have it: "Arsitektur SPBE (11)"."""
        return self.draft.name(f"{self.text(instrument.node_name(f'indicator {number}'))} ({number})")

    def numbers(self, numbers: Iterable[int]) -> str:
        """Token for a list of indicator numbers, runs drawn together: "11, 12, 21-31"."""
        runs: list[list[int]] = []
        for number in sorted(numbers):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        words: list[str] = []
        for run in runs:
            words.extend([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run))
        return self.draft.name(self.listed(words))

    def listed(self, words: Sequence[str]) -> str:
        """ "a", "a dan b", "a, b, dan c"."""
        if len(words) < 2:
            return "".join(words)
        joint = self.say("dan", "and")
        if len(words) == 2:
            return f"{words[0]} {joint} {words[1]}"
        return f"{', '.join(words[:-1])}, {joint} {words[-1]}"

    # -- figures ----------------------------------------------------------------------------------------

    def value(self, standing: Standing, node: str, value: Fraction | None = None) -> str:
        """Token for a node's value (or the one given) of an assessment; whole levels without decimals."""
        value = standing.value(node) if value is None else value
        if value is None:
            raise ValueError(f"{node} has no value")
        kind, _ = standing.instrument.node(node)
        whole = kind == "indicator" and value.denominator == 1 and standing.instrument.scale.whole
        return self.draft.figure(
            int(value) if whole else value,
            self.say("tingkat", "level") if whole else self.say("nilai", "value"),
            node,
            standing.held.label,
            second_hand=standing.instrument.second_hand,
        )

    def exact(self, value: Fraction, label: str, node: str, standing: Standing) -> str:
        """Token for an effect or difference, shown with as many decimals as it has, at most four."""
        places = next((p for p in (2, 3, 4) if (value * 10**p).denominator == 1), 4)
        return self.draft.figure(
            value, label, node, standing.held.label, places=places, second_hand=standing.instrument.second_hand
        )

    def share(self, standing: Standing, node: str) -> str:
        """Token for a node's weight in percent of the index, with the decimals it has."""
        weight = sum((i.weight for i in standing.instrument.indicators_under(node)), Fraction(0))
        places = next(p for p in range(5) if (weight * 10**p).denominator == 1 or p == 4)
        return self.draft.figure(weight, self.say("bobot (%)", "weight (%)"), node, standing.held.label, places=places)

    def count(self, number: int, label: str, of: str, source: str) -> str:
        return self.draft.figure(number, label, of, source)

    def rating(self, rating: Text) -> str:
        """Token for a predikat; English keeps the official word and adds the meaning."""
        english = rating.id if rating.id == rating.en else f"{rating.id} ({rating.en})"
        return self.draft.name(self.say(rating.id, english))

    def level(self, instrument: Instrument, indicator: int, level: int, source: str) -> str:
        """Words with token for a level: "tingkat {f1}"."""
        token = self.draft.figure(
            level, self.say("tingkat", "level"), f"indicator {indicator}", source, second_hand=instrument.second_hand
        )
        return self.say(f"tingkat {token}", f"level {token}")

    # -- law --------------------------------------------------------------------------------------------

    def criteria(self, instrument: Instrument, indicator: int, level: int) -> Passage | None:
        """The passage that holds the criteria of a level."""
        for source in instrument.sources_of(indicator, level):
            if (passage := self.retriever.at(source.rule, source.locator)) is not None:
                return passage
        return None

    def requirement(self, instrument: Instrument, indicator: int, level: int) -> str | None:
        """Token for what a level requires, in our words, as a clause without its full stop."""
        part = instrument.indicators[indicator - 1]
        if not part.levels:
            return None
        return self.draft.name(self.text(part.level(level).requirement).rstrip("."))

    def findings(self, standing: Standing) -> list[Passage]:
        """The assessors' findings on an agency's year, as far as the asker may see them."""
        known = standing.assessment
        agency = self.agencies.find(known.agency)
        private = self.assessments.may_read_all(agency)
        found = self.retriever.store.findings(known.agency, private=private)
        return [passage for passage in found if passage.rule == f"lhe-{agency.id}-{known.year}"]

    def named_in(self, query: str, year: int | None = None) -> Reference:
        """What a query names; the question itself was read already."""
        return self.reference if query == self.question else self.retriever.reference(query, year)

    def search(
        self, query: str, request: Request, rule: str | None = None, reference: Reference | None = None
    ) -> list[Hit]:
        """Passages for a query; the question's own vector is used where it is the question, and what it names where
        it was read."""
        own = None if request.agency is None else self.agencies.named(request.agency)
        return self.retriever.search(
            query,
            vector=self.vector if query == self.question else None,
            year=request.year,
            agency=request.agency,
            rule=rule,
            private=own is not None and self.assessments.may_read_all(own),
            reference=reference,
        )

    def cited(self, passage: Passage | None) -> str:
        """Citation token with a space before it, or nothing."""
        return "" if passage is None else f" {self.draft.cite(passage)}"


def premise(request: Request) -> Fraction | None:
    """The value the asker takes for granted, exactly."""
    try:
        return None if request.premise is None else exactly(request.premise.replace(",", "."))
    except ValueError:
        return None


def premise_told(request: Request, desk: Desk) -> str:
    """The value the asker takes for granted, as the asker would write it."""
    told = (request.premise or "").strip()
    return desk.draft.name(desk.say(told.replace(".", ","), told.replace(",", ".")))


def node_words(desk: Desk, instrument: Instrument, node: str) -> str:
    """A node as people type it in a question: "domain 2", "aspek 5", "indeks"."""
    kind, number = instrument.node(node)
    if kind == "index":
        return desk.say("indeks", "the index")
    word = {"domain": ("domain", "domain"), "aspect": ("aspek", "aspect"), "indicator": ("indikator", "indicator")}
    return f"{desk.say(*word[kind])} {number}"
