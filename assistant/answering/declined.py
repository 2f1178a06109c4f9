"""A question that cannot be answered from what is held: why, and what can be asked instead."""

from collections.abc import Iterator

from assistant.answer import Answer, Draft
from assistant.answering.desk import Desk, node_words
from assistant.records.agencies import AgencyEntry, spoken
from assistant.request import Request
from scoring import RefusedInput

_SUGGESTED = 3


def answer(request: Request, desk: Desk, draft: Draft, reason: RefusedInput) -> Answer:
    """Say a refusal as an answer.

    Args:
        draft: a new one; the desk's may hold the beginning of the answer that could not be given.
    """
    draft.sentence(draft.name(reason.message.into(draft.language)))
    nearest = reason.details.get("nearest")
    ways = list(map(str, nearest)) if isinstance(nearest, list) else []
    asked = desk.question.casefold().rstrip("?")
    ways += [way for way in _instead(request, desk) if way.casefold().rstrip("?") != asked]
    draft.suggest(*list(dict.fromkeys(ways))[:_SUGGESTED])
    return draft.answer(request, abstained=True)


def _instead(request: Request, desk: Desk) -> Iterator[str]:
    """Questions near to the one asked that what is held does answer."""
    named = request.agency or next(iter(request.agencies), None)
    entry = None if named is None else desk.agencies.named(named)
    if entry is not None:
        yield from _of_agency(request, desk, entry)
    province = request.group or (entry.province if entry is not None else None)
    if province is not None:
        years = desk.assessments.years(None if province == "Indonesia" else province)
        if years:
            yield desk.say(f"Peringkat instansi di {province} {years[-1]}", f"Ranking in {province} {years[-1]}")
    yield desk.say("Kamu bisa apa saja?", "What can you do?")


def _of_agency(request: Request, desk: Desk, entry: AgencyEntry) -> Iterator[str]:
    name, years = spoken(entry.name), sorted(desk.assessments.years_of(entry))
    if not years:
        return
    kind, _ = desk.instrument.node(request.node or "index")
    node = request.node if kind == "domain" and request.node else "index"
    words = node_words(desk, desk.instrument, node)
    yield desk.say(f"Berapa {words} {name} {years[-1]}?", f"What is {words} of {name} in {years[-1]}?")
    if len(years) > 1:
        yield desk.say(f"Bagaimana perkembangan {words} {name}?", f"How has {words} of {name} developed?")
    else:
        yield desk.say(f"Domain mana yang paling lemah di {name}?", f"Which domain of {name} is the weakest?")
