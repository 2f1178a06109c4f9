"""The formulas of a weighted mean, exact to the twelfth decimal, and of the rating it earns.

Nothing is rounded on the way up: every figure is a formula over the input cells. The sum of doubles is rounded at
the twelfth decimal, so that what stands exactly on the bound of a rating does (2.6 is not 2.5999999999999996).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.figures import unrounded

_EXACT = 12  # decimals


@dataclass(frozen=True)
class Terms:
    """Three sums as formula text: of the weights, of weight x value, and of the weights without a value."""

    share: str
    known: str
    missing: str

    @property
    def mean(self) -> str:
        """The weighted mean, empty while a value is missing."""
        return f'IF({self.missing}=0,ROUND({self.known}/{self.share},{_EXACT}),"")'

    def bound(self, value: Fraction) -> str:
        """The weighted mean with every missing value at the given one."""
        return f"ROUND(({self.known}+{unrounded(value)}*{self.missing})/{self.share},{_EXACT})"


def over_range(weights: str, values: str, condition: str = "") -> Terms:
    """Over ranges of equal size; ``condition`` is an array of true and false that chooses parts of them."""
    chosen = f"{condition}*{weights}" if condition else weights
    return Terms(
        share=f"SUMPRODUCT({chosen}*1)",
        known=f"SUMPRODUCT({chosen}*{values})",
        missing=f'SUMPRODUCT({chosen}*({values}=""))',
    )


def over_cells(pairs: Sequence[tuple[str, str]]) -> Terms:
    """Over single cells, each with the cell of its weight first."""
    return Terms(
        share=f"({'+'.join(weight for weight, _ in pairs)})",
        known=f"({'+'.join(f'{weight}*{value}' for weight, value in pairs)})",
        missing="(" + "+".join(f'{weight}*({value}="")' for weight, value in pairs) + ")",
    )


def rated(value: str, bounds: str, names: str, *, shown: bool) -> str:
    """The name of the rating of a cell's value: by the exact value, or by the one shown with two decimals."""
    rates = f"ROUND({value},2)" if shown else value
    return f'IF({value}="","",LOOKUP({rates},{bounds},{names}))'
