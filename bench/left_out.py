"""What the weights of retrieval reach on questions that they were not chosen on: three texts left out in turn.

Run: python -m bench.left_out FOLDER [QUESTIONS.jsonl ...] [--shared ../shared]

Judges 36 settings of the weights of text, question and keyword and of the floor of likeness. The questions of three
texts are left out, the setting that is best on all others is taken, and the questions left out are judged with it;
so each text in turn. Prints one JSON document: the figures of the questions left out together, the choice for each
group, and the figures of the weights that ship. FOLDER keeps the library between runs. Without files the development
set of the shared folder is asked. What people wrote who had read the questions (pack, cues, everyday words) is not
left out by this.
"""

import argparse
import itertools
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "knowledge"))

import official_library

from knowledge.evaluation import TestQuestion, load_questions, ranks_of, scores_of
from knowledge.fusion import Weights
from knowledge.retrieval import Retriever

_LEFT_OUT = 3
_MIXES = (
    (0.2, 0.4, 0.4), (0.2, 0.5, 0.3), (0.2, 0.6, 0.2), (0.3, 0.3, 0.4), (0.3, 0.4, 0.3), (0.3, 0.5, 0.2),
    (0.4, 0.3, 0.3), (0.4, 0.4, 0.2), (0.4, 0.2, 0.4), (0.5, 0.3, 0.2), (0.5, 0.5, 0.0), (0.2, 0.3, 0.5),
)  # fmt: skip
SETTINGS = tuple(
    Weights(text=text, question=question, keyword=keyword, floor=floor)
    for (text, question, keyword), floor in itertools.product(_MIXES, (0.70, 0.75, 0.80))
)


def judged(retriever: Retriever, questions: Sequence[TestQuestion], weights: Weights) -> list[dict[str, float]]:
    """Recall@5 and the rest of each question under some weights."""
    retriever.weights = weights
    found = ([hit.passage.text for hit in retriever.search(one.question, 10)] for one in questions)
    return [scores_of(ranks_of(one, texts)) for one, texts in zip(questions, found, strict=True)]


def left_out(questions: Sequence[TestQuestion], scores: Sequence[Sequence[dict[str, float]]]) -> dict[str, Any]:
    """The figures of each group of texts under the setting that is best on the other groups.

    Args:
        scores: of each setting, one for each question.
    """
    texts = sorted({one.gold[0].doc for one in questions})
    groups = [texts[at : at + _LEFT_OUT] for at in range(0, len(texts), _LEFT_OUT)]
    together: list[dict[str, float]] = []
    chosen = []
    for group in groups:
        out = [n for n, one in enumerate(questions) if one.gold[0].doc in group]
        rest = [n for n in range(len(questions)) if n not in set(out)]
        best = max(range(len(scores)), key=lambda s: figures([scores[s][n] for n in rest])["sum"])
        together += [scores[best][n] for n in out]
        chosen.append({"texts": group, "questions": len(out), "weights": _named(SETTINGS[best])})
    return {"left_out": figures(together), "chosen": chosen}


def figures(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    recall, rank = (mean(one[name] for one in scores) for name in ("recall@5", "mrr@10"))
    return {"recall@5": round(recall, 4), "mrr@10": round(rank, 4), "sum": round(recall + rank, 4)}


def _named(weights: Weights) -> dict[str, float]:
    return {name: getattr(weights, name) for name in ("text", "question", "keyword", "floor")}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    arguments = parser.parse_args()
    files = arguments.questions or [arguments.shared / "eval" / "questions.jsonl"]
    questions = [one for file in files for one in load_questions(file) if one.gold]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    retriever = official_library.build(arguments.folder, arguments.shared)
    shipped = judged(retriever, questions, Weights())
    scores = [judged(retriever, questions, weights) for weights in SETTINGS]
    best = max(scores, key=lambda each: figures(each)["sum"])
    print(
        json.dumps(
            {
                "questions": len(questions),
                "shipped": figures(shipped),
                "tuned_on_all": figures(best) | {"weights": _named(SETTINGS[scores.index(best)])},
                **left_out(questions, scores),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
