"""The real service as processes, parts of it that can be broken, and people who go on using it meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from assistant.records.database import open_database
from assistant.records.holdings import Holdings
from assistant.records.invitations import invite
from bench.serving import free_port
from tests.bots.test_serving import Served

WHY = {"message": "kenapa domain 2 kami rendah?", "agency": "Kota Bandar Lampung", "year": 2024}
READY_WITHIN = 30.0  # seconds after a fault is over, without a hand
QUICK = 20.0  # seconds in which something is said, whatever is broken
SPBE = (sys.executable, "-c", "from bots.command_line import main; main()")


def missing(what: str) -> None:
    """Skip, or fail where the gate must not skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI must not skip what needs it")
    pytest.skip(what)


class Cluster:
    """A PostgreSQL cluster of the test's own, in a folder of its own."""

    def __init__(self) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        program = found[-1] if found else Path(shutil.which("initdb") or "")
        if not program.is_file():
            missing("PostgreSQL's initdb is not installed")
        self._programs = program.parent
        self._user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.folder = Path(tempfile.mkdtemp(prefix="spbe-cluster-"))
        self.folder.chmod(0o755)
        self._data = self.folder / "data"
        self._data.mkdir()
        if self._user:
            shutil.chown(self._data, "postgres")
            shutil.chown(self.folder, "postgres")
        self.port = free_port()
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "spbe", "-N", "--locale=C.UTF-8", "-E", "UTF8")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://spbe@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-o", options, "-l", self.folder / "log")

    def stop(self) -> None:
        """As when its machine fails: no connection is closed in peace."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self._data)

    def remove(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: object) -> None:
        command = [*self._user, str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def serving(folder: Path, *options: str, **settings: str) -> Iterator[Served]:
    """`spbe serve` over a data folder; ended, and its log kept, after the block."""
    port, log = free_port(), folder / "log"
    unlimited = {"SPBE_LIMIT_VISITOR": "off", "SPBE_LIMIT_ACCOUNT": "off", "SPBE_LIMIT_AGENCY": "off"}
    env = {**os.environ, **unlimited, "OMP_NUM_THREADS": "1", **settings}
    with log.open("ab") as file:
        process = subprocess.Popen([*SPBE, "serve", *options, "--port", str(port)], env=env, stderr=file, stdout=file)
    running = Served(process, f"http://127.0.0.1:{port}", "", log)
    try:
        assert running.answers(150), log.read_text()[-4_000:]
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def right_answer(served: Served) -> str:
    reply = served.ask(**WHY)
    assert reply.status_code == 200, reply.text
    text = str(reply.json()["text"])
    assert "2,40" in text and "2,98" in text
    return text


def seconds_until_right(served: Served, expected: str) -> float:
    """How long until the answer is the right one again; fails after READY_WITHIN."""
    begin = time.monotonic()
    last = ""
    while time.monotonic() - begin < READY_WITHIN:
        try:
            reply = served.ask(**WHY)
            last = reply.text[:500]
            if reply.status_code == 200 and reply.json()["text"] == expected:
                return time.monotonic() - begin
        except httpx.HTTPError as problem:
            last = repr(problem)
        time.sleep(0.3)
    raise AssertionError(f"not ready {READY_WITHIN} s after the fault: {last}\n{served.log.read_text()[-3_000:]}")


@dataclass
class Sari:
    """Staff of an agency who fills in self-assessments, and notes what the service said it had kept."""

    url: str
    database: str
    agency: str = "Kota Metro"
    kept: dict[tuple[int, int], str] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def sign_in(self) -> None:
        engine = open_database(self.database)
        code = invite(engine, Holdings(engine).register.find(self.agency), "staff", "Sari")
        engine.dispose()
        self.client = httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=QUICK)
        assert self.client.post("/masuk", data={"kode": code}).status_code == 303
        for year in (2021, 2022, 2023, 2024, 2025):
            assert self.client.post("/penilaian", data={"year": year}).status_code == 303

    def write(self, number: int) -> None:
        """Fill in one indicator that was never filled in before."""
        year, indicator = 2021 + number // 47, number % 47 + 1
        said = {"version": 0, "level": str(number % 5 + 1), "note": f"catatan {number}, " + "x" * 3_000}
        try:
            reply = self.client.post(
                f"/penilaian/{year}/indikator/{indicator}", data=said, headers={"Accept": "application/json"}
            )
        except httpx.HTTPError as problem:
            self.refused.append((0, type(problem).__name__))
            return
        if reply.status_code == 200:
            self.kept[year, indicator] = said["note"]
        else:
            self.refused.append((reply.status_code, reply.text))

    def lost(self) -> list[tuple[int, int]]:
        """What the service had said it kept, and does not have."""
        lost = []
        for (year, indicator), note in self.kept.items():
            page = self.client.get(f"/penilaian/{year}/indikator/{indicator}")
            assert page.status_code == 200, page.text[:1_000]
            if note[:20] not in page.text:
                lost.append((year, indicator))
        return lost

    def leave(self) -> None:
        self.client.close()


class People:
    """Two who ask and one who writes, all the time until the block ends.

    What they are told must be the right answer, or a refusal in the one shape, and quickly.
    """

    def __init__(self, served: Served, sari: Sari, expected: str, first: int = 0) -> None:
        self._served, self._sari, self._expected = served, sari, expected
        self._ended = threading.Event()
        self._next = first
        self.right = 0
        self.refused: list[tuple[int, str]] = []
        self.wrong: list[str] = []
        self._threads = [threading.Thread(target=self._ask) for _ in range(2)]
        self._threads.append(threading.Thread(target=self._write))

    def __enter__(self) -> People:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self) -> None:
        while not self._ended.wait(0.05):
            begin = time.monotonic()
            try:
                reply = self._served.ask(**WHY)
            except httpx.HTTPError as problem:  # a killed worker's connection
                self.refused.append((0, type(problem).__name__))
                continue
            spent = time.monotonic() - begin
            if spent > QUICK:
                self.wrong.append(f"{reply.status_code} after {spent:.1f} s")
            if reply.status_code == 200:
                same = reply.json()["text"] == self._expected
                self.right += same
                if not same:
                    self.wrong.append(reply.text[:600])
            else:
                self.refused.append((reply.status_code, reply.text))

    def _write(self) -> None:
        while not self._ended.wait(0.1) and self._next < 235:
            self._sari.write(self._next)
            self._next += 1

    @property
    def written(self) -> int:
        return self._next


def silent_server() -> tuple[socket.socket, str]:
    """A model server that takes every request and never says anything."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
