"""What comparisons share: the nearest node held, the value of one agency there, and the kinds a group is of."""

from assistant.answering.desk import KINDS, Desk
from assistant.request import Request
from scoring import Instrument, RefusedInput, Text
from scoring.compare import Comparison, Entry, NodeComparison

KIND_WORDS = {
    "kab": ("kabupaten", "districts"),
    "kota": ("kota", "cities"),
    "prov": ("provinsi", "provinces"),
    "k-l": ("kementerian dan lembaga", "ministries and institutions"),
}


def who(request: Request, desk: Desk) -> str:
    """The kinds of agency a ranking is restricted to, as words: "kabupaten dan kota"."""
    words = [desk.say(*KIND_WORDS[kind]) for kind in request.kinds if kind in KIND_WORDS]
    return desk.say(" dan ", " and ").join(words) or desk.say("instansi", "agencies")


def nearest(desk: Desk, instrument: Instrument, result: Comparison, node: str) -> tuple[NodeComparison, str]:
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


def figure(desk: Desk, entry: Entry, node: str, label: str) -> str:
    if entry.value is None:
        low = desk.draft.figure(entry.floor, desk.say("batas bawah", "floor"), node, label)
        high = desk.draft.figure(entry.ceiling, desk.say("batas atas", "ceiling"), node, label)
        return f"{low}-{high}"
    whole = node.startswith("indicator") and entry.value.denominator == 1
    return desk.draft.figure(int(entry.value) if whole else entry.value, desk.say("nilai", "value"), node, label)
