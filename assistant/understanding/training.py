"""Learn what texts and turns are taken for, from examples: ``python -m assistant.understanding.training``.

Run it whenever examples.yaml, conversations.yaml, cues.yaml or the rules change (a test notices). Prints how often the
intent of a text, and then the verdict on a turn of a conversation, is right on a fifth that was held back, five times
over; learns from all and writes ``intent_weights.npz`` and ``turn_weights.npz``. Seed and settings are fixed: the same
inputs give the same weights.
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
from typing import Any, get_args

import numpy as np
import yaml
from numpy.typing import NDArray

import knowledge
from assistant.request import Intent, Question, Request
from assistant.understanding.gazetteer import AgencyName, Gazetteer, core_of
from assistant.understanding.intents import intent_of
from assistant.understanding.turning import LEANS, STANDS, VERDICTS
from assistant.understanding.understand import read, signs_of, tells_of, understand
from assistant.understanding.weighing import INTENT_WEIGHTS, SCALE, TURN_WEIGHTS, Matrix, learned
from assistant.understanding.words import plain
from knowledge.embedding import Embedder, make_embedder
from scoring import Instrument, load_instrument
from scoring.instrument import Aspect, Domain, Indicator

SEED = 20261124
FROM_PACK = 500  # questions of the knowledge pack taken as examples of "rule"
RARE = 4  # a word seen less often is not weighed
BEST = 0.6  # how probable the best of several right labels should be
_NEVER = 1e-9  # beside how often a label is right: some never are
STEPS = 300
FILLED = 4  # texts made of each pattern
_RULES = ("perpres 95/2018", "permenpanrb 59/2020", "perpres 39 tahun 2019", "peraturan BSSN 8/2024", "UU PDP", "PP 71")
_HERE = Path(__file__).parent
_PACK = Path(knowledge.__file__).parent / "pack"
_SAMPLE = _HERE.parent / "records" / "sample" / "agencies.csv"
_ASKER = "Pemerintah Kota Bandar Lampung"


@dataclass(frozen=True)
class Example:
    """A text with its intent, and on whose behalf it is read: the asker's agency, nobody's, or each in turn.

    Attributes:
        also: intents that are right as well.
    """

    text: str
    intent: Intent
    askers: tuple[str | None, ...] = (_ASKER, None)
    also: tuple[Intent, ...] = ()


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
        *_standing(),
    ]


def _standing() -> list[Example]:
    """The turns of conversations that stand on their own."""
    found = []
    for talk in talks():
        for turn in talk["turns"]:
            if not turn["leans"]:
                best, *others = turn["intent"] if isinstance(turn["intent"], list) else [turn["intent"]]
                found.append(Example(turn["say"], best, (talk["agency"],), tuple(others)))
    return found


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


def tells_in(text: str, own: str | None) -> dict[str, float]:
    """The tells of an example, asked by an agency or by nobody."""
    found = read(plain(text), _known(), load_instrument("spbe-2020"), own, None)
    signs = signs_of(found, own)
    return tells_of(found, signs, *intent_of(found.cued, signs))


def fitted(rows: Matrix, wanted: Matrix, decay: float) -> Matrix:
    """The weights that explain best what is wanted: cross-entropy and decay, Adam over all rows at once."""
    share = (wanted / np.sqrt(wanted.sum(axis=0) + _NEVER)).sum(axis=1, keepdims=True)  # a rare label counts for more
    share = (share / share.sum()).astype(np.float32)
    weights = np.zeros((rows.shape[1], wanted.shape[1]), np.float32)
    drift, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        sums = rows @ weights
        odds = np.exp(sums - sums.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        slope = rows.T @ ((odds - wanted) * share) + 2 * decay * weights
        drift = 0.9 * drift + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        rate = 0.05 * (1 - step / STEPS) + 0.001
        weights -= rate * (drift / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def talks() -> list[dict[str, Any]]:
    """The conversations to learn from, turn by turn with intents and whether the turn leans on those before."""
    with (_HERE / "conversations.yaml").open(encoding="utf-8") as file:
        read: list[dict[str, Any]] = yaml.safe_load(file)
    return read


class _Learning:
    """The register of the examples, as understand() wants one."""

    def agencies(self) -> Sequence[AgencyName]:
        return list(_known().by_name.values())


@dataclass(frozen=True)
class Taught:
    """A text, or a turn of a conversation, with what is right for it.

    Attributes:
        alone: its tells where there is no vector. beside: the same where there is one.
        right: the labels that are right, the best one first. rules: what the rules take a turn for.
    """

    text: str
    alone: Mapping[str, float]
    beside: Mapping[str, float]
    right: tuple[str, ...]
    rules: str = ""


def taught(talk: Mapping[str, Any], embedder: Embedder | None) -> list[Taught]:
    """The turns of a conversation that are weighed, each after those before it as they should be understood."""
    instrument = load_instrument("spbe-2020")
    previous: list[Request] = []
    found: list[Taught] = []
    for turn in talk["turns"]:
        told: list[Mapping[str, float]] = []

        def heard(tells: Mapping[str, float], into: list[Mapping[str, float]] = told) -> Mapping[str, float]:
            into.append(tells)
            return {}

        question = Question(text=turn["say"], agency=talk["agency"])
        for one in (None, embedder):
            understood = understand(
                question, _Learning(), instrument, one, previous, latest_year=lambda _: 2024, weigh=heard
            )
        intents = turn["intent"] if isinstance(turn["intent"], list) else [turn["intent"]]
        if told:
            rules = next(tell for tell in told[0] if tell.startswith("verdict=")).removeprefix("verdict=")
            how = LEANS if turn["leans"] else STANDS
            found.append(Taught(turn["say"], told[0], told[1], tuple(f"{how}:{intent}" for intent in intents), rules))
        previous.append(_put_right(understood.request, turn, intents, instrument))
    return found


def _put_right(request: Request, turn: Mapping[str, Any], intents: Sequence[Intent], instrument: Instrument) -> Request:
    """A Request as the next turn should find it: with what is right of it, and a list as answers have one."""
    slots = {key: turn[key] for key in ("agency", "year", "node", "level", "target", "group", "levels") if key in turn}
    if str(slots.get("node", "")).startswith("listed "):
        slots["node"] = f"indicator {slots['node'].split()[1]}"
    slots["intent"] = request.intent if request.intent in intents else intents[0]
    if slots["intent"] in ("gaps", "plan"):
        slots["listed"] = tuple(f"indicator {part.number}" for part in instrument.indicators[:5])
    return request.model_copy(update=slots)


def main() -> None:
    embedder = make_embedder(threads=1)
    texts = [
        [
            Taught(one.text, told, told, (one.intent, *one.also))
            for told in (tells_in(one.text, own) for own in one.askers)
        ]
        for one in examples()
    ]
    _learn(INTENT_WEIGHTS, texts, get_args(Intent), fingerprint(), embedder, decay=1e-4)
    learned.cache_clear()
    turns = [taught(talk, embedder) for talk in talks()]
    by_rules = sum(turn.rules in turn.right for talk in turns for turn in talk)
    print(f"turns: {by_rules} of {sum(map(len, turns))} right by the rules")  # noqa: T201 - a command
    _learn(TURN_WEIGHTS, turns, VERDICTS, fingerprint_of_turns(), embedder, decay=3e-4)


def _learn(
    path: Path, groups: Sequence[Sequence[Taught]], names: Sequence[str], of: str, embedder: Embedder, decay: float
) -> None:
    """Learn from texts in groups, each of which is held back together; ``of``: the fingerprint of all that."""
    rows = [one for group in groups for one in group]
    often = Counter(tell for one in rows for tell in one.beside)
    vocabulary = {tell: row for row, tell in enumerate(sorted(tell for tell, n in often.items() if n >= RARE))}
    made = {one.text: embedder.embed_query(one.text) for one in rows}
    vectors = np.asarray([made[one.text] for one in rows], np.float32)
    mean = vectors.mean(axis=0)
    alone = _strengths([one.alone for one in rows], vocabulary)
    both = np.hstack([_strengths([one.beside for one in rows], vocabulary), (vectors - mean) * SCALE])
    wanted = _wanted([[names.index(right) for right in one.right] for one in rows], len(names))
    places = np.asarray([number for number, group in enumerate(groups) for _ in group])
    _report(path.stem, {"without vector": alone, "with vector": both}, wanted, places, decay)
    beside = fitted(both, wanted, decay)
    np.savez_compressed(
        path,
        labels=np.asarray(names),
        embedder=embedder.name,
        of=of,
        mean=mean.astype(np.float16),
        vocabulary=np.asarray(list(vocabulary)),
        alone=fitted(alone, wanted, decay).astype(np.float16),
        beside=beside[: alone.shape[1]].astype(np.float16),
        dense=beside[alone.shape[1] :].astype(np.float16),
    )


def _strengths(told: Sequence[Mapping[str, float]], vocabulary: Mapping[str, int]) -> Matrix:
    """The strengths of the tells, a row for each text, and last the bias."""
    rows = np.zeros((len(told), len(vocabulary) + 1), np.float32)
    rows[:, -1] = 1
    for row, found in enumerate(told):
        for tell, strength in found.items():
            if tell in vocabulary:
                rows[row, vocabulary[tell]] = strength
    return rows


def _wanted(right: Sequence[Sequence[int]], names: int) -> Matrix:
    """How probable each label should be: the best counts for more than the others that are right."""
    rows = np.zeros((len(right), names), np.float32)
    for row, (best, *others) in enumerate(right):
        rows[row, best] = BEST if others else 1
        for other in others:
            rows[row, other] += (1 - BEST) / len(others)
    return rows


def fingerprint() -> str:
    """Of all that the weights of single texts depend on but the embedder: the examples and what is told about them."""
    digest = hashlib.sha256()
    for example in examples():
        digest.update(f"{example.text} {example.intent} {example.also}\n".encode())
    for example in examples()[::9]:  # a ninth: the test must stay quick, and a change of a rule shows
        digest.update(str(tells_in(example.text, _ASKER)).encode())
    return digest.hexdigest()[:16]


def fingerprint_of_turns() -> str:
    """The same of the weights of turns: the conversations, and what the rules tell about their turns."""
    digest = hashlib.sha256(str(talks()).encode())
    for talk in talks()[::9]:
        for turn in taught(talk, None):
            told = [tell for tell in turn.alone if f"verdict={STANDS}" not in tell and not tell.startswith("belief=")]
            digest.update(str(told).encode())  # but for what the weights of single texts say
    return digest.hexdigest()[:16]


def _report(name: str, inputs: Mapping[str, Matrix], wanted: Matrix, groups: NDArray[np.int64], decay: float) -> None:
    order = list(dict.fromkeys(groups.tolist()))
    random.Random(SEED).shuffle(order)  # noqa: S311
    right = dict.fromkeys(inputs, 0)
    for part in range(5):
        held = np.isin(groups, order[part::5])
        for kind, rows in inputs.items():
            taken = (rows[held] @ fitted(rows[~held], wanted[~held], decay)).argmax(axis=1)
            right[kind] += int((wanted[held][np.arange(len(taken)), taken] > 0).sum())
    for kind, count in right.items():
        share = f"{count} of {len(wanted)} right when held back ({count / len(wanted):.1%})"
        print(f"{name}, {kind}: {share}")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
