"""What docker-compose.yml starts, as processes on this machine: PostgreSQL, a Chroma server, two web workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from bench.serving import free_port
from tests.bots.test_serving import Served
from tests.chroma import Chroma
from tests.databases import postgresql_database

WHY = "kenapa domain 2 kami rendah?"
LAW = "Apa syarat level 3 indikator manajemen risiko?"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroma]:
    server = Chroma(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def province(chroma: Chroma, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("province")
    with postgresql_database() as url:
        secrets = folder / "secrets"
        secrets.mkdir()
        (secrets / "spbe_database_url").write_text(url)
        port, log = free_port(), folder / "log"
        env = {
            **os.environ,
            "SPBE_DATA_DIR": str(folder / "data"),
            "SPBE_SECRETS_DIR": str(secrets),
            "SPBE_CHROMA_URL": f"http://127.0.0.1:{chroma.port}",
            "SPBE_LOG_FORMAT": "json",
            "SPBE_LIMIT_VISITOR": "off",
        }
        command = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--workers", "2"]
        with log.open("wb") as file:
            process = subprocess.Popen([*command, "--port", str(port)], env=env, cwd=folder, stderr=file, stdout=file)
        running = Served(process, f"http://127.0.0.1:{port}", "", log)
        try:
            assert running.answers(150), log.read_text()[-4000:]
            yield running
        finally:
            process.terminate()
            process.wait(60)


def _texts(served: Served) -> list[str]:
    asked = [served.ask(WHY, agency="Kota Bandar Lampung", year=2024), served.ask(LAW)]
    assert [answer.status_code for answer in asked] == [200, 200]
    return [answer.json()["text"] for answer in asked]


def test_the_province_answers_from_postgresql_and_the_chroma_server(province: Served) -> None:
    why, law = _texts(province)
    assert "2,40" in why and "2,98" in why
    assert "risiko" in law.lower()


def test_a_chroma_server_that_lost_everything_is_filled_again_without_a_hand(province: Served, chroma: Chroma) -> None:
    before = _texts(province)
    chroma.kill()
    shutil.rmtree(chroma.folder)
    chroma.folder.mkdir()
    chroma.start()
    until, again = time.monotonic() + 30, None
    while time.monotonic() < until and again != before:
        try:
            again = _texts(province)
        except (AssertionError, httpx.HTTPError):
            time.sleep(0.5)
    assert again == before
