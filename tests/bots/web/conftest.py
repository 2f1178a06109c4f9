"""A small assistant for tests of the web face alone: real scoring, one answer of every kind of part."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from browsing import CHROMIUM, QUIET, Visit
from fastapi.testclient import TestClient
from playwright import sync_api
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from assistant.answer import Answer, Block, Chart, Draft
from assistant.conversation import Turn
from assistant.permissions import OPERATOR, VISITOR, Asker
from assistant.records.assessments import Assessments
from assistant.records.database import migrate, open_database
from assistant.records.holdings import Holdings
from assistant.records.invitations import invite
from assistant.records.models import Agency
from assistant.records.sampling import load_register, load_sample
from assistant.request import Question, Request
from bots.web.app import create_app
from bots.web.records import Records
from bots.web.settings import WebSettings
from ingest.assessments import Reading
from knowledge.library import Library, Rule
from knowledge.passage import Passage
from knowledge.retrieval import Retriever
from knowledge.store import Store
from scoring import Assessment, RefusedInput, Text
from scoring.figures import exactly

AGENCY = "Pemerintah Kota Contoh"
HELD = Assessment(agency=AGENCY, year=2024, levels={**dict.fromkeys(range(1, 48), 3), 11: 1, 12: 1})
RULES = Library(
    [
        Rule(id="perpres-1-2018", short="Perpres 1/2018", title="Contoh", kind="perpres", number="1",
             year=2018, status="in force"),
        Rule(id="permen-2-2020", short="Permen 2/2020", title="Lama", kind="permen", number="2",
             year=2020, status="revoked", revoked_by="permen-8-2026", second_hand=True),
        Rule(id="permen-8-2026", short="Permen 8/2026", title="Baru", kind="permen", number="8", year=2026),
    ]
)  # fmt: skip
ARTICLE = Passage(
    id="official:perpres-1-2018#pasal-6",
    rule="perpres-1-2018",
    title="Perpres 1/2018 tentang Contoh",
    locator="Pasal 6",
    text="(1) Setiap instansi menyusun arsitektur.\n(2) Arsitektur ditetapkan pimpinan.",
    page=7,
)
DIGEST = Passage(
    id="digest:permen-2-2020#indikator-11",
    rule="permen-2-2020",
    title="Permen 2/2020 tentang Evaluasi",
    locator="Indikator 11 Level 2",
    text="Dokumen sudah ditetapkan, <b>meski</b> baru memuat sebagian.",
    kind="digest",
    second_hand=True,
)
PASSAGES = {passage.id: passage for passage in (ARTICLE, DIGEST)}
DOMAINS = Chart(
    kind="bars",
    title="Domain",
    summary="Domain 2 terendah.",
    labels=("Domain 1", "Domain 2"),
    series={"2024": (3.7, 2.4)},
)


def answer(question: Question) -> Answer:
    """One answer with every kind of block, a figure, two citations, a chart and suggestions."""
    draft = Draft(question.language or "id", RULES)
    first, second = (draft.cite(passage) for passage in PASSAGES.values())
    value = draft.figure(exactly("2.40"), "nilai", "domain 2", f"spbe-2020; {AGENCY} 2024 external")
    draft.sentence(f"Domain 2 {AGENCY} bernilai **{value}** {first}.")
    draft.sentence("Itu di bawah indeksnya. <img src=x onerror=alert(1)>")
    draft.item(f"**Arsitektur (11), tingkat 1.** Tingkat 2 meminta dokumen {second}.")
    draft.table(["Indikator", "Tingkat"], [["Arsitektur", "1"], ["[Peta](javascript:alert(1)) Rencana", "1"]])
    draft.note("Dihitung dari data terbit.")
    draft.charts.append(DOMAINS)
    draft.suggest("Bukti untuk indikator 11?", "Rencana menuju Sangat Baik?")
    return draft.answer(Request(intent="why", agency=AGENCY, year=2024, node="domain 2"))


class StandIn:
    """Remembers what it was asked; ``failing`` is raised instead of an answer, ``gate`` holds it back.

    ``early`` lets the first block out before the gate.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[Question, Asker]] = []
        self.failing: Exception | None = None
        self.gate: threading.Event | None = None
        self.early = False

    def ask(self, question: Question, asker: Asker, settled: Callable[[Block], None] | None = None) -> Answer:
        self.asked.append((question, asker))
        first, *others = answer(question).blocks
        if settled is not None and self.early:
            settled(first)
        if self.gate is not None:
            self.gate.wait(10)
        if self.failing is not None:
            raise self.failing
        for block in () if settled is None else others if self.early else (first, *others):
            settled(block)
        return answer(question)

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        return [self.passage(name, VISITOR) or {} for name in PASSAGES][:k]

    def passage(self, passage_id: str, asker: Asker) -> dict[str, Any] | None:
        found = PASSAGES.get(passage_id)
        return found and found.model_dump(include={"id", "text", "rule", "title", "locator", "page", "kind"})

    def remembered(self, conversation: str, asker: Asker) -> list[Turn]:
        requests = [q for q, a in self.asked if q.conversation == conversation and a == asker]
        return [Turn(at=datetime.now(UTC), request=Request(query=question.text)) for question in requests]

    def forget(self, conversation: str, asker: Asker) -> None:
        self.asked = [(q, a) for q, a in self.asked if q.conversation != conversation or a != asker]

    def agencies(self) -> list[dict[str, Any]]:
        return [{"id": "kota-contoh", "name": AGENCY, "kind": "kota", "province": "Contoh", "group": "Contoh"}]

    def assessment(self, agency: str, year: int | None, stage: str | None, asker: Asker) -> Assessment:
        if agency not in (AGENCY, "kota-contoh", "Kota Contoh"):
            raise RefusedInput(
                "unknown_agency",
                Text(id=f"Instansi {agency!r} tidak ada.", en=f"Agency {agency!r} is not known."),
                nearest=[AGENCY],
            )
        if year not in (None, HELD.year):
            raise RefusedInput("no_assessment", Text(id="Tidak ada data.", en="No data."), held=["2024 (external)"])
        return HELD

    def assessments(self, agency: str, asker: Asker) -> list[Assessment]:
        return [self.assessment(agency, None, None, asker)]

    def group(self, group: str, year: int | None, asker: Asker) -> list[Assessment]:
        return [
            HELD,
            HELD.model_copy(update={"agency": "Pemerintah Kab. Lain", "levels": HELD.levels | {11: 5}}),
        ]


@pytest.fixture
def assistant() -> StandIn:
    return StandIn()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the register and the published results, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "spbe.sqlite"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    load_register(engine)
    load_sample(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def records(sample: Path, tmp_path: Path) -> Iterator[Records]:
    """The records of an installation of one's own; findings of imported files are counted in a file."""
    shutil.copy(sample, tmp_path / "spbe.sqlite")
    engine = open_database(f"sqlite:///{tmp_path / 'spbe.sqlite'}")

    def keep_findings(reading: Reading) -> None:
        (tmp_path / "findings").write_text(str(len(reading.passages)))

    def retriever() -> Retriever:
        raise AssertionError("these tests have no library")

    yield Records(Holdings(engine), tmp_path, keep_findings, retriever)
    engine.dispose()


class Member(TestClient):
    """A browser of the app, which sends the marks of one; ``sign_in`` makes and uses an invitation."""

    def __init__(self, assistant: StandIn, records: Records) -> None:
        self.records = records
        app = create_app(assistant, WebSettings(), records)
        super().__init__(app, raise_server_exceptions=False, follow_redirects=False)
        self.headers["Origin"] = "http://testserver"

    def sign_in(self, agency: str, role: str = "staff", name: str = "Sari") -> None:
        entry = self.records.holdings.register.find(agency)
        code = invite(self.records.holdings.engine, entry, role, name)
        assert self.post("/masuk", data={"kode": code}).status_code == 303


@pytest.fixture
def browser_of(assistant: StandIn, records: Records) -> Callable[..., Member]:
    """Makes browsers: signed in where an agency is given."""

    def made(agency: str | None = None, role: str = "staff", name: str = "Sari") -> Member:
        member = Member(assistant, records)
        if agency is not None:
            member.sign_in(agency, role, name)
        return member

    return made


@pytest.fixture
def client(assistant: StandIn) -> Iterator[TestClient]:
    with TestClient(create_app(assistant, WebSettings()), raise_server_exceptions=False) as opened:
        yield opened


HOSTILE = '<img src=x onerror="top.hit=1">'
"""Markup that must stay text wherever somebody can put it."""
HOSTILE_KOTA, HOSTILE_PROVINCE = f"Pemerintah Kota Uji {HOSTILE}", "Uji '\"><svg onload=top.hit=2>"
HOSTILE_RULE = Rule(
    id="perwali-99-2099", short="Perwali 99/2099", title=f"Uji {HOSTILE}", kind="perwali", number="99", year=2099,
    status="in force",
)  # fmt: skip
HOSTILE_PASSAGE = Passage(
    id="official:perwali-99-2099#pasal-1",
    rule=HOSTILE_RULE.id,
    title=f"Perwali 99/2099 tentang Uji {HOSTILE}",
    locator="Pasal 1",
    text=f"Unit Kerja Zirkonium {HOSTILE} [x](javascript:top.hit=3) <script>top.hit=4</script> dibentuk wali kota.",
)


@dataclass(frozen=True)
class Served:
    """A running ``spbe serve`` and the database behind it."""

    address: str
    engine: Engine

    def code(self, agency: str, role: str = "staff", name: str = "Sari Dewi") -> str:
        """An invitation."""
        return invite(self.engine, Holdings(self.engine).register.find(agency), role, name)


@pytest.fixture(scope="session")
def served(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A fresh installation with one agency and one passage full of markup, served as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("installation")
    (folder / "data").mkdir()
    shutil.copy(sample, folder / "data" / "spbe.sqlite")
    engine = open_database(f"sqlite:///{folder / 'data' / 'spbe.sqlite'}")
    _put_markup(engine)
    log = folder / "serve.log"
    unlimited = {f"SPBE_LIMIT_{who}": "off" for who in ("VISITOR", "ACCOUNT", "AGENCY")}  # one address asks it all
    environment = {**os.environ, **unlimited, "SPBE_DATA_DIR": str(folder / "data")}
    command = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 280
        while not _ready(address):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, f"not ready in time: {log.read_text()[-2000:]}"
            time.sleep(0.5)
        yield Served(address, engine)
    finally:
        process.terminate()
        process.wait(30)
        engine.dispose()


def _put_markup(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        for number, name in enumerate((HOSTILE_KOTA, f"Pemerintah Kab. Uji {HOSTILE}")):
            row = Agency(
                id=f"uji-{number}", name=name, kind="kota", province=HOSTILE_PROVINCE, group=HOSTILE, aliases=[]
            )
            session.add(row)
    entries = Holdings(engine).register.entries
    for entry in entries:
        if entry.id.startswith("uji-"):
            known = Assessment(agency=entry.name, year=2024, levels=dict.fromkeys(range(1, 48), 2))
            Assessments(engine, OPERATOR).store(entry, known, published=True, source=f"Uji {HOSTILE}")
    Store(engine).replace("official:perwali-99-2099", [HOSTILE_PASSAGE], [HOSTILE_RULE])


def _ready(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/readyz", timeout=5).status_code == 200
    except httpx2.TransportError:
        return False


@pytest.fixture(scope="session")
def server(served: Served) -> str:
    return served.address


@pytest.fixture(scope="module")  # for as long as it is open, its event loop keeps others from running
def browser() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and CI must see the page: apt-get install chromium")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def desktop(browser: sync_api.Browser) -> Iterator[Visit]:
    visit = Visit(browser, 1280, 900)
    yield visit
    visit.context.close()


@pytest.fixture
def phone(browser: sync_api.Browser) -> Iterator[Visit]:
    visit = Visit(browser, 360, 740)
    yield visit
    visit.context.close()
