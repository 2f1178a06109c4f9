"""A slot is open: ask, with at most four choices that can be tapped."""

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.records.agencies import spoken
from assistant.request import Clarification, Request


def answer(request: Request, desk: Desk, asked: Clarification) -> Answer:
    words = {
        "agency": desk.say("Instansi mana yang dimaksud", "Which agency do you mean"),
        "node": desk.say("Bagian mana yang dimaksud", "Which part do you mean"),
        "intent": desk.say("Apa yang ingin Anda ketahui", "What would you like to know"),
        "year": desk.say("Tahun berapa", "Which year"),
        "level": desk.say("Tingkat berapa", "Which level"),
        "target": desk.say("Target berapa", "Which target"),
    }
    choices = [_label(desk, asked, choice) for choice in asked.choices]
    if choices:
        joined = desk.say(" atau ", " or ").join(desk.draft.name(choice) for choice in choices)
        desk.draft.sentence(f"{words[asked.slot]}: {joined}?")
    else:
        desk.draft.sentence(f"{words[asked.slot]}?")
    desk.draft.suggestions.extend(choices)
    return desk.draft.answer(request)


def _label(desk: Desk, asked: Clarification, choice: str) -> str:
    if asked.slot == "agency":
        return spoken(choice)
    if asked.slot == "node":
        kind, number = desk.instrument.node(choice)
        name = desk.text(desk.instrument.node_name(choice))
        return name if kind == "index" else f"{name} ({number})"
    return choice
