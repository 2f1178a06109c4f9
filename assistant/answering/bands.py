"""Which predikat does a value earn? Answered from the instrument's bands."""

import re
from fractions import Fraction

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.request import Request
from scoring.figures import exactly

_RATING = re.compile(r"\b(predikat\w*|rating|kategori\w*|masuk apa|termasuk apa)\b", re.IGNORECASE)
_VALUE = re.compile(r"(?<![\d.,/])([0-5][.,]\d{1,4})(?![\d.,]*\d)")


def value_rated(question: str, request: Request) -> Fraction | None:
    """The one value whose predikat is asked for, where no agency's own value is."""
    values = _VALUE.findall(question)
    if request.intent not in ("rule", "score") or not _RATING.search(question) or len(values) != 1:
        return None
    return exactly(values[0].replace(",", "."))


def answer(request: Request, desk: Desk, value: Fraction) -> Answer:
    instrument = desk.instrument
    band = instrument.rating(value, request.year or instrument.last_year or instrument.first_year)
    bands = list(instrument.bands)
    above = bands[bands.index(band) + 1 :]
    passage = desk.retriever.at(instrument.bands_source.rule, instrument.bands_source.locator)
    told = desk.draft.figure(value, desk.say("nilai", "value"), "index", "question")
    low = desk.draft.figure(band.lower, desk.say("batas predikat", "rating bound"), "index", instrument.id)
    reach = desk.say(f"mulai {low}", f"from {low}")
    if above:
        high = desk.draft.figure(above[0].lower, desk.say("batas predikat", "rating bound"), "index", instrument.id)
        reach = desk.say(f"{low} sampai di bawah {high}", f"{low} to below {high}")
    name = desk.node(instrument, "index")
    desk.draft.sentence(
        desk.say(
            f"{name} {told} berpredikat **{desk.rating(band.name)}** ({reach}){desk.cited(passage)}.",
            f"A value of {told} on the {name} is rated **{desk.rating(band.name)}** ({reach}){desk.cited(passage)}.",
        )
    )
    if above:
        lacking = desk.draft.figure(above[0].lower - value, desk.say("kekurangan", "shortfall"), "index", instrument.id)
        desk.draft.sentence(
            desk.say(
                f"Menuju {desk.rating(above[0].name)} kurang {lacking}.",
                f"{desk.rating(above[0].name)} is {lacking} away.",
            )
        )
    return desk.draft.answer(request.model_copy(update={"intent": "rule"}))
