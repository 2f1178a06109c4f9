"""Who moved furthest between two years: agencies named, or those of a province or the nation."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.answer import Answer
from assistant.answering.compared import who
from assistant.answering.desk import Desk, node_words
from assistant.answering.standing import Standing
from assistant.records.agencies import spoken
from assistant.records.assessments import Held
from assistant.request import Request
from scoring import RefusedInput, Text
from scoring.figures import shown

_SHOWN = 5  # agencies in the table of a group
_NEEDED = 2  # years, and agencies


@dataclass(frozen=True)
class _Move:
    first: Standing
    last: Standing

    @property
    def agency(self) -> str:
        return self.last.assessment.agency

    def delta(self, node: str) -> Fraction | None:
        before, after = self.first.value(node), self.last.value(node)
        return None if before is None or after is None else after - before


def answer(request: Request, desk: Desk, node: str) -> Answer:
    held, years = _of_group(request, desk) if request.group else _of_named(request, desk)
    moves = [_Move(Standing(first), Standing(last)) for first, last in held]
    moves = [move for move in moves if move.first.instrument.id == move.last.instrument.id]
    node, known = _known(desk, moves, node)
    if not known:
        raise _unknown(request, years)
    if min(request.years) < years[0]:
        asked, oldest = desk.year(min(request.years)), desk.year(years[0])
        desk.draft.sentence(
            desk.say(
                f"Hasil {asked} tidak ada di sini; yang terlama {oldest}.",
                f"No results of {asked} are held here; the oldest are of {oldest}.",
            )
        )
    known.sort(key=lambda move: (move.delta(node) or 0, move.agency), reverse=not request.lowest_first)
    _first(request, desk, node, known)
    _table(desk, node, known[: _SHOWN if request.group else len(known)])
    top, instrument = known[0], known[0].last.instrument
    desk.draft.suggest(
        desk.say(
            f"Bagaimana perkembangan {node_words(desk, instrument, node)} {spoken(top.agency)}?",
            f"How has {node_words(desk, instrument, node)} of {spoken(top.agency)} developed?",
        )
    )
    if len(known) > 1:
        desk.draft.suggest(
            desk.say(
                f"Bandingkan {spoken(known[0].agency)} dengan {spoken(known[1].agency)} {years[1]}",
                f"Compare {spoken(known[0].agency)} with {spoken(known[1].agency)} {years[1]}",
            )
        )
    listed = tuple(move.agency for move in known[:_SHOWN])
    update = {"node": node, "year": years[1], "years": years, "listed": listed}
    return desk.draft.answer(request.model_copy(update=update))


def _of_named(request: Request, desk: Desk) -> tuple[list[tuple[Held, Held]], tuple[int, int]]:
    entries = [desk.agencies.named(name) or desk.agencies.find(name) for name in request.agencies]
    common = set.intersection(*(desk.assessments.years_of(entry) for entry in entries))
    years = _within(request, sorted(common))
    held = [(desk.assessments.find(entry, years[0]), desk.assessments.find(entry, years[1])) for entry in entries]
    return held, years


def _of_group(request: Request, desk: Desk) -> tuple[list[tuple[Held, Held]], tuple[int, int]]:
    province = None if request.group == "Indonesia" else request.group
    years = _within(request, desk.assessments.years(province))
    earlier, later = (
        {held.assessment.agency: held for held in desk.assessments.group(year, province, request.kinds)}
        for year in years
    )
    return [(earlier[name], held) for name, held in later.items() if name in earlier], years


def _within(request: Request, held: Sequence[int]) -> tuple[int, int]:
    """The first and the last year held between those asked for.

    Raises:
        RefusedInput: fewer than two.
    """
    within = [year for year in held if min(request.years) <= year <= max(request.years)]
    if len(within) < _NEEDED:
        raise _unknown(request, held)
    return within[0], within[-1]


def _known(desk: Desk, moves: Sequence[_Move], node: str) -> tuple[str, list[_Move]]:
    """The moves at a node, or at the nearest one above it that enough of the agencies have; the answer then says so."""
    asked = node
    while len(known := [move for move in moves if move.delta(node) is not None]) < min(_NEEDED, len(moves)):
        if node == "index" or not moves:
            return node, known
        node = moves[0].last.instrument.parent(node)
    if node != asked:
        instrument = moves[0].last.instrument
        desk.draft.sentence(
            desk.say(
                f"Nilai {desk.node(instrument, asked)} tidak tercatat untuk semua instansi itu; "
                f"yang dapat dibandingkan {desk.node(instrument, node)}.",
                f"The value of {desk.node(instrument, asked)} is not held for all of them; "
                f"what can be compared is {desk.node(instrument, node)}.",
            )
        )
    return node, known


def _first(request: Request, desk: Desk, node: str, known: Sequence[_Move]) -> None:
    top = known[0]
    name = desk.node(top.last.instrument, node)
    the = f"The {name}" if node == "index" else name
    most = desk.say("paling", "the most") if len(known) > _NEEDED else desk.say("lebih", "more")
    delta = top.delta(node) or Fraction(0)
    up = delta > 0
    if not delta:
        told = desk.say(
            f"{name} {desk.called(top.agency)} tidak berubah", f"{the} of {desk.called(top.agency)} did not move"
        )
    else:
        told = desk.say(
            f"{name} {desk.called(top.agency)} {'naik' if up else 'turun'} {most} banyak, {_change(desk, top, node)}",
            f"{the} of {desk.called(top.agency)} {'rose' if up else 'fell'} {most}, by {_change(desk, top, node)}",
        )
    if delta and (delta < 0) != request.lowest_first:  # nobody moved the way that was asked about
        told = desk.say(
            f"Tidak ada yang {'turun' if up else 'naik'}; {name} yang {'naik' if up else 'turun'} paling sedikit "
            f"{desk.called(top.agency)}, {_change(desk, top, node)}",
            f"None {'fell' if up else 'rose'}; {name} {'rose' if up else 'fell'} least in {desk.called(top.agency)}, "
            f"by {_change(desk, top, node)}",
        )
    if len(known) > 1 and known[1].delta(node) == delta:
        told = desk.say(
            f"{name} berubah sama besar di {desk.called(top.agency)} dan {desk.called(known[1].agency)}, "
            f"{_change(desk, top, node)}",
            f"{the} moved equally in {desk.called(top.agency)} and {desk.called(known[1].agency)}, "
            f"by {_change(desk, top, node)}",
        )
    span = desk.say(f"dari {_ends(desk, top, node)}", f"from {_ends(desk, top, node)}")
    where = ""
    if request.group:
        count = desk.count(len(known), desk.say("jumlah instansi", "number of agencies"), node, _label(top))
        group = desk.draft.name(request.group)
        where = desk.say(
            f"Yang dibandingkan {count} {who(request, desk)} di {group}.",
            f"Compared were {count} {who(request, desk)} in {group}.",
        )
    desk.draft.sentence(f"{told}: {span}.")
    if where:
        desk.draft.sentence(where)


def _change(desk: Desk, move: _Move, node: str) -> str:
    return desk.draft.figure(abs(move.delta(node) or Fraction(0)), desk.say("perubahan", "change"), node, _label(move))


def _ends(desk: Desk, move: _Move, node: str) -> str:
    before, after = desk.value(move.first, node), desk.value(move.last, node)
    return desk.say(
        f"{before} ({desk.year(move.first.year)}) ke {after} ({desk.year(move.last.year)})",
        f"{before} ({desk.year(move.first.year)}) to {after} ({desk.year(move.last.year)})",
    )


def _label(move: _Move) -> str:
    return f"{move.first.held.label}; {move.last.held.label}"


def _table(desk: Desk, node: str, known: Sequence[_Move]) -> None:
    first, last = desk.year(known[0].first.year), desk.year(known[0].last.year)
    header = [desk.say("Instansi", "Agency"), first, last, desk.say("Perubahan", "Change")]
    rows = []
    for move in known:
        delta = move.delta(node) or Fraction(0)
        sign = "" if shown(delta) == shown(Fraction(0)) else "+" if delta > 0 else "-"
        values = (desk.value(move.first, node), desk.value(move.last, node))
        rows.append([desk.called(move.agency), *values, sign + _change(desk, move, node)])
    desk.draft.table(header, rows)


def _unknown(request: Request, held: Sequence[int]) -> RefusedInput:
    first, last, there = min(request.years), max(request.years), ", ".join(map(str, held))
    return RefusedInput(
        "no_assessment",
        Text(
            id=f"Perubahan {first}-{last} belum dapat dibandingkan: hasil kedua tahun itu tidak ada untuk semuanya."
            + (f" Yang ada untuk semuanya: {there}." if there else ""),
            en=f"The change {first}-{last} cannot be compared: not all of them have results of both years."
            + (f" All of them have: {there}." if there else ""),
        ),
        held=list(held),
    )
