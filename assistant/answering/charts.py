"""Charts of an answer as data; how they are drawn is the channel's (assistant.charts for pictures)."""

from assistant.answer import Chart
from assistant.answering.desk import Desk
from assistant.answering.standing import Standing
from assistant.records.agencies import spoken
from scoring.figures import shown


def standing_chart(desk: Desk, standing: Standing) -> Chart | None:
    """A radar of the aspects, or of the domains where only those are known; None where too little is known."""
    instrument = standing.instrument
    for kind, parts in (("aspect", instrument.aspects), ("domain", instrument.domains)):
        values = [standing.value(f"{kind} {part.number}") for part in parts]
        if len(parts) >= 3 and all(value is not None for value in values):
            who = f"{spoken(standing.assessment.agency)} {standing.year}"
            plural = desk.say(*{"aspect": ("aspek", "aspects"), "domain": ("domain", "domains")}[kind])
            told = [shown(value) for value in values if value is not None]
            words = [told[n].replace(".", ",") if desk.draft.language == "id" else told[n] for n in range(len(told))]
            names = [desk.text(part.name) for part in parts]
            return Chart(
                kind="radar",
                title=desk.say(f"Nilai {plural} {who}", f"{who}: values of the {plural}"),
                summary="; ".join(f"{name} {word}" for name, word in zip(names, words, strict=True)),
                labels=tuple(names),
                series={who: tuple(float(text) for text in told)},
            )
    return None
