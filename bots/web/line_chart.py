"""Places of a line chart's points and lines, for a template to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

WIDTH, HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 24, 28, 34


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    year: int
    value: Fraction


@dataclass(frozen=True)
class LineChart:
    """``lines``: SVG paths, one for each instrument. ``grid``: the value and height of each line of the grid."""

    points: tuple[Point, ...]
    lines: tuple[str, ...]
    grid: tuple[tuple[int, float], ...]
    years: tuple[tuple[int, float], ...]


def line_chart(series: Sequence[tuple[int, Fraction | None, str]]) -> LineChart:
    """Draw values (0 to 5) over the years; a new instrument begins a new line, for its values do not compare."""
    first, last = series[0][0], series[-1][0]
    span = max(last - first, 1)

    def x(year: int) -> float:
        share = 0.5 if first == last else (year - first) / span
        return round(_LEFT + 24 + share * (WIDTH - _LEFT - _RIGHT - 48), 1)

    def y(value: Fraction) -> float:
        return round(float(HEIGHT - _BOTTOM - value / 5 * (HEIGHT - _TOP - _BOTTOM)), 1)

    known = [(Point(x(year), y(value), year, value), kind) for year, value, kind in series if value is not None]
    lines = []
    for _, of_kind in groupby(known, key=lambda pair: pair[1]):
        points = [point for point, _ in of_kind]
        if len(points) > 1:
            lines.append("M" + "L".join(f"{point.x} {point.y}" for point in points))
    return LineChart(
        points=tuple(point for point, _ in known),
        lines=tuple(lines),
        grid=tuple((value, y(Fraction(value))) for value in range(6)),
        years=tuple((year, x(year)) for year in range(first, last + 1)),
    )
