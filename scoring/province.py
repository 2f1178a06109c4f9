"""A province over its districts: where it is weak, who could teach whom, what lifting the weakest gives."""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from scoring.assessment import Assessment, Stage
from scoring.compare import Entry, NodeComparison, compare, quantile
from scoring.figures import Exact, shown
from scoring.gaps import reference_level
from scoring.instrument import load_instrument
from scoring.refusal import RefusedInput, Text

_MOST_TEACHERS = 3


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Member(_Document):
    """An agency with its value at a node."""

    agency: str
    value: Exact
    value_shown: str


class WeakPart(_Document):
    """A domain, aspect or indicator that stands below the reference level in some agencies.

    Attributes:
        known: how many agencies have a value here; ``mean`` is over these.
        learners: those below the reference level, the lowest first.
        teachers: the highest that stand at the reference level or above, at most three.
        average_gain: points by which the average index of these agencies would rise if every learner stood at
            the reference level.
    """

    node: str
    name: str
    name_en: str
    weight: Exact
    known: int
    mean: Exact
    mean_shown: str
    learners: tuple[Member, ...]
    teachers: tuple[Member, ...]
    average_gain: Exact


class Lift(_Document):
    """What happens to the average index if the agencies below the lower quartile rise to the median."""

    agencies: tuple[str, ...]
    to: Exact
    average_before: Exact
    average_after: Exact
    gain: Exact


class ProvinceView(_Document):
    """``weak`` holds the parts by falling gain for the average, at every granularity that is known."""

    instrument: str
    year: int
    stage: Stage
    agencies: int
    reference_level: int
    average: Exact
    average_shown: str
    weak: tuple[WeakPart, ...]
    lift: Lift
    unknown: tuple[str, ...]
    second_hand: bool


def province_view(assessments: Sequence[Assessment]) -> ProvinceView:
    """Look at the districts of a province together.

    Args:
        assessments: of one instrument, year and stage, one an agency.

    Raises:
        RefusedInput: they are not alike, or no index is known.
    """
    comparison = compare(assessments)
    years = {assessment.year for assessment in assessments}
    index = comparison.node("index")
    if not comparison.comparable or len(years) > 1 or index is None:
        raise RefusedInput(
            "not_alike",
            Text(
                id="Tinjauan provinsi memerlukan penilaian dengan instrumen, tahun, dan tahap yang sama, "
                "dan paling sedikit satu indeks yang diketahui.",
                en="A province view needs assessments of the same instrument, year and stage, "
                "and at least one known index.",
            ),
            instruments=list(comparison.instruments),
            years=sorted(years),
        )
    instrument = load_instrument(comparison.instruments[0])
    level = reference_level(instrument)
    reference = instrument.value_of(level)
    parts = (_weak(node, reference) for node in comparison.nodes if node.node != "index")
    weak = [part for part in parts if part.learners]
    average = _mean(_values(index.entries))
    return ProvinceView(
        instrument=instrument.id,
        year=assessments[0].year,
        stage=assessments[0].stage,
        agencies=len(assessments),
        reference_level=level,
        average=average,
        average_shown=shown(average),
        weak=tuple(sorted(weak, key=lambda part: -part.average_gain)),
        lift=_lift(index.entries, average),
        unknown=tuple(entry.agency for entry in index.entries if entry.value is None),
        second_hand=instrument.second_hand,
    )


def _weak(node: NodeComparison, reference: Fraction) -> WeakPart:
    members = [
        Member(agency=entry.agency, value=entry.value, value_shown=shown(entry.value))
        for entry in node.entries
        if entry.value is not None
    ]
    learners = [member for member in reversed(members) if member.value < reference]
    missing = sum((reference - member.value for member in learners), Fraction(0))
    mean = _mean([member.value for member in members])
    return WeakPart(
        node=node.node,
        name=node.name,
        name_en=node.name_en,
        weight=node.weight,
        known=len(members),
        mean=mean,
        mean_shown=shown(mean),
        learners=tuple(learners),
        teachers=tuple(member for member in members if member.value >= reference)[:_MOST_TEACHERS],
        average_gain=node.weight * missing / 100 / len(members),
    )


def _lift(entries: Sequence[Entry], average: Fraction) -> Lift:
    values = sorted(_values(entries))
    lower, median = (quantile(values, Fraction(quarter, 4)) for quarter in (1, 2))
    lowest = [entry for entry in entries if entry.value is not None and entry.value < lower]
    gain = sum((median - value for value in _values(lowest)), Fraction(0)) / len(values)
    return Lift(
        agencies=tuple(entry.agency for entry in reversed(lowest)),
        to=median,
        average_before=average,
        average_after=average + gain,
        gain=gain,
    )


def _values(entries: Sequence[Entry]) -> list[Fraction]:
    return [entry.value for entry in entries if entry.value is not None]


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
