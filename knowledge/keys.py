"""Keys: the texts whose vectors lead to a passage - its own words, its English, the questions it answers."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from knowledge.embedding import Side
from knowledge.passage import Passage

Role = Literal["text", "english", "question"]
ROLES: tuple[Role, ...] = ("text", "english", "question")


@dataclass(frozen=True)
class Key:
    """One text that is embedded for a passage.

    Attributes:
        id: stable; changes when the passage's id, the role or the text changes.
        content: hash of what is embedded; equal contents share one vector.
    """

    id: str
    passage: str
    role: Role
    text: str
    content: str

    @property
    def side(self) -> Side:
        return side(self.role)


def side(role: Role) -> Side:
    return "question" if role == "question" else "passage"


def content(role: Role, text: str) -> str:
    """Hash of a text together with the side it is embedded on."""
    return hashlib.sha256(f"{side(role)}\0{text}".encode()).hexdigest()


def keys_of(passage: Passage) -> list[Key]:
    """All keys of a passage, the same text never twice."""
    wanted: list[tuple[Role, str]] = [("text", enriched(passage))]
    if passage.english:
        wanted.append(("english", passage.english))
    wanted += [("question", question) for question in passage.questions]
    keys: dict[str, Key] = {}
    for role, text in wanted:
        if text.strip():
            hashed = content(role, text)
            name = hashlib.sha256(f"{passage.id}\0{role}\0{hashed}".encode()).hexdigest()[:32]
            keys.setdefault(name, Key(name, passage.id, role, text, hashed))
    return list(keys.values())


def enriched(passage: Passage) -> str:
    """The text under its nearest headings: an article alone seldom says what it is about."""
    above = ". ".join(passage.headings[-2:])
    return f"{above}. {passage.text}" if above else passage.text
