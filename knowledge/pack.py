"""The knowledge that ships: rule digests by article, topics, guides to indicators, glossary, spelling.

Everything is written in our words, with the place of every statement; the files are meant to be read and
mended by officials (knowledge/pack/README.md).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from knowledge.library import Library, Rule
from knowledge.pack_entries import Digest, Entry, IndicatorGuide, Place, Term, Topic, TopicEntry
from knowledge.pack_files import broken, read
from knowledge.passage import Passage
from scoring.instrument import instrument_ids
from scoring.refusal import RefusedInput, Text

SHIPPED = Path(__file__).parent / "pack"
_Placed = TypeVar("_Placed")


@dataclass(frozen=True)
class Pack:
    """The pack as read.

    Attributes:
        rules: the register of rules. digests, topics: what they say, by article and by subject.
        guides: the guides to the indicators, by id of the instrument.
        glossary: terms and acronyms. spelling: chat spelling to standard spelling.
    """

    rules: tuple[Rule, ...]
    digests: tuple[Digest, ...] = ()
    topics: tuple[Topic, ...] = ()
    guides: Mapping[str, tuple[IndicatorGuide, ...]] = field(default_factory=dict)
    glossary: tuple[Term, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        return Library(self.rules)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every digest and topic entry with the rule it digests."""
        for digest in self.digests:
            for entry in digest.entries:
                yield digest.rule, entry
        for topic in self.topics:
            for placed in topic.entries:
                yield placed.rule, placed

    def passages(self) -> list[Passage]:
        """The pack as passages of kind ``digest``, with ids that stay as long as the order of a file does."""
        rules = {rule.id: rule for rule in self.rules}
        seen: Counter[str] = Counter()
        found: list[Passage] = []
        for rule, locator, text, questions, second_hand in self._statements():
            known = rules[rule]
            passage = Passage(
                id="digest:",
                rule=rule,
                title=f"{known.short} tentang {known.title}",
                locator=locator,
                text=text.id,
                english=text.en,
                kind="digest",
                questions=questions,
                second_hand=second_hand or known.second_hand,
            )
            seen[passage.place] += 1
            number = seen[passage.place]
            name = f"digest:{passage.place}" + (f"-{number}" if number > 1 else "")
            found.append(passage.model_copy(update={"id": name}))
        return found

    def _statements(self) -> Iterator[tuple[str, str, Text, tuple[str, ...], bool]]:
        for rule, entry in self.entries():
            yield rule, entry.locator, entry.statement, entry.questions, entry.second_hand
        for guides in self.guides.values():
            for guide in guides:
                yield (*_first(guide.source), _told(guide), guide.questions, guide.second_hand)
        for term in self.glossary:
            if term.rule is not None and term.locator is not None:
                text = Text(
                    id=f"{term.term} ({term.expansion}): {term.meaning.id}",
                    en=f"{term.term} ({term.expansion}): {term.meaning.en}",
                )
                yield term.rule, term.locator, text, (f"apa itu {term.term}?", *term.aliases), False


def _first(source: tuple[Place, ...]) -> tuple[str, str]:
    return source[0].rule, source[0].locator


def _told(guide: IndicatorGuide) -> Text:
    """A guide as one text: what it measures, what is accepted, what is refused, why it stays low."""
    words = [guide.measures, *([guide.accepted] if guide.accepted else []), *guide.refused, *guide.stays_low]
    return Text(id=" ".join(w.id for w in words), en=" ".join(w.en for w in words))


def load_pack(folder: Path = SHIPPED) -> Pack:
    """Read and check the pack.

    Raises:
        RefusedInput: a file does not hold together; the message names the file, the entry and the key.
    """
    pack, problems = _read_pack(folder)
    if problems:
        raise problems[0]
    return pack


def check_pack(folder: Path = SHIPPED) -> list[RefusedInput]:
    """Every problem of the pack, the first of each file; empty when it holds together."""
    return _read_pack(folder)[1]


def _read_pack(folder: Path) -> tuple[Pack, list[RefusedInput]]:
    problems: list[RefusedInput] = []

    def take(name: str, model: type[_Placed], empty: _Placed) -> _Placed:
        file = folder / name
        if not file.is_file():
            return empty
        try:
            return read(file, folder, model)  # type: ignore[no-any-return]
        except RefusedInput as problem:
            problems.append(problem)
            return empty

    def each(part: str, model: type[_Placed]) -> Iterator[tuple[str, _Placed]]:
        for file in sorted((folder / part).glob("*.yaml")):
            try:
                yield file.relative_to(folder).as_posix(), read(file, folder, model)
            except RefusedInput as problem:
                problems.append(problem)

    rules = take("rules.yaml", tuple[Rule, ...], ())
    digests = dict(each("digests", Digest))
    topics = dict(each("topics", Topic))
    guides = dict(each("indicators", tuple[IndicatorGuide, ...]))
    pack = Pack(
        rules=rules,
        digests=tuple(digests.values()),
        topics=tuple(topics.values()),
        guides={Path(name).stem: found for name, found in guides.items()},
        glossary=take("glossary.yaml", tuple[Term, ...], ()),
        spelling=take("spelling.yaml", dict[str, str], {}),
    )
    known = {rule.id for rule in rules}
    problems.extend(_holes(pack, known, digests, topics, guides))
    return pack, problems


def _holes(
    pack: Pack,
    known: set[str],
    digests: Mapping[str, Digest],
    topics: Mapping[str, Topic],
    guides: Mapping[str, tuple[IndicatorGuide, ...]],
) -> Iterator[RefusedInput]:
    """What a file cannot tell alone: unknown rules and instruments, names that differ, doubled statements."""
    for twice in (name for name, times in Counter(rule.id for rule in pack.rules).items() if times > 1):
        yield _wrong("rules.yaml", twice, "aturan ini ditulis dua kali", "this rule stands twice")
    for name, digest in digests.items():
        if digest.rule != Path(name).stem:
            yield _wrong(name, digest.rule, "nama berkas harus sama dengan kunci rule", "must be named as its rule")
        yield from _unknown(name, [("", digest.rule)], known)
        yield from _doubled(name, digest.entries)
    for name, topic in topics.items():
        yield from _unknown(name, [(entry.locator, entry.rule) for entry in topic.entries], known)
        yield from _doubled(name, topic.entries)
    for name, found in guides.items():
        if Path(name).stem not in instrument_ids():
            ids = ", ".join(instrument_ids())
            yield _wrong(name, "", f"nama berkas harus id instrumen: {ids}", f"must be named as an instrument: {ids}")
        numbers = [guide.number for guide in found]
        if numbers != list(range(1, len(numbers) + 1)):
            yield _wrong(
                name,
                "number",
                "nomor harus urut 1, 2, 3 tanpa lubang",
                "numbers must run 1, 2, 3 without holes",
            )
        places = [(f"Indikator {g.number}", place.rule) for g in found for place in g.source]
        yield from _unknown(name, places, known)
    named = [(term.term, term.rule) for term in pack.glossary if term.rule is not None]
    yield from _unknown("glossary.yaml", named, known)


def _unknown(name: str, used: list[tuple[str, str]], known: set[str]) -> Iterator[RefusedInput]:
    for where, rule in used:
        if rule not in known:
            yield _wrong(
                name,
                where,
                f"aturan {rule!r} tidak ada dalam rules.yaml. Tambahkan di sana atau pakai id yang ada",
                f"rule {rule!r} is not in rules.yaml. Add it there or use an id that is",
            )


def _doubled(name: str, entries: tuple[Entry, ...] | tuple[TopicEntry, ...]) -> Iterator[RefusedInput]:
    seen: set[str] = set()
    for entry in entries:
        if entry.statement.id in seen:
            yield _wrong(name, entry.locator, "pernyataan ini ditulis dua kali", "this statement stands twice")
        seen.add(entry.statement.id)


def _wrong(name: str, where: str, what_id: str, what_en: str) -> RefusedInput:
    return broken(name, Text(id=where, en=where), Text(id=what_id, en=what_en))
