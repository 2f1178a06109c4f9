"""A person of Kota Bandar Lampung, a code, one question: the same figures and citations as everywhere else."""

from assistant.permissions import Asker
from assistant.records.invitations import invite
from assistant.request import Question
from assistant.sources import source_line
from bots.assembly import Installation
from tests.bots.telegram.bot_api import BotApi
from tests.bots.telegram.running_bots import running

QUESTION = "kenapa domain 2 kami rendah?"
AGENCY = "Pemerintah Kota Bandar Lampung"


def test_an_invited_chat_gets_the_figures_and_citations_of_the_assistant(whole: Installation, api: BotApi) -> None:
    entry = whole.records.register.find(AGENCY)
    code = invite(whole.engine, entry, "staff")
    api.message(501, f"/start {code}")
    api.message(501, QUESTION)
    with running(whole, read_timeout=20.0):
        welcome, answer, *_ = api.wait(2, 501, seconds=60)
    assert "Kota Bandar Lampung" in welcome.text
    expected = whole.assistant.ask(Question(text=QUESTION), Asker("staff", entry.id))
    assert {f.value for f in expected.figures} >= {"2.40", "2.98", "1.50", "2.75", "3.50"}
    whole = "\n".join(call.text for call in api.sent(501, "sendMessage")[1:])
    for block in expected.blocks:
        for figure in block.figures:
            value = next(f.value for f in expected.figures if f.id == figure)
            assert value.replace(".", ",") in whole, figure
    assert "2,40" in answer.text.split(".")[0]
    folded = "\n".join(text for tag, text in answer.entities if tag == "blockquote")
    for citation in expected.citations:
        assert f"[{citation.number}] {source_line(citation, 'id')}" in folded
    labels = [button["text"] for button in answer.buttons]
    assert labels[: len(expected.suggestions)] == [label[:60] for label in expected.suggestions]
    assert api.refusals == []
