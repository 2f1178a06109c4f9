"""The agencies of a province or the nation: the highest, the average, one's own place, those under or over a value."""

from assistant.answer import Answer, Chart
from assistant.answering.compared import KIND_WORDS, figure, nearest, who
from assistant.answering.desk import Desk, node_words
from assistant.answering.selection import selected
from assistant.records.agencies import spoken
from assistant.request import Request
from assistant.understanding.numbers import asks_average, asks_place
from scoring import Instrument, RefusedInput, Text, load_instrument
from scoring.compare import Entry, NodeComparison, compare

_SHOWN = 5  # agencies named at the head of a ranking
_SELECTED = 15  # agencies named that meet a bound


def answer(request: Request, desk: Desk, node: str) -> Answer:
    province = None if request.group == "Indonesia" else request.group
    years = desk.assessments.years(province)
    year = request.year or max(years, default=None)
    held = [] if year is None else desk.assessments.group(year, province, request.kinds)
    if len(held) < 2 or year is None:
        years = [y for y in years if len(desk.assessments.group(y, province, request.kinds)) > 1]
        there, kinds = ", ".join(map(str, years)), [KIND_WORDS[kind] for kind in request.kinds]
        of = Text(
            id=" ".join([" dan ".join(k for k, _ in kinds), f"di {request.group}"]).strip(),
            en=" ".join([" and ".join(k for _, k in kinds), f"in {request.group}"]).strip(),
        )
        raise RefusedInput(
            "no_assessment",
            Text(
                id=f"Tidak ada hasil {of.id} untuk {year}." + (f" Yang ada: {there}." if years else ""),
                en=f"No results of {of.en} for {year}." + (f" Years held: {there}." if years else ""),
            ),
            held=years,
        )
    instrument = load_instrument(held[0].assessment.instrument)
    of_this = [h.assessment for h in held if h.assessment.instrument == instrument.id]
    at, node = nearest(desk, instrument, compare(of_this, _upwards(instrument, node)), node)
    request = request.model_copy(update={"year": year, "node": node})
    label = f"{instrument.id}; {request.group} {year} {held[0].assessment.stage}"
    known = [entry for entry in at.entries if entry.value is not None]
    if request.lowest_first:
        known.reverse()
    if request.bound is None:
        own = next((entry for entry in known if entry.agency == request.agency and entry.rank), None)
        before = desk.earlier[-1] if desk.earlier else None
        other = before is not None and before.group == request.group and before.agency != request.agency
        first = own is not None and (other or asks_place(desk.words))  # "kalau garut?" asks for another one's place
        if own is not None and first:
            _own_place(request, desk, instrument, at, own, known, label)
        _head(request, desk, instrument, at, known, label)
        if own is not None and not first:
            _own_place(request, desk, instrument, at, own, known, label)
    else:
        whom = desk.say(f"{who(request, desk)} di {request.group}", f"{who(request, desk)} in {request.group}")
        known = selected(desk, instrument, at, known, request.bound, whom, label)
        if not known:
            return desk.draft.answer(request)
    _ranking(desk, at, known, label, _SHOWN if request.bound is None else _SELECTED)
    asked = spoken(request.agency or known[0].agency)
    desk.draft.suggest(
        desk.say(
            f"Apa yang menahan {node_words(desk, instrument, node)} {asked} {year}?",
            f"What holds {node_words(desk, instrument, node)} of {asked} back in {year}?",
        ),
    )
    if len(known) > 1:
        desk.draft.suggest(
            desk.say(
                f"Bandingkan {spoken(known[0].agency)} dengan {spoken(known[1].agency)} {year}",
                f"Compare {spoken(known[0].agency)} with {spoken(known[1].agency)} {year}",
            )
        )
    return desk.draft.answer(request.model_copy(update={"listed": tuple(entry.agency for entry in known[:_SHOWN])}))


def _head(
    request: Request,
    desk: Desk,
    instrument: Instrument,
    at: NodeComparison,
    known: list[Entry],
    label: str,
) -> None:
    where, year, name = desk.draft.name(request.group or ""), desk.year(known[0].year), desk.node(instrument, at.node)
    top = f"{desk.called(known[0].agency)} (**{figure(desk, known[0], at.node, label)}**)"
    count = desk.count(len(known), desk.say("jumlah instansi", "number of agencies"), at.node, label)
    end = desk.say("terendah", "lowest") if request.lowest_first else desk.say("tertinggi", "highest")
    if at.mean is not None and at.median is not None and asks_average(desk.words):
        mean = desk.draft.figure(at.mean, desk.say("rata-rata", "average"), at.node, label)
        median = desk.draft.figure(at.median, desk.say("median", "median"), at.node, label)
        desk.draft.sentence(
            desk.say(
                f"Rata-rata {name} {count} {who(request, desk)} di {where} pada {year} adalah **{mean}** "
                f"(median {median}); {end} {top}.",
                f"The average {name} of {count} {who(request, desk)} in {where} in {year} is **{mean}** "
                f"(median {median}); the {end} is {top}.",
            )
        )
        return
    desk.draft.sentence(
        desk.say(
            f"{name} {end} di antara {count} {who(request, desk)} di {where} pada {year}: {top}.",
            f"The {end} {name} among {count} {who(request, desk)} in {where} in {year}: {top}.",
        )
    )
    if at.mean is not None and at.median is not None:
        mean = desk.draft.figure(at.mean, desk.say("rata-rata", "average"), at.node, label)
        median = desk.draft.figure(at.median, desk.say("median", "median"), at.node, label)
        desk.draft.sentence(
            desk.say(f"Rata-ratanya {mean}, mediannya {median}.", f"The average is {mean}, the median {median}.")
        )


def _own_place(
    request: Request,
    desk: Desk,
    instrument: Instrument,
    at: NodeComparison,
    own: Entry,
    known: list[Entry],
    label: str,
) -> None:
    """One's own place, how far it is from the highest, and who stands next to it."""
    called, rank = desk.called(own.agency), desk.count(own.rank or 0, desk.say("peringkat", "rank"), at.node, label)
    count = desk.count(len(known), desk.say("jumlah instansi", "number of agencies"), at.node, label)
    value, name, year = figure(desk, own, at.node, label), desk.node(instrument, at.node), desk.year(own.year)
    where = desk.draft.name(request.group or "")
    behind = Text(id="", en="")
    if own.to_best:
        gap = desk.draft.figure(own.to_best, desk.say("jarak ke tertinggi", "distance to the highest"), at.node, label)
        behind = Text(id=f", terpaut {gap} dari yang tertinggi", en=f", {gap} behind the highest")
    desk.draft.sentence(
        desk.say(
            f"{called} di peringkat **{rank}** dari {count} {who(request, desk)} di {where} pada {year}: {name} {value}"
            f"{behind.id}.",
            f"{called} ranks **{rank}** of {count} {who(request, desk)} in {where} in {year}: {name} {value}"
            f"{behind.en}.",
        )
    )
    ranked = sorted(known, key=lambda entry: entry.rank or 0)
    above = [entry for entry in ranked if (entry.rank or 0) < (own.rank or 0)][-1:]
    below = [entry for entry in ranked if (entry.rank or 0) > (own.rank or 0)][:1]
    beside = [
        f"{desk.say(*words)} {desk.called(entry.agency)} ({figure(desk, entry, at.node, label)})"
        for words, entries in ((("di atasnya", "above it"), above), (("di bawahnya", "below it"), below))
        for entry in entries
    ]
    if beside:
        desk.draft.sentence(desk.say(f"Tepat {', '.join(beside)}.", f"Just {', '.join(beside)}."))


def _ranking(desk: Desk, at: NodeComparison, known: list[Entry], label: str, shown: int) -> None:
    header = [desk.say("Peringkat", "Rank"), desk.say("Instansi", "Agency"), desk.say("Nilai", "Value")]
    rows = [
        [
            desk.count(entry.rank or 0, desk.say("peringkat", "rank"), at.node, label),
            desk.called(entry.agency),
            figure(desk, entry, at.node, label),
        ]
        for entry in known[:shown]
    ]
    desk.draft.table(header, rows)
    if len(known) > shown:
        rest = desk.draft.name("; ".join(spoken(entry.agency) for entry in known[shown : 2 * shown]))
        more = "; …" if len(known) > 2 * shown else ""
        if shown == _SELECTED:
            desk.draft.sentence(desk.say(f"Selebihnya: {rest}{more}.", f"The others: {rest}{more}."))
    labels = tuple(spoken(entry.agency) for entry in known[:30])
    values = tuple(float(entry.value) for entry in known[:30] if entry.value is not None)
    title = desk.say("Peringkat", "Ranking")
    desk.draft.charts.append(
        Chart(kind="ranking", title=title, summary=", ".join(labels[:_SHOWN]), labels=labels, series={title: values})
    )


def _upwards(instrument: Instrument, node: str) -> list[str]:
    """A node and those above it; only these are worked out for a ranking."""
    nodes = [node]
    while nodes[-1] != "index":
        nodes.append(instrument.parent(nodes[-1]))
    return nodes
