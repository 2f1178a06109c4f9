"""Who stands higher, where, and by how much: agencies side by side, or ranked within a province."""

import re
from fractions import Fraction

from assistant.answer import Answer, Chart
from assistant.answering.desk import KINDS, Desk, node_words
from assistant.answering.standing import Standing
from assistant.records.agencies import AgencyEntry, spoken
from assistant.records.assessments import Held
from assistant.request import Request
from scoring import Instrument, RefusedInput, Text, load_instrument
from scoring.compare import Comparison, Entry, NodeComparison, compare

_AVERAGE = re.compile(r"\b(?:rata|rerata|average|mean)", re.IGNORECASE)
_SHOWN = 5  # agencies named at the head of a ranking
_KINDS = {
    "kab": ("kabupaten", "districts"),
    "kota": ("kota", "cities"),
    "prov": ("provinsi", "provinces"),
    "k-l": ("kementerian dan lembaga", "ministries and institutions"),
}


def answer(request: Request, desk: Desk) -> Answer:
    node = request.node or "index"
    return _group(request, desk, node) if request.group else _pair(request, desk, node)


# -- a few agencies -----------------------------------------------------------------------------------------


def _pair(request: Request, desk: Desk, node: str) -> Answer:
    entries = [desk.agencies.named(name) or desk.agencies.find(name) for name in request.agencies]
    held, year = _held(desk, entries, request.year)
    result = compare([h.assessment for h in held])
    instrument = load_instrument(held[0].assessment.instrument)
    at, node = _nearest(desk, instrument, result, node)
    request = request.model_copy(update={"year": year, "node": node})
    labels = {(h.assessment.agency, h.assessment.year): h.label for h in held}
    _higher(desk, instrument, at, labels)
    if node == "index":
        _domains(desk, instrument, result, held, labels)
    for warning in result.warnings:
        desk.draft.note(desk.draft.name(desk.text(warning)))
    own = Standing(held[0])
    _radar(desk, result, instrument)
    desk.draft.suggest(
        desk.say(
            f"Apa yang menahan {node_words(desk, instrument, node)} {spoken(entries[0].name)}?",
            f"What holds {node_words(desk, instrument, node)} of {spoken(entries[0].name)} back?",
        )
    )
    if own.next_band() is not None and own.assessment.levels:
        following = own.next_band()
        name = following[0].id if following else ""
        desk.draft.suggest(
            desk.say(
                f"Rencana termurah {spoken(entries[0].name)} menuju {name}?",
                f"What is the cheapest way for {spoken(entries[0].name)} to {name}?",
            )
        )
    if entries[0].province:
        desk.draft.suggest(
            desk.say(
                f"Peringkat {spoken(entries[0].name)} di {entries[0].province}?",
                f"How does {spoken(entries[0].name)} rank in {entries[0].province}?",
            )
        )
    return desk.draft.answer(request)


def _held(desk: Desk, entries: list[AgencyEntry], year: int | None) -> tuple[list[Held], int]:
    """One assessment of each agency: of the year asked for, else of the latest that all of them have."""
    known = [{h.assessment.year for h in desk.assessments.of(entry)} for entry in entries]
    if year is not None and str(year) not in desk.question and any(year not in years for years in known):
        year = None  # the asker's latest year, which another agency has no results of
    if year is None:
        years = [desk.assessments.years_of(entry) for entry in entries]
        common = set.intersection(*years) if years else set()
        if common:
            year = max(common)
    held = [desk.assessments.find(entry, year) for entry in entries]
    return held, year if year is not None else held[0].assessment.year


def _upwards(instrument: Instrument, node: str) -> list[str]:
    """A node and those above it; only these are worked out for a ranking."""
    nodes = [node]
    while nodes[-1] != "index":
        nodes.append(instrument.parent(nodes[-1]))
    return nodes


def _nearest(desk: Desk, instrument: Instrument, result: Comparison, node: str) -> tuple[NodeComparison, str]:
    """The comparison at a node, or at the nearest one above it that is held; the answer then says so.

    Raises:
        RefusedInput: nothing above it is held either.
    """
    above = node
    while (at := result.node(above)) is None or (
        above != "index" and not any(e.value is not None for e in at.entries[1:])
    ):
        if above == "index":
            raise _nothing_there(instrument, node)
        above = instrument.parent(above)
    if above != node:
        desk.draft.sentence(
            desk.say(
                f"Nilai {desk.node(instrument, node)} tidak tercatat untuk semua instansi itu; "
                f"yang dapat dibandingkan {desk.node(instrument, above)}.",
                f"The value of {desk.node(instrument, node)} is not held for all of them; "
                f"what can be compared is {desk.node(instrument, above)}.",
            )
        )
    return at, above


def _nothing_there(instrument: Instrument, node: str) -> RefusedInput:
    name, (kind, number) = instrument.node_name(node), instrument.node(node)
    return RefusedInput(
        "not_known_so_finely",
        Text(
            id=f"Nilai {KINDS[kind].id} {number} ({name.id}) tidak tercatat untuk instansi itu; yang ada baru nilai "
            "domain dan indeks.",
            en=f"The value of {KINDS[kind].en} {number} ({name.en}) is not held for those agencies; domains and "
            "index are.",
        ),
        node=node,
    )


def _figure(desk: Desk, entry: Entry, node: str, label: str) -> str:
    if entry.value is None:
        low = desk.draft.figure(entry.floor, desk.say("batas bawah", "floor"), node, label)
        high = desk.draft.figure(entry.ceiling, desk.say("batas atas", "ceiling"), node, label)
        return f"{low}-{high}"
    whole = node.startswith("indicator") and entry.value.denominator == 1
    return desk.draft.figure(int(entry.value) if whole else entry.value, desk.say("nilai", "value"), node, label)


def _higher(desk: Desk, instrument: Instrument, at: NodeComparison, labels: dict[tuple[str, int], str]) -> None:
    words = [f"{desk.called(e.agency)} **{_figure(desk, e, at.node, labels[(e.agency, e.year)])}**" for e in at.entries]
    name = desk.node(instrument, at.node)
    year = desk.year(at.entries[0].year)
    first, second = at.entries[0], at.entries[1]
    if first.value is None or second.value is None:
        desk.draft.sentence(desk.say(f"{name} {year}: {desk.listed(words)}.", f"{name} {year}: {desk.listed(words)}."))
        return
    if first.value == second.value:
        desk.draft.sentence(
            desk.say(f"{name} {year} sama: {desk.listed(words)}.", f"{name} {year} is equal: {desk.listed(words)}.")
        )
        return
    gap = desk.draft.figure(
        first.value - second.value, desk.say("selisih", "difference"), at.node, "; ".join(labels.values())
    )
    rest = desk.say(", disusul ", ", ahead of ") + desk.listed(words[1:])
    desk.draft.sentence(
        desk.say(
            f"{name} {year} lebih tinggi di {words[0]}{rest}; selisihnya {gap}.",
            f"{name} {year} is higher in {words[0]}{rest}; the difference is {gap}.",
        )
    )  # fmt: skip


def _domains(
    desk: Desk, instrument: Instrument, result: Comparison, held: list[Held], labels: dict[tuple[str, int], str]
) -> None:
    """The domains (or aspects) as a table, and where the first agency is furthest behind and ahead."""
    kind = "domain" if instrument.domains else "aspect"
    nodes = [n for n in result.nodes if n.node.startswith(kind) and all(e.value is not None for e in n.entries)]
    if not nodes:
        return
    names = [h.assessment.agency for h in held]
    own = names[0]
    differences = []
    rows = []
    for node in nodes:
        by_name = {entry.agency: entry for entry in node.entries}
        cells = [_figure(desk, by_name[n], node.node, labels[(n, by_name[n].year)]) for n in names]
        rows.append([desk.node(instrument, node.node), *cells])
        best = max(value for n in names[1:] if (value := by_name[n].value) is not None)
        differences.append(((by_name[own].value or Fraction(0)) - best, node.node))
    behind, ahead = min(differences), max(differences)
    source = "; ".join(labels.values())
    if behind[0] < 0:
        gap = desk.draft.figure(-behind[0], desk.say("selisih", "difference"), behind[1], source)
        desk.draft.sentence(
            desk.say(
                f"{desk.called(own)} paling tertinggal di {desk.node(instrument, behind[1])}, sebesar {gap}.",
                f"{desk.called(own)} is furthest behind in {desk.node(instrument, behind[1])}, by {gap}.",
            )
        )
    if ahead[0] > 0:
        gap = desk.draft.figure(ahead[0], desk.say("selisih", "difference"), ahead[1], source)
        desk.draft.sentence(
            desk.say(
                f"{desk.called(own)} lebih baik di {desk.node(instrument, ahead[1])}, sebesar {gap}.",
                f"{desk.called(own)} is ahead in {desk.node(instrument, ahead[1])}, by {gap}.",
            )
        )
    header = [
        desk.say("Domain", "Domain") if kind == "domain" else desk.say("Aspek", "Aspect"),
        *map(desk.called, names),
    ]
    desk.draft.table(header, rows)


def _radar(desk: Desk, result: Comparison, instrument: Instrument) -> None:
    kind = "domain" if instrument.domains else "aspect"
    nodes = [n for n in result.nodes if n.node.startswith(kind)]
    if len(nodes) < 3:
        return
    series = {
        spoken(agency): tuple(
            next((float(e.value) for e in n.entries if e.agency == agency and e.value is not None), None) for n in nodes
        )
        for agency in result.agencies[:4]
    }
    labels = tuple(n.name if desk.draft.language == "id" else n.name_en for n in nodes)
    title = desk.say("Perbandingan domain", "Domains compared")
    desk.draft.charts.append(Chart(kind="radar", title=title, summary=", ".join(series), labels=labels, series=series))


# -- a province -----------------------------------------------------------------------------------------------


def _group(request: Request, desk: Desk, node: str) -> Answer:
    province = None if request.group == "Indonesia" else request.group
    years = desk.assessments.years(province)
    year = request.year or max(years, default=None)
    held = [] if year is None else desk.assessments.group(year, province, request.kinds)
    if len(held) < 2 or year is None:
        years = [y for y in years if len(desk.assessments.group(y, province, request.kinds)) > 1]
        there, kinds = ", ".join(map(str, years)), [_KINDS[kind] for kind in request.kinds]
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
    at, node = _nearest(desk, instrument, compare(of_this, _upwards(instrument, node)), node)
    request = request.model_copy(update={"year": year, "node": node})
    label = f"{instrument.id}; {request.group} {year} {held[0].assessment.stage}"
    known = [entry for entry in at.entries if entry.value is not None]
    if request.lowest_first:
        known.reverse()
    _head(request, desk, instrument, at, known, label)
    _own_place(request, desk, at, known, label)
    _ranking(desk, at, known, label)
    asked = spoken(request.agency or known[0].agency)
    desk.draft.suggest(
        desk.say(
            f"Apa yang menahan {node_words(desk, instrument, node)} {asked} {year}?",
            f"What holds {node_words(desk, instrument, node)} of {asked} back in {year}?",
        ),
        desk.say(
            f"Bandingkan {spoken(known[0].agency)} dengan {spoken(known[1].agency)} {year}",
            f"Compare {spoken(known[0].agency)} with {spoken(known[1].agency)} {year}",
        ),
    )
    return desk.draft.answer(request.model_copy(update={"listed": tuple(entry.agency for entry in known[:_SHOWN])}))


def _who(request: Request, desk: Desk) -> str:
    words = [desk.say(*_KINDS[kind]) for kind in request.kinds if kind in _KINDS]
    return desk.say(" dan ", " and ").join(words) or desk.say("instansi", "agencies")


def _head(
    request: Request,
    desk: Desk,
    instrument: Instrument,
    at: NodeComparison,
    known: list[Entry],
    label: str,
) -> None:
    where, year, name = desk.draft.name(request.group or ""), desk.year(known[0].year), desk.node(instrument, at.node)
    top = f"{desk.called(known[0].agency)} (**{_figure(desk, known[0], at.node, label)}**)"
    count = desk.count(len(known), desk.say("jumlah instansi", "number of agencies"), at.node, label)
    end = desk.say("terendah", "lowest") if request.lowest_first else desk.say("tertinggi", "highest")
    if at.mean is not None and at.median is not None and _AVERAGE.search(desk.question):
        mean = desk.draft.figure(at.mean, desk.say("rata-rata", "average"), at.node, label)
        median = desk.draft.figure(at.median, desk.say("median", "median"), at.node, label)
        desk.draft.sentence(
            desk.say(
                f"Rata-rata {name} {count} {_who(request, desk)} di {where} pada {year} adalah **{mean}** "
                f"(median {median}); {end} {top}.",
                f"The average {name} of {count} {_who(request, desk)} in {where} in {year} is **{mean}** "
                f"(median {median}); the {end} is {top}.",
            )
        )
        return
    desk.draft.sentence(
        desk.say(
            f"{name} {end} di antara {count} {_who(request, desk)} di {where} pada {year}: {top}.",
            f"The {end} {name} among {count} {_who(request, desk)} in {where} in {year}: {top}.",
        )
    )
    if at.mean is not None and at.median is not None:
        mean = desk.draft.figure(at.mean, desk.say("rata-rata", "average"), at.node, label)
        median = desk.draft.figure(at.median, desk.say("median", "median"), at.node, label)
        desk.draft.sentence(
            desk.say(f"Rata-ratanya {mean}, mediannya {median}.", f"The average is {mean}, the median {median}.")
        )


def _own_place(request: Request, desk: Desk, at: NodeComparison, known: list[Entry], label: str) -> None:
    own = next((entry for entry in known if entry.agency == request.agency), None)
    if own is None or own.rank is None or own.to_best is None:
        return
    rank = desk.count(own.rank, desk.say("peringkat", "rank"), at.node, label)
    value = _figure(desk, own, at.node, label)
    gap = desk.draft.figure(own.to_best, desk.say("jarak ke tertinggi", "distance to the highest"), at.node, label)
    desk.draft.sentence(
        desk.say(
            f"{desk.called(own.agency)} di peringkat {rank} dengan {value}, terpaut {gap} dari yang tertinggi.",
            f"{desk.called(own.agency)} ranks {rank} with {value}, {gap} behind the highest.",
        )
    )


def _ranking(desk: Desk, at: NodeComparison, known: list[Entry], label: str) -> None:
    header = [desk.say("Peringkat", "Rank"), desk.say("Instansi", "Agency"), desk.say("Nilai", "Value")]
    rows = [
        [
            desk.count(entry.rank or 0, desk.say("peringkat", "rank"), at.node, label),
            desk.called(entry.agency),
            _figure(desk, entry, at.node, label),
        ]
        for entry in known[:_SHOWN]
    ]
    desk.draft.table(header, rows)
    labels = tuple(spoken(entry.agency) for entry in known[:30])
    values = tuple(float(entry.value) for entry in known[:30] if entry.value is not None)
    title = desk.say("Peringkat", "Ranking")
    desk.draft.charts.append(
        Chart(kind="ranking", title=title, summary=", ".join(labels[:_SHOWN]), labels=labels, series={title: values})
    )
