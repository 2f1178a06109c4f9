"""Commands alone are questions that the assistant understands as meant."""

import pytest

from assistant.permissions import Asker
from assistant.request import Question
from bots.assembly import Installation
from bots.telegram.commands import command, question
from scoring import Language

MEANT = {"skor": "score", "kenapa": "why", "rencana": "plan", "banding": "compare", "tren": "trend"}
ABOUT = {"skor": "domain 2", "kenapa": "domain 2 rendah", "rencana": "3,5", "banding": "Kota Metro", "tren": "kami"}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", MEANT)
def test_a_command_alone_is_understood(installation: Installation, name: str, language: Language) -> None:
    assert understood(installation, name, "", language) == MEANT[name]


@pytest.mark.parametrize("name", MEANT)
def test_a_command_with_words_is_understood(installation: Installation, name: str) -> None:
    assert understood(installation, name, ABOUT[name], "id") == MEANT[name]


def understood(installation: Installation, name: str, words: str, language: Language) -> str:
    known = command(name)
    assert known is not None
    text = question(known, words, language)
    assert text is not None
    own = installation.records.register.find("Kota Bandar Lampung")
    answer = installation.assistant.ask(Question(text=text, language=language), Asker("staff", own.id))
    assert not answer.abstained
    assert answer.request.clarify is None
    return answer.intent
