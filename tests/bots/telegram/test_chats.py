"""What people in chats may do and see, over HTTP."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.answer import Block
from assistant.permissions import VISITOR, Asker
from assistant.records.invitations import invite, who
from assistant.records.models import Feedback
from assistant.records.telegram_updates import TelegramAnswer, TelegramMessage, TelegramUpdate
from bots.assembly import Installation
from bots.telegram.commands import COMMANDS
from bots.telegram.running import TelegramBot, run
from scoring import RefusedInput, Text
from tests.bots.telegram.bot_api import TOKEN, USERNAME, BotApi, Call
from tests.bots.telegram.running_bots import AGENCY, QuickAssistant, installed, running

CHAT, GROUP = 11, -1001


@pytest.fixture
def assistant() -> QuickAssistant:
    return QuickAssistant()


@pytest.fixture
def made(folder: Path, api: BotApi, assistant: QuickAssistant) -> Installation:
    return installed(folder, api.address, assistant)


@pytest.fixture
def bot(made: Installation, api: BotApi) -> Iterator[TelegramBot]:
    with running(made) as started:
        yield started
    assert api.refusals == []


def say(api: BotApi, chat: int, text: str, answers: int = 1) -> list[Call]:
    """Write, and wait for the messages it leads to."""
    before = len(api.sent(chat))
    api.message(chat, text)
    return api.wait(before + answers, chat)[before:]


def press(api: BotApi, chat: int, data: str, answers: int = 1) -> list[Call]:
    before = len(api.sent(chat))
    api.press(chat, data)
    return api.wait(before + answers, chat)[before:]


def test_the_menu_describes_every_command_in_both_languages(bot: TelegramBot, api: BotApi) -> None:
    menus = api.wait(3, None, "setMyCommands")
    by_language = {menu.parameters.get("language_code"): menu.parameters["commands"] for menu in menus}
    assert set(by_language) == {None, "id", "en"}
    assert by_language["en"] == [{"command": c.name, "description": c.description.en} for c in COMMANDS]
    assert by_language[None] == by_language["id"] != by_language["en"]


def test_a_stranger_asks_as_a_visitor(bot: TelegramBot, api: BotApi, assistant: QuickAssistant) -> None:
    say(api, CHAT, "berapa indeks Kota Metro?")
    ((question, asker),) = assistant.asked
    assert (question.text, question.agency, question.language) == ("berapa indeks Kota Metro?", None, None)
    assert (asker, question.conversation) == (VISITOR, f"telegram:{CHAT}")


def test_a_code_works_once_and_ties_the_chat(
    bot: TelegramBot, api: BotApi, made: Installation, folder: Path, assistant: QuickAssistant
) -> None:
    code = _code(made)
    (welcome,) = say(api, CHAT, f"/mulai {code}")
    assert "Kota Bandar Lampung" in welcome.text
    say(api, CHAT, "kenapa domain 2 kami rendah?")
    assert assistant.asked[0][1].agency_id == AGENCY.id
    (refused,) = say(api, 12, f"/start {code}")
    assert "tidak berlaku" in refused.text
    assert who(made.engine, "telegram", "12") == VISITOR


def test_a_code_in_a_group_is_not_used_up(bot: TelegramBot, api: BotApi, made: Installation) -> None:
    code = _code(made)
    (warning,) = say(api, GROUP, f"/mulai@{USERNAME} {code}")
    assert "pribadi" in warning.text
    say(api, CHAT, f"/mulai {code}")
    assert who(made.engine, "telegram", str(CHAT)).agency_id == AGENCY.id


def test_a_group_is_answered_only_when_it_asks_the_bot_and_never_as_an_account(
    bot: TelegramBot, api: BotApi, made: Installation, assistant: QuickAssistant
) -> None:
    tied = abs(GROUP)  # the writer's own chat
    say(api, tied, f"/mulai {_code(made)}")
    api.message(GROUP, "kenapa domain 2 kami rendah?")
    api.message(GROUP, "/skor@BotLain")
    api.message(GROUP, "/entahapa")
    say(api, GROUP, f"@{USERNAME} berapa indeks kami?")
    say(api, GROUP, f"/skor@{USERNAME} Kota Metro")
    reply = {"reply_to_message": _of_the_bot()}
    api.message(GROUP, "dan tahun lalu?", **reply)
    api.wait(3, GROUP)
    asked = [question.text for question, _ in assistant.asked]
    assert asked == ["berapa indeks kami?", "Berapa nilai Kota Metro?", "dan tahun lalu?"]
    assert {asker for _, asker in assistant.asked} == {VISITOR}
    answers = api.sent(GROUP)
    assert len(answers) == 3
    assert all("reply_parameters" in answer.parameters for answer in answers)


def _of_the_bot() -> dict[str, object]:
    from tests.bots.telegram.bot_api import BOT

    return {"message_id": 5, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": BOT, "text": "2,98"}


def test_a_suggestion_is_asked_by_its_button(bot: TelegramBot, api: BotApi, assistant: QuickAssistant) -> None:
    long = "pertanyaan yang panjang " * 20
    (answer,) = say(api, CHAT, long)
    data = answer.buttons[0]["callback_data"]
    press(api, CHAT, data)
    assert assistant.asked[1][0].text == f"Lanjutan dari {long}"[:200]
    api.wait(1, None, "answerCallbackQuery")


def test_a_button_of_another_chat_or_of_nothing_is_declined(
    bot: TelegramBot, api: BotApi, assistant: QuickAssistant
) -> None:
    (answer,) = say(api, CHAT, "berapa?")
    data = answer.buttons[0]["callback_data"]
    for forged in (data, data[:-1] + "9", data[:-2] + "tilang", "a::", "x", "h:semua", "l:fr"):
        api.press(99, forged)
    told = api.wait(7, None, "answerCallbackQuery")
    assert all("tidak berlaku" in call.parameters["text"] for call in told)
    assert len(assistant.asked) == 1


def test_a_thumb_is_kept_once_with_its_evidence(bot: TelegramBot, api: BotApi, made: Installation) -> None:
    (answer,) = say(api, CHAT, "berapa?")
    up, down = (b["callback_data"] for b in answer.buttons[-2:])
    for data in (up, up, down):
        api.press(CHAT, data, on=77)
    api.wait(3, None, "answerCallbackQuery")
    with Session(made.engine) as session:
        (kept,) = session.scalars(select(Feedback))
    assert (kept.channel, kept.helpful, kept.question, kept.account_id) == ("telegram", False, "berapa?", None)
    assert kept.evidence["citations"] == ["perpres-1-2018, Pasal 6"]
    remaining = api.wait(3, CHAT, "editMessageReplyMarkup")[0]
    assert remaining.parameters["message_id"] == 77
    assert len(remaining.buttons) == len(answer.buttons) - 2


def test_the_chosen_language_holds_until_it_follows_the_question_again(
    bot: TelegramBot, api: BotApi, assistant: QuickAssistant
) -> None:
    (choice,) = say(api, CHAT, "/bahasa")
    _, english, follow = (b["callback_data"] for b in choice.buttons)
    (told,) = press(api, CHAT, english)
    assert told.text == "I will answer in English."
    say(api, CHAT, "berapa?")
    press(api, CHAT, follow)
    say(api, CHAT, "berapa?")
    assert [question.language for question, _ in assistant.asked] == ["en", None]


def test_commands_stand_for_questions(bot: TelegramBot, api: BotApi, assistant: QuickAssistant) -> None:
    for command in ("/skor", "/kenapa domain 2", "/rencana 3,5", "/banding kota metro", "/tren"):
        say(api, CHAT, command)
    assert [question.text for question, _ in assistant.asked] == [
        "Berapa indeks kami?",
        "Kenapa domain 2?",
        "Rencana menuju 3,5?",
        "Bandingkan kota metro",
        "Bagaimana tren indeks kami?",
    ]


def test_the_bot_speaks_of_its_own(bot: TelegramBot, api: BotApi) -> None:
    assert "KODE" in say(api, CHAT, "/start")[0].text
    assert all(f"/{command.name}:" in say(api, CHAT, "/bantuan")[0].text for command in COMMANDS[:1])
    assert "12 jam" in say(api, CHAT, "/privasi")[0].text
    assert "/cari" in say(api, CHAT, "/cari")[0].text
    assert "Tidak ada" in say(api, CHAT, "/cari nihil")[0].text
    found = say(api, CHAT, "/cari arsitektur")[0]
    assert [tag for tag, _ in found.entities].count("blockquote") == 5
    assert "<Contoh> & lainnya" in found.text
    assert "/apa" in say(api, CHAT, "/apa")[0].text


def test_what_is_not_text_is_told_what_is_read(bot: TelegramBot, api: BotApi) -> None:
    api.update({"message": {**api._message(CHAT), "location": {"latitude": 1.0, "longitude": 2.0}}})
    assert "XLSX" in api.wait(1, CHAT)[0].text


def test_deletion_is_asked_first_and_forgets_the_tie_where_wanted(
    bot: TelegramBot, api: BotApi, made: Installation, assistant: QuickAssistant
) -> None:
    say(api, CHAT, f"/mulai {_code(made)}")
    say(api, CHAT, "berapa?")
    (choice,) = say(api, CHAT, "/hapus")
    assert assistant.memory.forgotten == []
    talk, tie = (b["callback_data"] for b in choice.buttons)
    account = who(made.engine, "telegram", str(CHAT)).name
    press(api, CHAT, talk)
    assert set(assistant.memory.forgotten) == {(account, f"telegram:{CHAT}"), ("visitor", f"telegram:{CHAT}")}
    assert who(made.engine, "telegram", str(CHAT)).agency_id == AGENCY.id
    with Session(made.engine) as session:
        assert list(session.scalars(select(TelegramAnswer))) == []
    press(api, CHAT, tie)
    assert who(made.engine, "telegram", str(CHAT)) == VISITOR


def test_a_chart_comes_as_a_photo_with_its_words(bot: TelegramBot, api: BotApi) -> None:
    text, photo = say(api, CHAT, "grafik indeks", answers=2)
    assert photo.photo is not None and photo.method == "sendPhoto"
    assert photo.text == "Indeks\nNaik."
    assert text.buttons and not photo.buttons


def test_a_refusal_is_said_and_a_mistake_of_ours_is_admitted(
    bot: TelegramBot, api: BotApi, assistant: QuickAssistant
) -> None:
    assistant.failing = RefusedInput("x", Text(id="Tahun <2031> belum ada.", en="No."))
    assert say(api, CHAT, "berapa?")[0].text == "Tahun <2031> belum ada."
    assistant.failing = ZeroDivisionError()
    assert "kesalahan di pihak kami" in say(api, CHAT, "berapa?")[0].text
    assistant.failing = None
    assert "2,40" in say(api, CHAT, "berapa?")[0].text


def test_a_slow_answer_shows_that_it_is_being_written(bot: TelegramBot, api: BotApi, assistant: QuickAssistant) -> None:
    assistant.seconds = 1.2
    say(api, CHAT, "berapa?")
    assert api.sent(CHAT, "sendChatAction") and api.sent(CHAT, "sendMessageDraft")


def test_an_answer_grows_in_a_draft_of_what_is_certain(
    bot: TelegramBot, api: BotApi, assistant: QuickAssistant
) -> None:
    assistant.seconds = 1.0
    assistant.early = [
        Block(kind="sentence", text="Domain 2 bernilai **2,40**, <rendah>.", citations=("c1",)),
        Block(kind="item", text="Arsitektur & peta rencana."),
        Block(kind="note", text="panjang " * 600),
    ]
    (answer,) = say(api, CHAT, "berapa?")
    drafts = api.sent(CHAT, "sendMessageDraft")
    assert drafts[0].text == "Domain 2 bernilai 2,40, <rendah>."
    assert ("b", "2,40") in drafts[0].entities
    assert drafts[1].text.startswith(drafts[0].text) and "peta rencana" in drafts[1].text
    assert {draft.parameters["draft_id"] for draft in drafts} == {drafts[0].parameters["draft_id"]}
    assert answer.text.startswith("Berapa?")  # what is stored and sent owes nothing to the drafts
    calls = [call.method for call in api.calls if call.chat == CHAT and call.method.startswith("sendMessage")]
    assert calls.index("sendMessage") == len(calls) - 1
    assert api.refusals == []


def test_a_group_is_shown_no_draft(bot: TelegramBot, api: BotApi, assistant: QuickAssistant) -> None:
    assistant.seconds = 1.0
    assistant.early = [Block(kind="sentence", text="Rahasia?")]
    say(api, GROUP, f"@{USERNAME} berapa?")
    assert api.sent(GROUP, "sendChatAction") and "sendMessageDraft" not in api.asked


def test_where_there_are_no_drafts_none_is_tried_again(
    bot: TelegramBot, api: BotApi, assistant: QuickAssistant
) -> None:
    assistant.seconds = 1.0
    assistant.early = [Block(kind="sentence", text="Satu."), Block(kind="sentence", text="Dua.")]
    api.fails = lambda method: "500" if method == "sendMessageDraft" else None
    assert "2,40" in say(api, CHAT, "berapa?")[0].text
    assert [method for method, _, _ in api.failed] == ["sendMessageDraft"]


def test_chats_do_not_wait_for_each_other(bot: TelegramBot, api: BotApi, assistant: QuickAssistant) -> None:
    assistant.seconds = 1.0
    import time

    start = time.monotonic()
    for chat in (1, 2, 3, 4):
        api.message(chat, "berapa?")
    api.wait(4)
    assert time.monotonic() - start < 3.5


def test_nothing_of_what_was_written_is_left_in_the_inbox_and_outbox(
    bot: TelegramBot, api: BotApi, made: Installation
) -> None:
    say(api, CHAT, "rahasia?")
    api.until(lambda: not bot.mailbox.busy_chats())
    with Session(made.engine) as session:
        assert [u.document for u in session.scalars(select(TelegramUpdate))] == [{}]
        assert [m.content for m in session.scalars(select(TelegramMessage))] == [{}]


def test_no_log_holds_the_token(made: Installation, api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with running(made):
        logging.getLogger("httpx").setLevel(logging.DEBUG)
        api.fails = lambda method: "500" if method == "sendMessage" and len(api.failed) == 0 else None
        say(api, CHAT, "berapa?")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    assert "<token>" in caplog.text, "the addresses were logged"
    assert TOKEN not in caplog.text


def test_a_wrong_token_is_refused_without_showing_it(folder: Path, api: BotApi, assistant: QuickAssistant) -> None:
    wrong = "123456:" + "A" * 35
    made = installed(folder, api.address, assistant)
    made.settings = made.settings.model_copy(update={"telegram_token": type(made.settings.telegram_token)(wrong)})
    with pytest.raises(RefusedInput) as refused:
        run(made)
    assert refused.value.code == "telegram_token_refused"
    assert wrong not in str(refused.value)


def test_no_token_is_refused_with_where_to_get_one(made: Installation) -> None:
    made.settings = made.settings.model_copy(update={"telegram_token": None})
    with pytest.raises(RefusedInput, match="BotFather"):
        run(made)


def test_a_second_bot_on_the_same_folder_is_refused(bot: TelegramBot, api: BotApi, made: Installation) -> None:
    api.until(lambda: api.polls > 0)
    with pytest.raises(RefusedInput) as refused:
        run(made)
    assert refused.value.code == "telegram_bot_running"


def _code(made: Installation) -> str:
    """A code for a member of the agency's staff."""
    assert isinstance(who(made.engine, "telegram", "0"), Asker)
    return invite(made.engine, AGENCY, "staff")
