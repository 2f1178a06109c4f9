"""The plan of a report: the cheapest way to the target, a row an indicator, with what each level asks for."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from assistant.answering.standing import Standing
from assistant.reports.citing import Sources
from assistant.reports.content import PlanPart, PlanRow, Statement
from assistant.reports.wording import figure, listed, words
from scoring import Costs, Instrument, Language, Plan, Target, Text, plan, read_target
from scoring.figures import shown
from scoring.gaps import reference_level
from scoring.steps import Step
from scoring.target import band_named

_MOST_BLOCKS = 3


def plan_part(
    standing: Standing, target: str | None, sources: Sources, language: Language, costs: Costs | None = None
) -> PlanPart | None:
    """The plan, None where levels are not known.

    Raises:
        RefusedInput: a target that is not understood, or costs of what the instrument does not have.
    """
    wanted = _usual_target(standing) if target is None else read_target(target, standing.instrument)
    if not standing.assessment.levels:
        return None
    way = plan(standing.assessment, wanted, costs)
    told = _told(wanted, standing.instrument, language)
    return PlanPart(
        target=told,
        verdict=_verdict(way, told).into(language),
        start=way.start.index,
        end=way.end.index,
        end_rating=band_named(standing.instrument, way.end.rating).name.into(language),
        rows=tuple(
            _row(steps, standing, (*way.assumed_lowest, *way.shared), sources, language) for steps in _by_indicator(way)
        ),
        notes=tuple(note.into(language) for note in _notes(way, standing.published("index"), priced=costs is not None)),
        priced=costs is not None,
    )


def _usual_target(standing: Standing) -> Target:
    """The next predikat; at the top, or where none is known, a level for every indicator."""
    following = standing.next_band()
    if following is not None:
        return Target(rating=following[0].id)
    if standing.rating is None:
        return Target(every=reference_level(standing.instrument))
    return Target(every=int(standing.instrument.scale.highest))


def _told(target: Target, instrument: Instrument, language: Language) -> str:
    parts = []
    if target.index is not None:
        value = figure(target.index, language)
        parts.append(Text(id=f"indeks {value}", en=f"an index of {value}").into(language))
    if target.rating is not None:
        band = band_named(instrument, target.rating)
        parts.append(f"{band.name.into(language)} ({figure(band.lower, language)})")
    if target.every is not None:
        every = Text(id=f"setiap indikator minimal {target.every}", en=f"every indicator at least {target.every}")
        parts.append(every.into(language))
    return listed(parts, language)


def _verdict(way: Plan, told: str) -> Text:
    start_id, start_en = figure(way.start.index, "id"), figure(way.start.index, "en")
    if not way.reached:
        blocks = way.blocks[:_MOST_BLOCKS]
        why_id, why_en = (" ".join(block.text.into(language) for block in blocks) for language in ("id", "en"))
        return Text(
            id=f"Target itu tidak tercapai dari {start_id}: paling jauh {figure(way.furthest.index, 'id')} "
            f"({way.furthest.rating}). {why_id}",
            en=f"The target cannot be reached from {start_en}: the furthest is {figure(way.furthest.index, 'en')} "
            f"({way.furthest.rating_en}). {why_en}",
        )
    if not way.steps:
        return Text(id=f"Sudah terpenuhi: {told}.", en=f"Already met: {told}.")
    steps, touched = len(way.steps), len(way.indicators)
    return Text(
        id=f"Jalan termurah: {steps} kenaikan tingkat pada {touched} indikator, dari {start_id} "
        f"ke {figure(way.end.index, 'id')} ({way.end.rating}).",
        en=f"The cheapest way: {steps} level steps on {touched} indicators, from {start_en} "
        f"to {figure(way.end.index, 'en')} ({way.end.rating_en}).",
    )


def _by_indicator(way: Plan) -> list[list[Step]]:
    """The steps of each indicator together, in the order of their first step."""
    order = list(dict.fromkeys(step.indicator for step in way.steps))
    steps = sorted(way.steps, key=lambda s: (order.index(s.indicator), s.from_level))
    return [list(group) for _, group in groupby(steps, key=lambda s: s.indicator)]


def _row(
    steps: list[Step], standing: Standing, assumed: tuple[int, ...], sources: Sources, language: Language
) -> PlanRow:
    indicator = standing.instrument.indicators[steps[0].indicator - 1]
    several = len(steps) > 1
    return PlanRow(
        indicator=indicator.number,
        name=indicator.name.into(language),
        weight=indicator.weight,
        from_level=steps[0].from_level,
        to_level=steps[-1].to_level,
        assumed=indicator.number in assumed,
        gain=sum((step.gain for step in steps[1:]), steps[0].gain),
        requirements=tuple(
            Statement(
                text=step.requirement.into(language),
                sources=sources.of_level(step.indicator, step.to_level),
                lead=words("level_n", language, level=step.to_level) if several else "",
            )
            for step in steps
            if step.requirement is not None
        ),
        evidence=tuple(proof.into(language) for step in steps for proof in step.evidence),
        cost=sum((step.cost for step in steps), Fraction(0)),
        weeks=sum(weeks, Fraction(0)) if (weeks := [s.weeks for s in steps if s.weeks is not None]) else None,
    )


def _notes(way: Plan, published: Fraction | None, *, priced: bool) -> Iterator[Text]:
    if published is not None and shown(published) != shown(way.start.index):
        start, said = way.start.index, published
        yield Text(
            id=f"Rencana mulai dari {figure(start, 'id')} yang terhitung, bukan {figure(said, 'id')} yang diumumkan.",
            en=f"The plan starts at the computed {figure(start, 'en')}, not at the published {figure(said, 'en')}.",
        )
    if way.inferred:
        forced = ", ".join(f"{number} ({level})" for number, level in way.inferred.items())
        yield Text(
            id=f"Tingkatnya tidak tercatat, tetapi nilai yang terbit hanya mungkin dengan: {forced}.",
            en=f"Their levels are not recorded, but the published values are only possible with: {forced}.",
        )
    for one in way.sums:
        numbers, shares = (", ".join(map(str, n)) for n in (one.indicators, (way.shared[i] for i in one.indicators)))
        yield Text(
            id=f"Indikator {numbers} hanya diketahui jumlah tingkatnya, {one.total}; dihitung {shares}.",
            en=f"Of indicators {numbers} only the sum of levels is known, {one.total}; counted as {shares}.",
        )
    if way.assumed_lowest:
        numbers = ", ".join(map(str, way.assumed_lowest))
        yield Text(
            id=f"Indikator {numbers} belum dinilai; rencana menghitungnya pada tingkat terendah.",
            en=f"Indicators {numbers} are not assessed; the plan counts them at the lowest level.",
        )
    if way.steps and priced:
        weeks_id = f", {figure(way.weeks, 'id', 0)} minggu bila berurutan" if way.weeks is not None else ""
        weeks_en = f", {figure(way.weeks, 'en', 0)} weeks one after the other" if way.weeks is not None else ""
        yield Text(
            id=f"Dihitung dengan tabel biaya instansi: seluruhnya {figure(way.cost, 'id')}{weeks_id}.",
            en=f"Computed with the agency's table of costs: {figure(way.cost, 'en')} in all{weeks_en}.",
        )
        yield way.tie_rule
    elif way.steps:
        yield Text(
            id="Setiap kenaikan dianggap sama berat. Dengan biaya instansi sendiri urutannya dapat berubah.",
            en="Every step is taken to cost the same. With costs of your own the order may change.",
        )
        yield way.tie_rule
