"""Says which levels an answer counts although nobody published them: the published totals leave no other."""

from collections.abc import Mapping, Sequence

from assistant.answering.desk import Desk
from assistant.answering.standing import Standing
from scoring.inference import ForcedSum


def say_inferred(
    desk: Desk,
    standing: Standing,
    forced: Mapping[int, int],
    sums: Sequence[ForcedSum] = (),
    shared: Mapping[int, int] | None = None,
) -> None:
    """One note for the levels that are forced, one for those that are only known together."""
    source = f"{standing.held.label}, {desk.say('disimpulkan', 'inferred')}"
    parts = []
    for level in sorted(set(forced.values())):
        numbers = [number for number, at in forced.items() if at == level]
        token = desk.level(standing.instrument, numbers[0], level, source)
        parts.append(desk.say(f"{desk.numbers(numbers)} di {token}", f"{desk.numbers(numbers)} at {token}"))
    if parts:
        desk.draft.note(
            desk.say(
                f"Tingkatnya tidak tercatat, tetapi nilai yang terbit hanya mungkin dengan {desk.listed(parts)}; "
                "itu yang dihitung di sini.",
                f"Their levels are not recorded, but the published values are only possible with {desk.listed(parts)}; "
                "that is what counts here.",
            )
        )
    check_id = " Periksa tingkat masing-masing sebelum memakai langkahnya." if shared else ""
    check_en = " Check each level before using its steps." if shared else ""
    told = []
    for one in sums:
        total = desk.count(one.total, desk.say("jumlah tingkat", "sum of levels"), one.node, source)
        counted = ""
        if shared:
            levels = desk.listed(
                [
                    desk.draft.figure(shared[n], desk.say("tingkat", "level"), f"indicator {n}", source)
                    for n in one.indicators
                ]
            )
            counted = desk.say(f", dihitung {levels}", f", counted as {levels}")
        numbers_ = desk.numbers(one.indicators)
        told.append(desk.say(f"{numbers_} bersama {total}{counted}", f"{numbers_} together {total}{counted}"))
    if told:
        desk.draft.note(
            desk.say(
                f"Hanya jumlah tingkatnya yang dapat disimpulkan: {'; '.join(told)}.{check_id}",
                f"Only the sum of their levels can be inferred: {'; '.join(told)}.{check_en}",
            )
        )
