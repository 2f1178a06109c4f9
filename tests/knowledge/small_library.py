"""A library small enough to build in a moment, and an embedder that needs no model."""

import hashlib
import re

import numpy as np

from knowledge.embedding import Embedder, Side, Vectors
from knowledge.library import Rule
from knowledge.passage import Passage, place


class WordEmbedder(Embedder):
    """Texts are alike as far as they share words: exact, fast, and the same in every process."""

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        self.name = name
        self._dimension = dimension
        self.embedded = 0

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: list[str], side: Side) -> Vectors:
        self.embedded += len(texts)
        rows = np.full((len(texts), self.dimension), 0.01, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def make_rule(name: str = "perpres-95-2018", **more: object) -> Rule:
    kind, number, year = name.rsplit("-", 2)
    fields = {"short": f"{kind.title()} {number}/{year}", "title": "SPBE", "status": "in force", **more}
    return Rule.model_validate({"id": name, "kind": kind, "number": number, "year": int(year), **fields})


def make_passage(locator: str, text: str, rule: str = "perpres-95-2018", **more: object) -> Passage:
    kind = str(more.get("kind", "official"))
    fields = {"id": f"{kind}:{rule}#{place(locator)}", "title": rule, "rule": rule, **more}
    return Passage.model_validate({**fields, "locator": locator, "text": text})
