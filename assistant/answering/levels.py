"""What do two maturity levels mean, where no indicator is named? Their names, and what the rule says of each."""

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.request import Request
from knowledge.passage import Passage
from scoring import Instrument


def asked(request: Request, desk: Desk) -> bool:
    """Whether two levels are held side by side without an indicator, and the instrument names its levels."""
    if request.intent != "rule" or request.node or request.rule or request.locator or not desk.instrument.maturity:
        return False
    scale = desk.instrument.scale
    levels = (request.level, request.other_level)
    return levels[0] != levels[1] and all(
        level is not None and scale.lowest <= level <= scale.highest for level in levels
    )


def answer(request: Request, desk: Desk) -> Answer:
    instrument = desk.instrument
    levels = sorted(level for level in (request.level, request.other_level) if level is not None)
    of_process, *of_services = instrument.maturity.values()
    low, high = (_named(desk, instrument, level, desk.text(of_process[level - 1])) for level in levels)
    services = [desk.draft.name(desk.text(names[level - 1])) for names in of_services for level in levels]
    also = ""
    if services:
        names = desk.listed(services)
        also = desk.say(f"; untuk layanan namanya {names}", f"; for services they are called {names}")
    desk.draft.sentence(
        desk.say(f"Tingkat {low}, sedangkan tingkat {high}{also}.", f"Level {low}, while level {high}{also}.")
    )
    for level in levels:
        if (told := _meaning(request, desk, instrument, level)) is not None:
            statement, passage = told
            words = statement.english if desk.draft.language == "en" and statement.english else statement.text
            desk.draft.item(f"{desk.draft.name(words.rstrip('.'))} {desk.draft.cite(passage)}.")
    desk.draft.sentence(
        desk.say(
            "Syarat persisnya berbeda menurut indikator; sebutkan indikatornya untuk melihatnya.",
            "What exactly is required differs by indicator; name one to see it.",
        )
    )
    for number in (21, 11):
        desk.draft.suggest(
            desk.say(
                f"Apa beda level {levels[0]} dan level {levels[-1]} indikator {number}?",
                f"What is the difference between level {levels[0]} and level {levels[-1]} of indicator {number}?",
            )
        )
    return desk.draft.answer(request)


def _named(desk: Desk, instrument: Instrument, level: int, name: str) -> str:
    number = desk.draft.figure(level, desk.say("tingkat", "level"), "index", instrument.id)
    return desk.say(f"{number} berarti **{desk.draft.name(name)}**", f"{number} means **{desk.draft.name(name)}**")


def _meaning(request: Request, desk: Desk, instrument: Instrument, level: int) -> tuple[Passage, Passage] | None:
    """Our statement of what a level means, and the passage it states; None where the library has none."""
    name = next(iter(instrument.maturity.values()))[level - 1]
    for hit in desk.search(f"Apa arti tingkat {level} {name.id}?", request, rule=instrument.rule):
        passage = hit.passage
        for digest in [passage] if passage.kind == "digest" else desk.retriever.digests_of(passage):
            if digest.text.startswith(f"{name.id} (tingkat {level})"):
                return digest, passage
    return None
