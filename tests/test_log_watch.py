"""The watch over the suite's logs finds what it is there to find (tests/conftest.py runs it over every test)."""

import logging
from pathlib import Path

import pytest

from assistant.request import Question
from tests.log_watch import LogWatch

SECRET = "kenapa domain 2 di kabupaten contoh rendah?"


@pytest.fixture
def watch() -> LogWatch:
    return LogWatch()


@pytest.mark.parametrize("logger", ["bots.web.x", "starlette", "chromadb.api"])
def test_a_question_in_a_line_is_found(watch: LogWatch, logger: str) -> None:
    with watch.watching():
        Question(text=f" {SECRET} ")
        logging.getLogger(logger).warning("cannot answer %s", SECRET)
    assert watch.told() == [f"{logger} logged the question {SECRET!r}"]


def test_a_question_in_a_traceback_is_found(watch: LogWatch) -> None:
    with watch.watching():
        asked = Question(text=SECRET)
        try:
            raise ValueError(asked.text)
        except ValueError:
            logging.getLogger("bots.x").exception("it failed")
    assert len(watch.told()) == 1


def test_a_code_and_what_another_process_logged_are_found(watch: LogWatch, tmp_path: Path) -> None:
    with watch.watching():
        Question(text=SECRET)
        logging.getLogger("assistant.x").info("used ABCD-EFGH-JKMN")
    (tmp_path / "log").write_text(f"asked {SECRET}\nall is well\n")
    watch.read([tmp_path / "log"])
    assert watch.told() == ["assistant.x logged the code ABCD-EFGH-JKMN", f"log logged the question {SECRET!r}"]


def test_what_production_does_not_write_is_not_held_against_it(watch: LogWatch) -> None:
    with watch.watching():
        Question(text=SECRET)
        logging.getLogger("httpx").setLevel(logging.INFO)
        logging.getLogger("httpx").info("GET /?q=%s", SECRET)
        logging.getLogger("bots.x").warning("one of 3 questions failed")
    assert watch.told() == []
    assert len(watch.lines) == 1
