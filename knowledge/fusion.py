"""How the signals for a passage become one score. The weights are measured: see docs/decisions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """Weights of the signals.

    Attributes:
        text: similarity to the passage's own words. question: to the questions it answers.
        keyword: BM25, as a share of the best of this question.
        floor, span: unrelated texts have a similarity of ``floor``; ``span`` above it they are alike.
        covered: added for the share of the question's words that the place speaks of; see knowledge.coverage.
        named: added where the rule named is the passage's. exact: where the place named is the passage's.
        level: the same for an indicator without its level. by_name: for an indicator that a question may only seem to
            name, being about what the indicator is about. superseded: taken off where the successor is held.
        second_hand: taken off a rule whose text nobody of us read, unless it is asked for.
        definition: taken off a definition, unless a question asks what a term means.
        term: added for the definition of just the term whose meaning is asked for.
        frame: taken off preambles and addresses of texts, unless they are asked for.
    """

    text: float = 0.3
    question: float = 0.4
    keyword: float = 0.3
    floor: float = 0.75
    span: float = 0.2
    covered: float = 0.1
    named: float = 0.15
    exact: float = 2.0
    level: float = 1.0
    by_name: float = 0.2
    superseded: float = 0.3
    second_hand: float = 0.1
    definition: float = 0.15
    term: float = 0.3
    frame: float = 0.2


def fused(text: Scores, question: Scores, keyword: Scores, weights: Weights) -> Scores:
    """One score for each candidate.

    Args:
        text, question: cosine similarities; ``question`` is -1 where nothing asks like it.
        keyword: BM25 scores.
    """
    own = (text - weights.floor) / weights.span
    asked = (np.maximum(question, text) - weights.floor) / weights.span
    best = float(keyword.max(initial=0.0))
    share = keyword / best if best > 0 else keyword
    return np.asarray(weights.text * own + weights.question * asked + weights.keyword * share, np.float32)
