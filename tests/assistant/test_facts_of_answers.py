"""With the pack alone, answers state what they must for at least four in five of the development questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.assistant.facts_of_answers import PATTERNS, answerable, missing, unsaid

if TYPE_CHECKING:
    from bots.assembly import Installation


def test_every_answerable_question_has_its_patterns(shared: Path) -> None:
    assert set(PATTERNS) == {question["id"] for question in answerable(shared)}


def test_an_answer_that_says_nothing_satisfies_no_question() -> None:
    assert all(missing("Maaf, pustaka ini tidak memuat jawabannya.", patterns) for patterns in PATTERNS.values())


def test_the_pack_alone_states_the_facts(installation: Installation, shared: Path) -> None:
    lacking = unsaid(installation.assistant, shared)
    share = 1 - len(lacking) / len(PATTERNS)
    assert share >= 0.8, lacking
