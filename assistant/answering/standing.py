"""Where an agency stands: what was published is said first, what the levels give is beside it."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from assistant.records.assessments import Held
from scoring import Assessment, Instrument, Scoring, Text
from scoring.completion import Completion, completed
from scoring.figures import shown


class Standing:
    """One held assessment, ready to be spoken about.

    Attributes:
        held: the record; ``scoring`` its exact values; ``instrument`` what it was measured by.
    """

    def __init__(self, held: Held) -> None:
        self.held = held
        self.scoring = Scoring(held.assessment)
        self.instrument: Instrument = self.scoring.instrument

    @property
    def assessment(self) -> Assessment:
        return self.held.assessment

    @property
    def year(self) -> int:
        return self.assessment.year

    def published(self, node: str) -> Fraction | None:
        """The published value of a node, None where none was published."""
        published = self.assessment.published
        if published is None:
            return None
        kind, number = self.instrument.node(node)
        if kind == "index":
            return published.index
        return {"domain": published.domains, "aspect": published.aspects}.get(kind, {}).get(number)

    def computed(self, node: str) -> Fraction | None:
        return self.scoring.span(node).exact

    def value(self, node: str) -> Fraction | None:
        """What is said first: the published value, else the computed one; None where neither is known."""
        published = self.published(node)
        return self.computed(node) if published is None else published

    def differs(self, node: str) -> bool:
        """Whether levels that are known give another shown value than was published.

        Values computed from domains or aspects that were themselves printed with two decimals carry their
        rounding, so only whole levels are held against what was published.
        """
        published, computed = self.published(node), self.computed(node)
        if published is None or computed is None or self.assessment.basis != "indicator":
            return False
        return shown(published) != shown(computed)

    @cached_property
    def rating(self) -> Text | None:
        """The predikat: the published one, else by the rule of the year."""
        names = {band.name.id: band.name for band in self.instrument.bands}
        published = self.assessment.published
        if published is not None and published.rating is not None:
            return names.get(published.rating, Text(id=published.rating, en=published.rating))
        index = self.value("index")
        return None if index is None else self.instrument.rating(index, self.year).name

    def next_band(self) -> tuple[Text, Fraction] | None:
        """The next higher predikat and its lower bound."""
        if self.rating is None:
            return None
        names = [band.name.id for band in self.instrument.bands]
        if self.rating.id not in names or self.rating.id == names[-1]:
            return None
        band = self.instrument.bands[names.index(self.rating.id) + 1]
        return band.name, band.lower

    @cached_property
    def _completion(self) -> Completion:
        return completed(self.assessment)

    def inferred(self, node: str) -> dict[int, int]:
        """Levels of indicators under a node that are not known but that the published totals force."""
        under = {i.number for i in self.instrument.indicators_under(node)}
        return {number: level for number, level in self._completion.forced.items() if number in under}

    def levels(self, node: str) -> dict[int, int]:
        """Levels of the indicators under a node, known or forced by the published totals."""
        known = self.assessment.levels | {number: Fraction(level) for number, level in self.inferred(node).items()}
        under = self.instrument.indicators_under(node)
        return {i.number: self.instrument.level_of(known[i.number]) for i in under if i.number in known}


def supposed_levels(standing: Standing, levels: Mapping[int, int | Fraction]) -> Standing:
    """The standing as it would be with these levels; nothing of it is published."""
    known = standing.assessment
    changed = {**known.levels, **{n: Fraction(level) for n, level in levels.items()}}
    update = {"levels": changed, "published": None, "stage": "target"}
    held = standing.held
    return Standing(type(held)(known.model_copy(update=update), False, held.source, held.created_at))
