"""Whole answers in a model's words, from the settings to the reader, over a scripted server."""

import csv
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.answer import Block
from assistant.permissions import OPERATOR
from assistant.records.sampling import SAMPLE
from assistant.request import Question
from assistant.service import Assistant
from assistant.settings import Settings
from bots.assembly import Installation
from tests.assistant.model_server import ModelServer, Reply, model_server

KEY = "sk-secret-of-the-house"
AGENCY = "Pemerintah Kota Bandar Lampung"
QUESTIONS = [
    "berapa indeks SPBE kami?",
    "kenapa domain 2 kami rendah?",
    "what is our SPBE index?",
    "indikator apa yang di bawah 3?",
    "rencana termurah menuju Sangat Baik?",
    "siapa yang menetapkan arsitektur SPBE nasional?",
]


def _retold(body: dict[str, Any]) -> Reply:
    """An obedient model: other words of the same meaning, sentences of passages as they stand."""
    lines = body["messages"][1]["content"].splitlines()
    told = [line for line in lines if line[:1].isdigit()]
    swaps = (" adalah ", " tercatat "), (" bernilai ", " tercatat "), (" is ", " stands at "), ("Setiap ", "Tiap ")
    for old, new in swaps:
        told = [line.replace(old, new) for line in told]
    return Reply("\n".join(told) + "\n", piece=40)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(_retold) as running:
        yield running


def _worded(installation: Installation, **settings: Any) -> Assistant:
    """The installation's assistant, with a model by its settings."""
    settings = {"model": "scripted", "model_key": KEY, "model_seconds": 3.0} | settings
    made = Installation(Settings(data_dir=installation.settings.data_dir, _env_file=None, **settings), threads=1)
    composed = installation.assistant
    worded = Assistant(composed.engine, composed.retriever, composed.memory, rewording=made.rewording)
    worded.guides = composed.guides
    return worded


def test_an_answer_comes_in_the_models_words_with_the_same_evidence(
    installation: Installation, server: ModelServer
) -> None:
    question = Question(text=QUESTIONS[0], agency=AGENCY, year=2024)
    composed = installation.assistant.ask(question, OPERATOR)
    settled: list[Block] = []
    told = _worded(installation, model_url=server.url).ask(question, OPERATOR, settled.append)
    assert (composed.mode, told.mode) == ("composed", "model")
    assert " tercatat **" in told.text
    assert tuple(settled) == told.blocks
    assert told.model_copy(update={"text": "", "blocks": (), "mode": "composed"}) == composed.model_copy(
        update={"text": "", "blocks": ()}
    )


def test_without_a_model_blocks_are_told_as_composed(installation: Installation) -> None:
    settled: list[Block] = []
    answer = installation.assistant.ask(Question(text=QUESTIONS[0], agency=AGENCY), OPERATOR, settled.append)
    assert tuple(settled) == answer.blocks
    assert answer.mode == "composed"


def test_no_name_value_or_key_is_in_a_prompt(installation: Installation, server: ModelServer) -> None:
    worded = _worded(installation, model_url=server.url)
    answers = [worded.ask(Question(text=text, agency=AGENCY, year=2024), OPERATOR) for text in QUESTIONS]
    prompts = "\n".join(message["content"] for body in server.requests for message in body["messages"])
    assert len(server.requests) >= 5
    assert all("tools" not in body for body in server.requests)
    assert KEY not in prompts
    assert str(installation.settings.data_dir) not in prompts
    with (SAMPLE / "agencies.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"].removeprefix("Pemerintah ") for row in csv.DictReader(file)]
    assert not [name for name in names if name in prompts]
    for answer in answers:
        if answer.intent != "rule":  # of a rule the model sees the passage that is cited, which is public
            assert not [figure.value for figure in answer.figures if "." in figure.value and figure.value in prompts]


@pytest.mark.parametrize(
    "settings",
    [{"model": "nobody:model"}, {"model": "scripted", "model_url": "http://127.0.0.1:9/v1"}],
    ids=["unknown provider", "nothing listening"],
)
def test_a_model_that_cannot_be_used_is_not_noticed(
    installation: Installation, settings: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    question = Question(text=QUESTIONS[1], agency=AGENCY, year=2024)
    with caplog.at_level(logging.CRITICAL):
        told = _worded(installation, **settings).ask(question, OPERATOR)
    assert told == installation.assistant.ask(question, OPERATOR)
