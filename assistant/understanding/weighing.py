"""What a text is taken for by weights learned from examples: a multinomial logistic regression over tells and vector.

The files are made by training.py: ``intent_weights.npz`` for a text by itself, ``turn_weights.npz`` for a turn of a
conversation. Each holds two sets of weights: with the vector of the bundled embedder, and without any vector, for
another embedder or none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

INTENT_WEIGHTS = Path(__file__).parent / "intent_weights.npz"
TURN_WEIGHTS = Path(__file__).parent / "turn_weights.npz"
_EMBEDDED = 1000  # bytes; a longer text is weighed without its vector, whose making would outlast the patience
SCALE = 10.0  # of the vectors, whose parts are small beside tells of 0 and 1

Matrix = NDArray[np.float32]


class Embedder(Protocol):
    """A LangChain embedder; ``name`` tells whether the weights were learned from its vectors."""

    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True)
class Weights:
    """What was learned.

    Attributes:
        labels: what the columns stand for.
        embedder: name of the embedder whose vectors were weighed. mean: of those vectors.
        vocabulary: tell -> row of ``alone`` and ``beside``.
        alone: rows of tells and, last, the bias, where there is no vector. beside: the same where there is one.
        dense: rows of the vector's parts.
    """

    labels: tuple[str, ...]
    embedder: str
    mean: Matrix
    vocabulary: dict[str, int]
    alone: Matrix
    beside: Matrix
    dense: Matrix


@cache
def learned(path: Path) -> Weights:
    """The weights of a file that ships with the package."""
    with np.load(path) as file:
        return Weights(
            labels=tuple(map(str, file["labels"])),
            embedder=str(file["embedder"]),
            mean=file["mean"].astype(np.float32),
            vocabulary={str(tell): row for row, tell in enumerate(file["vocabulary"])},
            alone=file["alone"].astype(np.float32),
            beside=file["beside"].astype(np.float32),
            dense=file["dense"].astype(np.float32),
        )


def weighed(
    found: Mapping[str, float], vector: list[float] | None, embedder: str | None, weights: Weights
) -> dict[str, float]:
    """How probable each label is.

    Args:
        found: the tells of the text, each with its strength: 1 where it is only there or not.
        vector: of the text, by the embedder of that name; passed over if the weights are of another.
    """
    known = [(weights.vocabulary[tell], strength) for tell, strength in found.items() if tell in weights.vocabulary]
    rows = [*(row for row, _ in known), -1]
    strengths = np.asarray([*(strength for _, strength in known), 1], np.float32)
    if vector is not None and embedder == weights.embedder:
        sums = strengths @ weights.beside[rows]
        sums = sums + (np.asarray(vector, np.float32) - weights.mean) * SCALE @ weights.dense
    else:
        sums = strengths @ weights.alone[rows]
    odds = np.exp(sums - sums.max())
    return {label: float(odd) for label, odd in zip(weights.labels, cast(Matrix, odds / odds.sum()), strict=True)}


class TextVector:
    """The vector of a text, made once and only where something is weighed with it.

    Attributes:
        made: the vector, None until it is made.
    """

    def __init__(self, text: str, embedder: Embedder | None) -> None:
        self._text, self._embedder = text, embedder
        self.made: list[float] | None = None

    def weighed(self, found: Mapping[str, float], path: Path) -> dict[str, float]:
        """How probable each label is by the tells of the text and its vector."""
        if self.made is None and self._embedder is not None and len(self._text.encode()) <= _EMBEDDED:
            self.made = self._embedder.embed_query(self._text)
        return weighed(found, self.made, getattr(self._embedder, "name", None), learned(path))
