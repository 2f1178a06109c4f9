"""Requests made to tie the service up or fill its memory: a quick, clear refusal, and others are served meanwhile."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bots.assembly import Installation
from tests.bots.test_serving import Served
from tests.faults.services import Sari, right_answer, serving

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def service(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Sari]]:
    folder = tmp_path_factory.mktemp("hostile")
    data = folder / "data"
    shutil.copytree(installation.settings.data_dir, data, ignore=shutil.ignore_patterns("*.lock"))
    with serving(folder, SPBE_DATA_DIR=str(data)) as served:
        sari = Sari(served.url, f"sqlite:///{data / 'spbe.sqlite'}")
        sari.sign_in()
        yield served, sari
        sari.leave()


def _memory(served: Served) -> int:
    """Resident memory, in MB."""
    status = Path(f"/proc/{served.process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _code(reply: httpx.Response) -> str:
    return str(reply.json()["error"]["code"])


@pytest.mark.parametrize(
    ("body", "status", "codes"),
    [
        (b'{"message": "' + b"a" * 300_000 + b'"}', 413, {"body_too_large"}),
        (b'{"message":' * 20_000, 422, {"broken_json", "bad_request"}),
        (b"[" * 200_000, 422, {"broken_json", "bad_request"}),
        (b'{"message": "a", "year": ' + b"9" * 200_000 + b"}", 422, {"broken_json", "bad_request", "invalid_request"}),
        (b'{"message": "' + b"\\u0000" * 600 + b'"}', 200, set()),
        (b"\xff\xfe", 422, {"broken_json", "bad_request"}),
    ],
    ids=["300 kB", "objects in objects", "lists in lists", "a year of 200,000 digits", "NULs", "no text"],
)
def test_a_body_made_to_hurt(service: tuple[Served, Sari], body: bytes, status: int, codes: set[str]) -> None:
    served, _ = service
    begin = time.monotonic()
    reply = httpx.post(f"{served.url}/api/v1/chat", content=body, headers=JSON, timeout=30)
    assert time.monotonic() - begin < 10
    assert reply.status_code == status or (status == 422 and reply.status_code == 400), reply.text[:300]
    assert not codes or _code(reply) in codes


def test_a_question_of_a_hundred_thousand_characters(service: tuple[Served, Sari]) -> None:
    served, _ = service
    begin = time.monotonic()
    reply = served.ask("kenapa domain 2 kami rendah? " * 3_500)
    assert reply.status_code in (200, 422)
    assert reply.status_code == 200 or _code(reply)
    assert time.monotonic() - begin < 20


def test_a_hundred_slow_bodies_keep_nobody_else_waiting(service: tuple[Served, Sari]) -> None:
    """Each announces a body and sends a byte now and then; the proxy in front also ends them."""
    served, _ = service
    before = _memory(served)
    host, port = served.url.removeprefix("http://").split(":")
    slow = []
    try:
        for _ in range(100):
            connection = socket.create_connection((host, int(port)), timeout=10)
            connection.sendall(
                b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Content-Length: 200000\r\n\r\n{"
            )
            slow.append(connection)
        for _ in range(3):
            begin = time.monotonic()
            right_answer(served)
            assert time.monotonic() - begin < 10
            for connection in slow:
                connection.sendall(b" ")
    finally:
        for connection in slow:
            connection.close()
    assert _memory(served) - before < 100


def test_many_uploads_at_once_fill_no_memory(service: tuple[Served, Sari]) -> None:
    served, sari = service
    before = _memory(served)
    content = b"No;Indikator;Nilai\n" + b"1;Indikator 1;3\n" * 100_000

    def upload(number: int) -> int:
        with httpx.Client(base_url=served.url, cookies=sari.client.cookies, headers={"Origin": served.url}) as client:
            files = {"berkas": (f"besar{number}.csv", content)}
            return client.post("/penilaian/impor", files=files, timeout=120).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(upload, range(8)))
    assert set(statuses) <= {200, 422, 429, 503}, statuses
    right_answer(served)
    assert _memory(served) - before < 700


def test_an_upload_above_the_limit_is_refused(service: tuple[Served, Sari]) -> None:
    served, sari = service
    with httpx.Client(base_url=served.url, cookies=sari.client.cookies, headers={"Origin": served.url}) as client:
        reply = client.post("/penilaian/impor", files={"berkas": ("b.csv", b"a" * 30_000_000)}, timeout=60)
    assert reply.status_code == 413
