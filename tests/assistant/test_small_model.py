"""A real, small and very unreliable language model (270M parameters, llama.cpp on loopback) words real answers.

Whatever it writes, an answer holds no figure, year or article that its evidence does not hold.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from assistant.allowance import Breaker, DailyBudget
from assistant.answer import Answer, Block
from assistant.language_model import LanguageModel, chat_model
from assistant.permissions import OPERATOR
from assistant.request import Question
from assistant.rewording import Rewording
from assistant.service import Assistant
from bots.assembly import Installation
from tests.assistant.small_model import small_model

pytestmark = pytest.mark.model

# for the replies to one short prompt in each language, so that there are some on a busy machine too; for the others
PATIENT, SECONDS = 45.0, 6.0
SHORT = [
    "what is the SPBE index of Kota Bandar Lampung in 2024?",
    "apakah permenpanrb 59/2020 masih berlaku?",
]
QUESTIONS = [
    *SHORT,
    "kenapa domain 2 Kota Bandar Lampung 2024 rendah?",
    "which indicators of Kota Bandar Lampung are below 3 in 2024?",
    "rencana termurah Kota Bandar Lampung 2024 menuju Sangat Baik?",
    "which district in Jawa Barat ranks highest in 2024?",
    "bagaimana perkembangan indeks Kab. Sumedang?",
    "apa syarat level 3 indikator manajemen risiko?",
    "what does Pasal 6 of Perpres 95/2018 say?",
    "if indicator 11 of Kota Bandar Lampung rises to level 3 what is the index?",
]


class Tallied(Counter[str]):
    """Outcomes, counted."""

    def count(self, outcome: str) -> None:
        self[outcome] += 1


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The OpenAI-compatible address of a llama.cpp server with the model."""
    with ExitStack() as running:
        try:
            yield running.enter_context(small_model(tmp_path_factory.mktemp("model")))
        except ImportError as missing:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{missing}; CI must not skip the real model")
            pytest.skip(f"{missing}; it comes with the dev group")


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def _articles(text: str) -> set[str]:
    return set(re.findall(r"(?:pasal|ayat|article|lampiran|bab)\s+\(?\w+\)?", text.lower()))


def test_no_figure_or_article_outside_the_evidence(installation: Installation, address: str) -> None:
    composed: Assistant = installation.assistant
    tally = Tallied()

    def worded(seconds: float) -> Assistant:
        chat = chat_model("gemma", address, None, seconds)
        model = LanguageModel(chat, seconds, breaker=Breaker(failures=1000))
        rewording = Rewording(model, DailyBudget(1000), tally)
        made = Assistant(composed.engine, composed.retriever, composed.memory, rewording=rewording)
        made.guides = composed.guides
        return made

    patient, hasty = worded(PATIENT), worded(SECONDS)
    for text in QUESTIONS:
        question = Question(text=text)
        before: Answer = composed.ask(question, OPERATOR)
        settled: list[Block] = []
        after = (patient if text in SHORT else hasty).ask(question, OPERATOR, settled.append)
        evidence = f"{before.text} {' '.join(citation.quote for citation in before.citations)}"
        assert _numbers(after.text) <= _numbers(evidence), text
        assert _articles(after.text) <= _articles(evidence), text
        assert [b.kind for b in after.blocks] == [b.kind for b in before.blocks]
        assert after.figures == before.figures
        assert after.citations == before.citations
        assert tuple(settled) == after.blocks
        assert (after.mode == "model") == (after.blocks != before.blocks)
    print(dict(tally))
    assert tally.total() > 0, "the model was asked"
    assert any(outcome == "passed" or outcome.startswith("kept") for outcome in tally), "and it wrote something"
