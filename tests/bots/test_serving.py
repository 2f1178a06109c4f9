"""spbe serve as a real process: several workers, metrics of all of them, logs that tell nothing, a graceful end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bench.clients import Client
from bench.serving import free_port
from bots.assembly import Installation

MARK = "kuncup-melati-rahasia"  # a wording that no log may hold
TOKEN = "987654321:AAhunter2correcthorsebatterystaple0"


@dataclass
class Served:
    """A running server: its process, its addresses, and where it logs."""

    process: subprocess.Popen[bytes]
    url: str
    metrics: str
    log: Path

    def children(self) -> set[int]:
        """The worker processes, without the resource tracker of multiprocessing."""
        found = set()
        for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.add(int(pid))
        return found

    def answers(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return True
            except httpx.HTTPError:
                time.sleep(0.2)
        return False

    def ask(self, message: str, **more: object) -> httpx.Response:
        return httpx.post(f"{self.url}/api/v1/chat", json={"message": message, **more}, timeout=60)


@pytest.fixture(scope="module")
def served(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers over a copy of the ready installation."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(installation.settings.data_dir, folder / "data", ignore=shutil.ignore_patterns("*.lock"))
    settings = {
        "SPBE_DATA_DIR": str(folder / "data"),
        "SPBE_METRICS_PORT": str(free_port()),
        "SPBE_LOG_FORMAT": "json",
        "SPBE_TELEGRAM_TOKEN": TOKEN,
    }
    with start(folder, settings, workers=2) as running:
        yield running


@contextmanager
def start(folder: Path, settings: dict[str, str], workers: int) -> Iterator[Served]:
    """A server with these settings, which has to end well."""
    port, log = free_port(), folder / "log"
    env = {**os.environ, "SPBE_LIMIT_VISITOR": "off", **settings}
    command = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--workers", str(workers)]
    with log.open("wb") as file:
        process = subprocess.Popen([*command, "--port", str(port)], env=env, cwd=folder, stderr=file, stdout=file)
    metrics = f"http://127.0.0.1:{settings['SPBE_METRICS_PORT']}/metrics"
    running = Served(process, f"http://127.0.0.1:{port}", metrics, log)
    try:
        assert running.answers(90), log.read_text()
        yield running
    finally:
        process.terminate()
        assert process.wait(60) == 0, log.read_text()


def _counted(served: Served, name: str) -> float:
    lines = httpx.get(served.metrics, timeout=10).text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def test_the_counts_of_all_workers_are_served_together(served: Served) -> None:
    assert len(served.children()) == 2
    before = _counted(served, 'spbe_answers_total{abstained="false",intent="score"')
    with ThreadPoolExecutor(8) as pool:
        texts = [f"berapa indeks Kota Bandar Lampung 2024? {number}" for number in range(24)]
        answers = list(pool.map(served.ask, texts))
    assert {answer.status_code for answer in answers} == {200}
    assert _counted(served, 'spbe_answers_total{abstained="false",intent="score"') - before == 24
    assert _counted(served, 'spbe_answer_seconds_count{stage="composing"}') >= 24
    assert _counted(served, "spbe_passages") > 500
    assert _counted(served, "spbe_index_current") == 1


def test_metrics_are_on_their_own_port_only(served: Served) -> None:
    assert "spbe_answers_total" not in httpx.get(f"{served.url}/metrics", timeout=10).text


def test_neither_questions_nor_tokens_are_in_logs_or_metrics(served: Served) -> None:
    served.ask(f"kenapa domain 2 {MARK} rendah?", agency="Kota Bandar Lampung", conversation=MARK)
    served.ask(f"siapa {MARK}?")
    assert served.ask("", agency=MARK).status_code == 422
    assert served.ask("skor?", agency=f"Kab. {MARK}").status_code == 404
    assert served.ask("skor?", year=2019, agency="Kota Bandar Lampung").status_code >= 400
    httpx.get(f"{served.url}/api/v1/search", params={"q": MARK}, timeout=30)
    httpx.get(f"{served.url}/nowhere/{MARK}", timeout=30)
    httpx.post(
        f"{served.url}/api/v1/chat", content=f"{{{MARK}", headers={"Content-Type": "application/json"}, timeout=30
    )
    httpx.get(f"{served.url}/api/v1/agencies", headers={"Authorization": f"Bearer spbe_{MARK}{'x' * 30}"}, timeout=30)
    told = served.log.read_text() + httpx.get(served.metrics, timeout=10).text
    assert MARK not in told and TOKEN not in told and "hunter2" not in told


def test_every_line_that_is_logged_is_a_document(served: Served) -> None:
    for line in served.log.read_text().splitlines():
        if line.startswith("{"):
            assert {"at", "level", "logger", "message"} <= set(json.loads(line))


def test_a_killed_worker_is_replaced_and_nobody_waits_for_it(served: Served) -> None:
    victim = min(served.children())
    os.kill(victim, signal.SIGKILL)
    assert served.answers(30)
    until = time.monotonic() + 30
    while time.monotonic() < until and len(served.children() - {victim}) < 2:
        time.sleep(0.2)
    assert len(served.children() - {victim}) == 2
    assert served.ask("berapa indeks Kota Bandar Lampung 2024?").status_code == 200


def test_too_many_at_once_are_sent_away_quickly_and_the_others_answered(served: Served) -> None:
    """Two workers take 4 questions each and let 64 wait; twice as many come."""
    port, many = int(served.url.rsplit(":", 1)[1]), 300
    together = threading.Barrier(many)

    def ask(number: int) -> tuple[int, float, str | None]:
        with Client(port) as client:
            client.send("GET", "/healthz")
            together.wait(60)
            begin = time.monotonic()
            told = {"message": f"berapa indeks Kota Bandar Lampung 2024? {number}"}
            events = {"Accept": "text/event-stream"} if number % 2 else {}
            status, _, headers = client.send(
                "POST", "/api/v1/chat", json.dumps(told).encode(), {"Content-Type": "application/json", **events}
            )
            return status, time.monotonic() - begin, headers.get("retry-after")

    with ThreadPoolExecutor(many) as pool:
        met = list(pool.map(ask, range(many)))
    assert {status for status, _, _ in met} == {200, 503}
    refused = [(seconds, after) for status, seconds, after in met if status == 503]
    answered = [seconds for status, seconds, _ in met if status == 200]
    assert len(answered) >= 68  # one worker has at least half of the 300, and takes 4 and lets 64 wait
    assert {after for _, after in refused} == {"5"}
    assert statistics.median(seconds for seconds, _ in refused) < statistics.median(answered)
    assert served.ask("berapa indeks Kota Bandar Lampung 2024?").status_code == 200


def test_a_server_that_is_told_to_stop_finishes_its_answers(installation: Installation, tmp_path: Path) -> None:
    shutil.copytree(installation.settings.data_dir, tmp_path / "data", ignore=shutil.ignore_patterns("*.lock"))
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--port", str(port)]
    env = {**os.environ, "SPBE_DATA_DIR": str(tmp_path / "data"), "SPBE_LIMIT_VISITOR": "off"}
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=env, cwd=tmp_path, stderr=file, stdout=file)
    running = Served(process, f"http://127.0.0.1:{port}", "", log)
    try:
        assert running.answers(90), log.read_text()
        clients = [httpx.Client(base_url=running.url, timeout=60) for _ in range(60)]
        for client in clients:
            client.get("/healthz")  # the connection is there before the question
        with ThreadPoolExecutor(len(clients)) as pool:
            body = {"message": "kenapa domain 2 kami rendah?", "agency": "Kota Bandar Lampung"}
            asked = [pool.submit(client.post, "/api/v1/chat", json=body) for client in clients]
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            assert not all(future.done() for future in asked), "nothing was left to finish"
            answers = [future.result() for future in asked]
        assert {answer.status_code for answer in answers} == {200}
        assert all("2,40" in answer.json()["text"] for answer in answers)
        assert process.wait(30) in (0, -signal.SIGTERM)  # uvicorn raises the signal again once it is done
        for client in clients:
            client.close()
    finally:
        process.terminate()
        process.wait(60)
