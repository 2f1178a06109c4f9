"""Questions about something else are declined in one polite sentence."""

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.request import Request


def answer(request: Request, desk: Desk) -> Answer:
    desk.draft.sentence(
        desk.say(
            "Maaf, itu di luar bidang saya; saya hanya membantu soal evaluasi SPBE, Pemdi, dan aturannya.",
            "Sorry, that is outside my field; I only help with the SPBE and Pemdi evaluation and its rules.",
        )
    )
    desk.draft.suggest(
        desk.say("Kamu bisa apa saja?", "What can you do?"),
        desk.say("Apa itu SPBE?", "What is SPBE?"),
    )
    return desk.draft.answer(request, abstained=True)
