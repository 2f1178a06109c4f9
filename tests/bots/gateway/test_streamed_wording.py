"""An answer in a model's words on its way to the reader: only blocks that have passed are ever sent, and at once."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from assistant.allowance import DailyBudget
from assistant.answer import Answer
from assistant.language_model import LanguageModel, chat_model
from assistant.rewording import Rewording
from assistant.service import Assistant
from bots.web.app import create_app
from tests.assistant.model_server import ModelServer, Reply, model_server
from tests.bots.gateway.conftest import House, served

WHY = "kenapa domain 2 Kota Bandar Lampung 2024 rendah?"
POISON = "bupati-palsu"
SECONDS = 6.0


def _half_honest(body: dict[str, Any]) -> Reply:
    """Every second line says the same in other words, the others bring in something of their own; slowly."""
    lines = [line for line in body["messages"][1]["content"].splitlines() if line[:1].isdigit()]
    told = [
        line.replace("bernilai", "tercatat").replace("Setiap", "Tiap") if at % 2 == 0 else f"{line} {POISON} 9,99"
        for at, line in enumerate(lines)
    ]
    return Reply(f"{POISON}\n" + "\n".join(told) + f"\n{POISON}", piece=30, between=0.03)


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_server(_half_honest) as running:
        yield running


@pytest.fixture(scope="module")
def at(house: House, model: ModelServer) -> Iterator[str]:
    composed = house.installation.assistant
    words = LanguageModel(chat_model("scripted", model.url, None, SECONDS), SECONDS)
    rewording = Rewording(words, DailyBudget(100))
    worded = Assistant(composed.engine, composed.retriever, composed.memory, rewording=rewording)
    worded.guides = composed.guides
    with served(create_app(worded)) as address:
        yield address


def _composed(house: House) -> set[str]:
    from assistant.permissions import VISITOR
    from assistant.request import Question

    return {block.text for block in house.installation.assistant.ask(Question(text=WHY), VISITOR).blocks}


def test_events_hold_passed_blocks_only_and_come_while_the_model_writes(house: House, at: str) -> None:
    events: list[tuple[str, dict[str, Any], float]] = []
    begun = time.monotonic()
    asked = {"json": {"message": WHY}, "headers": {"Accept": "text/event-stream"}, "timeout": 30}
    with httpx.stream("POST", f"{at}/api/v1/chat", **asked) as response:  # type: ignore[arg-type]
        name = ""
        for line in response.iter_lines():
            assert POISON not in line and "9,99" not in line
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                events.append((name, json.loads(line.removeprefix("data: ")), time.monotonic() - begun))
    blocks = [(data["text"], when) for kind, data, when in events if kind == "block"]
    answer = Answer.model_validate(next(data for kind, data, _ in events if kind == "answer"))
    assert [text for text, _ in blocks] == [block.text for block in answer.blocks]
    assert answer.mode == "model"
    assert {text for text, _ in blocks} - _composed(house), "something was reworded"
    assert {text for text, _ in blocks} & _composed(house), "and something was kept"
    assert blocks[-1][1] - blocks[0][1] > 0.3, "the first came before the model had ended"


def test_chunks_of_the_openai_format_hold_passed_blocks_only(at: str) -> None:
    with openai.OpenAI(base_url=f"{at}/v1", api_key="visitor", max_retries=0, timeout=30) as client:
        stream = client.chat.completions.create(
            model="tanya-spbe", messages=[{"role": "user", "content": WHY}], stream=True
        )
        text, times, answer = "", [], None
        for chunk in stream:
            for choice in chunk.choices:
                text += choice.delta.content or ""
                times.append(time.monotonic())
            answer = getattr(chunk, "answer", None) or answer
            assert POISON not in text and "9,99" not in text
    assert answer is not None
    assert text == answer["text"]
    assert answer["mode"] == "model"
    assert times[-1] - times[0] > 0.3
