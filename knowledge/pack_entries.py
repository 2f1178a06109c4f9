"""What the files of the pack may hold: rule digests, topics, guides to indicators, terms.

The format is described for officials in knowledge/pack/README.md.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from scoring.refusal import Text

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_UNWRITTEN = re.compile(r"\b(?:TODO|TBD|FIXME|PLACEHOLDER)\b|\?\?\?|^\W*$")


def _written(text: Text) -> Text:
    for language, words in (("id", text.id), ("en", text.en)):
        if _UNWRITTEN.search(words):
            raise ValueError(f"{language}: is empty or unfinished ({words!r})")
    return text


Words = Annotated[Text, AfterValidator(_written)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Part):
    """A place of a rule, as people cite it."""

    rule: Filled
    locator: Filled


class Entry(Part):
    """What one place of a rule says, in our words.

    Attributes:
        locator: the place, such as ``Pasal 6 ayat (1)`` or ``Lampiran, Tabel 9``.
        statement: one to four short sentences in both languages.
        questions: questions it answers, as people write them: formal, in chat spelling, in English.
        reading: what a person read where the machine check of facts cannot decide.
        quoted: official names or definitions of twelve words or more that stand word for word in it.
        second_hand: the text behind it was not read by us.
    """

    locator: Filled
    statement: Words
    questions: tuple[Filled, ...] = Field(min_length=2)
    reading: Filled | None = None
    quoted: tuple[Filled, ...] = ()
    second_hand: bool = False


class TopicEntry(Entry):
    """An entry that names its own rule."""

    rule: Filled


class Digest(Part):
    """The digests of one rule; the file is named after it. ``source``: where the text was read."""

    rule: Filled
    source: Filled
    checked: Day
    entries: tuple[Entry, ...] = Field(min_length=1)


class Topic(Part):
    """Entries on one subject that stands in several rules."""

    topic: Filled
    checked: Day
    entries: tuple[TopicEntry, ...] = Field(min_length=1)
    source: Filled | None = None


class Owner(Part):
    """Who in an agency usually owns an indicator, and where that was read."""

    id: Filled
    en: Filled
    source: Filled | Place


class IndicatorGuide(Part):
    """How one indicator is proved: what it measures, what assessors take and refuse, where to begin.

    ``accepted`` and ``owner`` may be unknown, and then say so: None and ``not stated``.
    """

    number: int = Field(ge=1)
    measures: Words
    accepted: Words | None = None
    refused: tuple[Words, ...] = ()
    stays_low: tuple[Words, ...] = ()
    owner: Owner | Literal["not stated"] = "not stated"
    first_steps: tuple[Words, ...] = Field(min_length=1)
    contents: tuple[Words, ...] = ()
    questions: tuple[Filled, ...] = Field(min_length=1)
    source: tuple[Place, ...] = Field(min_length=1)
    second_hand: bool = False


class Term(Part):
    """A term or acronym. ``expansion``: the full name. ``rule``, ``locator``: where it is defined, if so."""

    term: Filled
    expansion: Filled
    meaning: Words
    aliases: tuple[Filled, ...] = ()
    rule: Filled | None = None
    locator: Filled | None = None
