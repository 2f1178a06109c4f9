"""Reads every log record of a test run as production would write it, and finds questions and codes in them.

Each question that is put to an assistant anywhere in the suite is noted, and so is each line that a process of
the suite would log with the levels and the formatter of ``bots.logs``; at the end no line may hold a question's text or
the code of an invitation. Logs of servers that tests start as processes of their own are read as well.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.request import Question
from bots.logs import _QUIET, _Struck

OURS = ("scoring", "knowledge", "ingest", "assistant", "bots")
_CODE = re.compile(r"\b[A-HJ-NP-Z2-9]{4}(?:-[A-HJ-NP-Z2-9]{4}){2}\b")  # of an invitation
_SHORTEST = 12  # characters; a shorter question ("skor?") stands in a log by chance


class LogWatch:
    """What was asked and what was logged.

    Attributes:
        asked: texts of questions.
        lines: logger and line, as they would be written.
    """

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.lines: set[tuple[str, str]] = set()
        self._formatter = _Struck("%(levelname)s %(name)s: %(message)s")

    def note(self, question: Question) -> None:
        text = question.text.strip()
        if len(text) >= _SHORTEST:
            self.asked.add(text)

    def take(self, record: logging.LogRecord) -> None:
        """Keep a record, where production would write it; deferred arguments are put in now."""
        quiet = any(record.name == name or record.name.startswith(f"{name}.") for name in _QUIET)
        if record.levelno < (logging.WARNING if quiet else logging.INFO):
            return
        try:
            self.lines.add((record.name, self._formatter.format(record)))
        except Exception as reason:  # a record that cannot be formatted is not written either
            self.lines.add((record.name, f"not formatted: {type(reason).__name__}"))

    def read(self, files: Iterable[Path]) -> None:
        """Add the logs of other processes."""
        for file in files:
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                self.lines.add((file.name, line))

    def told(self) -> list[str]:
        """What the logs told that they must not, with the logger; each a problem."""
        problems = []
        for logger, line in sorted(self.lines):
            problems += [f"{logger} logged the question {text!r}" for text in self.asked if text in line]
            problems += [f"{logger} logged the code {code}" for code in _CODE.findall(line)]
        return problems

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note the questions and records of this process; a watch within another takes them all."""
        before, constructed = logging.getLogRecordFactory(), Question.__init__
        levels = {name: logging.getLogger(name).level for name in OURS}

        def record(*arguments: Any, **more: Any) -> logging.LogRecord:
            made = logging.LogRecord(*arguments, **more)
            self.take(made)
            return made

        def question(made: Question, /, **values: Any) -> None:
            BaseModel.__init__(made, **values)
            self.note(made)

        logging.setLogRecordFactory(record)
        Question.__init__ = question  # type: ignore[method-assign]
        for name in OURS:
            logging.getLogger(name).setLevel(logging.INFO)
        try:
            yield
        finally:
            logging.setLogRecordFactory(before)
            Question.__init__ = constructed  # type: ignore[method-assign]
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
