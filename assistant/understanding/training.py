"""Learn the weights of the intents from the examples: ``python -m assistant.understanding.training``.

Run it whenever examples.yaml, cues.yaml or the rules of intents.py change (a test notices). Prints how often the
intent is right on a fifth of the texts that was held back, five times over, then learns from all and writes
``intent_weights.npz``. Seed and settings are fixed: the same inputs give the same weights.
"""

import csv
import hashlib
import random
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

import knowledge
from assistant.request import Intent
from assistant.understanding.gazetteer import AgencyName, Gazetteer
from assistant.understanding.intents import intent_of
from assistant.understanding.understand import read, signs_of, tells_of
from assistant.understanding.weighing import INTENTS, SCALE, WEIGHTS, Matrix
from assistant.understanding.words import plain
from knowledge.embedding import make_embedder
from scoring import load_instrument

SEED = 20261124
FROM_PACK = 500  # questions of the knowledge pack taken as examples of "rule"
RARE = 4  # a word seen less often is not weighed
DECAY = 1e-4  # of the squared weights, against learning the examples by heart
STEPS = 300
_HERE = Path(__file__).parent
_PACK = Path(knowledge.__file__).parent / "pack"
_SAMPLE = _HERE.parent / "records" / "sample" / "agencies.csv"
_ASKER = "Pemerintah Kota Bandar Lampung"


def examples() -> list[tuple[str, Intent]]:
    """The texts to learn from, with their intents."""
    with (_HERE / "examples.yaml").open(encoding="utf-8") as file:
        written: dict[Intent, list[str]] = yaml.safe_load(file)
    asked: set[str] = set()
    for path in sorted(_PACK.glob("digests/*.yaml")) + sorted(_PACK.glob("topics/*.yaml")):
        with path.open(encoding="utf-8") as file:
            for entry in yaml.safe_load(file)["entries"]:
                asked.update(entry.get("questions", ()))
    of_rules = sorted(asked, key=lambda text: hashlib.sha256(text.encode()).digest())[:FROM_PACK]
    return [(text, intent) for intent, texts in written.items() for text in texts] + [(t, "rule") for t in of_rules]


@cache
def _known() -> Gazetteer:
    with _SAMPLE.open(encoding="utf-8") as file:
        return Gazetteer([AgencyName(r["name"], r["kind"], r["province"] or None) for r in csv.DictReader(file)])


def tells_in(text: str, own: str | None) -> list[str]:
    """The tells of an example, asked by an agency or by nobody."""
    found = read(plain(text), _known(), load_instrument("spbe-2020"), own, None)
    signs = signs_of(found, own)
    return tells_of(found, signs, *intent_of(found.cued, signs))


def fitted(rows: Matrix, labels: NDArray[np.int64], steps: int = STEPS) -> Matrix:
    """The weights that explain the labels best: cross-entropy and decay, Adam over all rows at once."""
    wanted = np.eye(len(INTENTS), dtype=np.float32)[labels]
    share = 1 / np.sqrt(np.bincount(labels, minlength=len(INTENTS)))[labels]  # a rare intent counts for more
    share = (share / share.sum()).astype(np.float32)[:, None]
    weights = np.zeros((rows.shape[1], len(INTENTS)), np.float32)
    drift, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        sums = rows @ weights
        odds = np.exp(sums - sums.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        slope = rows.T @ ((odds - wanted) * share) + 2 * DECAY * weights
        drift = 0.9 * drift + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        rate = 0.05 * (1 - step / steps) + 0.001
        weights -= rate * (drift / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> None:
    texts = examples()
    told = [tells_in(text, own) for text, _ in texts for own in (_ASKER, None)]
    labels = np.asarray([INTENTS.index(intent) for _, intent in texts for _ in range(2)])
    often = Counter(tell for found in told for tell in found)
    vocabulary = {tell: row for row, tell in enumerate(sorted(t for t, n in often.items() if n >= RARE))}
    alone = np.zeros((len(told), len(vocabulary) + 1), np.float32)
    alone[:, -1] = 1
    for row, found in enumerate(told):
        alone[row, [vocabulary[tell] for tell in found if tell in vocabulary]] = 1
    embedder = make_embedder(threads=1)
    vectors = np.asarray([embedder.embed_query(text) for text, _ in texts], np.float32)
    mean = vectors.mean(axis=0)
    both = np.hstack([alone, (np.repeat(vectors, 2, axis=0) - mean) * SCALE])
    _report(alone, both, labels)
    beside = fitted(both, labels)
    np.savez_compressed(
        WEIGHTS,
        embedder=embedder.name,
        of=fingerprint(),
        mean=mean.astype(np.float16),
        vocabulary=np.asarray(list(vocabulary)),
        alone=fitted(alone, labels).astype(np.float16),
        beside=beside[: alone.shape[1]].astype(np.float16),
        dense=beside[alone.shape[1] :].astype(np.float16),
    )


def fingerprint() -> str:
    """Of all that the weights depend on but the embedder: the example texts and what is told about them."""
    digest = hashlib.sha256()
    for text, intent in examples()[::7]:  # a seventh: the test must stay quick, and a change of a rule shows
        digest.update(f"{text} {intent} {tells_in(text, _ASKER)}".encode())
    digest.update("\n".join(text for text, _ in examples()).encode())
    return digest.hexdigest()[:16]


def _report(alone: Matrix, both: Matrix, labels: NDArray[np.int64]) -> None:
    order = list(range(len(labels) // 2))
    random.Random(SEED).shuffle(order)  # noqa: S311
    right = {"without vector": 0, "with vector": 0}
    for part in range(5):
        held = np.zeros(len(labels), bool)
        for text in order[part::5]:
            held[[2 * text, 2 * text + 1]] = True
        for name, rows in (("without vector", alone), ("with vector", both)):
            weights = fitted(rows[~held], labels[~held])
            right[name] += int(((rows[held] @ weights).argmax(axis=1) == labels[held]).sum())
    for name, count in right.items():
        print(f"{name}: {count} of {len(labels)} right when held back ({count / len(labels):.1%})")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
