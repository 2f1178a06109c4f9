"""How well retrieval finds what answers, on questions with known places (format: shared/eval/README.md).

A passage is a hit when, with runs of white space collapsed, it contains the anchor of a gold. Golds of one
``slot`` stand in for each other; a ``ganda`` question needs every slot.
"""

import json
import math
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from pydantic import BaseModel, ConfigDict

from knowledge.answerable import answerable
from knowledge.retrieval import Hit, Retriever

_DEPTH = 10
_RESAMPLES = 2000
METRICS = ("recall@5", "recall@10", "mrr@10", "ndcg@10")


class Gold(BaseModel):
    """A place that answers: a span of the official text, on one line."""

    model_config = ConfigDict(frozen=True)

    doc: str
    locator: str = ""
    anchor: str
    alternative: bool = False
    slot: int | None = None


class TestQuestion(BaseModel):
    """A question and the places that answer it; without any, right is to say so."""

    __test__ = False
    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...] = ()
    ganda: bool = False


class Judged(BaseModel):
    """One question: what was found, in which rank each slot was hit, whether it would be answered."""

    id: str
    question: str
    kind: str
    found: list[dict[str, Any]]
    ranks: list[int | None]
    answered: bool
    reason: str
    scores: dict[str, float]


class Interval(BaseModel):
    """A mean with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


class Report(BaseModel):
    """Figures over the answerable questions, by kind, the abstentions, and every question judged."""

    name: str
    questions: int
    figures: dict[str, Interval]
    kinds: dict[str, dict[str, float]]
    refused_rightly: int
    unanswerable: int
    refused_wrongly: int
    answerable: int
    judged: list[Judged]


class Difference(BaseModel):
    """Second minus first, over the same questions, with the paired bootstrap interval."""

    first: str
    second: str
    figures: dict[str, Interval]
    better: list[str]
    worse: list[str]


def load_questions(path: Path) -> list[TestQuestion]:
    """Questions from a JSONL file, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [TestQuestion.model_validate(json.loads(line)) for line in lines if line.strip()]


def evaluate(
    questions: Sequence[TestQuestion],
    retriever: Retriever,
    *,
    name: str = "",
    search: Callable[[str], list[Hit]] | None = None,
) -> Report:
    """Ask every question and judge what comes back.

    Args:
        search: in place of the retriever's own, to judge another pipeline.
    """
    look = search or (lambda text: retriever.search(text, _DEPTH))
    judged = []
    for question in questions:
        hits = look(question.question)
        verdict = answerable(
            retriever.spelling.standard(question.question), hits, retriever.reference(question.question)
        )
        ranks = ranks_of(question, [hit.passage.text for hit in hits])
        found = [
            {
                "rank": rank,
                "id": hit.passage.id,
                "page": hit.passage.page,
                "rule": hit.passage.rule,
                "locator": hit.passage.locator,
                "score": hit.score,
            }
            for rank, hit in enumerate(hits, 1)
        ]
        judged.append(
            Judged(
                id=question.id,
                question=question.question,
                kind=question.kind,
                found=found,
                ranks=ranks,
                answered=verdict.answerable,
                reason=verdict.reason,
                scores=scores_of(ranks),
            )
        )
    return report(judged, name)


def ranks_of(question: TestQuestion, texts: Sequence[str]) -> list[int | None]:
    """For each slot the rank of the first passage that hits it; one slot unless it is ``ganda``."""
    plain = [" ".join(text.split()) for text in texts]
    slots: dict[int | None, list[str]] = {}
    for gold in question.gold:
        slot = gold.slot if question.ganda else None
        slots.setdefault(slot, []).append(" ".join(gold.anchor.split()))
    return [
        next((rank for rank, text in enumerate(plain, 1) if any(anchor in text for anchor in anchors)), None)
        for anchors in slots.values()
    ]


def scores_of(ranks: Sequence[int | None]) -> dict[str, float]:
    """Recall@5 and @10 (share of slots), MRR@10 (first hit), nDCG@10 (each slot worth one)."""
    if not ranks:
        return {}
    found = sorted(rank for rank in ranks if rank is not None and rank <= _DEPTH)
    gain = sum(1 / math.log2(rank + 1) for rank in found)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, len(ranks) + 1))
    return {
        "recall@5": sum(rank <= 5 for rank in found) / len(ranks),
        "recall@10": len(found) / len(ranks),
        "mrr@10": 1 / found[0] if found else 0.0,
        "ndcg@10": min(1.0, gain / ideal),
    }


def report(judged: Sequence[Judged], name: str = "") -> Report:
    """The figures of judged questions."""
    answered = [one for one in judged if one.scores]
    empty = [one for one in judged if not one.scores]
    kinds = sorted({one.kind for one in answered})
    return Report(
        name=name,
        questions=len(judged),
        figures={metric: interval([one.scores[metric] for one in answered]) for metric in METRICS},
        kinds={
            kind: {metric: mean(one.scores[metric] for one in answered if one.kind == kind) for metric in METRICS}
            for kind in kinds
        },
        refused_rightly=sum(not one.answered for one in empty),
        unanswerable=len(empty),
        refused_wrongly=sum(not one.answered for one in answered),
        answerable=len(answered),
        judged=list(judged),
    )


def compare(first: Report, second: Report) -> Difference:
    """What the second configuration does better or worse on the same questions."""
    before: Mapping[str, Judged] = {one.id: one for one in first.judged if one.scores}
    pairs = [(before[one.id], one) for one in second.judged if one.scores and one.id in before]
    return Difference(
        first=first.name,
        second=second.name,
        figures={m: interval([b.scores[m] - a.scores[m] for a, b in pairs]) for m in METRICS},
        better=[b.id for a, b in pairs if b.scores["mrr@10"] > a.scores["mrr@10"]],
        worse=[b.id for a, b in pairs if b.scores["mrr@10"] < a.scores["mrr@10"]],
    )


def interval(values: Sequence[float]) -> Interval:
    """Mean and 95 % percentile bootstrap; the same values always give the same interval."""
    if not values:
        return Interval(mean=0.0, low=0.0, high=0.0)
    chance = random.Random(95)  # noqa: S311 - resampling, no secret
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return Interval(mean=mean(values), low=means[int(0.025 * _RESAMPLES)], high=means[int(0.975 * _RESAMPLES) - 1])
