"""What officials type about their index: intent, slots, figures and mentions, as shared/eval expects them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.permissions import VISITOR
from assistant.request import Question
from tests.assistant.judge import faults

if TYPE_CHECKING:
    from bots.assembly import Installation


def test_development_utterances_are_answered_right(installation: Installation, shared: Path) -> None:
    wrong = {}
    lines = (shared / "eval" / "utterances.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        question = Question(text=line["text"], agency=line["agency"], year=line["year"])
        answer = installation.assistant.ask(question, VISITOR).model_dump(mode="json")
        if found := faults(answer, line["expect"]):
            wrong[line["id"]] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "agency", "expect", "fault"),
    [
        ("skor kita brp min", "Kota Bandar Lampung", {"figures": ["2.97"]}, "figure 2.97 is not stated"),
        ("skor kita brp min", "Kota Bandar Lampung", {"must_not": ["2.98"]}, "mentions 2.98"),
        ("skor kita brp min", "Kota Bandar Lampung", {"request": {"year": 2022}}, "year 2024, expected 2022"),
    ],
)
def test_the_judge_finds_faults(
    installation: Installation, text: str, agency: str, expect: dict[str, object], fault: str
) -> None:
    answer = installation.assistant.ask(Question(text=text, agency=agency), VISITOR).model_dump(mode="json")
    wanted = {"intent": "score", "request": {}, "figures": [], "must_mention": [], "must_not": []} | expect
    assert faults(answer, wanted) == [fault]
