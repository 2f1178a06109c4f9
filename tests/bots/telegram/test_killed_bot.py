"""Many chats, faults in one call of twenty, and a bot that is killed: nothing is lost, nothing is said thrice."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assistant.records.telegram_updates import TelegramMessage, TelegramUpdate
from tests.bots.telegram.bot_api import BotApi, Fault, serving
from tests.bots.telegram.running_bots import installed

UPDATES, CHATS = 1000, 50
FAULTS = 0.05
KILLED_AFTER = (0.2, 0.5, 0.7)  # of the answers
ROOT = Path(__file__).parents[3]


def test_every_update_is_answered_once_and_in_order_though_calls_fail_and_the_bot_is_killed(tmp_path: Path) -> None:
    chance = Random(7)
    kinds: tuple[Fault, ...] = ("429", "500", "silence before", "silence after")

    def fails(method: str) -> Fault | None:
        failing = method in ("sendMessage", "getUpdates", "getMe") and chance.random() < FAULTS
        return chance.choice(kinds) if failing else None

    api = BotApi(silence=3.0, fails=fails, disorder=Random(8))
    with serving(api) as address:
        engine = installed(tmp_path, address).engine
        written = [api.message(100 + chance.randrange(CHATS), f"pertanyaan {n}.") for n in range(UPDATES)]
        uncertain = _live_through_kills(api, engine, tmp_path, address)

    numbers = {update["update_id"] for update in written}
    with Session(engine) as session:
        states = {u.update_id: u.state for u in session.scalars(select(TelegramUpdate))}
        messages = list(session.scalars(select(TelegramMessage)))
    assert states == dict.fromkeys(numbers, "done")
    assert Counter(m.update_id for m in messages) == dict.fromkeys(numbers, 1)

    order: dict[int, list[int]] = defaultdict(list)
    for update in written:
        order[update["message"]["chat"]["id"]].append(update["update_id"])
    question = {_number(u["message"]["text"]): u["update_id"] for u in written}
    accepted: dict[int, list[int]] = defaultdict(list)
    for call in api.sent():
        accepted[call.chat or 0].append(question[_number(call.text)])
    silent = Counter(question[_number(p["text"])] for m, f, p in api.failed if m == "sendMessage" and f != "429")
    kept_silent = {
        question[_number(c.text)] for c in api.sent(None, "sendMessage") if c.fault == "silence after"
    } | set(uncertain)
    for chat, expected in order.items():
        times = Counter(accepted[chat])
        for update in expected:
            assert times[update] <= 2
            assert times[update] < 2 or update in kept_silent, "sent twice although the first arrival was known"
            assert times[update] > 0 or silent[update] + uncertain[update] >= 2, "given up too early"
        heard = [update for update in expected if times[update]]
        assert [u for n, u in enumerate(accepted[chat]) if u not in accepted[chat][:n]] == heard
        assert accepted[chat] == sorted(accepted[chat]), "a repeated answer comes before the next one"
    assert sum(1 for m, *_ in api.failed if m == "sendMessage") >= UPDATES * FAULTS / 3, "the faults took place"
    assert api.refusals == []


def _live_through_kills(api: BotApi, engine: Engine, folder: Path, address: str) -> Counter[int]:
    """Run the bot until all is done, killing it on the way; counts for each update the kills amid its answer."""
    uncertain: Counter[int] = Counter()
    for share in KILLED_AFTER:
        bot = _start(folder, address)
        api.until(lambda until=share: len(api.sent()) >= until * UPDATES, 100, lambda: str(len(api.sent())))
        bot.send_signal(signal.SIGKILL)
        bot.wait(10)
        with Session(engine) as session:
            sending = select(TelegramMessage.update_id).where(TelegramMessage.state == "sending")
            uncertain.update(session.scalars(sending))
    bot = _start(folder, address)
    try:
        api.until(lambda: _finished(engine), 200, lambda: str(len(api.sent())))
    finally:
        bot.terminate()
        assert bot.wait(30) == 0
    return uncertain


def _start(folder: Path, address: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bots.telegram.killed_bot", str(folder), address]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _finished(engine: Engine) -> bool:
    with Session(engine) as session:
        done = [m.state in ("sent", "failed") or m.attempts == 2 for m in session.scalars(select(TelegramMessage))]
        sending = session.scalars(select(TelegramMessage).where(TelegramMessage.state == "sending")).all()
    return len(done) == UPDATES and all(done) and not sending


def _number(text: str) -> str:
    found = re.search(r"[Pp]ertanyaan (\d+)\.", text)
    assert found is not None, text
    return found[1]
