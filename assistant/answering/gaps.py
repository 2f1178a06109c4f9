"""Which indicators are weak or missing under a node, ranked by what they cost the index?"""

from assistant.answer import Answer, Chart
from assistant.answering.desk import Desk, node_words
from assistant.answering.findings import assessors_words
from assistant.answering.inferred import say_inferred
from assistant.answering.score import second_hand
from assistant.answering.standing import Standing, supposed_levels
from assistant.answering.why import levels_not_held
from assistant.records.agencies import spoken
from assistant.request import Request
from scoring.gaps import Gap, Gaps, gaps, reference_level

_ROWS = 8  # rows of the table; the rest is named by number


def answer(request: Request, desk: Desk) -> Answer:
    standing = desk.standing(request)
    node = request.node or "index"
    if request.parts is not None and node == "index":
        node = _weakest(desk, standing, request.parts) or node
    request = request.model_copy(update={"node": node, "year": standing.year, "agency": standing.assessment.agency})
    bar = request.below or reference_level(standing.instrument)
    found = gaps(standing.assessment, node, below=bar)
    rows = min(request.at_most or _ROWS, _ROWS)
    if request.parts is None or found.granularity == "indicator":
        _verdict(desk, standing, found, bar)
    if request.at_most is not None:
        _together(desk, standing, found, bar, rows)
    if found.gaps:
        _table(desk, standing, found, rows)
    if found.granularity != "indicator":
        levels_not_held(desk)
    say_inferred(desk, standing, found.inferred)
    _unknown(desk, standing, found)
    if found.gaps:
        assessors_words(desk, standing, found.node)
    second_hand(desk, standing)
    _suggest(desk, standing, found)
    return desk.draft.answer(request.model_copy(update={"listed": tuple(gap.node for gap in found.gaps)}))


def _weakest(desk: Desk, standing: Standing, kind: str) -> str | None:
    """Name the domains (aspects) from the lowest up; the lowest is what the rest of the answer is about."""
    instrument = standing.instrument
    parts = instrument.domains if kind == "domain" else instrument.aspects
    nodes = [f"{kind} {part.number}" for part in parts]
    known = sorted((value, node) for node in nodes if (value := standing.value(node)) is not None)
    if len(known) < 2:
        return None
    words = [f"{desk.node(instrument, node)} **{desk.value(standing, node)}**" for _, node in known]
    agency, year = desk.called(standing.assessment.agency), desk.year(standing.year)
    name = desk.say(*{"domain": ("Domain", "domain"), "aspect": ("Aspek", "aspect")}[kind])
    others = desk.listed(words[1:4])
    desk.draft.sentence(
        desk.say(
            f"{name} terlemah {agency} pada {year}: {words[0]}, lalu {others}.",
            f"The weakest {name} of {agency} in {year}: {words[0]}, then {others}.",
        )
    )
    return known[0][1]


def _together(desk: Desk, standing: Standing, found: Gaps, bar: int, rows: int) -> None:
    """What the index would be with the indicators of the table at the level asked for."""
    lifted = {gap.number: bar for gap in found.gaps[:rows]}
    if found.granularity != "indicator" or not lifted or standing.computed("index") is None:
        return
    after = supposed_levels(standing, lifted)
    index = desk.value(after, "index", after.computed("index"))
    level = desk.draft.figure(bar, desk.say("tingkat", "level"), "index", standing.held.label)
    desk.draft.sentence(
        desk.say(
            f"Bila {desk.numbers(lifted)} mencapai tingkat {level}, indeks menjadi **{index}**.",
            f"With {desk.numbers(lifted)} at level {level} the index becomes **{index}**.",
        )
    )


def _parts(desk: Desk, found: Gaps) -> str:
    plural = {
        "indicator": ("indikator", "indicators"),
        "aspect": ("aspek", "aspects"),
        "domain": ("domain", "domains"),
    }
    return desk.say(*plural.get(found.granularity, ("indikator", "indicators")))


def _verdict(desk: Desk, standing: Standing, found: Gaps, bar: int) -> None:
    agency, year = desk.called(standing.assessment.agency), desk.year(standing.year)
    where = "" if found.node == "index" else desk.say("pada", "in") + f" {desk.node(standing.instrument, found.node)} "
    source = standing.held.label
    level = desk.draft.figure(bar, desk.say("tingkat", "level"), found.node, source)
    parts = _parts(desk, found)
    if not found.gaps:
        desk.draft.sentence(
            desk.say(
                f"Tidak ada {parts} {agency} {where}yang di bawah tingkat {level} pada {year}.",
                f"{agency} has no {parts} {where}below level {level} in {year}.",
            )
        )
        return
    if len(found.gaps) == 1:
        gap = found.gaps[0]
        value = desk.value(standing, gap.node, gap.value)
        desk.draft.sentence(
            desk.say(
                f"Hanya satu {parts} {agency} {where}yang di bawah tingkat {level} pada {year}: "
                f"{_named(desk, standing, gap)}, **{value}**.",
                f"Only one of the {parts} of {agency} {where}stands below level {level} in {year}: "
                f"{_named(desk, standing, gap)}, **{value}**.",
            )
        )
        return
    count = desk.count(len(found.gaps), desk.say("jumlah", "count"), found.node, source)
    worst = desk.listed([_named(desk, standing, gap) for gap in found.gaps[:2]])
    desk.draft.sentence(
        desk.say(
            f"Ada **{count}** {parts} {agency} {where}yang di bawah tingkat {level} pada {year}; "
            f"yang paling besar pengaruhnya {worst}.",
            f"**{count}** {parts} of {agency} {where}stand below level {level} in {year}; the costliest: {worst}.",
        )
    )


def _named(desk: Desk, standing: Standing, gap: Gap) -> str:
    if gap.node.startswith("indicator"):
        return desk.indicator(standing.instrument, gap.number)
    return desk.node(standing.instrument, gap.node)


def _table(desk: Desk, standing: Standing, found: Gaps, most: int) -> None:
    header = [
        desk.say("Indikator", "Indicator") if found.granularity == "indicator" else _parts(desk, found).capitalize(),
        desk.say("Tingkat", "Level") if found.granularity == "indicator" else desk.say("Nilai", "Value"),
        desk.say("Naik satu tingkat", "One level more"),
    ]
    lost = any(gap.loss_to_reference for gap in found.gaps)  # none where only higher levels were asked about
    if lost:
        to = desk.draft.figure(found.reference_level, desk.say("tingkat", "level"), "index", standing.held.label)
        header.append(desk.say(f"Sampai tingkat {to}", f"Up to level {to}"))
    rows = []
    gain = desk.say("tambahan", "gain")
    for gap in found.gaps[:most]:
        step = "–"
        if gap.one_level_gain is not None:
            step = "+" + desk.exact(gap.one_level_gain, gain, gap.node, standing)
        row = [_named(desk, standing, gap), desk.value(standing, gap.node, gap.value), step]
        if lost:
            row.append("+" + desk.exact(gap.loss_to_reference, gain, gap.node, standing))
        rows.append(row)
    desk.draft.table(header, rows)
    if len(found.gaps) > most == _ROWS:
        others = desk.numbers(gap.number for gap in found.gaps[most:])
        desk.draft.sentence(desk.say(f"Selebihnya: {others}.", f"The others: {others}."))
    desk.draft.note(desk.say("Tambahan dalam poin indeks keseluruhan.", "Gains are in points of the whole index."))
    names = [gap.name if desk.draft.language == "id" else gap.name_en for gap in found.gaps[:most]]
    title = desk.say("Kehilangan terhadap target minimal (poin indeks)", "Loss against the minimum (index points)")
    losses = tuple(float(gap.loss_to_reference) for gap in found.gaps[:most])
    if not lost:
        title = desk.say("Tambahan bila naik satu tingkat (poin indeks)", "Gain of one level more (index points)")
        losses = tuple(float(gap.one_level_gain or 0) for gap in found.gaps[:most])
    series: dict[str, tuple[float | None, ...]] = {desk.say("poin indeks", "index points"): losses}
    summary = "; ".join(names)
    desk.draft.charts.append(Chart(kind="bars", title=title, summary=summary, labels=tuple(names), series=series))


def _unknown(desk: Desk, standing: Standing, found: Gaps) -> None:
    if not found.unknown:
        return
    first = found.unknown[0]
    numbers = desk.numbers(part.number for part in found.unknown)
    span = desk.exact(first.span, desk.say("rentang pengaruh", "range of effect"), first.node, standing)
    desk.draft.sentence(
        desk.say(
            f"Belum dinilai: {numbers}. Yang paling menentukan {desk.node(standing.instrument, first.node)}, "
            f"sampai {span} poin indeks.",
            f"Not assessed: {numbers}. The one that matters most is {desk.node(standing.instrument, first.node)}, "
            f"up to {span} index points.",
        )
    )


def _suggest(desk: Desk, standing: Standing, found: Gaps) -> None:
    agency = spoken(standing.assessment.agency)
    if found.gaps and found.granularity == "indicator":
        gap = found.gaps[0]
        following = (gap.level or 1) + 1
        desk.draft.suggest(
            desk.say(
                f"Apa syarat level {following} indikator {gap.number}?",
                f"What does level {following} of indicator {gap.number} require?",
            ),
            desk.say(
                f"Rencana termurah {agency} agar semua indikator minimal {found.reference_level}?",
                f"Cheapest plan for {agency} so that every indicator is at least {found.reference_level}?",
            ),
        )
    words = node_words(desk, standing.instrument, found.node)
    desk.draft.suggest(desk.say(f"Apa yang menahan {words} {agency}?", f"What holds {words} of {agency} back?"))
