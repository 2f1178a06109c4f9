"""Scoring very many complete assessments at once, on whole numbers, with the results of the exact path.

The weights are scaled to integers, so every weighted sum is a whole number that floating point holds exactly
(checked, with the width chosen by the largest sum); a node's value is rounded half up from that sum.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.instrument import Instrument
from scoring.refusal import RefusedInput, Text

_BLOCK = 400
"""Rows of one product: few enough that BLAS does not wake its threads, whose meetings cost more than they save."""
_ROWS = 20 * _BLOCK
"""Rows worked on together: few enough that they stay in the processor's cache."""


@dataclass(frozen=True)
class BulkScores:
    """Results by row of the input.

    Attributes:
        nodes: names of the columns of ``hundredths``: "index", "domain 1" ..., "aspect 1" ...
        hundredths: values rounded half up, in hundredths: 298 is 2.98.
        totals: the weighted sums of whole numbers; ``totals / divisor`` is the exact index.
        divisor: what the totals are divided by.
        ratings: position of the predikat in the instrument's bands, by the rule of the year.
    """

    nodes: tuple[str, ...]
    hundredths: NDArray[np.int16]
    totals: NDArray[np.int64]
    divisor: int
    ratings: NDArray[np.int8]

    def index_exact(self, row: int) -> Fraction:
        return Fraction(int(self.totals[row]), self.divisor)


def score_all(levels: NDArray[Any], instrument: Instrument, year: int) -> BulkScores:
    """Score rows of levels: every domain, aspect and the index, rounded half up, and the predikat.

    Args:
        levels: whole levels, one row an assessment, one column an indicator in the order of the instrument;
            complete, of any integer type (int8 is fastest).
        instrument: with whole levels.
        year: whose rating rule applies.

    Raises:
        RefusedInput: wrong shape or type, a level that does not exist, or an instrument with decimal values.
    """
    _check(levels, instrument)
    nodes, matrix = _weights(instrument)
    divisors = matrix.sum(axis=0)
    highest = int(instrument.scale.highest)
    width = _width(highest, int(divisors.max()))
    factors = (200 * matrix).astype(width)
    halves, doubles = divisors.astype(width), (2 * divisors).astype(width)
    count = len(levels)
    hundredths = np.empty((count, len(nodes)), dtype=np.int16)
    totals = np.empty(count, dtype=np.int64)
    rows = np.zeros((_ROWS, levels.shape[1]), dtype=width)
    sums = np.empty((_ROWS, len(nodes)), dtype=width)
    blocks, products = rows.reshape(-1, _BLOCK, rows.shape[1]), sums.reshape(-1, _BLOCK, len(nodes))
    for start in range(0, count, _ROWS):
        stop = min(start + _ROWS, count)
        used = -(-(stop - start) // _BLOCK)
        np.copyto(rows[: stop - start], levels[start:stop], casting="unsafe")
        np.matmul(blocks[:used], factors, out=products[:used])
        result = sums[: stop - start]
        totals[start:stop] = result[:, 0]
        result += halves
        result /= doubles
        hundredths[start:stop] = result
    totals //= 200
    divisor = int(divisors[0])
    bounds = [-(-instrument.threshold(band, year) * divisor // 1) for band in instrument.bands[1:]]
    ratings = np.searchsorted(np.array(bounds, dtype=np.int64), totals, side="right").astype(np.int8)
    return BulkScores(nodes, hundredths, totals, divisor, ratings)


def _weights(instrument: Instrument) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The nodes and, a column each, the scaled weights of the indicators under them."""
    weights = [indicator.weight for indicator in instrument.indicators]
    scale = lcm(*(w.denominator for w in weights))
    scaled = [w.numerator * (scale // w.denominator) for w in weights]
    unit = gcd(*scaled)
    nodes = (
        "index",
        *(f"domain {domain.number}" for domain in instrument.domains),
        *(f"aspect {aspect.number}" for aspect in instrument.aspects),
    )
    matrix = np.zeros((len(weights), len(nodes)), dtype=np.int64)
    for row, (indicator, weight) in enumerate(zip(instrument.indicators, scaled, strict=True)):
        domain = instrument.aspects[indicator.aspect - 1].domain or 0
        matrix[row, [0, domain, len(instrument.domains) + indicator.aspect]] = weight // unit
    return nodes, matrix


def _width(highest: int, divisor: int) -> type[np.float32] | type[np.float64]:
    """The narrowest float that holds every sum exactly and cannot round a quotient up to the next hundredth.

    Quotients are at most 100 x highest and at least 1 / (2 x divisor) away from a whole number above them.
    """
    for width, digits in ((np.float32, 24), (np.float64, 53)):
        if (200 * highest + 1) * divisor < 2**digits and 100 * highest * 2 * divisor < 2 ** (digits - 1):
            return width
    raise RefusedInput(
        "weights_too_fine",
        Text(
            id="Bobot instrumen terlalu halus untuk penilaian massal. Nilai satu per satu dengan score().",
            en="The instrument's weights are too fine for scoring in bulk. Score one by one with score().",
        ),
    )


def _check(levels: NDArray[Any], instrument: Instrument) -> None:
    columns = len(instrument.indicators)
    if not instrument.scale.whole:
        problem = Text(
            id=f"{instrument.id} memakai nilai desimal; penilaian massal memerlukan tingkat bulat.",
            en=f"{instrument.id} has decimal values; scoring in bulk needs whole levels.",
        )
    elif levels.ndim != 2 or levels.shape[1] != columns or levels.dtype.kind not in "iu":
        problem = Text(
            id=f"Diperlukan larik bilangan bulat dengan {columns} kolom; yang diberikan: "
            f"{levels.dtype} {levels.shape}.",
            en=f"An integer array of {columns} columns is needed; given: {levels.dtype} {levels.shape}.",
        )
    elif levels.size and (levels.min() < instrument.levels[0] or levels.max() > instrument.levels[-1]):
        low, high = instrument.levels[0], instrument.levels[-1]
        row, column = map(int, np.argwhere((levels < low) | (levels > high))[0])
        problem = Text(
            id=f"Baris {row}, indikator {column + 1}: tingkat {levels[row, column]} tidak ada pada "
            f"{instrument.id}. Yang diterima: {low}-{high}; tidak ada yang boleh kosong.",
            en=f"Row {row}, indicator {column + 1}: level {levels[row, column]} does not exist in "
            f"{instrument.id}. Accepted: {low}-{high}; none may be missing.",
        )
    else:
        return
    raise RefusedInput("bulk_not_allowed", problem, instrument=instrument.id)
