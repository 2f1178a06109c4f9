"""Figures become assessments: one for each agency, year and stage, checked cell by cell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ingest.assessments.cells import Sheet, Spoiled, words
from ingest.assessments.figures import Figure
from ingest.assessments.labels import NodeKind
from ingest.assessments.refusals import MEND_CELL, levels_accepted, refuse
from ingest.assessments.report import Report
from scoring.assessment import Assessment, Published, Stage
from scoring.figures import unrounded
from scoring.instrument import Instrument
from scoring.refusal import RefusedInput, Text

Key = tuple[str, int, Stage]

_GRAINS = ("rating", "index", "domain", "aspect", "indicator")


@dataclass
class Gathered:
    """All figures of one agency, year and stage.

    ``blanks`` counts places without a value, ``uncalculated`` are totals whose formulas no program has calculated.
    """

    instrument: Instrument
    values: dict[tuple[NodeKind, int], Figure] = field(default_factory=dict)
    blanks: int = 0
    sheets: set[int] = field(default_factory=set)
    uncalculated: list[Figure] = field(default_factory=list)
    evidence: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Checks:
    """Checks figures as they come in and remembers what must be asked about.

    Args:
        sheets: to say where a figure stands.
        zero_is_missing: the person said that 0 means "not assessed" in this file.
    """

    sheets: list[Sheet]
    zero_is_missing: bool
    zeros: list[Figure] = field(default_factory=list)

    def place(self, figure: Figure) -> Text:
        return self.sheets[figure.sheet].at(figure.row, figure.column)

    def number(self, figure: Figure, instrument: Instrument) -> Fraction | None:
        """The value of an indicator, aspect, domain or index; None where it was not assessed.

        Raises:
            RefusedInput: no number, or none that the instrument has.
        """
        value = figure.value
        if value is None:
            return None
        if isinstance(value, str):
            raise self._unreadable(figure, value, instrument)
        scale = instrument.scale
        if value == 0 and scale.lowest > 0:
            if self.zero_is_missing:
                self.zeros.append(figure)
                return None
            if figure.kind == "indicator":
                self.zeros.append(figure)
                return None
            return value
        whole = scale.whole and figure.kind == "indicator"
        lowest = scale.lowest if figure.kind == "indicator" else Fraction(0)
        if not lowest <= value <= scale.highest or (whole and value.denominator != 1):
            raise self._not_allowed(figure, value, instrument)
        return value

    def refuse_zeros(self, instrument: Instrument) -> None:
        """Ask about zeros where the instrument has none.

        Raises:
            RefusedInput: there are some, and nobody said what they mean.
        """
        if not self.zeros or self.zero_is_missing:
            return
        first = self.place(self.zeros[0])
        count = len(self.zeros)
        raise refuse(
            "suspicious_zero",
            first,
            Text(
                id=f"nilai 0 pada {count} sel; {instrument.id} tidak mempunyai tingkat 0",
                en=f"the value 0 stands in {count} cells; {instrument.id} has no level 0",
            ),
            levels_accepted(_levels(instrument)),
            Text(
                id="Bila 0 di sini berarti belum dinilai, ulangi dengan --zero-is-missing; bila tidak, isi tingkatnya.",
                en="If 0 means not assessed here, repeat with --zero-is-missing; if not, fill in the level.",
            ),
            cells=[self.place(figure).id for figure in self.zeros[:20]],
            count=count,
        )

    def is_uncalculated(self, figure: Figure) -> bool:
        """Whether the cell is a formula whose value the file does not hold; an error is none."""
        cell = self.sheets[figure.sheet].cell(figure.row, figure.column)
        return isinstance(cell, Spoiled) and not cell.formula.startswith("#")

    def say_uncalculated(self, held: Gathered, assessment: Assessment | None, report: Report) -> None:
        """Totals that were never calculated may be missing where finer values are there: they follow from those.

        Raises:
            RefusedInput: there are none, so that something is missing.
        """
        if not held.uncalculated:
            return
        first = held.uncalculated[0]
        finest = -1 if assessment is None else _GRAINS.index(assessment.basis)
        if any(_GRAINS.index(figure.kind) >= finest for figure in held.uncalculated):
            raise self._unreadable(first, str(first.value), held.instrument)
        count, where = len(held.uncalculated), self.place(first)
        report.add(
            "ignored",
            f"{count} total berupa rumus yang belum pernah dihitung ({where.id}); total dihitung dari tingkatnya.",
            f"{count} totals are formulas that were never calculated ({where.en}); they follow from the levels.",
        )

    def _unreadable(self, figure: Figure, value: str, instrument: Instrument) -> RefusedInput:
        cell = self.sheets[figure.sheet].cell(figure.row, figure.column)
        if isinstance(cell, Spoiled):
            error = value.startswith("#")
            return refuse(
                "formula_error" if error else "formula_without_value",
                self.place(figure),
                Text(
                    id=f"sel berisi galat {value}" if error else f"rumus {value} belum pernah dihitung",
                    en=f"the cell holds the error {value}" if error else f"the formula {value} was never calculated",
                ),
                levels_accepted(_levels(instrument)),
                Text(
                    id="Buka berkas itu dengan Excel atau LibreOffice, simpan, lalu jalankan perintah yang sama.",
                    en="Open the file in Excel or LibreOffice, save it, and run the same command.",
                ),
            )
        return refuse(
            "value_not_readable",
            self.place(figure),
            Text(id=f'"{value[:60]}" bukan nilai', en=f'"{value[:60]}" is no value'),
            levels_accepted(_levels(instrument)),
            MEND_CELL,
            value=value[:60],
        )

    def _not_allowed(self, figure: Figure, value: Fraction, instrument: Instrument) -> RefusedInput:
        said = unrounded(value)
        return refuse(
            "level_not_allowed",
            self.place(figure),
            Text(
                id=f"tingkat {said.replace('.', ',')} tidak ada pada {instrument.id}",
                en=f"level {said} does not exist in {instrument.id}",
            ),
            levels_accepted(_levels(instrument) if figure.kind == "indicator" else _span(instrument)),
            MEND_CELL,
            value=said,
            node=f"{figure.kind} {figure.number}" if figure.number else figure.kind,
        )


def gather(
    figures: Iterable[Figure],
    keys: Callable[[Figure], Key],
    instrument: Instrument,
    checks: Checks,
    into: dict[Key, Gathered],
) -> None:
    """Sort figures by agency, year and stage.

    Raises:
        RefusedInput: a value that the instrument does not have, or one figure with two values.
    """
    for figure in figures:
        key = keys(figure)
        held = into.setdefault(key, Gathered(instrument))
        if held.instrument.id != instrument.id:
            raise _two_instruments(checks.place(figure), key, held.instrument.id, instrument.id)
        held.sheets.add(figure.sheet)
        if figure.kind == "rating":
            if isinstance(figure.value, str):
                held.values.setdefault((figure.kind, 0), figure)
            continue
        if figure.kind != "indicator" and checks.is_uncalculated(figure):
            held.uncalculated.append(figure)
            continue
        value = checks.number(figure, instrument)
        if value is None:
            held.blanks += figure.kind == "indicator"
            continue
        place = (figure.kind, figure.number)
        first = held.values.setdefault(place, figure)
        if first is not figure and (first.value != value or _same_table(first, figure)):
            raise _two_values(checks, first, figure)


def _same_table(first: Figure, second: Figure) -> bool:
    return first.kind == "indicator" and first.sheet == second.sheet


def assemble(key: Key, held: Gathered) -> Assessment | None:
    """The assessment of what was gathered: as deep as it is known, totals as published. None where nothing is.

    Levels are the base where there are any; otherwise aspects or domains, the deeper where both are complete.
    """
    agency, year, stage = key
    by_kind: dict[str, dict[int, Any]] = {"indicator": {}, "aspect": {}, "domain": {}}
    for (kind, number), figure in held.values.items():
        if kind in by_kind:
            by_kind[kind][number] = figure.value
    index = held.values.get(("index", 0))
    rating = held.values.get(("rating", 0))
    levels, aspects, domains = by_kind["indicator"], by_kind["aspect"], by_kind["domain"]
    if not (levels or aspects or domains or index):
        return None
    whole_aspects = len(aspects) == len(held.instrument.aspects)
    below = held.instrument.scale.lowest
    whole_domains = bool(domains) and len(domains) == len(held.instrument.domains)
    usable_aspects = bool(aspects and not levels and (whole_aspects or not whole_domains))
    usable_aspects = usable_aspects and min(aspects.values()) >= below
    usable_domains = not levels and not usable_aspects and bool(domains) and min(domains.values()) >= below
    published = Published(
        index=index.value if index else None,  # type: ignore[arg-type]
        rating=words(rating.value) if rating and words(rating.value) not in ("-", "") else None,
        domains={} if usable_domains else domains,
        aspects={} if usable_aspects else aspects,
    )
    empty = published == Published()
    return Assessment(
        instrument=held.instrument.id,
        agency=agency,
        year=year,
        stage=stage,
        levels=levels,
        evidence=dict(sorted(held.evidence.items())) if levels else {},
        aspects=aspects if usable_aspects else {},
        domains=domains if usable_domains else {},
        published=None if empty else published,
    )


def _levels(instrument: Instrument) -> str:
    scale = instrument.scale
    if scale.whole:
        return ", ".join(str(level) for level in range(int(scale.lowest), int(scale.highest) + 1))
    return _span(instrument)


def _span(instrument: Instrument) -> str:
    return f"{unrounded(instrument.scale.lowest)}-{unrounded(instrument.scale.highest)}"


def _two_values(checks: Checks, first: Figure, second: Figure) -> RefusedInput:
    node = second.kind if not second.number else f"{second.kind} {second.number}"
    word = {"indicator": "indikator", "aspect": "aspek", "domain": "domain", "index": "indeks"}[second.kind]
    named = f"{word} {second.number}" if second.number else word
    before = checks.place(first)
    return refuse(
        "duplicate_indicator" if second.kind == "indicator" else "duplicate_total",
        checks.place(second),
        Text(
            id=f"{named} dari instansi, tahun, dan tahap yang sama sudah ada ({before.id})",
            en=f"{node} of the same agency, year and stage already stands elsewhere ({before.en})",
        ),
        Text(
            id="satu nilai untuk tiap instansi, tahun, tahap, dan indikator",
            en="one value for each agency, year, stage and indicator",
        ),
        Text(
            id="Hapus salah satunya, atau beri tiap instansi, tahun, atau tahap kolomnya sendiri. "
            "Lalu jalankan perintah yang sama.",
            en="Remove one of them, or give each agency, year or stage a column of its own. Then run the same command.",
        ),
        node=node,
    )


def _two_instruments(where: Text, key: Key, first: str, second: str) -> RefusedInput:
    return refuse(
        "two_instruments",
        where,
        Text(
            id=f"{key[0]} {key[1]} dinilai dengan dua instrumen ({first} dan {second})",
            en=f"{key[0]} {key[1]} is assessed by two instruments ({first} and {second})",
        ),
        Text(id="satu instrumen untuk satu tahun", en="one instrument for one year"),
        Text(
            id="Pisahkan ke dua berkas dengan tahunnya masing-masing.",
            en="Separate them into two files, each with its year.",
        ),
    )
