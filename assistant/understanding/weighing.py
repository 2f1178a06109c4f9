"""The intent by weights learned from examples: a multinomial logistic regression over tells and the text's vector.

``intent_weights.npz`` is made by training.py. It holds two sets of weights: with the vector of the bundled embedder,
and without any vector, for another embedder or none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.request import Intent

WEIGHTS = Path(__file__).parent / "intent_weights.npz"
INTENTS: tuple[Intent, ...] = get_args(Intent)
SCALE = 10.0  # of the vectors, whose parts are small beside tells of 0 and 1

Matrix = NDArray[np.float32]


class Embedder(Protocol):
    """A LangChain embedder; ``name`` tells whether the weights were learned from its vectors."""

    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True)
class Weights:
    """What was learned.

    Attributes:
        embedder: name of the embedder whose vectors were weighed. mean: of those vectors.
        vocabulary: tell -> row of ``alone`` and ``beside``.
        alone: rows of tells and, last, the bias, where there is no vector. beside: the same where there is one.
        dense: rows of the vector's parts.
    """

    embedder: str
    mean: Matrix
    vocabulary: dict[str, int]
    alone: Matrix
    beside: Matrix
    dense: Matrix


@cache
def learned() -> Weights:
    """The weights that ship with the package."""
    with np.load(WEIGHTS) as file:
        return Weights(
            embedder=str(file["embedder"]),
            mean=file["mean"].astype(np.float32),
            vocabulary={str(tell): row for row, tell in enumerate(file["vocabulary"])},
            alone=file["alone"].astype(np.float32),
            beside=file["beside"].astype(np.float32),
            dense=file["dense"].astype(np.float32),
        )


def weighed(
    found: Iterable[str], vector: list[float] | None, embedder: str | None, weights: Weights | None = None
) -> dict[Intent, float]:
    """How probable each intent is.

    Args:
        found: the tells of the text.
        vector: of the text, by the embedder of that name; passed over if the weights are of another.
    """
    weights = weights or learned()
    rows = [weights.vocabulary[tell] for tell in found if tell in weights.vocabulary]
    if vector is not None and embedder == weights.embedder:
        sums = weights.beside[[*rows, -1]].sum(axis=0)
        sums = sums + (np.asarray(vector, np.float32) - weights.mean) * SCALE @ weights.dense
    else:
        sums = weights.alone[[*rows, -1]].sum(axis=0)
    odds = np.exp(sums - sums.max())
    return {intent: float(odd) for intent, odd in zip(INTENTS, cast(Matrix, odds / odds.sum()), strict=True)}
