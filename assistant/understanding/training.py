"""Learn the weights of the intents from the examples: ``python -m assistant.understanding.training``.

Run it whenever examples.yaml, cues.yaml or the rules of intents.py change (a test notices). Prints how often the
intent is right on a fifth of the texts that was held back, five times over, then learns from all and writes
``intent_weights.npz``. Seed and settings are fixed: the same inputs give the same weights.
"""

import csv
import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

import knowledge
from assistant.request import Intent
from assistant.understanding.gazetteer import AgencyName, Gazetteer, core_of
from assistant.understanding.intents import intent_of
from assistant.understanding.understand import read, signs_of, tells_of
from assistant.understanding.weighing import INTENTS, SCALE, WEIGHTS, Matrix
from assistant.understanding.words import plain
from knowledge.embedding import make_embedder
from scoring import load_instrument
from scoring.instrument import Aspect, Domain, Indicator

SEED = 20261124
FROM_PACK = 500  # questions of the knowledge pack taken as examples of "rule"
RARE = 4  # a word seen less often is not weighed
DECAY = 1e-4  # of the squared weights, against learning the examples by heart
STEPS = 300
FILLED = 4  # texts made of each pattern
_RULES = ("perpres 95/2018", "permenpanrb 59/2020", "perpres 39 tahun 2019", "peraturan BSSN 8/2024", "UU PDP", "PP 71")
_HERE = Path(__file__).parent
_PACK = Path(knowledge.__file__).parent / "pack"
_SAMPLE = _HERE.parent / "records" / "sample" / "agencies.csv"
_ASKER = "Pemerintah Kota Bandar Lampung"


@dataclass(frozen=True)
class Example:
    """A text with its intent, and on whose behalf it is read: the asker's agency, nobody's, or each in turn."""

    text: str
    intent: Intent
    askers: tuple[str | None, ...] = (_ASKER, None)


def examples() -> list[Example]:
    """The texts to learn from."""
    with (_HERE / "examples.yaml").open(encoding="utf-8") as file:
        held = yaml.safe_load(file)
    patterns: dict[Intent, list[str]] = held.pop("patterns")
    written: dict[Intent, list[str]] = held
    asked: set[str] = set()
    for path in sorted(_PACK.glob("digests/*.yaml")) + sorted(_PACK.glob("topics/*.yaml")):
        with path.open(encoding="utf-8") as file:
            for entry in yaml.safe_load(file)["entries"]:
                asked.update(entry.get("questions", ()))
    of_rules = sorted(asked, key=lambda text: hashlib.sha256(text.encode()).digest())[:FROM_PACK]
    return [
        *(Example(text, intent) for intent, texts in written.items() for text in texts),
        *(Example(text, "rule") for text in of_rules),
        *_filled(patterns),
    ]


def _filled(patterns: Mapping[Intent, Sequence[str]]) -> list[Example]:
    """Each pattern with names and numbers put in for its slots, a few times over."""
    chance = random.Random(SEED)  # noqa: S311
    instrument = load_instrument("spbe-2020")
    parts: list[Domain | Aspect | Indicator] = [*instrument.domains, *instrument.aspects, *instrument.indicators]
    agencies = [agency for agency in _known().by_name.values() if agency.kind in ("kab", "kota", "prov")]
    provinces = sorted({agency.province for agency in agencies if agency.province})

    def agency() -> str:
        one = chance.choice(agencies)
        core, kinds = core_of(one.name), {"kab": ("kab", "kabupaten", "pemkab"), "kota": ("kota", "pemkot")}
        return f"{chance.choice(kinds.get(one.kind, ('provinsi', 'pemprov')))} {core}"

    def part() -> str:
        one = chance.choice(parts)
        return chance.choice([one.name.id, one.name.en, *one.aliases]).lower()

    fillings: dict[str, Callable[[], str]] = {
        "part": part,
        "agency": agency,
        "ind": lambda: f"{chance.choice(('indikator', 'ind', 'indicator'))} {chance.randint(1, 47)}",
        "n": lambda: str(chance.randint(1, 47)),
        "level": lambda: str(chance.randint(1, 5)),
        "value": lambda: f"{chance.randint(20, 45) / 10}".replace(".", chance.choice(",.")),
        "rating": lambda: chance.choice([name for band in instrument.bands for name in (band.name.id, band.name.en)]),
        "year": lambda: str(chance.randint(2021, 2024)),
        "province": lambda: str(chance.choice(provinces)).lower(),
        "rule": lambda: chance.choice(_RULES),
    }
    filled = []
    for intent, texts in patterns.items():
        for text in texts:
            askers = (_ASKER, None) if intent == "rule" or re.search(r"\{(?:agency|province)\}", text) else (_ASKER,)
            for _ in range(FILLED):
                filled.append(Example(re.sub(r"\{(\w+)\}", lambda m: fillings[m[1]](), text), intent, askers))
    return filled


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
    of_text = np.asarray([row for row, example in enumerate(texts) for _ in example.askers])
    told = [tells_in(example.text, own) for example in texts for own in example.askers]
    labels = np.asarray([INTENTS.index(texts[row].intent) for row in of_text])
    often = Counter(tell for found in told for tell in found)
    vocabulary = {tell: row for row, tell in enumerate(sorted(t for t, n in often.items() if n >= RARE))}
    alone = np.zeros((len(told), len(vocabulary) + 1), np.float32)
    alone[:, -1] = 1
    for row, found in enumerate(told):
        alone[row, [vocabulary[tell] for tell in found if tell in vocabulary]] = 1
    embedder = make_embedder(threads=1)
    vectors = np.asarray([embedder.embed_query(example.text) for example in texts], np.float32)
    mean = vectors.mean(axis=0)
    both = np.hstack([alone, (vectors[of_text] - mean) * SCALE])
    _report(alone, both, labels, of_text)
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
    for example in examples():
        digest.update(f"{example.text} {example.intent}\n".encode())
    for example in examples()[::9]:  # a ninth: the test must stay quick, and a change of a rule shows
        digest.update(str(tells_in(example.text, _ASKER)).encode())
    return digest.hexdigest()[:16]


def _report(alone: Matrix, both: Matrix, labels: NDArray[np.int64], of_text: NDArray[np.int64]) -> None:
    order = list(dict.fromkeys(of_text.tolist()))
    random.Random(SEED).shuffle(order)  # noqa: S311
    right = {"without vector": 0, "with vector": 0}
    for part in range(5):
        held = np.isin(of_text, order[part::5])
        for name, rows in (("without vector", alone), ("with vector", both)):
            weights = fitted(rows[~held], labels[~held])
            right[name] += int(((rows[held] @ weights).argmax(axis=1) == labels[held]).sum())
    for name, count in right.items():
        print(f"{name}: {count} of {len(labels)} right when held back ({count / len(labels):.1%})")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
