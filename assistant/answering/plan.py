"""The cheapest way to a target: how many steps, which indicators, what each is worth."""

from fractions import Fraction
from itertools import groupby

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.answering.findings import assessors_words
from assistant.answering.inferred import say_inferred
from assistant.answering.score import second_hand
from assistant.answering.standing import Standing, supposed_levels
from assistant.records.agencies import spoken
from assistant.request import Request
from scoring.costs import Costs
from scoring.figures import unrounded
from scoring.gaps import reference_level
from scoring.plan import Plan, plan
from scoring.steps import Step
from scoring.target import Target, read_target

_CITED = 3  # indicators whose requirement is told; the rest are in the table
_ROWS = 12


def answer(request: Request, desk: Desk) -> Answer:
    standing = desk.standing(request)
    target = _target(request, standing)
    if not standing.assessment.levels and standing.instrument.scale.whole and standing.value("index") is not None:
        return _distance(request, desk, standing, target)
    if (part := _part_wanted(request, standing)) is not None:
        return _of_part(request, desk, standing, *part)
    way = plan(standing.assessment, target, Costs(max_indicators=request.at_most))
    request = request.model_copy(
        update={
            "year": standing.year,
            "agency": standing.assessment.agency,
            "target": request.target or target.rating or (unrounded(target.index) if target.index else None),
        }
    )
    _verdict(desk, standing, way)
    if way.steps:
        _table(desk, standing, way)
        _requirements(desk, standing, way)
        assessors_words(desk, standing, "index", "recommendation")
    _caveats(desk, standing, way)
    second_hand(desk, standing)
    _suggest(desk, standing, way)
    listed = tuple(f"indicator {steps[0].indicator}" for steps in _by_indicator(way)[:_ROWS])
    return desk.draft.answer(request.model_copy(update={"listed": listed}))


def _part_wanted(request: Request, standing: Standing) -> tuple[str, Fraction] | None:
    """A domain or aspect that is to be raised, with the value it is to have: the one asked for, else the next whole."""
    node, value = request.node or "index", standing.computed(request.node or "index")
    if not node.startswith(("domain", "aspect")) or value is None or standing.computed("index") is None:
        return None
    scale = standing.instrument.scale
    if request.target is None:
        wanted = max(Fraction(reference_level(standing.instrument)), Fraction(int(value) + 1))
    else:
        target = read_target(request.target, standing.instrument)
        if target.index is None or target.rating is not None or target.every is not None:
            return None
        wanted = target.index
    return (node, min(wanted, Fraction(scale.highest))) if wanted > value else None


def _of_part(request: Request, desk: Desk, standing: Standing, node: str, wanted: Fraction) -> Answer:
    """The cheapest way to raise one domain or aspect, by its own indicators alone."""
    instrument, value = standing.instrument, standing.computed(node) or Fraction(0)
    kind, number = instrument.node(node)
    weight = (instrument.domains if kind == "domain" else instrument.aspects)[number - 1].weight
    inside = {indicator.number for indicator in instrument.indicators_under(node)}
    others = frozenset(indicator.number for indicator in instrument.indicators) - inside
    needed = (standing.computed("index") or Fraction(0)) + (wanted - value) * weight / 100
    way = plan(standing.assessment, Target(index=needed), Costs(locked=others))
    final = {step.indicator: step.to_value for step in sorted(way.steps, key=lambda s: s.to_value)}
    after, source = supposed_levels(standing, final), f"{standing.held.label}, {desk.say('pengandaian', 'what-if')}"
    name, agency = desk.node(instrument, node), desk.called(standing.assessment.agency)
    start, year = desk.value(standing, node, value), desk.year(standing.year)
    steps = desk.count(len(way.steps), desk.say("langkah", "steps"), node, source)
    end = desk.draft.figure(after.computed(node) or value, desk.say("nilai", "value"), node, source)
    index = desk.draft.figure(after.computed("index") or needed, desk.say("indeks", "index"), "index", source)
    before = desk.value(standing, "index")
    desk.draft.sentence(
        desk.say(
            f"Jalan termurah menaikkan {name} {agency} dari {start} ({year}) menjadi {end}: **{steps} kenaikan "
            f"tingkat**. Indeksnya naik dari {before} menjadi {index}.",
            f"The cheapest way to raise {name} of {agency} from {start} ({year}) to {end}: **{steps} level steps**. "
            f"The index rises from {before} to {index}.",
        )
    )
    _table(desk, standing, way)
    _requirements(desk, standing, way)
    _caveats(desk, standing, way)
    second_hand(desk, standing)
    _suggest(desk, standing, way)
    listed = tuple(f"indicator {steps[0].indicator}" for steps in _by_indicator(way)[:_ROWS])
    update = {
        "year": standing.year,
        "agency": standing.assessment.agency,
        "target": unrounded(wanted),
        "listed": listed,
    }
    return desk.draft.answer(request.model_copy(update=update))


def _distance(request: Request, desk: Desk, standing: Standing, target: Target) -> Answer:
    """Without the levels of the indicators there are no steps to count; how far the target is, is known."""
    agency, year, start = (
        desk.called(standing.assessment.agency),
        desk.year(standing.year),
        desk.value(standing, "index"),
    )
    index, source = standing.value("index") or 0, standing.held.label
    if target.index is None and target.rating is None:
        desk.draft.sentence(
            desk.say(
                f"Tingkat tiap indikator {agency} {year} belum ada di sini, jadi langkahnya belum dapat dihitung.",
                f"The level of each indicator of {agency} in {year} is not held here, so steps cannot be counted.",
            )
        )
    else:
        needed = target.needed_index(standing.instrument, standing.year)
        wanted = _aim(desk, standing, target)
        gap = desk.draft.figure(abs(needed - index), desk.say("kekurangan", "shortfall"), "index", source)
        if index >= needed:
            desk.draft.sentence(
                desk.say(
                    f"{agency} sudah memenuhi {wanted}: indeks {year} adalah **{start}**.",
                    f"{agency} already meets {wanted}: the index of {year} is **{start}**.",
                )
            )
        else:
            desk.draft.sentence(
                desk.say(
                    f"{agency} masih kurang **{gap}** dari {start} ({year}) menuju {wanted}.",
                    f"{agency} is **{gap}** short of {wanted}, from {start} in {year}.",
                )
            )
            desk.draft.sentence(
                desk.say(
                    "Langkahnya belum dapat dihitung, karena tingkat tiap indikatornya belum ada di sini; impor "
                    "Laporan Hasil Evaluasi atau penilaian mandirinya.",
                    "The steps cannot be counted, because the level of each indicator is not held here; import the "
                    "evaluation report or the self-assessment.",
                )
            )
    name = spoken(standing.assessment.agency)
    desk.draft.suggest(
        desk.say(f"Apa yang menahan indeks {name}?", f"What holds the index of {name} back?"),
        desk.say(f"Bagaimana perkembangan indeks {name}?", f"How has the index of {name} developed?"),
    )
    update = {"year": standing.year, "agency": standing.assessment.agency, "target": request.target or target.rating}
    return desk.draft.answer(request.model_copy(update=update))


def _target(request: Request, standing: Standing) -> Target:
    """The target asked for; without one the next predikat, or the national minimum for every indicator."""
    if request.target is not None:
        return read_target(request.target, standing.instrument)
    following = standing.next_band()
    if following is not None:
        return Target(rating=following[0].id)
    return Target(every=int(standing.instrument.scale.highest))


def _aim(desk: Desk, standing: Standing, target: Target) -> str:
    """The target in words, with tokens."""
    parts = []
    if target.index is not None:
        parts.append(
            desk.say("indeks ", "an index of ")
            + desk.draft.figure(target.index, desk.say("target", "target"), "index", standing.held.label)
        )
    if target.rating is not None:
        band = next(b for b in standing.instrument.bands if b.name.id == target.rating)
        bound = desk.draft.figure(band.lower, desk.say("batas predikat", "rating bound"), "index", standing.held.label)
        parts.append(
            desk.say(f"predikat {desk.rating(band.name)} (batas {bound})", f"{desk.rating(band.name)} (from {bound})")
        )
    if target.every is not None:
        level = desk.draft.figure(target.every, desk.say("tingkat", "level"), "index", standing.held.label)
        parts.append(desk.say(f"setiap indikator minimal tingkat {level}", f"every indicator at level {level} or more"))
    return desk.listed(parts)


def _verdict(desk: Desk, standing: Standing, way: Plan) -> None:
    agency, year = desk.called(standing.assessment.agency), desk.year(standing.year)
    wanted = _aim(desk, standing, way.target)
    incomplete = way.assumed_lowest or way.shared or way.inferred
    start = desk.value(standing, "index", way.start.index if incomplete else standing.value("index"))
    source = standing.held.label
    if not way.reached:
        end = desk.draft.figure(way.furthest.index, desk.say("terjauh", "furthest"), "index", source)
        desk.draft.sentence(
            desk.say(
                f"{agency} tidak dapat mencapai {wanted} dari {start}; paling jauh {end}.",
                f"{agency} cannot reach {wanted} from {start}; the furthest is {end}.",
            )
        )
        for block in way.blocks[:3]:
            desk.draft.item(desk.draft.name(desk.text(block.text)))
        return
    if not way.steps:
        desk.draft.sentence(
            desk.say(
                f"{agency} sudah memenuhi {wanted}: indeks {year} adalah {start}.",
                f"{agency} already meets {wanted}: the index of {year} is {start}.",
            )
        )
        return
    gap = desk.draft.figure(way.gap, desk.say("kekurangan", "shortfall"), "index", source)
    steps = desk.count(len(way.steps), desk.say("langkah", "steps"), "index", source)
    touched = desk.count(len(way.indicators), desk.say("jumlah indikator", "number of indicators"), "index", source)
    end = desk.draft.figure(way.end.index, desk.say("indeks akhir", "final index"), "index", source)
    short = desk.say(f", yang masih kurang {gap}", f", {gap} away") if way.gap > 0 else ""
    desk.draft.sentence(
        desk.say(
            f"Jalan termurah {agency} dari {start} menuju {wanted}{short}: "
            f"**{steps} kenaikan tingkat** pada {touched} indikator, berakhir di {end}.",
            f"The cheapest way for {agency} from {start} to {wanted}{short}: "
            f"**{steps} level steps** on {touched} indicators, ending at {end}.",
        )
    )


def _by_indicator(way: Plan) -> list[list[Step]]:
    """The steps of each indicator together, in the order of their first step."""
    order = list(dict.fromkeys(step.indicator for step in way.steps))
    steps = sorted(way.steps, key=lambda s: (order.index(s.indicator), s.from_level))
    return [list(group) for _, group in groupby(steps, key=lambda s: s.indicator)]


def _table(desk: Desk, standing: Standing, way: Plan) -> None:
    source = standing.held.label
    rows = []
    grouped = _by_indicator(way)
    for steps in grouped[:_ROWS]:
        of = f"indicator {steps[0].indicator}"
        level = desk.say("tingkat", "level")
        whole = standing.instrument.scale.whole  # else the values within the levels' ranges
        low = desk.draft.figure(steps[0].from_level if whole else steps[0].from_value, level, of, source)
        high = desk.draft.figure(steps[-1].to_level if whole else steps[-1].to_value, level, of, source)
        gain = desk.exact(sum((s.gain for s in steps[1:]), steps[0].gain), desk.say("tambahan", "gain"), of, standing)
        rows.append([desk.indicator(standing.instrument, steps[0].indicator), f"{low} → {high}", f"+{gain}"])
    header = [desk.say("Indikator", "Indicator"), desk.say("Tingkat", "Level"), desk.say("Indeks", "Index")]
    desk.draft.table(header, rows)
    if len(grouped) > _ROWS:
        others = desk.numbers(steps[0].indicator for steps in grouped[_ROWS:])
        desk.draft.sentence(desk.say(f"Selebihnya: {others}.", f"The others: {others}."))


def _requirements(desk: Desk, standing: Standing, way: Plan) -> None:
    desk.draft.sentence(desk.say("Mulai dari:", "Start with:"))
    for steps in _by_indicator(way)[:_CITED]:
        step = steps[0]
        required = desk.requirement(standing.instrument, step.indicator, step.to_level)
        if required is None:
            continue
        level = desk.level(standing.instrument, step.indicator, step.to_level, standing.held.label)
        passage = desk.criteria(standing.instrument, step.indicator, step.to_level)
        name = desk.indicator(standing.instrument, step.indicator)
        desk.draft.item(f"**{name}, {desk.say('ke', 'to')} {level}:** {required}{desk.cited(passage)}.")


def _caveats(desk: Desk, standing: Standing, way: Plan) -> None:
    say_inferred(desk, standing, way.inferred, way.sums, way.shared)
    if way.assumed_lowest:
        numbers = desk.numbers(way.assumed_lowest)
        desk.draft.note(
            desk.say(
                f"Indikator {numbers} belum dinilai dan di sini dihitung pada tingkat terendah; "
                "begitu tingkatnya diketahui, jalannya bisa lebih pendek.",
                f"Indicators {numbers} are not assessed and counted here at the lowest level; "
                "once their levels are known the way may be shorter.",
            )
        )
    if way.steps:
        desk.draft.note(
            desk.say(
                "Setiap kenaikan dianggap sama berat; dengan biaya instansi sendiri urutannya dapat berubah.",
                "Every step is taken to cost the same; with your own costs the order may change.",
            )
        )


def _suggest(desk: Desk, standing: Standing, way: Plan) -> None:
    agency = spoken(standing.assessment.agency)
    if way.steps:
        step = way.steps[0]
        desk.draft.suggest(
            desk.say(
                f"Bukti apa untuk indikator {step.indicator} level {step.to_level}?",
                f"What evidence does indicator {step.indicator} need for level {step.to_level}?",
            )
        )
    desk.draft.suggest(
        desk.say(
            f"Rencana {agency} agar semua indikator minimal 3?",
            f"Plan for {agency} so that every indicator is at least 3?",
        ),
        desk.say(f"Indikator apa yang paling menahan {agency}?", f"Which gaps hold {agency} back the most?"),
    )
