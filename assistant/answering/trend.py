"""How has a node developed over the years? Missing years are named, never filled in."""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Chart
from assistant.answering.desk import Desk, node_words
from assistant.records.agencies import spoken
from assistant.request import Request
from scoring import Assessment, RefusedInput, Stage, Text, load_instrument
from scoring.assessment import STAGE_NAMES
from scoring.trend import Point, Trend, trend

_PARTS = re.compile(r"\b(?:domain|dom|aspe[kc])")
Labels = dict[tuple[int, Stage], str]


def answer(request: Request, desk: Desk) -> Answer:
    entry = desk.agency(request)
    held = desk.assessments.of(entry)
    if not held:
        desk.assessments.find(entry)
    node = request.node or "index"
    wanted = [h for h in held if not request.years or min(request.years) <= h.assessment.year <= max(request.years)]
    if not wanted:
        years = ", ".join(str(h.assessment.year) for h in held)
        raise RefusedInput(
            "no_assessment",
            Text(
                id=f"Tidak ada data {entry.name} pada tahun itu. Yang ada: {years}.",
                en=f"No data of {entry.name} for those years. There are: {years}.",
            ),
        )
    if len({h.assessment.year for h in wanted}) == 1:  # the other end is not held: the nearest year before it is
        before = [h.assessment.year for h in held if h.assessment.year < wanted[0].assessment.year]
        wanted = [h for h in held if h.assessment.year in before[-1:]] + wanted
    followed = trend([h.assessment for h in wanted], node)
    labels = {(h.assessment.year, h.assessment.stage): h.label for h in wanted}
    request = request.model_copy(update={"agency": entry.name, "node": node, "year": None})
    if node == "index" and _PARTS.search(desk.question.lower()):
        _parts_moved(desk, [h.assessment for h in wanted], labels)
    _series(desk, followed, labels)
    _missing(request, desk, followed)
    for point in followed.others:
        if point.value is not None and point.stage != "target":
            stage = desk.text(STAGE_NAMES[point.stage])
            value = _value(desk, point, node, labels)
            desk.draft.sentence(
                desk.say(
                    f"Pada {desk.year(point.year)} {stage} memberi {value}.",
                    f"In {desk.year(point.year)} the {stage} gave {value}.",
                )
            )
    _chart(desk, followed)
    _suggest(desk, followed)
    return desk.draft.answer(request)


def _parts_moved(desk: Desk, assessments: Sequence[Assessment], labels: Labels) -> None:
    """How far each domain moved, the one that moved most first; "naiknya di domain mana"."""
    instrument = load_instrument(assessments[-1].instrument)
    moved = []
    for part in instrument.domains:
        node = f"domain {part.number}"
        known = [point for point in trend(assessments, node).points if point.value is not None]
        if len(known) < 2 or known[0].instrument != known[-1].instrument:
            continue
        first, last = known[0], known[-1]
        if first.value is not None and last.value is not None:
            moved.append((last.value - first.value, node, first, last))
    words = []
    for delta, node, first, last in sorted(moved, key=lambda entry: abs(entry[0]), reverse=True):
        change = desk.draft.figure(abs(delta), desk.say("perubahan", "change"), node, labels[(last.year, last.stage)])
        way = desk.say("naik" if delta >= 0 else "turun", "up" if delta >= 0 else "down")
        ends = [_value(desk, point, node, labels) for point in (first, last)]
        from_to = desk.say(f"dari {ends[0]} ke {ends[1]}", f"from {ends[0]} to {ends[1]}")
        words.append(f"{desk.node(instrument, node)} {way} {change} ({from_to})")
    if words:
        years = desk.say(
            f"Dari {desk.year(moved[0][2].year)} ke {desk.year(moved[0][3].year)}",
            f"From {desk.year(moved[0][2].year)} to {desk.year(moved[0][3].year)}",
        )
        desk.draft.sentence(f"{years}: {'; '.join(words)}.")


def _value(desk: Desk, point: Point, node: str, labels: Labels) -> str:
    if point.value is None:
        raise ValueError("a point without a value has no figure")
    whole = node.startswith("indicator") and point.value.denominator == 1
    return desk.draft.figure(
        int(point.value) if whole else point.value,
        desk.say("nilai", "value"),
        node,
        labels[(point.year, point.stage)],
        second_hand=point.second_hand,
    )


def _series(desk: Desk, followed: Trend, labels: Labels) -> None:
    node = followed.node
    known = [point for point in followed.points if point.value is not None]
    agency = desk.called(followed.agency)
    instrument = load_instrument((known or list(followed.points))[-1].instrument)
    name = desk.node(instrument, node)
    if not known:
        desk.draft.sentence(
            desk.say(
                f"Nilai {name} {agency} belum diketahui untuk tahun yang ada.",
                f"The value of {name} of {agency} is not known for the years held.",
            )
        )
        return
    first, last = known[0], known[-1]
    words = [f"{_value(desk, p, node, labels)} ({desk.year(p.year)})" for p in known]
    whole = followed.moves and not any(move.break_ for move in followed.moves)
    if len(known) > 1 and whole and first.value is not None and last.value is not None:
        delta = last.value - first.value
        change = desk.draft.figure(
            abs(delta), desk.say("perubahan", "change"), node, f"{labels[(last.year, last.stage)]}"
        )
        way = desk.say(
            "naik" if delta > 0 else "turun" if delta < 0 else "tetap",
            "rose" if delta > 0 else "fell" if delta < 0 else "stayed level",
        )
        moved = f" {change}" if delta else ""
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} {way}{moved} dari {words[0]} ke {words[-1]}.",
                f"{name} of {agency} {way}{' by' if delta else ''}{moved} from {words[0]} to {words[-1]}.",
            )
        )  # fmt: skip
        if len(known) > 2:
            chain = " → ".join(words)
            desk.draft.sentence(desk.say(f"Urutannya: {chain}.", f"Year by year: {chain}."))
    elif len(known) == 1:
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} baru diketahui untuk satu tahun, {words[0]}; perkembangannya belum dapat dilihat.",
                f"{name} of {agency} is known for one year only, {words[0]}; no development can be seen yet.",
            )
        )
    else:
        desk.draft.sentence(f"{name} {agency}: {'; '.join(words)}.")
    if last.rating is not None:
        rating = desk.draft.name(last.rating)
        desk.draft.sentence(
            desk.say(
                f"Predikat {desk.year(last.year)}: {rating}.", f"The rating of {desk.year(last.year)} is {rating}."
            )
        )
    for move in followed.moves:
        if move.note is not None:
            desk.draft.note(desk.draft.name(desk.text(move.note)))


def _missing(request: Request, desk: Desk, followed: Trend) -> None:
    years = set(followed.missing_years)
    if request.years:
        held = {point.year for point in followed.points}
        asked = range(min(request.years), max(request.years) + 1)
        years |= {year for year in asked if year not in held}
    if years:
        names = desk.draft.name(", ".join(map(str, sorted(years))))
        desk.draft.sentence(desk.say(f"Data {names} tidak ada di sini.", f"No data of {names} is held here."))


def _chart(desk: Desk, followed: Trend) -> None:
    points = [point for point in followed.points if point.value is not None]
    if len(points) < 2:
        return
    first, last = points[0].year, points[-1].year
    by_year = {point.year: point for point in points}
    series: dict[str, tuple[float | None, ...]] = {}
    for name in dict.fromkeys(point.instrument for point in points):
        series[name] = tuple(
            float(p.value) if (p := by_year.get(year)) and p.value is not None and p.instrument == name else None
            for year in range(first, last + 1)
        )
    summary = "; ".join(f"{point.year}: {point.value_shown}" for point in points)
    title = f"{spoken(followed.agency)} {first}-{last}"
    labels = tuple(map(str, range(first, last + 1)))
    desk.draft.charts.append(Chart(kind="line", title=title, summary=summary, labels=labels, series=series))


def _suggest(desk: Desk, followed: Trend) -> None:
    agency = spoken(followed.agency)
    instrument = load_instrument(followed.points[-1].instrument)
    words = node_words(desk, instrument, followed.node)
    desk.draft.suggest(
        desk.say(f"Apa yang menahan {words} {agency}?", f"What holds {words} of {agency} back?"),
        desk.say(f"Indikator apa yang paling menahan {agency}?", f"Which gaps hold {agency} back the most?"),
    )
    if instrument.domains and followed.node == "index":
        desk.draft.suggest(
            desk.say(f"Bagaimana perkembangan domain 2 {agency}?", f"How has domain 2 of {agency} developed?")
        )
