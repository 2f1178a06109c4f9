"""The one Answer that every channel renders, and the Draft it is composed in.

A draft is written with tokens: ``{f1}`` a figure, ``{a1}`` a name, ``{c1}`` a citation. The reader's text is made
by filling them in; the language model only ever sees the tokens (shared/DESIGN.md decisions 8 and 9).
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.request import Request
from knowledge.library import Library
from knowledge.passage import Passage
from scoring import Language
from scoring.figures import shown

BlockKind = Literal["sentence", "item", "table", "note"]
_TOKEN = re.compile(r"\{[fac]\d+\}")


class Figure(BaseModel):
    """A number in an answer: what it is, of which node, from where. ``value`` has a decimal point."""

    model_config = ConfigDict(frozen=True)

    id: str
    label: str
    value: str
    of: str
    source: str
    second_hand: bool = False


class Citation(BaseModel):
    """A place in a rule that carries a statement; made from a passage, never parsed out of text."""

    model_config = ConfigDict(frozen=True)

    id: str
    number: int
    kind: Literal["official", "digest", "finding"]
    rule: str
    title: str
    locator: str
    page: int | None
    quote: str
    status: Literal["in force", "revoked", "unknown"]
    replaced_by: str | None
    second_hand: bool


class Block(BaseModel):
    """One sentence, list item, table or note. ``text`` may hold ``**bold**``; a table is a Markdown table."""

    model_config = ConfigDict(frozen=True)

    kind: BlockKind
    text: str
    figures: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()


class Chart(BaseModel):
    """Data for a picture; drawn by assistant.charts, described by ``title`` and ``summary`` for all others."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["radar", "bars", "line", "ranking"]
    title: str
    summary: str
    labels: tuple[str, ...]
    series: dict[str, tuple[float | None, ...]]


class Answer(BaseModel):
    """The contract of shared/DESIGN.md section 4."""

    model_config = ConfigDict(frozen=True)

    text: str
    blocks: tuple[Block, ...]
    language: Language
    intent: str
    abstained: bool = False
    mode: Literal["composed", "model"] = "composed"
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    charts: tuple[Chart, ...] = ()
    suggestions: tuple[str, ...] = ()
    request: Request = Field(default_factory=Request)


def markdown(blocks: tuple[Block, ...], numbers: dict[str, int]) -> str:
    """The text of an answer: blocks as Markdown, citations as ``[1]`` before the final punctuation."""
    parts: list[str] = []
    previous: BlockKind | None = None
    for block in blocks:
        marks = " ".join(f"[{numbers[c]}]" for c in block.citations)
        text = block.text
        if marks:
            end = re.search(r"[.!?:]\**$", text)
            cut = end.start() if end and block.kind != "table" else len(text)
            text = f"{text[:cut]} {marks}{text[cut:]}" if block.kind != "table" else f"{text}\n\n{marks}"
        if block.kind == "item":
            parts.append(("\n" if previous == "item" else "\n\n") + "- " + text)
        elif block.kind == "sentence" and previous == "sentence":
            parts.append(" " + text)
        elif block.kind == "note":
            parts.append("\n\n_" + text.replace("_", "\\_") + "_")
        else:
            parts.append("\n\n" + text)
        previous = block.kind
    return "".join(parts).strip()


def _same(question: str) -> str:
    """A question without what does not tell it from another: case, spaces, punctuation at its end."""
    return " ".join(question.casefold().rstrip(" ?!.").split())


class DraftBlock(BaseModel):
    kind: BlockKind
    template: str


class Draft:
    """An answer being composed.

    Args:
        language: of the asker.
        library: says whether a cited rule is in force.
        asked: the question; it is never suggested again.
    """

    def __init__(self, language: Language, library: Library, asked: str = "") -> None:
        self.language: Language = language
        self._asked = _same(asked)
        self.blocks: list[DraftBlock] = []
        self.figures: dict[str, Figure] = {}
        self.names: dict[str, str] = {}
        self.citations: dict[str, Citation] = {}
        self.charts: list[Chart] = []
        self.suggestions: list[str] = []
        self._library = library
        self._passages: dict[str, str] = {}
        self.shown: dict[str, str] = {}

    def say(self, indonesian: str, english: str) -> str:
        """Choose the wording of the asker's language."""
        return indonesian if self.language == "id" else english

    def figure(
        self,
        value: Fraction | int,
        label: str,
        of: str,
        source: str,
        *,
        places: int = 2,
        second_hand: bool = False,
        signed: bool = False,
    ) -> str:
        """Register a figure and return its token. Integers are shown without decimals."""
        text = str(value) if isinstance(value, int) else shown(value, places)
        for token, known in self.figures.items():
            if (known.value, known.of, known.source, known.label) == (text, of, source, label):
                return "{" + token + "}"
        token = f"f{len(self.figures) + 1}"
        self.figures[token] = Figure(id=token, label=label, value=text, of=of, source=source, second_hand=second_hand)
        words = text.replace(".", ",") if self.language == "id" else text
        self.shown[token] = f"+{words}" if signed and value >= 0 else words
        return "{" + token + "}"

    def name(self, text: str) -> str:
        """Register a proper name (agency, indicator, predikat) and return its token."""
        for token, known in self.names.items():
            if known == text:
                return "{" + token + "}"
        token = f"a{len(self.names) + 1}"
        self.names[token] = text
        self.shown[token] = text
        return "{" + token + "}"

    def cite(self, passage: Passage) -> str:
        """Register a citation and return its token; one passage is one citation however often cited."""
        if passage.id in self._passages:
            return "{" + self._passages[passage.id] + "}"
        token = f"c{len(self.citations) + 1}"
        rule = self._library.get(passage.rule)
        successor = self._library.successor(passage.rule)
        self.citations[token] = Citation(
            id=token,
            number=len(self.citations) + 1,
            kind=passage.kind,
            rule=passage.rule,
            title=passage.title,
            locator=passage.locator,
            page=passage.page,
            quote=passage.text,
            status=rule.status if rule else "unknown",
            replaced_by=successor.short if successor else None,
            second_hand=passage.second_hand,
        )
        self._passages[passage.id] = token
        return "{" + token + "}"

    def sentence(self, template: str) -> None:
        self.blocks.append(DraftBlock(kind="sentence", template=template))

    def item(self, template: str) -> None:
        self.blocks.append(DraftBlock(kind="item", template=template))

    def note(self, template: str) -> None:
        self.blocks.append(DraftBlock(kind="note", template=template))

    def table(self, header: list[str], rows: list[list[str]]) -> None:
        lines = [header, ["---"] * len(header), *rows]
        self.blocks.append(
            DraftBlock(kind="table", template="\n".join("| " + " | ".join(line) + " |" for line in lines))
        )

    def suggest(self, *questions: str) -> None:
        for question in questions:
            if question not in self.suggestions and _same(question) != self._asked:
                self.suggestions.append(question)

    def fill(self, block: DraftBlock) -> Block:
        """Put the words in for the tokens; citation tokens leave the text and become the block's citations."""
        tokens = [token[1:-1] for token in _TOKEN.findall(block.template)]
        text = re.sub(r"\s*\{c\d+\}", "", block.template)
        text = _TOKEN.sub(lambda match: self.shown[match[0][1:-1]], text)
        if block.kind != "table":
            text = text[:1].upper() + text[1:]
        return Block(
            kind=block.kind,
            text=text,
            figures=tuple(dict.fromkeys(t for t in tokens if t[0] == "f")),
            citations=tuple(dict.fromkeys(t for t in tokens if t[0] == "c")),
        )

    @property
    def years(self) -> frozenset[str]:
        """The tokens that are years; they may stand anywhere in their sentence."""
        return frozenset("{" + token + "}" for token, name in self.names.items() if re.fullmatch(r"\d{4}", name))

    def retold(self, answer: Answer, blocks: Sequence[DraftBlock]) -> Answer:
        """A composed Answer of this draft in a language model's words: blocks that have passed the guard."""
        filled = tuple(map(self.fill, blocks))
        numbers = {token: citation.number for token, citation in self.citations.items()}
        return answer.model_copy(update={"blocks": filled, "text": markdown(filled, numbers), "mode": "model"})

    def answer(self, request: Request, *, abstained: bool = False) -> Answer:
        """The finished Answer, composed."""
        blocks = tuple(map(self.fill, self.blocks))
        numbers = {token: citation.number for token, citation in self.citations.items()}
        return Answer(
            text=markdown(blocks, numbers),
            blocks=blocks,
            language=self.language,
            intent=request.intent,
            abstained=abstained,
            figures=tuple(self.figures.values()),
            citations=tuple(self.citations.values()),
            charts=tuple(self.charts),
            suggestions=tuple(self.suggestions[:4]),
            request=request,
        )
