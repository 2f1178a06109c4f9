"""Do answers to the development questions state the facts they must? Judged by patterns, one list a question."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.permissions import VISITOR
from assistant.request import Question

if TYPE_CHECKING:
    from assistant.service import Assistant

PATTERNS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "must_include.yaml").read_text(encoding="utf-8")
)


def missing(text: str, patterns: list[str]) -> list[str]:
    """The patterns that an answer's text does not satisfy."""
    plain = " ".join(text.replace("*", "").split())
    return [pattern for pattern in patterns if not re.search(pattern, plain, re.IGNORECASE)]


def answerable(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [question for question in map(json.loads, lines) if question["gold"]]


def unsaid(assistant: Assistant, shared: Path) -> dict[str, list[str]]:
    """By question, the facts that the assistant's answer does not state; only questions that lack some."""
    found = {}
    for question in answerable(shared):
        answer = assistant.ask(Question(text=question["question"]), VISITOR)
        if lacking := missing(answer.text, PATTERNS[question["id"]]):
            found[question["id"]] = lacking
    return found
