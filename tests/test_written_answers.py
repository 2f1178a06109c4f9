"""The answers in docs/ and the READMEs are those the assistant gives, and read well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer
from assistant.permissions import VISITOR
from assistant.request import Question
from tests import answers

if TYPE_CHECKING:
    from bots.assembly import Installation

WORDS = 250


def test_the_page_of_answers_is_current(installation: Installation) -> None:
    assert answers.PAGE.read_text(encoding="utf-8") == answers.page(installation), "run: make answers"


@pytest.mark.parametrize("path", answers.READMES, ids=lambda path: path.name)
def test_the_readme_shows_the_real_answer(installation: Installation, path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    assert path.read_text(encoding="utf-8") == answers.readme(path, installation), "run: make answers"


@pytest.mark.parametrize(("text", "agency", "year"), answers.QUESTIONS)
def test_an_answer_is_short_and_says_nothing_twice(
    installation: Installation, text: str, agency: str | None, year: int | None
) -> None:
    answer: Answer = installation.assistant.ask(Question(text=text, agency=agency, year=year), VISITOR)
    assert len(answer.text.split()) <= WORDS
    texts = [block.text for block in answer.blocks]
    assert all(text.strip() for text in texts)
    assert len(texts) == len(set(texts))
    assert len(answer.suggestions) == len(set(answer.suggestions))
    assert text not in answer.suggestions
