"""What would the index be if some indicators stood at other levels?"""

from fractions import Fraction

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.answering.inferred import say_inferred
from assistant.answering.score import second_hand
from assistant.answering.standing import Standing
from assistant.records.agencies import spoken
from assistant.request import Clarification, Request
from scoring.figures import exactly
from scoring.simulate import Simulation, simulate

_NAMED = 4  # indicators named in one sentence; more are told by their numbers


def answer(request: Request, desk: Desk) -> Answer:
    from assistant.answering import clarify

    standing = desk.standing(request)
    changes = _changes(request, standing)
    if not changes:
        return clarify.answer(request, desk, Clarification(slot="level", choices=()))
    supposed = simulate(standing.assessment, changes)
    update = {
        "year": standing.year,
        "agency": standing.assessment.agency,
        "levels": {str(n): int(v) if v.denominator == 1 else float(v) for n, v in changes.items()},
    }
    _verdict(desk, standing, supposed)
    _nodes(desk, standing, supposed)
    if supposed.next_band is not None:
        distance = desk.draft.figure(
            supposed.next_band.distance, desk.say("kekurangan", "shortfall"), "index", standing.held.label
        )
        name = desk.draft.name(supposed.next_band.name)
        desk.draft.sentence(desk.say(f"Menuju {name} masih kurang {distance}.", f"{name} is still {distance} away."))
    _requirements(desk, standing, supposed)
    say_inferred(desk, standing, supposed.inferred, supposed.sums)
    second_hand(desk, standing)
    _suggest(desk, standing, supposed)
    return desk.draft.answer(request.model_copy(update=update))


def _changes(request: Request, standing: Standing) -> dict[int, Fraction]:
    """The levels supposed; relative ones ("naik satu tingkat") start from the levels held, within the scale."""
    changes = {int(number): exactly(level) for number, level in request.levels.items()}
    known, scale = standing.assessment.levels, standing.instrument.scale
    for number, steps in request.levels_by.items():
        if int(number) in known:
            level = standing.instrument.level_of(known[int(number)]) + steps
            level = max(int(scale.lowest), min(level, int(scale.highest)))
            changes[int(number)] = standing.instrument.value_of(level)
    return changes


def _verdict(desk: Desk, standing: Standing, supposed: Simulation) -> None:
    agency = desk.called(standing.assessment.agency)
    label = f"{standing.held.label}, {desk.say('pengandaian', 'what-if')}"
    after = supposed.index.after
    words = _grouped(desk, supposed, label)
    for change in supposed.changes if not words else ():
        name = desk.indicator(standing.instrument, change.indicator)
        whole = change.after.denominator == 1
        level = desk.draft.figure(
            int(change.after) if whole else change.after,
            desk.say("tingkat", "level"),
            f"indicator {change.indicator}",
            label,
        )
        words.append(desk.say(f"{name} di tingkat {level}", f"{name} at level {level}"))
    if after is None:
        low = desk.exact(supposed.index.floor, desk.say("batas bawah", "floor"), "index", standing)
        high = desk.exact(supposed.index.ceiling, desk.say("batas atas", "ceiling"), "index", standing)
        desk.draft.sentence(
            desk.say(
                f"Dengan {desk.listed(words)}, indeks {agency} berada antara {low} dan {high}.",
                f"With {desk.listed(words)}, the index of {agency} lies between {low} and {high}.",
            )
        )
        return
    if all(change.before == change.after for change in supposed.changes):
        now = desk.value(standing, "index")
        desk.draft.sentence(
            desk.say(
                f"{desk.listed(words)} memang keadaan {agency} sekarang, jadi indeksnya tetap **{now}**.",
                f"{desk.listed(words)} is where {agency} stands already, so its index stays at **{now}**.",
            )
        )
        return
    index = desk.draft.figure(after, desk.say("indeks", "index"), "index", label, second_hand=supposed.second_hand)
    delta = supposed.index.delta
    moved = ""
    if delta is not None and supposed.index.before is not None:
        before = desk.value(standing, "index")
        places = next((p for p in (2, 3, 4) if (delta * 10**p).denominator == 1), 4)
        change_ = desk.draft.figure(abs(delta), desk.say("perubahan", "change"), "index", label, places=places)
        way = desk.say("naik" if delta >= 0 else "turun", "up" if delta >= 0 else "down")
        moved = desk.say(f", {way} {change_} dari {before}", f", {way} {change_} from {before}")
    rating = ""
    if supposed.rating_after is not None:
        same = supposed.rating_after == supposed.rating_before
        name = desk.draft.name(supposed.rating_after)
        rating = desk.say(
            f"; predikat {'tetap' if same else 'menjadi'} {name}",
            f"; the rating {'stays' if same else 'becomes'} {name}",
        )
    desk.draft.sentence(
        desk.say(
            f"Dengan {desk.listed(words)}, indeks {agency} menjadi **{index}**{moved}{rating}.",
            f"With {desk.listed(words)}, the index of {agency} becomes **{index}**{moved}{rating}.",
        )
    )


def _grouped(desk: Desk, supposed: Simulation, label: str) -> list[str]:
    """Many indicators by their numbers, level by level; none where they are few enough to be named."""
    if len(supposed.changes) <= _NAMED:
        return []
    words = []
    for level in sorted({change.after for change in supposed.changes}):
        numbers = [change.indicator for change in supposed.changes if change.after == level]
        whole = int(level) if level.denominator == 1 else level
        told = desk.draft.figure(whole, desk.say("tingkat", "level"), "index", label)
        count = desk.count(len(numbers), desk.say("jumlah indikator", "number of indicators"), "index", label)
        words.append(
            desk.say(
                f"{count} indikator ({desk.numbers(numbers)}) di tingkat {told}",
                f"{count} indicators ({desk.numbers(numbers)}) at level {told}",
            )
        )
    return words


def _nodes(desk: Desk, standing: Standing, supposed: Simulation) -> None:
    label = f"{standing.held.label}, {desk.say('pengandaian', 'what-if')}"
    words = []
    for difference in supposed.nodes:
        if not difference.node.startswith("domain") or difference.before is None or difference.after is None:
            continue
        after = desk.draft.figure(difference.after, desk.say("nilai", "value"), difference.node, label)
        name = desk.node(standing.instrument, difference.node)
        before = desk.value(standing, difference.node)
        words.append(desk.say(f"{name} dari {before} menjadi {after}", f"{name} from {before} to {after}"))
    if words:
        desk.draft.sentence(desk.say(f"Yang berubah: {'; '.join(words)}.", f"What changes: {'; '.join(words)}."))


def _requirements(desk: Desk, standing: Standing, supposed: Simulation) -> None:
    """What the first change would take, so that the what-if leads to work."""
    for change in supposed.changes[:1]:
        if change.before is None or change.after <= change.before:
            continue
        reached = standing.instrument.level_of(change.after)
        required = desk.requirement(standing.instrument, change.indicator, reached)
        if required is None:
            continue
        passage = desk.criteria(standing.instrument, change.indicator, reached)
        level = desk.level(standing.instrument, change.indicator, reached, standing.held.label)
        name = desk.indicator(standing.instrument, change.indicator)
        desk.draft.sentence(
            desk.say(
                f"Untuk {level}, {name} meminta: {required}{desk.cited(passage)}.",
                f"For {level}, {name} asks for: {required}{desk.cited(passage)}.",
            )
        )


def _suggest(desk: Desk, standing: Standing, supposed: Simulation) -> None:
    agency = spoken(standing.assessment.agency)
    change = supposed.changes[0]
    level = standing.instrument.level_of(change.after)
    desk.draft.suggest(
        desk.say(
            f"Bukti apa untuk indikator {change.indicator} level {level}?",
            f"What evidence does indicator {change.indicator} need for level {level}?",
        )
    )
    if supposed.next_band is not None:
        name = supposed.next_band.name
        desk.draft.suggest(
            desk.say(f"Rencana termurah {agency} menuju {name}?", f"What is the cheapest way for {agency} to {name}?")
        )
