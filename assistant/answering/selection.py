"""Which agencies of a group lie under or over a value, or have a predikat."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from assistant.answering.desk import Desk
from scoring import Instrument
from scoring.compare import Entry, NodeComparison
from scoring.figures import exactly, shown


def selected(
    desk: Desk, instrument: Instrument, at: NodeComparison, known: Sequence[Entry], bound: str, who: str, label: str
) -> list[Entry]:
    """Say how many meet a bound ("<3", ">3.5", or a predikat) and return them: under it the lowest first, else the
    highest."""
    found = [entry for entry in known if entry.value is not None and _meets(instrument, bound, entry)(entry.value)]
    count = desk.count(len(found), desk.say("jumlah instansi", "number of agencies"), at.node, label)
    total = desk.count(len(known), desk.say("jumlah instansi", "number of agencies"), at.node, label)
    name, year, met = desk.node(instrument, at.node), desk.year(known[0].year), _words(desk, at, bound, label)
    desk.draft.sentence(
        desk.say(
            f"**{count}** dari {total} {who} pada {year} {met} ({name}).",
            f"{met}: **{count}** of {total} {who} in {year} ({name}).",
        )
    )
    return sorted(found, key=lambda entry: (entry.value or 0) * (1 if bound.startswith("<") else -1))


def _meets(instrument: Instrument, bound: str, entry: Entry) -> Callable[[Fraction], bool]:
    order = [band.name.id for band in instrument.bands]
    if bound[1:] in order:
        return lambda value: order.index(instrument.rating(value, entry.year).name.id) < order.index(bound[1:])
    if bound[0] == "<":
        return lambda value: exactly(shown(value)) < exactly(bound[1:])
    if bound[0] == ">":
        return lambda value: exactly(shown(value)) > exactly(bound[1:])
    return lambda value: instrument.rating(value, entry.year).name.id == bound


def _words(desk: Desk, at: NodeComparison, bound: str, label: str) -> str:
    if bound[0] == "<" and not bound[1].isdigit():
        rating = desk.draft.name(bound[1:])
        return desk.say(f"belum berpredikat {rating}", f"Not yet rated {rating}")
    if bound[0] in "<>":
        value = desk.draft.figure(exactly(bound[1:]), desk.say("batas", "bound"), at.node, label)
        under = bound[0] == "<"
        return desk.say(f"{'di bawah' if under else 'di atas'} {value}", f"{'Below' if under else 'Above'} {value}")
    rating = desk.draft.name(bound)
    return desk.say(f"berpredikat {rating}", f"Rated {rating}")
