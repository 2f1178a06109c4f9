"""Which weighted sums the nodes of an instrument can have, exactly.

Values are whole levels, so a sum is a whole number once the weights are scaled to integers, and a set of sums
is the bits of one integer. Going up the tree gives what each node can be from what is under it; going down,
what remains once everything above and beside it is taken into account. On a tree this is exact everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from scoring.instrument import Instrument

Sums = int
"""A set of non-negative integers as bits: bit n is set where n belongs to it."""


def members(sums: Sums) -> Iterator[int]:
    """The numbers in a set, lowest first."""
    while sums:
        lowest = sums & -sums
        yield lowest.bit_length() - 1
        sums ^= lowest


def added(left: Sums, right: Sums) -> Sums:
    """Every sum of a number on the left and one on the right."""
    if left.bit_count() < right.bit_count():
        left, right = right, left
    return reduce(lambda total, number: total | left << number, members(right), 0)


def subtracted(left: Sums, right: Sums) -> Sums:
    """Every difference of at least 0 of a number on the left and one on the right."""
    return reduce(lambda total, number: total | left >> number, members(right), 0)


def between(lowest: int, highest: int) -> Sums:
    """The numbers from lowest to highest, both included; those below 0 are left out."""
    lowest = max(lowest, 0)
    return (1 << highest + 1) - (1 << lowest) if highest >= lowest else 0


@dataclass
class SumNode:
    """A node of the tree.

    ``under`` is what its parts can add up to, ``own`` that within the node's own limits, ``left`` what
    remains after looking at the whole tree.
    """

    name: str
    weight: int
    parts: list["SumNode"] = field(default_factory=list)
    own: Sums = 0
    under: Sums = 0
    left: Sums = 0
    upto: list[Sums] = field(default_factory=list)

    def value(self, total: int) -> Fraction:
        """The weighted mean that a sum stands for."""
        return Fraction(total, self.weight)


class SumTree:
    """The possible sums of an assessment.

    Args:
        instrument: with whole levels.
        levels: the known ones.
        limits: for some nodes ("index", "domain 2", "aspect 5"), which of given sums are allowed.

    Attributes:
        broken: nodes whose limits no levels can meet, given what is under them; those limits are left out.
    """

    def __init__(
        self,
        instrument: Instrument,
        levels: Mapping[int, int],
        limits: Mapping[str, Callable[[SumNode], Sums]],
    ) -> None:
        self.limits = limits
        self.broken: list[SumNode] = []
        weights = [indicator.weight for indicator in instrument.indicators]
        scale = Fraction(lcm(*(w.denominator for w in weights)), 1)
        scale /= gcd(*(int(w * scale) for w in weights))
        self.leaves = {i.number: SumNode(f"indicator {i.number}", int(i.weight * scale)) for i in instrument.indicators}
        for number, leaf in self.leaves.items():
            allowed = [levels[number]] if number in levels else instrument.levels
            leaf.own = leaf.under = sum(1 << level * leaf.weight for level in allowed)
        aspects = {
            a.number: self._node(f"aspect {a.number}", [self.leaves[i.number] for i in instrument.indicators_of(a)])
            for a in instrument.aspects
        }
        domains = [
            self._node(f"domain {d.number}", [aspects[a.number] for a in instrument.aspects_of(d)])
            for d in instrument.domains
        ]
        self.root = self._node("index", domains or list(aspects.values()))
        self.nodes = [*aspects.values(), *domains, self.root]

    def _node(self, name: str, parts: list[SumNode]) -> SumNode:
        node = SumNode(name, sum(part.weight for part in parts), parts)
        node.upto = [1]
        for part in parts:
            node.upto.append(added(node.upto[-1], part.own))
        node.under = node.own = node.upto[-1]
        if name in self.limits:
            node.own &= self.limits[name](node)
            if not node.own:
                self.broken.append(node)
                node.own = node.under
        return node

    def narrow(self) -> None:
        """Fill ``left`` of every node and leaf."""
        self.root.left = self.root.own
        for node in reversed(self.nodes):
            beyond = 1
            for place in reversed(range(len(node.parts))):
                part = node.parts[place]
                others = added(node.upto[place], beyond)
                part.left = part.own & subtracted(node.left, others)
                beyond = added(beyond, part.own)

    def choose(self, total: int) -> dict[int, int]:
        """Levels that add up to an index sum from ``root.own``, spread as evenly as the limits allow."""
        levels: dict[int, int] = {}
        self._choose(self.root, total, levels)
        return {number: levels[number] for number in self.leaves}

    def _choose(self, node: SumNode, total: int, levels: dict[int, int]) -> None:
        if not node.parts:
            levels[int(node.name.removeprefix("indicator "))] = total // node.weight
            return
        weight = node.weight
        for part, before in zip(reversed(node.parts), reversed(node.upto[:-1]), strict=True):
            fitting = (n for n in members(part.own) if n <= total and before >> (total - n) & 1)
            share = min(fitting, key=lambda n: abs(n * weight - total * part.weight))
            self._choose(part, share, levels)
            total, weight = total - share, weight - part.weight
