"""Conversations: follow-ups, corrections, answers to what was asked back, changes of topic."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.assistant.understanding_set import Published, published, wrong_turns

DIALOGUES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("dialogues.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def register(shared: Path) -> Published:
    return published(shared)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[d["turns"][0]["say"][:30] for d in DIALOGUES])
def test_every_turn_is_understood(dialogue: dict[str, Any], register: Published) -> None:
    assert wrong_turns(dialogue, register) == []


def test_there_are_dialogues_enough() -> None:
    assert len(DIALOGUES) >= 20
    assert {len(dialogue["turns"]) for dialogue in DIALOGUES} >= {2, 3, 4, 5}
