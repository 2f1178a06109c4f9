"""Draws an Answer's Chart as a PNG picture, without a display and without state shared between threads."""

import io
import math
import textwrap
from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.projections.polar import PolarAxes

from assistant.answer import Chart
from scoring import Language
from scoring.figures import exactly, shown

COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444", "#0097a7")
"""Of the series in turn; dark enough on white for text (WCAG AA)."""
_GRID = "#cccccc"
_HIGHEST = 5.0  # every instrument's scale ends there
_DPI = 200


def draw(chart: Chart, language: Language = "id", width: float = 7.0, *, titled: bool = True) -> bytes:
    """A chart as PNG, on white.

    Args:
        language: decides the decimal mark.
        width: in inches at 200 dots an inch; the height follows from what is drawn.
        titled: False where the text around the picture names it.
    """
    bars = chart.kind in ("bars", "ranking")
    height = 1.0 + 0.42 * len(chart.labels) * max(1, len(chart.series)) if bars else width * 0.62
    figure = Figure(figsize=(width, max(height, 2.2)), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    _DRAWERS[chart.kind](figure, chart, language)
    if titled:
        figure.suptitle("\n".join(textwrap.wrap(chart.title, int(width * 9))), fontsize=11, fontweight="bold")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None, "Title": chart.title})
    return buffer.getvalue()


def _radar(figure: Figure, chart: Chart, language: Language) -> None:
    axes = figure.add_subplot(projection="polar")
    assert isinstance(axes, PolarAxes)
    angles = [2 * math.pi * step / len(chart.labels) for step in range(len(chart.labels))]
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.set_ylim(0, _HIGHEST)
    axes.set_yticks(range(1, int(_HIGHEST) + 1), [str(level) for level in range(1, int(_HIGHEST) + 1)], fontsize=7)
    axes.set_xticks(angles, [_radar_label(chart, place, language) for place in range(len(angles))], fontsize=8)
    for angle, label in zip(angles, axes.get_xticklabels(), strict=True):
        side = math.sin(angle)
        label.set_horizontalalignment("center" if abs(side) < 0.1 else "left" if side > 0 else "right")
    axes.grid(color=_GRID)
    axes.spines["polar"].set_color(_GRID)
    for (name, values), colour in zip(chart.series.items(), _colours(chart), strict=True):
        ring = [math.nan if value is None else value for value in (*values, values[0])]
        axes.plot([*angles, angles[0]], ring, color=colour, linewidth=2, marker="o", markersize=4, label=name)
        axes.fill([*angles, angles[0]], ring, color=colour, alpha=0.12)
    _legend(axes, chart)


def _radar_label(chart: Chart, place: int, language: Language) -> str:
    """The name, and the value too where one series leaves room for it."""
    words = "\n".join(textwrap.wrap(chart.labels[place], 24))
    if len(chart.series) > 1:
        return words
    value = next(iter(chart.series.values()))[place]
    return f"{words}\n{'–' if value is None else _figure(value, 2, language)}"


def _bars(figure: Figure, chart: Chart, language: Language) -> None:
    axes = figure.add_subplot()
    places = _places(chart)
    thick = 0.8 / max(1, len(chart.series))
    for turn, ((name, values), colour) in enumerate(zip(chart.series.items(), _colours(chart), strict=True)):
        rows = [row + turn * thick for row in range(len(chart.labels))]
        drawn = axes.barh(rows, [value or 0 for value in values], thick * 0.9, color=colour, label=name)
        marks = ["–" if value is None else _figure(value, places, language) for value in values]
        axes.bar_label(drawn, marks, padding=3, fontsize=8)
    middle = thick * (len(chart.series) - 1) / 2
    names = ["\n".join(textwrap.wrap(label, 38)) for label in chart.labels]
    axes.set_yticks([row + middle for row in range(len(names))], names, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xticks([])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    _legend(axes, chart)


def _line(figure: Figure, chart: Chart, language: Language) -> None:
    axes = figure.add_subplot()
    columns = range(len(chart.labels))
    for (name, values), colour in zip(chart.series.items(), _colours(chart), strict=True):
        points = [math.nan if value is None else value for value in values]
        axes.plot(columns, points, color=colour, linewidth=2, marker="o", label=name)
        for column, value in enumerate(values):
            if value is not None:
                axes.annotate(
                    _figure(value, 2, language), (column, value), (0, 7), textcoords="offset points", ha="center"
                )
    axes.set_xticks(columns, chart.labels)
    axes.margins(x=0.1, y=0.2)
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)
    _legend(axes, chart)


_DRAWERS: dict[str, Callable[[Figure, Chart, Language], None]] = {
    "radar": _radar,
    "bars": _bars,
    "ranking": _bars,
    "line": _line,
}


def _colours(chart: Chart) -> list[str]:
    return [COLOURS[turn % len(COLOURS)] for turn in range(len(chart.series))]


def _legend(axes: Axes, chart: Chart) -> None:
    if len(chart.series) > 1:
        axes.figure.legend(loc="outside lower center", ncols=2, fontsize=8, frameon=False)


def _places(chart: Chart) -> int:
    """Two decimals, three where two would lose something."""
    values = [value for row in chart.series.values() for value in row if value is not None]
    return 2 if all(abs(value * 100 - round(value * 100)) < 1e-6 for value in values) else 3


def _figure(value: float, places: int, language: Language) -> str:
    text = shown(exactly(value), places)
    return text.replace(".", ",") if language == "id" else text
