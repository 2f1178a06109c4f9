"""A rule sent to the bot: reported first, in the library after a yes of the operator, and of nobody else."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.records.invitations import invite
from bots.assembly import Installation
from bots.telegram.running import TelegramBot
from tests.bots.telegram.bot_api import BotApi
from tests.bots.telegram.running_bots import AGENCY, QuickAssistant, installed, running
from tests.bots.telegram.test_telegram_importing import press, send

OPERATOR, STAFF, GROUP = 61, 62, -1061


@pytest.fixture
def made(folder: Path, api: BotApi) -> Installation:
    return installed(folder, api.address, QuickAssistant())


@pytest.fixture
def bot(made: Installation, api: BotApi) -> Iterator[TelegramBot]:
    """Running, with an operator's chat and one of an agency's staff."""
    api.message(OPERATOR, f"/mulai {invite(made.engine, None, 'operator')}")
    api.message(STAFF, f"/mulai {invite(made.engine, AGENCY, 'staff')}")
    with running(made, read_timeout=20.0) as started:
        api.wait(2)
        yield started
    assert api.refusals == []


def rule(activity: str = "kearsipan digital") -> bytes:
    """A district head's regulation that nobody ever saw, as a PDF."""
    lines = [
        "PERATURAN BUPATI CONTOH",
        "NOMOR 77 TAHUN 2023",
        "TENTANG",
        f"PENYELENGGARAAN {activity.upper()}",
        "DENGAN RAHMAT TUHAN YANG MAHA ESA",
        "BUPATI CONTOH,",
        "Menimbang : a. bahwa perlu menetapkan Peraturan Bupati;",
        "MEMUTUSKAN:",
        "Menetapkan : PERATURAN BUPATI TENTANG PENYELENGGARAAN.",
        "BAB I",
        "KETENTUAN UMUM",
    ]
    for article in range(1, 7):
        lines += [f"Pasal {article}", f"Dinas wajib melaksanakan {activity} tahap ke-{article} setiap tahun."]
    content = io.BytesIO()
    canvas = Canvas(content, A4)
    for number, line in enumerate(lines):
        canvas.drawString(72, 780 - 22 * number, line)
    canvas.save()
    return content.getvalue()


def test_a_rule_is_shown_first_and_in_the_library_after_a_yes(
    bot: TelegramBot, api: BotApi, made: Installation
) -> None:
    report = send(api, OPERATOR, rule(), "perbup.pdf")
    assert "77/2023" in report.text and "KEARSIPAN DIGITAL" in report.text.upper() and "Pasal 1" in report.text
    assert made.store.sources() == {}
    yes = report.buttons[0]["callback_data"]
    assert "ada di pustaka" in press(api, OPERATOR, yes)
    (held,) = made.store.sources().values()
    assert held.name == "perbup.pdf" and held.passages >= 6
    assert "tidak menunggu lagi" in press(api, OPERATOR, yes)

    again = send(api, OPERATOR, rule("kearsipan statis"), "perbup-baru.pdf")
    assert "Ganti dengan naskah ini?" in again.text
    assert "tidak disimpan" in press(api, OPERATOR, again.buttons[1]["callback_data"])
    assert [source.name for source in made.store.sources().values()] == ["perbup.pdf"]


def test_nobody_else_can_put_a_rule_into_the_library(
    bot: TelegramBot, api: BotApi, made: Installation, folder: Path
) -> None:
    yes = send(api, OPERATOR, rule(), "perbup.pdf").buttons[0]["callback_data"]
    for chat in (STAFF, 63):
        assert "petugas instansi" in press(api, chat, yes)
        assert send(api, chat, rule(), "perbup.pdf").buttons == []
    before = len(api.sent(GROUP))
    api.press(GROUP, yes)  # the operator's own button in a group, where everybody is a visitor
    assert "petugas instansi" in api.wait(before + 1, GROUP)[-1].text
    assert made.store.sources() == {}


def test_a_file_that_is_no_rule_is_told_so_and_dropped(bot: TelegramBot, api: BotApi, folder: Path) -> None:
    told = send(api, OPERATOR, b"MZ program", "aturan.pdf")
    assert "aturan.pdf" in told.text and told.buttons == []
    assert list((folder / "imports").iterdir()) == []
