"""A real installation behind a real server on loopback, with an agency's key and something only that agency sees."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from fastapi import FastAPI

from assistant.permissions import OPERATOR
from assistant.records.api_keys import create_key
from assistant.records.assessments import Assessments
from assistant.settings import Settings
from bots.assembly import Installation
from bots.web.app import create_app
from bots.web.bearer import bearers
from bots.web.records import Records
from scoring import Assessment

OWN = "Pemerintah Kota Bandar Lampung"
OTHER = "Pemerintah Kota Bandung"
SELF_YEAR = 2025  # self-assessed by both, not published


@dataclass(frozen=True)
class House:
    """An installation and the keys of a person of each agency."""

    installation: Installation
    own_key: str
    own_key_id: int
    other_key: str


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    made = Installation(Settings(data_dir=tmp_path_factory.mktemp("house"), _env_file=None), threads=1)
    made.prepare()
    keys = []
    records = Assessments(made.engine, OPERATOR)
    for name, level in ((OWN, 3), (OTHER, 4)):
        entry = made.records.register.find(name)
        held = Assessment(agency=name, year=SELF_YEAR, stage="self", levels=dict.fromkeys(range(1, 48), level))
        records.store(entry, held, published=False, source="test")
        keys.append(create_key(made.engine, "test", "staff", entry))
    (own_id, own), (_, other) = keys
    return House(made, own, own_id, other)


@contextmanager
def served(app: FastAPI | Callable[[int], FastAPI], port: int = 0) -> Iterator[str]:
    """The address of an app that runs in a thread of its own; a function gets the port to make the app for."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", port))
    taken = listening.getsockname()[1]
    made = app if isinstance(app, FastAPI) else app(taken)
    server = uvicorn.Server(uvicorn.Config(made, log_level="error", timeout_graceful_shutdown=2, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{taken}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture(scope="session")
def address(house: House) -> Iterator[str]:
    made = house.installation
    with served(create_app(made.assistant, records=Records.of(made), bearer=bearers(made.engine))) as at:
        yield at
