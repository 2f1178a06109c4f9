"""An independent reckoning of spbe-2020 to test against: Decimal, weights typed in from the regulation, no scoring.

PermenPANRB 59/2020, Lampiran, Tabel 7-9. Nothing here may import from the package ``scoring``.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import product

ASPECTS = {
    1: ("1.3", range(1, 11)),
    2: ("2.5", range(11, 15)),
    3: ("2.5", range(15, 19)),
    4: ("2.5", range(19, 21)),
    5: ("1.5", range(21, 29)),
    6: ("1.5", range(29, 32)),
    7: ("2.75", range(32, 42)),
    8: ("3", range(42, 48)),
}
DOMAINS = {1: (1,), 2: (2, 3, 4), 3: (5, 6), 4: (7, 8)}
WEIGHTS = {n: Decimal(w) for w, numbers in ASPECTS.values() for n in numbers}
BANDS = (("4.2", "Memuaskan"), ("3.5", "Sangat Baik"), ("2.6", "Baik"), ("1.8", "Cukup"), ("0", "Kurang"))


def two_decimals(numerator: Decimal, denominator: Decimal) -> str:
    with localcontext() as context:
        context.prec = 60
        return str((numerator / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP))


def mean_shown(levels: Mapping[int, int], numbers: Sequence[int]) -> str:
    total = sum((WEIGHTS[n] * levels[n] for n in numbers), Decimal(0))
    return two_decimals(total, sum((WEIGHTS[n] for n in numbers), Decimal(0)))


def under_domain(domain: int) -> list[int]:
    return [n for aspect in DOMAINS[domain] for n in ASPECTS[aspect][1]]


def index(levels: Mapping[int, int]) -> Decimal:
    return sum((WEIGHTS[n] * level for n, level in levels.items()), Decimal(0)) / 100


def rating(value: Decimal) -> str:
    return next(name for lower, name in BANDS if value >= Decimal(lower))


def all_shown(levels: Mapping[int, int]) -> dict[str, str]:
    found = {"index": mean_shown(levels, list(WEIGHTS))}
    found |= {f"domain {d}": mean_shown(levels, under_domain(d)) for d in DOMAINS}
    return found | {f"aspect {a}": mean_shown(levels, list(ASPECTS[a][1])) for a in ASPECTS}


def least_cost(levels: Mapping[int, int], needed: Decimal, price: Mapping[tuple[int, int], int]) -> int | None:
    """The least cost to lift the index by ``needed`` points: every reachable gain with its cheapest price."""
    cheapest: dict[Decimal, int] = {Decimal(0): 0}
    for number, level in levels.items():
        following = dict(cheapest)
        cost = 0
        for to in range(level + 1, 6):
            cost += price.get((number, to), 1)
            gain = WEIGHTS[number] * (to - level) / 100
            for reached, paid in cheapest.items():
                total = min(reached + gain, needed)
                if paid + cost < following.get(total, paid + cost + 1):
                    following[total] = paid + cost
        cheapest = following
    return cheapest.get(needed, 0 if needed <= 0 else None)


def completions(levels: Mapping[int, int], missing: Sequence[int]) -> list[dict[int, int]]:
    return [
        dict(levels) | dict(zip(missing, choice, strict=True)) for choice in product(range(1, 6), repeat=len(missing))
    ]
