"""Which instrument a table is about, and which node each of its labels means."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessments.cells import Sheet
from ingest.assessments.labels import Label, Names, NodeKind, all_names, names_of
from ingest.assessments.refusals import refuse
from scoring.refusal import RefusedInput, Text

_ENOUGH = 0.3  # share of named labels that an instrument must know


@dataclass(frozen=True)
class Placed:
    """A label with the cell it stands in."""

    label: Label
    row: int
    column: int


def recognise(sheet: Sheet, placed: Sequence[Placed], year: int | None, stated: str | None) -> Names:
    """The instrument whose indicators these are.

    By their names; where there are none by their numbers (47, 37 or 35, 20), the rule that is stated, the year.

    Raises:
        RefusedInput: no instrument has such indicators, or several could.
    """
    labels = [one.label for one in placed]
    if known := _by_names(labels):
        return known
    numbers = {label.number for label in labels if label.number and label.kind in (None, "indicator")}
    fitting = [n for n in all_names() if not numbers or max(numbers) <= len(n.instrument.indicators)]
    fitting = [n for n in fitting if _has_parts(n, labels)]
    if not _few_names(labels):  # names of which none is known: only the whole set of numbers still tells
        certain = [n for n in fitting if n.instrument.id == stated or (year is not None and _in_force(n, year))]
        fitting = [n for n in certain if numbers == set(range(1, len(n.instrument.indicators) + 1))]
    if stated is not None and any(n.instrument.id == stated for n in fitting):
        return names_of(stated)
    complete = [n for n in fitting if numbers == set(range(1, len(n.instrument.indicators) + 1))]
    if len(complete) == 1:
        return complete[0]
    of_year = [n for n in fitting if year is not None and _in_force(n, year)]
    if len(of_year) == 1:
        return of_year[0]
    if len(fitting) == 1:
        return fitting[0]
    raise _unknown(sheet, placed, numbers)


def _by_names(labels: Sequence[Label]) -> Names | None:
    named = [label for label in labels if label.name]
    if not named:
        return None
    kinds: tuple[NodeKind, ...] = ("indicator", "aspect", "domain")

    def hits(names: Names) -> tuple[int, int]:
        exact = [label for label in named if any(names.exact(kind, label.name) for kind in kinds)]
        there = sum(names.exact("indicator", label.name) == label.number for label in exact if label.number)
        return len(exact), there

    scored = sorted(((hits(names), i) for i, names in enumerate(all_names())), reverse=True)
    (best, _), position = scored[0]
    return all_names()[position] if best >= max(1, _ENOUGH * len(named)) else None


def _few_names(labels: Sequence[Label]) -> bool:
    named = sum(bool(label.name) and len(label.name) > 8 for label in labels)
    return named < max(3, 0.3 * len(labels))


def _has_parts(names: Names, labels: Sequence[Label]) -> bool:
    """Whether the instrument has all domains and aspects that are named by number."""
    sizes = {"domain": len(names.instrument.domains), "aspect": len(names.instrument.aspects)}
    return all(label.number <= sizes[label.kind] for label in labels if label.kind in sizes and label.number)


def _in_force(names: Names, year: int) -> bool:
    instrument = names.instrument
    return instrument.first_year <= year and (instrument.last_year is None or year <= instrument.last_year)


def _unknown(sheet: Sheet, placed: Sequence[Placed], numbers: set[int]) -> RefusedInput:
    known = "; ".join(f"{n.instrument.id} ({len(n.instrument.indicators)})" for n in all_names())
    highest = max(numbers, default=0)
    first = placed[0]
    return refuse(
        "unknown_instrument",
        sheet.at(first.row, first.column),
        Text(
            id=f"instrumennya tidak dikenali dari {len(placed)} baris indikatornya (nomor tertinggi {highest})",
            en=f"no instrument was recognised from its {len(placed)} labels (highest number {highest})",
        ),
        Text(
            id=f"indikator dari instrumen yang ada, dengan banyaknya indikator: {known}",
            en=f"indicators of the instruments there are, with their number of indicators: {known}",
        ),
        Text(
            id="Tulis nama indikator seperti pada pedoman, atau sebut peraturannya di atas tabel "
            '(misalnya "PermenPANRB 59/2020").',
            en="Write the indicators' names as in the guideline, or state the rule above the table "
            '(such as "PermenPANRB 59/2020").',
        ),
        highest=highest,
    )


class Nodes:
    """The node of each label of one table."""

    def __init__(self, sheet: Sheet, names: Names, placed: Sequence[Placed]) -> None:
        self.sheet = sheet
        self.names = names
        agree = disagree = 0
        for one in placed:
            meant = names.official["indicator"].get(one.label.name) if one.label.number else None
            agree += meant is not None and meant == one.label.number
            disagree += meant is not None and meant != one.label.number
        self.by_name_only = disagree > agree
        bare = {one.label.name for one in placed if one.label.kind is None and not one.label.number}
        kinds: tuple[NodeKind, ...] = ("domain", "aspect")
        self.all_of = next((k for k in kinds if bare and all(names.exact(k, name) for name in bare)), None)
        self.unverified = 0
        self.conflicts = disagree if self.by_name_only else 0

    def of(self, one: Placed) -> tuple[NodeKind, int] | None:
        """Kind and number of the node a label means; None where it means none.

        Raises:
            RefusedInput: its number and its name mean different indicators, or it does not exist.
        """
        label, names = one.label, self.names
        node = self._node(label, one)
        if node is None or node[0] in ("index", "rating"):
            return node
        sizes = {
            "domain": len(names.instrument.domains),
            "aspect": len(names.instrument.aspects),
            "indicator": len(names.instrument.indicators),
        }
        if not 1 <= node[1] <= sizes[node[0]]:
            raise self._no_such(one, node, sizes[node[0]])
        return node

    def _node(self, label: Label, one: Placed) -> tuple[NodeKind, int] | None:
        names = self.names
        if label.kind is None and label.number is None and self.all_of is not None:
            return names.number(Label(self.all_of, None, label.name))
        if label.kind in ("index", "rating", "domain", "aspect") or label.number is None:
            return names.number(label)
        named = names.official["indicator"].get(label.name)
        if self.by_name_only:
            return names.number(Label(None, None, label.name))
        if named == label.number:
            return "indicator", label.number
        if named is not None:
            raise self._mismatch(one, named)
        if label.name and label.kind is None:
            near = names.number(Label(None, None, label.name))
            if near is not None and near[0] != "indicator":
                return near
        self.unverified += bool(label.name) and names.near("indicator", label.name, 70) != label.number
        return "indicator", label.number

    def _mismatch(self, one: Placed, named: int) -> RefusedInput:
        number = one.label.number
        assert number is not None
        of_number = self.names.instrument.indicators
        said = of_number[number - 1].name if number <= len(of_number) else Text(id="-", en="-")
        meant = of_number[named - 1].name
        return refuse(
            "indicator_name_mismatch",
            self.sheet.at(one.row, one.column),
            Text(
                id=f'nomor {number} adalah "{said.id}", tetapi namanya "{meant.id}" (indikator {named})',
                en=f'number {number} is "{said.en}", but its name is that of indicator {named}, "{meant.en}"',
            ),
            Text(
                id=f"nomor dan nama yang sama menurut {self.names.instrument.id}",
                en=f"number and name that agree in {self.names.instrument.id}",
            ),
            Text(
                id="Perbaiki nomor atau nama pada baris itu lalu jalankan perintah yang sama.",
                en="Mend the number or the name in that row and run the same command.",
            ),
            number=number,
            named=named,
        )

    def _no_such(self, one: Placed, node: tuple[NodeKind, int], size: int) -> RefusedInput:
        word = {"domain": "domain", "aspect": "aspek", "indicator": "indikator"}[node[0]]
        id_ = self.names.instrument.id
        return refuse(
            "unknown_node",
            self.sheet.at(one.row, one.column),
            Text(id=f"{word} {node[1]} tidak ada pada {id_}", en=f"{node[0]} {node[1]} does not exist in {id_}"),
            Text(id=f"{word} 1-{size}", en=f"{node[0]}s 1-{size}"),
            Text(
                id="Perbaiki nomornya lalu jalankan perintah yang sama.",
                en="Mend the number and run the same command.",
            ),
            node=f"{node[0]} {node[1]}",
        )
