"""Who stands higher, where, and by how much: a few agencies side by side; a group of them is ranked in ranking.py."""

from fractions import Fraction

from assistant.answer import Answer, Chart
from assistant.answering import growth, ranking
from assistant.answering.compared import figure, nearest
from assistant.answering.desk import Desk, node_words
from assistant.answering.standing import Standing
from assistant.records.agencies import AgencyEntry, spoken
from assistant.records.assessments import Held
from assistant.request import Request
from scoring import Instrument, load_instrument
from scoring.compare import Comparison, NodeComparison, compare


def answer(request: Request, desk: Desk) -> Answer:
    node = request.node or "index"
    if len(request.years) > 1:
        return growth.answer(request, desk, node)
    return ranking.answer(request, desk, node) if request.group else _pair(request, desk, node)


def _pair(request: Request, desk: Desk, node: str) -> Answer:
    entries = [desk.agencies.named(name) or desk.agencies.find(name) for name in request.agencies]
    held, year = _held(desk, entries, request.year)
    result = compare([h.assessment for h in held])
    instrument = load_instrument(held[0].assessment.instrument)
    at, node = nearest(desk, instrument, result, node)
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


def _higher(desk: Desk, instrument: Instrument, at: NodeComparison, labels: dict[tuple[str, int], str]) -> None:
    words = [f"{desk.called(e.agency)} **{figure(desk, e, at.node, labels[(e.agency, e.year)])}**" for e in at.entries]
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
        cells = [figure(desk, by_name[n], node.node, labels[(n, by_name[n].year)]) for n in names]
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
