"""How a question was understood: intent and slots, structured, the same for a conversation's memory."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer

Intent = Literal[
    "score",
    "why",
    "gaps",
    "plan",
    "simulate",
    "compare",
    "trend",
    "requirement",
    "rule",
    "help",
    "out_of_scope",
]


class Question(BaseModel):
    """What came in from a channel.

    Attributes:
        agency: register name of the asker's own agency ("kami"), from the account or the call.
        year: a year in the context; one named in the text wins.
        language: asked for explicitly; None means that of the text.
        conversation: id under which earlier turns are remembered.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    agency: str | None = None
    year: int | None = None
    language: Literal["id", "en"] | None = None
    conversation: str | None = None


class Clarification(BaseModel):
    """A slot that cannot be filled without asking, with at most four choices."""

    model_config = ConfigDict(frozen=True)

    slot: Literal["agency", "node", "intent", "year", "level", "target"]
    choices: tuple[str, ...] = Field(max_length=4)


class Request(BaseModel):
    """The understood question. Nodes are "index", "domain 2", "aspect 5", "indicator 21".

    Attributes:
        agencies: register names, in the order named, the asker's own included where compared.
        group: "Jawa Barat", a province to rank within, or "Indonesia".
        kinds: restricts a group to kinds such as "kab", "kota", "prov".
        nodes: all of them, where a question names several; node is then the first.
        levels_by: "naik satu tingkat" as steps by indicator, relative to the levels held.
        other_level: the second of "beda level 2 dan 3".
        below: only indicators under this level are asked for (gaps).
        bound: what the agencies of a group are picked by: "<3", ">3.5", a predikat, or
            one that is not reached: "<Sangat Baik".
        parts: the kind of part asked for: "domain mana yang paling lemah".
        at_most: how many indicators may be touched: "kalau cuma boleh 5 indikator".
        evidence: the asker wants the evidence rather than the criteria.
        rule: id of a rule named; locator: place in it named; query: the text to search with.
        listed: parts or agencies that the answer went through, in its order; "yang kedua" is one of them.
        unknown: names the text gave that are in no register, with the nearest known ones.
        premise: a value or rating the asker claims ("cuma 2,67"), to be checked: "2.67".
    """

    model_config = ConfigDict(frozen=True)

    intent: Intent = "rule"
    agency: str | None = None
    agencies: tuple[str, ...] = ()
    group: str | None = None
    kinds: tuple[str, ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()
    node: str | None = None
    nodes: tuple[str, ...] = ()
    level: int | None = None
    other_level: int | None = None
    below: int | None = None
    bound: str | None = None
    parts: Literal["domain", "aspect"] | None = None
    at_most: int | None = None
    target: str | None = None
    levels: dict[str, int | float] = {}
    levels_by: dict[str, int] = {}
    premise: str | None = None
    evidence: bool = False
    lowest_first: bool = False
    rule: str | None = None
    locator: str | None = None
    query: str | None = None
    listed: tuple[str, ...] = ()
    unknown: dict[str, tuple[str, ...]] = {}
    clarify: Clarification | None = None
    confidence: float = 1.0

    @model_serializer(mode="wrap")
    def _only_what_applies(self, handler):  # type: ignore[no-untyped-def]
        return {key: value for key, value in handler(self).items() if value not in (None, (), {}, [], False)}
