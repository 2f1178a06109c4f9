"""Bots for tests: in a thread of this process, with the real assistant or a quick one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Block, Chart, Draft
from assistant.permissions import Asker
from assistant.records.agencies import Agencies, AgencyEntry
from assistant.request import Question, Request
from assistant.settings import Settings
from bots.assembly import Installation
from bots.telegram.running import TelegramBot
from knowledge.library import Library, Rule
from knowledge.passage import Passage
from scoring.figures import exactly
from tests.bots.telegram.bot_api import TOKEN

QUICK = {"read_timeout": 1.0, "pause": 0.05, "hold": 1, "rate": 500.0}
AGENCY = AgencyEntry("kota-bandar-lampung", "Pemerintah Kota Bandar Lampung", "kota", "Lampung", "Lampung")
RULE = Rule(id="perpres-1-2018", short="Perpres 1/2018", title="Contoh", kind="perpres", number="1", year=2018)
PLACE = Passage(
    id="digest:perpres-1-2018#pasal-6",
    rule=RULE.id,
    title="Perpres 1/2018 tentang <Contoh> & lainnya",
    locator="Pasal 6",
    text="Arsitektur disusun & ditetapkan <b>pimpinan</b>.",
    kind="digest",
)


class Forgetful:
    """A memory that only counts what it is told to forget."""

    def __init__(self) -> None:
        self.forgotten: list[tuple[str, str | None]] = []

    def forget(self, owner: str, conversation: str | None = None) -> None:
        self.forgotten.append((owner, conversation))


class QuickAssistant:
    """Repeats the question as an answer with a figure, a citation, a chart on demand and a suggestion.

    It is certain of the blocks in ``early`` one after the other, ``seconds`` apart, before it answers.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.asked: list[tuple[Question, Asker]] = []
        self.memory = Forgetful()
        self.register = Agencies([AGENCY])
        self.failing: Exception | None = None
        self.early: list[Block] = []

    def ask(self, question: Question, asker: Asker, settled: Callable[[Block], None]) -> Answer:
        self.asked.append((question, asker))
        for block in self.early:
            settled(block)
            time.sleep(self.seconds)
        time.sleep(self.seconds)
        if self.failing is not None:
            raise self.failing
        draft = Draft(question.language or "id", Library([RULE]))
        value = draft.figure(exactly("2.40"), "nilai", "domain 2", "spbe-2020; contoh")
        draft.sentence(f"{draft.name(question.text)}: **{value}** {draft.cite(PLACE)}.")
        if "grafik" in question.text:
            draft.charts.append(
                Chart(kind="line", title="Indeks", summary="Naik.", labels=("2023", "2024"), series={"A": (2.4, 3.1)})
            )
        draft.suggest(f"Lanjutan dari {question.text}"[:200])
        return draft.answer(Request(intent="score"))

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        if "nihil" in query:
            return []
        shown = PLACE.model_dump(include={"text", "title", "locator", "kind"})
        return [shown | {"status": "in force"}] * k


def installed(
    folder: Path, address: str, assistant: QuickAssistant | None = None, *, sample: bool = False, **settings: Any
) -> Installation:
    """An installation whose bot talks to the stand-in, with a quick assistant where one is given."""
    made = Installation(
        Settings(data_dir=folder, telegram_token=TOKEN, telegram_api=address, _env_file=None, **settings), sample=sample
    )
    if assistant is not None:
        made.__dict__["assistant"] = assistant
    return made


@contextmanager
def running(installation: Installation, **options: Any) -> Iterator[TelegramBot]:
    """The bot of an installation in a thread of its own, until the block ends."""
    bot = TelegramBot(installation, **(QUICK | options))
    _ = bot.mailbox  # the records are made by one thread
    loop = asyncio.new_event_loop()
    task = loop.create_task(bot.until_cancelled())
    failed: list[BaseException] = []

    def live() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            pass
        except BaseException as reason:
            failed.append(reason)
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield bot
    finally:
        if not loop.is_closed():
            loop.call_soon_threadsafe(task.cancel)
        thread.join(30)
        assert not thread.is_alive()
        assert not failed, failed
