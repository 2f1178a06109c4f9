"""Instruments: structure, weights, criteria and rating bands of an evaluation, read from one YAML file each.

An instrument is data: a fourth one costs a file and no code. Files are checked when they are loaded
(weights add up, bands leave no gap, numbers run without holes, no key stands twice).
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scoring.figures import Exact, shown, unrounded
from scoring.refusal import RefusedInput, Text
from scoring.yaml_text import read_yaml

SHIPPED = Path(__file__).parent / "instruments"
_folders: list[Path] = [SHIPPED]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class LegalBasis(Part):
    """Where a fact stands.

    Attributes:
        rule: id of the rule, such as ``perpres-95-2018``.
        locator: place in it as people cite it, such as ``Pasal 6-12``.
        provenance: ``regulation`` (read in the text), ``presentation`` (the ministry's slides),
            ``ours`` (mapped by us from the headings), ``second-hand`` (the text was not seen).
    """

    rule: str
    locator: str
    provenance: Literal["regulation", "presentation", "ours", "second-hand"] = "regulation"


class Level(Part):
    """One maturity level of an indicator: what it requires and what proves it, in our own words."""

    level: int
    requirement: Text
    evidence: tuple[Text, ...] = ()


class Domain(Part):
    number: int
    name: Text
    weight: Exact
    aliases: tuple[str, ...] = ()


class Aspect(Part):
    number: int
    name: Text
    weight: Exact
    domain: int | None = None
    maturity: str | None = None
    aliases: tuple[str, ...] = ()


class Indicator(Part):
    number: int
    name: Text
    aspect: int
    weight: Exact
    levels: tuple[Level, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    aliases: tuple[str, ...] = ()
    note: Text | None = None

    def level(self, number: int) -> Level:
        return next(level for level in self.levels if level.level == number)


class RatingBand(Part):
    """A predikat and the lowest value that earns it."""

    name: Text
    lower: Exact


class RatingRule(Part):
    """Which value is rated: the exact one or the one shown with two decimals.

    ``year`` None is the default; a year of its own needs its evidence.
    """

    year: int | None = None
    rates: Literal["exact", "shown"]
    evidence: Text


class LevelRange(Part):
    """The values that count as a level where values are decimals (pemdi-2026)."""

    level: int
    lower: Exact
    upper: Exact


class Scale(Part):
    """The values an indicator may take.

    ``whole`` means whole levels only; otherwise decimals, and ``ranges`` says which values make which level.
    """

    lowest: Exact
    highest: Exact
    whole: bool
    ranges: tuple[LevelRange, ...] = ()


class Minimum(Part):
    """The national minimum target."""

    index: Exact
    indicator: int
    source: LegalBasis


class Instrument(Part):
    """One evaluation instrument. Weights are in percent of the index."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    short: Text
    rule: str
    first_year: int
    last_year: int | None = None
    second_hand: bool = False
    scale: Scale
    minimum: Minimum | None = None
    bands: tuple[RatingBand, ...] = Field(min_length=1)
    bands_source: LegalBasis
    rating_rules: tuple[RatingRule, ...] = Field(min_length=1)
    weights_source: LegalBasis
    level_sources: tuple[LegalBasis, ...] = ()
    maturity: dict[str, tuple[Text, ...]] = {}
    domains: tuple[Domain, ...] = ()
    aspects: tuple[Aspect, ...] = Field(min_length=1)
    indicators: tuple[Indicator, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        named = (("domains", self.domains), ("aspects", self.aspects), ("indicators", self.indicators))
        for name, parts in named:
            numbers = [part.number for part in parts]
            if numbers != list(range(1, len(numbers) + 1)):
                raise ValueError(f"{name}: numbers must run 1, 2, 3 ... without holes, found {numbers}")
        for aspect in self.aspects:
            self._same_weight(f"aspect {aspect.number}", aspect.weight, self.indicators_of(aspect))
            if (aspect.domain is None) != (not self.domains):
                raise ValueError(f"aspect {aspect.number}: names a domain only where the instrument has domains")
            if aspect.maturity is not None and aspect.maturity not in self.maturity:
                raise ValueError(f"aspect {aspect.number}: maturity {aspect.maturity!r} is not described")
        for domain in self.domains:
            self._same_weight(f"domain {domain.number}", domain.weight, self.aspects_of(domain))
        self._same_weight("index", Fraction(100), self.aspects)
        lowers = [band.lower for band in self.bands]
        low, high = self.scale.lowest, self.scale.highest
        if lowers[0] != low or lowers != sorted(set(lowers)) or lowers[-1] >= high:
            raise ValueError(f"bands: must begin at {unrounded(low)} and rise below {unrounded(high)}")
        if sum(rule.year is None for rule in self.rating_rules) != 1:
            raise ValueError("rating_rules: exactly one rule without a year (the default) is needed")
        expected = list(range(int(self.scale.lowest), int(self.scale.highest) + 1))
        for indicator in self.indicators:
            levels = [level.level for level in indicator.levels]
            if levels and levels != expected:
                raise ValueError(f"indicator {indicator.number}: levels {levels}, expected {expected}")
        return self

    @staticmethod
    def _same_weight(place: str, weight: Fraction, parts: "tuple[Indicator | Aspect, ...]") -> None:
        total = sum((part.weight for part in parts), Fraction(0))
        if total != weight:
            raise ValueError(f"{place}: its parts weigh {unrounded(total)}, it says {unrounded(weight)}")

    def indicators_of(self, aspect: Aspect) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.aspect == aspect.number)

    def aspects_of(self, domain: Domain) -> tuple[Aspect, ...]:
        return tuple(aspect for aspect in self.aspects if aspect.domain == domain.number)

    def indicators_under(self, node: str) -> tuple[Indicator, ...]:
        """The indicators below a node written as "index", "domain 2", "aspect 5" or "indicator 21"."""
        kind, number = self.node(node)
        if kind == "index":
            return self.indicators
        if kind == "indicator":
            return (self.indicators[number - 1],)
        aspects = [a.number for a in self.aspects if (a.number if kind == "aspect" else a.domain) == number]
        return tuple(indicator for indicator in self.indicators if indicator.aspect in aspects)

    def node(self, node: str) -> tuple[str, int]:
        """Split a node name into kind and number (0 for the index).

        Raises:
            RefusedInput: if this instrument has no such node.
        """
        if node == "index":
            return "index", 0
        kind, _, number = node.partition(" ")
        parts = {"domain": self.domains, "aspect": self.aspects, "indicator": self.indicators}.get(kind, ())
        if not number.isdigit() or not 1 <= int(number) <= len(parts):
            raise RefusedInput(
                "unknown_node",
                Text(
                    id=f"{node!r} tidak ada pada {self.id}. Yang ada: index, {self._extent('id')}.",
                    en=f"{node!r} does not exist in {self.id}. There are: index, {self._extent('en')}.",
                ),
                node=node,
                instrument=self.id,
            )
        return kind, int(number)

    def _extent(self, language: Literal["id", "en"]) -> str:
        words = {"id": ("domain", "aspek", "indikator"), "en": ("domain", "aspect", "indicator")}[language]
        groups = zip(words, (self.domains, self.aspects, self.indicators), strict=True)
        return ", ".join(f"{word} 1-{len(parts)}" for word, parts in groups if parts)

    def parent(self, node: str) -> str:
        """The node above; the index is its own parent."""
        kind, number = self.node(node)
        if kind == "indicator":
            return f"aspect {self.indicators[number - 1].aspect}"
        domain = self.aspects[number - 1].domain if kind == "aspect" else None
        return "index" if domain is None else f"domain {domain}"

    def node_name(self, node: str) -> Text:
        kind, number = self.node(node)
        if kind == "index":
            return self.short
        if kind == "domain":
            return self.domains[number - 1].name
        return self.aspects[number - 1].name if kind == "aspect" else self.indicators[number - 1].name

    def rating_rule(self, year: int) -> RatingRule:
        """The rule by which a year was rated: its own, or the default."""
        own = next((r for r in self.rating_rules if r.year == year), None)
        return own or next(r for r in self.rating_rules if r.year is None)

    def rating(self, index: Fraction, year: int) -> RatingBand:
        """The predikat of an exact index, by the rule of its year."""
        value = index if self.rating_rule(year).rates == "exact" else Fraction(shown(index))
        return [band for band in self.bands if band.lower <= value or band is self.bands[0]][-1]

    def level_of(self, value: Fraction) -> int:
        """The level that a value counts as: itself where levels are whole, by range otherwise."""
        reached = [r.level for r in self.scale.ranges if r.lower <= value]
        return max(reached) if reached else int(value)

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels there are, lowest first."""
        if self.scale.ranges:
            return tuple(sorted(r.level for r in self.scale.ranges))
        return tuple(range(int(self.scale.lowest), int(self.scale.highest) + 1))

    def value_of(self, level: int) -> Fraction:
        """The least value that counts as a level: itself, or where its range begins."""
        return next((r.lower for r in self.scale.ranges if r.level == level), Fraction(level))

    def threshold(self, band: RatingBand, year: int) -> Fraction:
        """The least exact index that earns a band by the rule of a year.

        Half a hundredth less than the bound where the displayed index is rated: 3.495 is shown 3.50.
        """
        if band is self.bands[0]:
            return self.scale.lowest
        return band.lower if self.rating_rule(year).rates == "exact" else band.lower - Fraction(1, 200)

    def sources_of(self, indicator: int, level: int) -> tuple[LegalBasis, ...]:
        """Where the criteria of one level stand."""
        return tuple(
            source.model_copy(update={"locator": source.locator.format(indicator=indicator, level=level)})
            for source in self.level_sources
        )


def add_instrument_folder(folder: Path) -> None:
    """Let instruments of an installation's own be loaded by id; files there win over none that ship."""
    if folder not in _folders:
        _folders.append(folder)
        load_instrument.cache_clear()


def instrument_ids() -> list[str]:
    """The ids that can be loaded, in order."""
    return sorted(path.stem for path in _files())


def _files() -> Iterator[Path]:
    for folder in _folders:
        yield from sorted(folder.glob("*.yaml"))


@cache
def load_instrument(id_or_path: str | Path) -> Instrument:
    """Load and check an instrument by id ("spbe-2020") or from a file.

    Raises:
        RefusedInput: unknown id, or a file that does not hold together; the message names the place.
    """
    path = id_or_path if isinstance(id_or_path, Path) else None
    path = path or next((file for file in _files() if file.stem == id_or_path), None)
    if path is None:
        known = ", ".join(instrument_ids())
        raise RefusedInput(
            "unknown_instrument",
            Text(
                id=f"Instrumen {id_or_path!r} tidak dikenal. Yang ada: {known}.",
                en=f"Instrument {id_or_path!r} is unknown. There are: {known}.",
            ),
            instrument=str(id_or_path),
        )
    try:
        return Instrument.model_validate(read_yaml(path))
    except yaml.YAMLError as reason:
        raise _broken(path, str(reason)) from reason
    except ValidationError as reason:
        first = reason.errors()[0]
        raise _broken(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from reason


def _broken(path: Path, what: str) -> RefusedInput:
    return RefusedInput(
        "broken_instrument",
        Text(
            id=f"{path.name}: berkas instrumen tidak dapat dipakai. {what}. Perbaiki berkas itu lalu ulangi.",
            en=f"{path.name}: the instrument file cannot be used. {what}. Mend the file and try again.",
        ),
        file=path.name,
    )


def instrument_for(year: int) -> Instrument:
    """The shipped instrument by which a year was, or would be, evaluated."""
    shipped = [load_instrument(path.stem) for path in sorted(SHIPPED.glob("*.yaml"))]
    fitting = [i for i in shipped if i.first_year <= year and (i.last_year is None or year <= i.last_year)]
    return fitting[0] if fitting else max(shipped, key=lambda i: i.first_year)
