"""How fast scoring is, as ratios taken in one run, and how often a greedy plan is dearer than the exact one.

Run: python bench/bench_scoring.py [--out FILE.json] [--rows 1000000] [--greedy 2000]

Prints one JSON document; the targets are those of issue 4. Times that are compared are taken in turns
and the least of several counts, so that other work on the machine matters little. The exit code is 1 where a
target is missed.
"""

import argparse
import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from scoring import Assessment, Costs, StepCost, Target, load_instrument, plan, score, score_all

INSTRUMENT = load_instrument("spbe-2020")
NODES = ("index", *(f"domain {n}" for n in range(1, 5)), *(f"aspect {n}" for n in range(1, 9)))


def seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turns(works: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The least seconds of each, one after the other in every round: what is left without other work."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {name: min(times) for name, times in taken.items()}


def bulk(rows: int) -> dict[str, Any]:
    levels = np.random.default_rng(2024).integers(1, 6, (rows, 47), dtype=np.int8)
    weights = np.array(
        [
            [float(i.weight) if i in INSTRUMENT.indicators_under(node) else 0.0 for node in NODES]
            for i in INSTRUMENT.indicators
        ]
    )
    as_float = levels.astype(np.float64)
    times = in_turns(
        {
            "bulk": lambda: score_all(levels, INSTRUMENT, 2024),
            "product of a float64 array": lambda: as_float @ weights,
            "product of the int8 array": lambda: levels @ weights,
        },
        rounds=9,
    )
    some = levels[:300]
    one_by_one = seconds(lambda: [score(assessment(row)) for row in some]) / len(some) * rows
    found = score_all(some, INSTRUMENT, 2024)
    same = all(Fraction(score(assessment(row)).index_exact or 0) == found.index_exact(n) for n, row in enumerate(some))
    parts = {str(n): (lambda n=n: score_all(levels[:n], INSTRUMENT, 2024)) for n in (10**4, 10**5, rows)}
    per_row = {n: taken / int(n) for n, taken in in_turns(parts, rounds=9).items()}
    return {
        "rows": rows,
        "seconds": times,
        "times the float64 product": times["bulk"] / times["product of a float64 array"],
        "times the int8 product": times["bulk"] / times["product of the int8 array"],
        "faster than one by one": one_by_one / times["bulk"],
        "nanoseconds a row": {n: value * 1e9 for n, value in per_row.items()},
        "largest over smallest time a row": max(per_row.values()) / min(per_row.values()),
        "identical to the exact path": same,
    }


def assessment(levels: Any, agency: str = "Bench") -> Assessment:
    return Assessment(agency=agency, year=2024, levels=dict(enumerate(map(int, levels), 1)))


def random_levels(rng: random.Random) -> list[int]:
    middle = rng.choice((1, 2, 2, 3, 3, 4))
    return [min(5, max(1, middle + rng.choice((-1, 0, 0, 1)))) for _ in range(47)]


def random_costs(rng: random.Random) -> Costs:
    steps = (
        StepCost(indicator=i, level=v, cost=rng.randint(1, 50), weeks=rng.randint(1, 20))
        for i in range(1, 48)
        for v in range(2, 6)
    )
    return Costs(steps=tuple(steps), locked=frozenset(rng.sample(range(1, 48), 3)))


def plans(greedy_trials: int) -> dict[str, Any]:
    rng = random.Random(4)
    cases = [assessment(random_levels(rng), f"Kab. {n}") for n in range(27)]
    tables = [random_costs(rng) for _ in cases]
    single = [min(seconds(lambda: plan(case, goal(case))) for _ in range(7)) for case in cases]  # noqa: B023
    together = seconds(lambda: [plan(c, goal(c), t) for c, t in zip(cases, tables, strict=True)])
    dearer: list[float] = []
    unit = 0
    for _ in range(greedy_trials):
        case, table = assessment(random_levels(rng)), random_costs(rng)
        exact, rough = plan(case, goal(case), table), greedy(case, goal(case), table)
        assert not exact.reached or rough >= exact.cost
        if exact.reached and rough > exact.cost:
            dearer.append(float(rough / exact.cost) - 1)
        unit += greedy(case, goal(case), Costs()) > plan(case, goal(case)).cost
    return {
        "median milliseconds without alternatives": statistics.median(single) * 1e3,
        "seconds for 27 districts with random costs": together,
        "greedy": {
            "trials": greedy_trials,
            "dearer with random costs": len(dearer) / greedy_trials,
            "dearer with unit costs": unit / greedy_trials,
            "median surcharge where dearer": statistics.median(dearer) if dearer else 0.0,
            "largest surcharge": max(dearer, default=0.0),
        },
    }


def goal(case: Assessment) -> Target:
    index = Fraction(score(case).index_exact or 0)
    return Target(index=min(Fraction("4.6"), index + Fraction(1, 2)))


def greedy(case: Assessment, target: Target, table: Costs) -> Fraction:
    """The usual shortcut: always the step with the most gain for its cost."""
    levels = {n: int(level) for n, level in case.levels.items()}
    index = Fraction(score(case).index_exact or 0)
    cost = Fraction(0)
    while target.index is not None and index < target.index:
        open_ = [n for n, level in levels.items() if level < 5 and n not in table.locked]
        if not open_:
            return cost
        best = max(open_, key=lambda n: INSTRUMENT.indicators[n - 1].weight / table.price(n, levels[n] + 1))
        levels[best] += 1
        cost += table.price(best, levels[best])
        index += INSTRUMENT.indicators[best - 1].weight / 100
    return cost


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--greedy", type=int, default=500)
    given = options.parse_args()
    scored, planned = bulk(given.rows), plans(given.greedy)
    targets = {
        "bulk at most 3 times the float64 product": scored["times the float64 product"] <= 3,
        "bulk at least 200 times one by one": scored["faster than one by one"] >= 200,
        "bulk identical to the exact path": scored["identical to the exact path"],
        "bulk linear from 10^4": scored["largest over smallest time a row"] <= 2,
        "plan median at most 10 ms": planned["median milliseconds without alternatives"] <= 10,
        "27 districts under 5 s": planned["seconds for 27 districts with random costs"] < 5,
    }
    report = {
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "targets": targets,
        "bulk": scored,
        "plan": planned,
    }
    text = json.dumps(report, indent=2)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")
    return 0 if all(targets.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
