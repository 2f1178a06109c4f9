"""A full disk, a clock that jumps, a model server that never answers: one server on one machine has all three.

Its data folder is a small tmpfs, its clock is libfaketime's, its model server takes every request and says nothing.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from bots.assembly import Installation
from tests.bots.test_serving import Served
from tests.faults.services import (
    READY_WITHIN,
    WHY,
    People,
    Sari,
    missing,
    right_answer,
    seconds_until_right,
    serving,
    silent_server,
)

MODEL_SECONDS = 1.0
ROOM = 12 * 2**20  # bytes that the disk has beside the data
A_DAY = 86_400


@dataclass
class Machine:
    """The server, its disk, and the file that sets its clock."""

    served: Served
    disk: Path
    clock: Path
    sari: Sari
    expected: str

    def set_clock(self, seconds: int) -> None:
        """The server's clock from now on: so many seconds before or after the true one."""
        self.clock.write_text(f"{seconds:+d}\n")
        assert _until(lambda: abs(self._ahead() - seconds) < 60, 30), "libfaketime did not set the clock"

    def _ahead(self) -> float:
        """How far the server's clock is ahead of the true one, in seconds."""
        told = httpx.get(f"{self.served.url}/healthz", timeout=30).headers["date"]
        return parsedate_to_datetime(told).timestamp() - time.time()

    def fill_disk(self) -> Path:
        filler = self.disk / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (65_536, 512):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    continue
        return filler


@pytest.fixture(scope="module")
def machine(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    library = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
    if library is None:
        missing("libfaketime (Debian's package faketime) is not installed")
    folder = tmp_path_factory.mktemp("strained")
    disk, clock = folder / "disk", folder / "clock"
    disk.mkdir()
    source = installation.settings.data_dir
    size = sum(path.stat().st_size for path in source.rglob("*") if path.is_file()) + ROOM
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        missing(f"a tmpfs cannot be mounted here: {mounted.stderr.strip()}")
    listener, model = silent_server()
    try:
        shutil.copytree(source, disk / "data", ignore=shutil.ignore_patterns("*.lock"))
        with sqlite3.connect(disk / "data" / "spbe.sqlite") as database:  # a long log has room of its own
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        clock.write_text("+0\n")
        settings = {
            "SPBE_DATA_DIR": str(disk / "data"),
            "SPBE_MODEL": "contoh",
            "SPBE_MODEL_URL": model,
            "SPBE_MODEL_SECONDS": str(MODEL_SECONDS),
            "SPBE_MODEL_DAILY_ANSWERS": "100000",
            "SPBE_LIMIT_VISITOR": "5/minute",
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        with serving(folder, **settings) as served:
            sari = Sari(served.url, f"sqlite:///{disk / 'data' / 'spbe.sqlite'}")
            sari.sign_in()
            yield Machine(served, disk, clock, sari, right_answer(served))
            sari.leave()
    finally:
        listener.close()
        subprocess.run(["umount", "-l", disk], check=False)


def _until(holds: Callable[[], object], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_a_model_server_that_hangs_costs_its_time_and_nothing_else(machine: Machine) -> None:
    def asked(_: int) -> tuple[float, httpx.Response]:
        begin = time.monotonic()
        reply = machine.served.ask(**WHY)
        return time.monotonic() - begin, reply

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(asked, range(8)))
    for seconds, reply in replies:
        assert reply.status_code == 200
        assert reply.json()["mode"] == "composed"
        assert reply.json()["text"] == machine.expected
        assert seconds < 20  # eight at once, four threads, a second of waiting each, and a machine that may be busy


def test_a_disk_that_is_full_and_has_room_again(machine: Machine) -> None:
    with People(machine.served, machine.sari, machine.expected) as people:
        _until(lambda: len(machine.sari.kept) >= 2, 20)
        before = len(machine.sari.kept)
        filler = machine.fill_disk()
        _until(lambda: machine.sari.refused, 20)
        time.sleep(1)
        refused = list(machine.sari.refused)
        filler.unlink()
        count = len(machine.sari.kept)
        assert _until(lambda: len(machine.sari.kept) > count, READY_WITHIN), machine.served.log.read_text()[-3_000:]
        seconds_until_right(machine.served, machine.expected)
    assert before > 0
    assert refused, "a full disk is said, not hidden"
    assert people.wrong == []
    for status, text in (*people.refused, *refused):
        assert status == 503 and "database_unreachable" in text, (status, text)
    assert machine.sari.lost() == []
    machine.sari.refused.clear()


def test_a_clock_that_jumps_ahead_and_far_back(machine: Machine) -> None:
    def visitor() -> httpx.Response:
        headers = {"X-Forwarded-For": "203.0.113.9"}  # the proxy is trusted; people behind it are counted
        return httpx.get(f"{machine.served.url}/api/v1/agencies", headers=headers, timeout=30)

    def too_many() -> int:
        for _ in range(6):
            reply = visitor()
            if reply.status_code == 429:
                return int(reply.headers["retry-after"])
        raise AssertionError("never refused")

    sari, number = machine.sari, 200
    try:
        assert too_many() <= 61
        for seconds in (7_200, -A_DAY, 0):
            machine.set_clock(seconds)
            assert visitor().status_code == 200, "nobody waits for a clock"
            assert too_many() <= 61
            assert sari.client.get("/akun").status_code == 200, "still signed in"
            sari.write(number)
            number += 1
            assert machine.served.ask(**WHY).json()["text"] == machine.expected
            assert httpx.get(f"{machine.served.url}/readyz", timeout=30).status_code == 200
    finally:
        machine.set_clock(0)
    assert sari.refused == []
    assert sari.lost() == []
    assert machine.served.process.poll() is None
