"""How is the index computed? The rule of the instrument, and the asker's own index taken apart by it."""

import re
from fractions import Fraction

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.answering.score import second_hand
from assistant.answering.standing import Standing
from assistant.records.agencies import spoken
from assistant.request import Request
from assistant.understanding.intents import asks_computation
from scoring import Instrument
from scoring.figures import shown

_PART = re.compile(r"\b(?:aspek|aspects?|domains?|indikator|indicators?|pasal|predikat)\b", re.IGNORECASE)


def asked(request: Request, desk: Desk) -> bool:
    """Whether the computation of the whole index is asked for; that of its parts is a matter of the rule's text."""
    if request.intent not in ("rule", "score") or request.rule or request.node not in (None, "index"):
        return False
    return asks_computation(desk.words) and not _PART.search(desk.question)


def answer(request: Request, desk: Desk) -> Answer:
    instrument = desk.instrument
    _rule(desk, instrument)
    standing = desk.own(request)
    if standing is not None and standing.value("index") is not None:
        _taken_apart(desk, standing)
        desk.draft.suggest(
            desk.say(
                f"Apa yang menahan indeks {spoken(standing.assessment.agency)}?",
                f"What holds the index of {spoken(standing.assessment.agency)} back?",
            )
        )
        second_hand(desk, standing)
    desk.draft.suggest(
        desk.say("Nilai berapa untuk predikat Sangat Baik?", "Which value earns the rating Sangat Baik?"),
        desk.say("Berapa bobot setiap domain SPBE?", "What does each domain weigh?"),
    )
    return desk.draft.answer(request.model_copy(update={"intent": "rule"}))


def _rule(desk: Desk, instrument: Instrument) -> None:
    source = instrument.weights_source
    passage = desk.retriever.at(source.rule, source.locator) or desk.retriever.at(source.rule, "Lampiran, Tabel 7")
    count = desk.count(
        len(instrument.indicators), desk.say("jumlah indikator", "number of indicators"), "index", instrument.id
    )
    name = desk.node(instrument, "index")
    desk.draft.sentence(
        desk.say(
            f"{name} adalah rata-rata tertimbang: tingkat tiap indikator ({count} buah) dikalikan bobotnya, "
            f"lalu dijumlahkan{desk.cited(passage)}.",
            f"The {name} is a weighted mean: the level of each of {count} indicators times its weight, "
            f"added up{desk.cited(passage)}.",
        )
    )
    whole = (
        desk.say("aspek dan domain", "an aspect and a domain") if instrument.domains else desk.say("aspek", "an aspect")
    )
    desk.draft.sentence(
        desk.say(
            f"Nilai {whole} dihitung sama, dibagi jumlah bobot indikator di dalamnya; tidak ada pembulatan di tengah.",
            f"The value of {whole} is made the same way, divided by the weights in it; nothing is rounded on the way.",
        )
    )


def _taken_apart(desk: Desk, standing: Standing) -> None:
    """The index as the sum of its domains (aspects); left out where rounded published values do not add up to it."""
    instrument = standing.instrument
    kind, parts = ("domain", instrument.domains) if instrument.domains else ("aspect", instrument.aspects)
    nodes = [f"{kind} {part.number}" for part in parts]
    total = Fraction(0)
    for node in nodes:
        value = standing.value(node)
        if value is None:
            return
        total += value * sum((i.weight for i in instrument.indicators_under(node)), Fraction(0)) / 100
    index = standing.value("index")
    if index is None or shown(total) != shown(index):
        return
    terms = " + ".join(f"{desk.share(standing, node)}% × {desk.value(standing, node)}" for node in nodes)
    agency, year, whole = (
        desk.called(standing.assessment.agency),
        desk.year(standing.year),
        desk.value(standing, "index"),
    )
    desk.draft.sentence(
        desk.say(f"Untuk {agency} {year}: {terms} = **{whole}**.", f"For {agency} in {year}: {terms} = **{whole}**.")
    )
