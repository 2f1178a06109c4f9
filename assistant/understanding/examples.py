"""Nearest examples: the intent of a text that the rules are unsure about.

The examples' vectors of the bundled embedder ship beside them (``examples.npz``); another embedder makes its own
at the first doubtful question.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.request import Intent
from assistant.understanding.intents import Signs

_HERE = Path(__file__).parent
_SHIPPED = _HERE / "examples.npz"
_NEIGHBOURS = 3
_NEEDS_AGENCY = frozenset(("score", "why", "gaps", "plan", "simulate", "compare", "trend"))
_ELSEWHERE_LEAD = 0.004  # how much nearer another topic must be than the field before a question is turned away
_LEAD = 0.02  # the same for a question about the asker's own index


class Embedder(Protocol):
    """A LangChain embedder; ``name`` tells whether the shipped vectors are its own."""

    def embed_query(self, text: str) -> list[float]: ...


@cache
def examples() -> tuple[tuple[Intent, ...], tuple[str, ...]]:
    """The intents and texts, in the order of the file."""
    with (_HERE / "examples.yaml").open(encoding="utf-8") as file:
        read: dict[Intent, list[str]] = yaml.safe_load(file)
    pairs = [(intent, text) for intent, texts in read.items() for text in texts]
    return tuple(intent for intent, _ in pairs), tuple(text for _, text in pairs)


def fingerprint() -> str:
    """Of the example texts; vectors made from others are not used."""
    return hashlib.sha256("\n".join(examples()[1]).encode()).hexdigest()[:16]


_made: dict[str, NDArray[np.float32]] = {}


def vectors(embedder: Embedder) -> NDArray[np.float32]:
    """One row for each example; shipped, or made once in a process."""
    name = str(getattr(embedder, "name", type(embedder).__name__))
    if name not in _made:
        shipped = np.load(_SHIPPED) if _SHIPPED.is_file() else None
        if shipped is not None and (str(shipped["embedder"]), str(shipped["of"])) == (name, fingerprint()):
            _made[name] = shipped["vectors"].astype(np.float32)
        else:
            _made[name] = np.asarray([embedder.embed_query(t) for t in examples()[1]], np.float32)
    return _made[name]


def ship(embedder: Embedder) -> None:
    """Write the vectors that go with the package; run again whenever the examples change."""
    rows = np.asarray([embedder.embed_query(text) for text in examples()[1]], np.float32).astype(np.float16)
    np.savez_compressed(_SHIPPED, vectors=rows, embedder=str(embedder.name), of=fingerprint())  # type: ignore[attr-defined]


def similarities(vector: list[float], embedder: Embedder) -> dict[Intent, float]:
    """How near a text is to each intent: the mean cosine of its nearest examples."""
    near = vectors(embedder) @ np.asarray(vector, np.float32)
    labels = np.asarray(examples()[0])
    return {intent: float(np.sort(near[labels == intent])[-_NEIGHBOURS:].mean()) for intent in get_args(Intent)}


def decide(
    vector: list[float], embedder: Embedder, intent: Intent, confidence: float, signs: Signs
) -> tuple[Intent, float]:
    """The intent by the nearest examples; the one of the rules unless another is clearly nearer.

    A question is turned away as out of scope only if nothing in it is of the field (confidence 0.4 or less).
    """
    near = similarities(vector, embedder)
    ours = max(value for key, value in near.items() if key not in ("out_of_scope", "help"))
    if confidence <= 0.4:
        if near["help"] > max(ours, near["out_of_scope"]):
            return "help", 0.6
        if near["out_of_scope"] > ours + _ELSEWHERE_LEAD:
            return "out_of_scope", 0.7
    best = max(near, key=lambda key: near[key])
    if (
        best in _NEEDS_AGENCY
        and (signs.has_agency or signs.others)
        and not signs.rule
        and near[best] > near[intent] + _LEAD
        and (signs.own or signs.others)
    ):
        return best, 0.6
    return intent, confidence
