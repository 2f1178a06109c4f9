"""Agencies side by side: rank, quartiles, distance to the best and to the median, node by node.

Only like is ranked with like. Where instruments or stages differ the values stand side by side without ranks,
and a warning says why.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from scoring.assessment import STAGE_NAMES, Assessment, Stage
from scoring.figures import Exact, shown
from scoring.refusal import RefusedInput, Text
from scoring.scorecard import Scoring
from scoring.standing import Source, Standing, finest, standing

if TYPE_CHECKING:
    import pandas as pd


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Entry(_Document):
    """One agency at one node.

    Attributes:
        value: None where something under the node is not assessed; then floor and ceiling say what it can be.
        rank: 1 is the highest; equal values share a rank. None without a value or where ranking is not fair.
        quartile: 1 is the highest quarter.
        to_best, to_median: how much is missing to them; negative above the median.
    """

    agency: str
    year: int
    stage: Stage
    value: Exact | None
    value_shown: str | None
    floor: Exact
    ceiling: Exact
    source: Source
    rank: int | None = None
    quartile: int | None = None
    to_best: Exact | None = None
    to_median: Exact | None = None


class NodeComparison(_Document):
    """All agencies at one node, the highest first. The statistics are None without ranks."""

    node: str
    name: str
    name_en: str
    weight: Exact
    entries: tuple[Entry, ...]
    best: Exact | None = None
    upper_quartile: Exact | None = None
    median: Exact | None = None
    lower_quartile: Exact | None = None
    mean: Exact | None = None


class Comparison(_Document):
    """``comparable`` is False where instruments or stages differ: then nothing is ranked."""

    instruments: tuple[str, ...]
    agencies: tuple[str, ...]
    comparable: bool
    warnings: tuple[Text, ...]
    nodes: tuple[NodeComparison, ...]
    second_hand: bool

    def node(self, name: str) -> NodeComparison | None:
        """The comparison at "index", "domain 2" ...; None where nobody has a value there."""
        return next((node for node in self.nodes if node.node == name), None)

    def table(self) -> pd.DataFrame:
        """A row per agency and year, a column per node, values as floats for display and export."""
        import pandas as pd  # heavy, only for tables

        rows = [
            {
                "agency": entry.agency,
                "year": entry.year,
                "stage": entry.stage,
                "node": node.node,
                "value": None if entry.value is None else float(entry.value),
            }
            for node in self.nodes
            for entry in node.entries
        ]
        columns = [node.node for node in self.nodes]
        wide = pd.DataFrame(rows).pivot(index=["agency", "year", "stage"], columns="node", values="value")
        return wide[columns].sort_values(["index", "agency"], ascending=[False, True])


def compare(assessments: Sequence[Assessment], only: Sequence[str] | None = None) -> Comparison:
    """Compare assessments at every node for which at least one has a value.

    Published values are used where there are any; if one value of a node is published, and so rounded, all of
    the node are compared as shown.

    Args:
        only: the nodes that are wanted; all of them by default, which costs a nation's ranking a second.

    Raises:
        RefusedInput: fewer than two assessments, or one given twice.
    """
    _check(assessments)
    scorings = [Scoring(finest(assessment)) for assessment in assessments]
    instruments = sorted({scoring.instrument.id for scoring in scorings})
    stages = sorted({assessment.stage for assessment in assessments})
    comparable = len(instruments) == 1 and len(stages) == 1
    nodes = ["index"] if len(instruments) > 1 else list(_nodes(scorings))
    nodes = [node for node in nodes if only is None or node in only]
    found = {node: [standing(scoring, node) for scoring in scorings] for node in nodes}
    known = {node: standings for node, standings in found.items() if any(s.value is not None for s in standings)}
    return Comparison(
        instruments=tuple(instruments),
        agencies=tuple(assessment.agency for assessment in assessments),
        comparable=comparable,
        warnings=tuple(_warnings(instruments, stages, sorted({a.year for a in assessments}))),
        nodes=tuple(_compare_node(scorings, node, standings, comparable) for node, standings in known.items()),
        second_hand=any(scoring.instrument.second_hand for scoring in scorings),
    )


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The exact quantile of rising values, linear between neighbours (as pandas and spreadsheets do)."""
    place = (len(ordered) - 1) * share
    lower = int(place)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (place - lower)


def _check(assessments: Sequence[Assessment]) -> None:
    keys = Counter((a.agency, a.year, a.stage) for a in assessments)
    if len(assessments) < 2:
        raise RefusedInput(
            "too_few_to_compare",
            Text(
                id="Perbandingan memerlukan paling sedikit dua penilaian. Sebutkan instansi lain.",
                en="A comparison needs at least two assessments. Name another agency.",
            ),
        )
    for (agency, year, stage), times in keys.items():
        if times > 1:
            where = f"{agency} {year} ({STAGE_NAMES[stage].id})"
            raise RefusedInput(
                "compared_twice",
                Text(
                    id=f"{where} disebut dua kali. Sebutkan satu kali.",
                    en=f"{where} is named twice. Name it once.",
                ),
                agency=agency,
                year=year,
            )


def _nodes(scorings: list[Scoring]) -> Iterator[str]:
    """The nodes down to the finest granularity that somebody is known at."""
    instrument = scorings[0].instrument
    known = [scoring.assessment for scoring in scorings]
    yield "index"
    yield from (f"domain {domain.number}" for domain in instrument.domains)
    if any(a.levels or a.aspects or (a.published and a.published.aspects) for a in known):
        yield from (f"aspect {aspect.number}" for aspect in instrument.aspects)
    if any(a.levels for a in known):
        yield from (f"indicator {indicator.number}" for indicator in instrument.indicators)


def _compare_node(scorings: list[Scoring], node: str, standings: list[Standing], comparable: bool) -> NodeComparison:
    instrument = scorings[0].instrument
    rounded = any(one.source == "published" for one in standings)
    values = [Fraction(shown(s.value)) if rounded and s.value is not None else s.value for s in standings]
    name = instrument.node_name(node)
    whole = NodeComparison(
        node=node,
        name=name.id,
        name_en=name.en,
        weight=sum((indicator.weight for indicator in instrument.indicators_under(node)), Fraction(0)),
        entries=(),
    )
    known = sorted(value for value in values if value is not None)
    entries = [_entry(*each) for each in zip(scorings, standings, values, strict=True)]
    if not comparable:
        return whole.model_copy(update={"entries": _in_order(entries)})
    quarters = [quantile(known, Fraction(quarter, 4)) for quarter in (1, 2, 3)]
    return whole.model_copy(
        update={
            "entries": _in_order([_ranked(entry, known, quarters) for entry in entries]),
            "best": known[-1],
            "upper_quartile": quarters[2],
            "median": quarters[1],
            "lower_quartile": quarters[0],
            "mean": sum(known, Fraction(0)) / len(known),
        }
    )


def _entry(scoring: Scoring, found: Standing, value: Fraction | None) -> Entry:
    assessment = scoring.assessment
    return Entry(
        agency=assessment.agency,
        year=assessment.year,
        stage=assessment.stage,
        value=value,
        value_shown=None if value is None else shown(value),
        floor=found.floor,
        ceiling=found.ceiling,
        source=found.source,
    )


def _ranked(entry: Entry, known: list[Fraction], quarters: list[Fraction]) -> Entry:
    if entry.value is None:
        return entry
    value = entry.value
    return entry.model_copy(
        update={
            "rank": 1 + len(known) - bisect_right(known, value),
            "quartile": 4 - sum(value >= quarter for quarter in quarters),
            "to_best": known[-1] - value,
            "to_median": quarters[1] - value,
        }
    )


def _in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    """Highest first, equal ones by name, those without a value last."""
    return tuple(sorted(entries, key=lambda e: (e.value is None, -(e.value or 0), e.agency, e.year)))


def _warnings(instruments: list[str], stages: list[Stage], years: list[int]) -> Iterator[Text]:
    if len(instruments) > 1:
        names = ", ".join(instruments)
        yield Text(
            id=f"Instrumennya berbeda ({names}), jadi nilainya tidak setara dan tidak diberi peringkat.",
            en=f"The instruments differ ({names}), so the values are not equivalent and are not ranked.",
        )
    if len(stages) > 1:
        names_id = ", ".join(STAGE_NAMES[stage].id for stage in stages)
        names_en = ", ".join(STAGE_NAMES[stage].en for stage in stages)
        yield Text(
            id=f"Tahap penilaiannya berbeda ({names_id}), jadi nilainya tidak diberi peringkat.",
            en=f"The stages differ ({names_en}), so the values are not ranked.",
        )
    if len(years) > 1:
        names = ", ".join(map(str, years))
        yield Text(id=f"Tahun penilaiannya berbeda ({names}).", en=f"The years differ ({names}).")
