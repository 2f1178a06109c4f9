"""One Answer of every intent says in Telegram what its blocks say, figure by figure, citation by citation."""

import re
from typing import get_args

import pytest

from assistant.answer import Answer, Block
from assistant.permissions import Asker
from assistant.request import Intent, Question
from assistant.sources import source_line
from bots.assembly import Installation
from bots.telegram.outgoing import Outgoing
from bots.telegram.pieces import units
from bots.telegram.rendering import reply_of
from tests.bots.telegram.bot_api import parse_html

QUESTIONS = {
    "score": "berapa indeks SPBE kami?",
    "why": "kenapa domain 2 kami rendah?",
    "gaps": "indikator apa yang paling menahan kami?",
    "plan": "rencana menuju 3,5",
    "simulate": "kalau indikator 11 naik ke level 3, indeks kami jadi berapa?",
    "compare": "bandingkan kami dengan kota metro",
    "trend": "bagaimana perkembangan indeks kami?",
    "requirement": "apa syarat level 3 indikator manajemen risiko?",
    "rule": "apa isi pasal 6 perpres 95 tahun 2018?",
    "help": "apa yang bisa kamu bantu?",
    "out_of_scope": "siapa presiden Prancis?",
}


def test_there_is_a_question_of_every_intent() -> None:
    assert set(QUESTIONS) == set(get_args(Intent))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("intent", QUESTIONS)
def test_figures_citations_and_suggestions_of_an_answer_arrive(
    installation: Installation, intent: str, language: str
) -> None:
    own = installation.records.register.find("Kota Bandar Lampung")
    asked = Question(text=QUESTIONS[intent], language=language)  # type: ignore[arg-type]
    answer = installation.assistant.ask(asked, Asker("staff", own.id))
    assert answer.intent == intent
    reply = reply_of(answer, asked.text)
    texts = [parse_html(m.html) for m in reply.messages if m.kind == "text"]
    shown = "\n".join(text for text, _ in texts)
    folded = "\n".join(text for _, entities in texts for tag, text in entities if tag == "blockquote")
    _told_in_order(answer, shown)
    for citation in answer.citations:
        assert f"[{citation.number}] {source_line(citation, answer.language)}" in folded
    assert [c.chart for c in reply.messages if c.kind == "photo"] == list(answer.charts)
    _buttons(answer, reply.messages)


def _told_in_order(answer: Answer, shown: str) -> None:
    """Every block's words, figures and citation numbers, in the order of the blocks."""
    numbers = {citation.id: citation.number for citation in answer.citations}
    place = 0
    for block in answer.blocks:
        for words in _parts(block):
            assert words in shown[place:], (block.text, shown)
            place = place if block.kind == "table" else shown.index(words, place)
        for citation in block.citations:
            assert f"[{numbers[citation]}]" in shown[place:]
        for figure in block.figures:
            value = next(f.value for f in answer.figures if f.id == figure)
            assert value in shown or value.replace(".", ",") in shown, (figure, value)


def _parts(block: Block) -> list[str]:
    """The text without markup; of a table its cells, the heading of the first column left out."""
    text = block.text.replace("**", "")
    if block.kind != "table":
        return [re.sub(r"[.!?:]$", "", text)]
    cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\||\n", text)]
    return [cell for cell in cells if not re.fullmatch(r"-*", cell)][1:]


def _buttons(answer: Answer, messages: tuple[Outgoing, ...]) -> None:
    last = [m for m in messages if m.kind == "text"][-1]
    *suggestions, thumbs = last.buttons
    assert len(suggestions) == len(answer.suggestions)
    assert [button.label for button in thumbs] == ["👍", "👎"]
    for (button,), suggestion in zip(suggestions, answer.suggestions, strict=True):
        assert suggestion.startswith(button.label.removesuffix("…"))
        assert len(button.data.encode()) <= 64
    assert all(units(m.html) > 0 for m in messages)
