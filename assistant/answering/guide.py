"""Working on an indicator: where to begin, who owns it, what assessors refuse, what a document holds, its weight."""

from collections.abc import Callable

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.answering.requirement import legal_basis
from assistant.request import Request
from assistant.understanding.guided import guide_part
from knowledge.pack_entries import IndicatorGuide, Place
from knowledge.passage import Passage
from scoring import Instrument, Text
from scoring.gaps import reference_level


def subject(request: Request, desk: Desk) -> str | None:
    """Which part of a guide a question about one indicator asks for; None where it asks for something else."""
    if request.intent not in ("rule", "requirement", "score") or not (request.node or "").startswith("indicator"):
        return None
    if request.level is not None and request.intent != "rule":
        return None
    return guide_part(desk.words)


def answer(request: Request, desk: Desk, asked: str) -> Answer | None:
    """Answer from the guide, or None where the guide does not say it."""
    instrument = desk.instrument
    number = instrument.node(request.node or "")[1]
    if asked == "weight":
        _weight(desk, instrument, number)
    elif asked == "basis":
        legal_basis(desk, instrument, number, every=True)
    else:
        guide = desk.guides.get((instrument.id, number))
        if guide is None or not _TOLD[asked](desk, instrument, guide):
            return None
    onwards = (
        ("level", f"Apa syarat level 3 indikator {number}?", f"What does level 3 of indicator {number} require?"),
        ("steps", f"Langkah pertama untuk indikator {number}?", f"What are the first steps for indicator {number}?"),
        ("basis", f"Apa dasar hukum indikator {number}?", f"What is the legal basis of indicator {number}?"),
    )
    desk.draft.suggest(*(desk.say(indonesian, english) for part, indonesian, english in onwards if part != asked))
    return desk.draft.answer(request.model_copy(update={"intent": "requirement" if asked != "weight" else "rule"}))


def _weight(desk: Desk, instrument: Instrument, number: int) -> None:
    part = instrument.indicators[number - 1]
    aspect = instrument.aspects[part.aspect - 1]
    passage = desk.retriever.at(instrument.weights_source.rule, instrument.weights_source.locator)
    whole = desk.draft.figure(part.weight, desk.say("bobot (%)", "weight (%)"), f"indicator {number}", instrument.id)
    within = desk.draft.figure(
        aspect.weight, desk.say("bobot (%)", "weight (%)"), f"aspect {aspect.number}", instrument.id
    )
    name = desk.node(instrument, f"indicator {number}")
    above = desk.node(instrument, f"aspect {aspect.number}")
    desk.draft.sentence(
        desk.say(
            f"Bobot {name} adalah **{whole}%** dari indeks; {above} seluruhnya {within}%{desk.cited(passage)}.",
            f"{name} weighs **{whole}%** of the index; {above} as a whole {within}%{desk.cited(passage)}.",
        )
    )


def _items(desk: Desk, guide: IndicatorGuide, title: str, texts: tuple[Text, ...]) -> bool:
    if not texts:
        return False
    passage = _source(desk, guide)
    desk.draft.sentence(f"{title}:")
    for number, text in enumerate(texts):
        cite = desk.cited(passage) if number == 0 and passage is not None else ""
        desk.draft.item(f"{desk.draft.name(desk.text(text).rstrip('.'))}{cite}.")
    return True


def _source(desk: Desk, guide: IndicatorGuide) -> Passage | None:
    first = guide.source[0]
    return desk.retriever.at(first.rule, first.locator)


def _named(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> str:
    return desk.node(instrument, f"indicator {guide.number}")


def _meaning(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> bool:
    """What the indicator measures, and what its reference level asks for."""
    name, passage = _named(desk, instrument, guide), _source(desk, guide)
    measures = desk.draft.name(desk.text(guide.measures).rstrip("."))
    cite = desk.cited(passage)
    desk.draft.sentence(f"{name}: {measures}{cite}.")
    minimum = reference_level(instrument)
    required = desk.requirement(instrument, guide.number, minimum)
    if required is not None:
        level = desk.level(instrument, guide.number, minimum, instrument.id)
        criteria = desk.cited(desk.criteria(instrument, guide.number, minimum))
        desk.draft.sentence(
            desk.say(
                f"Target nasionalnya {level}: {required}{criteria}.",
                f"The national minimum is {level}: {required}{criteria}.",
            )
        )
    return True


def _steps(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> bool:
    name = _named(desk, instrument, guide)
    told = _items(desk, guide, desk.say(f"Langkah awal untuk {name}", f"First steps for {name}"), guide.first_steps)
    return told and _advice(desk)


def _contents(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> bool:
    name = _named(desk, instrument, guide)
    title = desk.say(f"Contoh kerangka dokumen untuk {name}", f"Sample outline of the document for {name}")
    return _items(desk, guide, title, guide.contents) and _advice(desk)


def _advice(desk: Desk) -> bool:
    desk.draft.note(
        desk.say("Ini saran kami, bukan ketentuan aturan.", "This is our advice, not prescribed by a rule.")
    )
    return True


def _refused(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> bool:
    name = _named(desk, instrument, guide)
    title = desk.say(f"Yang tidak diterima asesor untuk {name}", f"What assessors do not accept for {name}")
    return _items(desk, guide, title, guide.refused)


def _low(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> bool:
    name = _named(desk, instrument, guide)
    title = desk.say(f"Yang biasanya menahan {name}", f"What usually holds {name} back")
    return _items(desk, guide, title, guide.stays_low)


def _owner(desk: Desk, instrument: Instrument, guide: IndicatorGuide) -> bool:
    name = _named(desk, instrument, guide)
    if guide.owner == "not stated":
        desk.draft.sentence(
            desk.say(
                f"Aturan yang ada di sini tidak menyebut siapa di daerah yang memegang {name}.",
                f"The rules held here do not state who in a district owns {name}.",
            )
        )
        return True
    source = guide.owner.source
    passage = desk.retriever.at(source.rule, source.locator) if isinstance(source, Place) else None
    owner = desk.draft.name(desk.text(Text(id=guide.owner.id, en=guide.owner.en)).rstrip("."))
    desk.draft.sentence(
        desk.say(
            f"Pemegang {name} di daerah: {owner}{desk.cited(passage)}.",
            f"Owner of {name} in a district: {owner}{desk.cited(passage)}.",
        )
    )
    return True


_TOLD: dict[str, Callable[[Desk, Instrument, IndicatorGuide], bool]] = {
    "owner": _owner,
    "refused": _refused,
    "steps": _steps,
    "contents": _contents,
    "low": _low,
    "meaning": _meaning,
}
