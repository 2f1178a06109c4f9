"""A part of the service fails under load: nobody gets a wrong answer, nothing that was kept is lost, no hand is needed.

The bot that is killed in the middle of a reply: tests/bots/telegram/test_killed_bot.py.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.bots.test_serving import Served
from tests.chroma import Chroma
from tests.faults.services import Cluster, People, Sari, right_answer, seconds_until_right, serving


@dataclass
class Province:
    """Two workers on a PostgreSQL cluster and a Chroma server of their own, and somebody who fills in assessments."""

    served: Served
    cluster: Cluster
    chroma: Chroma
    sari: Sari
    expected: str
    written: int = 0

    def in_use(self) -> People:
        return People(self.served, self.sari, self.expected, self.written)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    folder = tmp_path_factory.mktemp("faults")
    cluster, chroma = Cluster(), Chroma(folder / "chroma")
    chroma.folder.mkdir()
    try:
        cluster.start()
        chroma.start()
        settings = {
            "SPBE_DATA_DIR": str(folder / "data"),
            "SPBE_DATABASE_URL": cluster.url,
            "SPBE_CHROMA_URL": f"http://127.0.0.1:{chroma.port}",
        }
        with serving(folder, "--workers", "2", **settings) as served:
            sari = Sari(served.url, cluster.url)
            sari.sign_in()
            yield Province(served, cluster, chroma, sari, right_answer(served))
            sari.leave()
    finally:
        chroma.kill()
        cluster.remove()


def _nothing_lost(province: Province, people: People) -> None:
    province.written = people.written
    assert people.wrong == []
    for status, text in (*people.refused, *province.sari.refused):
        assert status in (0, 503), (status, text)
        assert status == 0 or '"code"' in text or "<html" in text, text
    province.sari.refused.clear()
    assert province.sari.lost() == []


def test_a_database_that_stops_and_starts(province: Province) -> None:
    with province.in_use() as people:
        time.sleep(1.5)
        before = len(province.sari.kept)
        province.cluster.stop()
        time.sleep(3)
        told = [status for status, _ in people.refused]
        province.cluster.start()
        seconds_until_right(province.served, province.expected)
        time.sleep(1.5)
    assert before > 0 and len(province.sari.kept) > before, "written before and after"
    assert told, "without its database the service said so"
    _nothing_lost(province, people)


def test_a_chroma_server_that_comes_back_with_an_empty_disk(province: Province) -> None:
    with province.in_use() as people:
        time.sleep(1)
        province.chroma.kill()
        shutil.rmtree(province.chroma.folder)
        province.chroma.folder.mkdir()
        time.sleep(2)
        province.chroma.start()
        seconds_until_right(province.served, province.expected)
        time.sleep(1)
    assert people.right > 0
    _nothing_lost(province, people)


def test_a_worker_that_is_killed(province: Province) -> None:
    with province.in_use() as people:
        time.sleep(1)
        victim = min(province.served.children())
        os.kill(victim, signal.SIGKILL)
        seconds_until_right(province.served, province.expected)
        until = time.monotonic() + 30
        while time.monotonic() < until and len(province.served.children() - {victim}) < 2:
            time.sleep(0.2)
        time.sleep(1)
    assert len(province.served.children() - {victim}) == 2
    assert people.right > 0
    _nothing_lost(province, people)
