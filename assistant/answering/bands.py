"""Which predikat does a value earn, and where do predikat part? Answered from the instrument's bands."""

import re
from fractions import Fraction

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.request import Request
from assistant.understanding.intents import asks_difference
from assistant.understanding.numbers import ratings_in
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


def held_apart(request: Request, desk: Desk) -> tuple[str, ...]:
    """The predikat whose difference is asked for, two or more; none where something else is."""
    if request.intent != "rule" or request.rule or not asks_difference(desk.words):
        return ()
    ratings = tuple(dict.fromkeys(ratings_in(desk.words, desk.instrument)))
    return ratings if len(ratings) > 1 else ()


def told_apart(request: Request, desk: Desk, ratings: tuple[str, ...]) -> Answer:
    """Say where each predikat begins and ends."""
    instrument = desk.instrument
    passage = desk.retriever.at(instrument.bands_source.rule, instrument.bands_source.locator)
    bound = desk.say("batas predikat", "rating bound")
    words = []
    for band, above in zip(instrument.bands, [*instrument.bands[1:], None], strict=True):
        if band.name.id in ratings:
            low = desk.draft.figure(band.lower, bound, "index", instrument.id)
            high = desk.draft.figure(above.lower if above else instrument.scale.highest, bound, "index", instrument.id)
            to = desk.say("sampai di bawah", "to below") if above else desk.say("sampai", "to")
            words.append(f"**{desk.rating(band.name)}** {low} {to} {high}")
    name = desk.node(instrument, "index")
    desk.draft.sentence(
        desk.say(
            f"Bedanya pada nilai {name}: {desk.listed(words)}{desk.cited(passage)}.",
            f"They differ by the {name}: {desk.listed(words)}{desk.cited(passage)}.",
        )
    )
    desk.draft.suggest(
        desk.say("Kabupaten mana yang Memuaskan di Jawa Barat?", "Which districts in Jawa Barat are Memuaskan?"),
        desk.say("Bagaimana indeks dihitung?", "How is the index computed?"),
    )
    return desk.draft.answer(request)
