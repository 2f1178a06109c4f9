"""A workbook sent to the bot: read, reported, stored after a yes, for its own agency only."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.permissions import VISITOR
from assistant.records.assessments import Assessments
from assistant.records.drafts import Drafts
from assistant.records.invitations import invite, who
from bots.assembly import Installation
from bots.telegram.running import TelegramBot
from scoring import load_instrument
from tests.bots.telegram.bot_api import BotApi, Call
from tests.bots.telegram.running_bots import AGENCY, QuickAssistant, installed, running

STAFF, STRANGER = 41, 42
INDICATORS = load_instrument("spbe-2020").indicators


@pytest.fixture
def made(folder: Path, api: BotApi) -> Installation:
    return installed(folder, api.address, QuickAssistant())


@pytest.fixture
def bot(made: Installation, api: BotApi) -> Iterator[TelegramBot]:
    """Running, and the chat STAFF tied to Kota Bandar Lampung."""
    api.message(STAFF, f"/mulai {invite(made.engine, AGENCY, 'staff')}")
    with running(made) as started:
        api.wait(1, STAFF)
        yield started
    assert api.refusals == []


def workbook(agency: str = "Kota Bandar Lampung", stage: str = "Penilaian Eksternal", level: int = 3) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([f"Instansi: {agency}"], ["Tahun: 2025"], [stage], ["No", "Indikator", "Nilai"]):
        sheet.append(row)
    for indicator in INDICATORS:
        sheet.append([indicator.number, indicator.name.id, level])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(api: BotApi, chat: int, content: bytes, name: str = "penilaian.xlsx", **more: Any) -> Call:
    """Send a file and wait for what is said to it."""
    api.files["documents/f1"] = content
    document = {"file_id": "f1", "file_unique_id": "u", "file_name": name, "file_size": len(content)}
    before = len(api.sent(chat))
    api.update({"message": {**api._message(chat), "document": document | more}})
    return api.wait(before + 1, chat)[-1]


def press(api: BotApi, chat: int, data: str) -> str:
    before = len(api.sent(chat))
    api.press(chat, data)
    return api.wait(before + 1, chat)[-1].text


def years(made: Installation, asker: Any) -> list[tuple[int, str]]:
    held = Assessments(made.engine, asker).of(AGENCY)
    return [(one.assessment.year, one.assessment.stage) for one in held]


def test_what_was_read_is_shown_and_stored_only_after_a_yes(bot: TelegramBot, api: BotApi, made: Installation) -> None:
    report = send(api, STAFF, workbook())
    assert "indeks 3,00" in report.text and "47 dari 47 indikator" in report.text
    staff = who(made.engine, "telegram", str(STAFF))
    assert years(made, staff) == []
    yes, _ = (button["callback_data"] for button in report.buttons)
    assert "1 penilaian disimpan" in press(api, STAFF, yes)
    assert years(made, staff) == [(2025, "external")]
    assert years(made, VISITOR) == []
    assert "tidak menunggu lagi" in press(api, STAFF, yes)


def test_a_self_assessment_fills_its_form(bot: TelegramBot, api: BotApi, made: Installation) -> None:
    report = send(api, STAFF, workbook(stage="Penilaian Mandiri", level=2))
    press(api, STAFF, report.buttons[0]["callback_data"])
    draft = Drafts(made.engine, who(made.engine, "telegram", str(STAFF)), AGENCY).find(2025)
    assert draft is not None and draft.submitted_at is None
    assert {int(entry.level or 0) for entry in draft.entries.values()} == {2}


def test_a_no_deletes_the_file(bot: TelegramBot, api: BotApi, made: Installation, folder: Path) -> None:
    report = send(api, STAFF, workbook())
    yes, no = (button["callback_data"] for button in report.buttons)
    assert "tidak disimpan" in press(api, STAFF, no)
    assert "tidak menunggu lagi" in press(api, STAFF, yes)
    assert list((folder / "imports").iterdir()) == []


def test_another_account_cannot_store_it(bot: TelegramBot, api: BotApi, made: Installation) -> None:
    report = send(api, STAFF, workbook())
    api.message(43, f"/mulai {invite(made.engine, AGENCY, 'head')}")
    api.wait(1, 43)
    assert "tidak menunggu lagi" in press(api, 43, report.buttons[0]["callback_data"])
    assert "petugas instansi" in press(api, STRANGER, report.buttons[0]["callback_data"])
    assert years(made, who(made.engine, "telegram", "43")) == []


def test_a_stranger_s_file_is_not_even_fetched(bot: TelegramBot, api: BotApi) -> None:
    assert "kode undangan" in send(api, STRANGER, workbook()).text
    assert "getFile" not in api.asked


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (workbook("Kota Metro"), "penilaian.xlsx", "Kota"),
        (workbook(level=6), "penilaian.xlsx", "6"),
        (b"MZ program", "penilaian.xlsx", "program"),
        (b"", "kosong.pdf", "kosong"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_why_and_dropped(
    bot: TelegramBot, api: BotApi, folder: Path, content: bytes, name: str, said: str
) -> None:
    told = send(api, STAFF, content, name)
    assert said in told.text and told.buttons == []
    assert list((folder / "imports").iterdir()) == []


def test_a_file_beyond_the_bot_api_s_limit_is_told_so(bot: TelegramBot, api: BotApi) -> None:
    told = send(api, STAFF, b"x", file_size=21 * 1024 * 1024)
    assert "20 MB" in told.text


def test_a_download_that_fails_is_tried_again(bot: TelegramBot, api: BotApi) -> None:
    failing = ["getFile", "getFile"]
    api.fails = lambda method: "500" if method in failing and failing.pop() else None
    assert "47 dari 47" in send(api, STAFF, workbook()).text
