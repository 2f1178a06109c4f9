"""People who use the service all at once: visitors who ask, staff who look at pages, import and fill in forms."""

from __future__ import annotations

import io
import json
import random
import re
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import openpyxl

from assistant.records.agencies import Agencies
from assistant.records.database import open_database
from assistant.records.holdings import Holdings
from assistant.records.invitations import invite
from bench.clients import Client, together
from bench.questions import follow_ups, questions
from bench.serving import Server
from scoring import load_instrument

AGENCIES = ("Kota Bandar Lampung", "Kota Bandung", "Kab. Sumedang", "Kota Surabaya")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_YEAR = 2025
_PAUSE = 0.2  # seconds between what one person does


@dataclass
class Day:
    """What everybody met with.

    Attributes:
        done: requests answered as they should be, by kind.
        problems: those that were not, by kind and status.
    """

    done: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def did(self, kind: str, ask: Callable[..., tuple[int, str]], *arguments: Any, good: int = 200) -> str:
        """Do one thing and note whether it was answered with the status that is good; the text of the answer."""
        begin = time.perf_counter()
        try:
            status, text = ask(*arguments)
        except Exception as reason:  # whatever a client meets with is what is looked for
            self.problems[f"{kind} {type(reason).__name__}"] += 1
            return ""
        self.seconds.setdefault(kind, []).append(time.perf_counter() - begin)
        if status == good:
            self.done[kind] += 1
        else:
            self.problems[f"{kind} {status}"] += 1
        return text


def codes(server: Server) -> list[str]:
    """An invitation for one member of staff of each agency."""
    engine = open_database(server.database)
    try:
        register: Agencies = Holdings(engine).register
        return [invite(engine, register.find(name), "staff", f"Staf {number}") for number, name in enumerate(AGENCIES)]
    finally:
        engine.dispose()


def day(server: Server, seconds: float, seed: int, invitations: list[str]) -> Day:
    """Let six visitors and a member of staff of each agency work for some seconds."""
    met, until = Day(), time.monotonic() + seconds
    visitors = [partial(_visitor, server.port, met, until, seed * 100 + number) for number in range(6)]
    staff = [
        partial(_staff, server.port, met, until, seed * 100 + 50 + number, agency, code)
        for number, (agency, code) in enumerate(zip(AGENCIES, invitations, strict=True))
    ]
    together([*visitors, *staff])
    return met


def _visitor(port: int, met: Day, until: float, seed: int) -> None:
    """Conversations: a question and two that lean on it; every fourth as events; a search now and then."""
    asked, after, number = questions(seed), follow_ups(seed), 0
    with Client(port) as client:
        while time.monotonic() < until:
            number += 1
            conversation = f"load-{seed}-{number}"
            for text in (next(asked), next(after), next(after)):
                told = {"message": text, "conversation": conversation, "agency": AGENCIES[seed % len(AGENCIES)]}
                if number % 4 == 0:
                    met.did("stream", _streamed, client, told)
                else:
                    met.did("chat", _posted, client, told)
                time.sleep(_PAUSE)
            if number % 5 == 0:
                met.did("search", _got, client, f"/api/v1/search?{urllib.parse.urlencode({'q': next(asked)})}")


def _staff(port: int, met: Day, until: float, seed: int, agency: str, code: str) -> None:
    """Signs in, fills in the self-assessment, imports a file now and then, and looks at the pages."""
    chance = random.Random(seed)
    with Client(port) as client:
        met.did("sign in", _form, client, "/masuk", {"kode": code}, good=303)
        met.did("begin", _form, client, "/penilaian", {"year": str(_YEAR)}, good=303)
        versions: dict[int, int] = {}
        around = urllib.parse.urlencode({"agency": agency, "year": 2024})
        pages = _pages(around, agency)
        number = 0
        while time.monotonic() < until:
            number += 1
            indicator = chance.randint(1, 47)
            met.did("edit", _edit, client, indicator, versions, chance)
            time.sleep(_PAUSE)
            page = next(pages)
            met.did(f"page {page.split('?')[0]}", _got, client, page)
            time.sleep(_PAUSE)
            if number % 20 == 10:
                _import(client, met, agency, chance)


def _pages(around: str, agency: str) -> Iterator[str]:
    while True:
        yield f"/nilai?{around}"
        yield "/rencana?agency=Kota+Bandar+Lampung&year=2024"  # a plan needs levels, which few have published
        yield f"/penilaian/{_YEAR}"
        yield f"/tren?{urllib.parse.urlencode({'agency': agency})}"
        yield f"/penilaian/{_YEAR}/riwayat"
        yield f"/banding?{urllib.parse.urlencode([('agency', agency), ('agency', 'Kota Metro')])}"
        yield "/provinsi?group=Jawa+Barat"
        yield f"/penilaian/{_YEAR}/indikator/11"
        yield "/instrumen/spbe-2020/21"
        yield "/pengetahuan"


def _edit(client: Client, indicator: int, versions: dict[int, int], chance: random.Random) -> tuple[int, str]:
    """Save an indicator; the version is that of the page the first time, of the last answer later."""
    address = f"/penilaian/{_YEAR}/indikator/{indicator}"
    version = versions.get(indicator, 0)
    filled = {"version": str(version), "level": str(chance.randint(1, 5)), "note": f"catatan {chance.random()}"}
    status, text = _form(client, address, filled, {"Accept": "application/json"})
    if status == 200:
        versions[indicator] = json.loads(text)["version"]
    return status, text


def _import(client: Client, met: Day, agency: str, chance: random.Random) -> None:
    """Upload a workbook, read the report, say yes."""
    said = {"year": str(chance.choice((2022, 2023))), "stage": "internal"}
    report = met.did("import", _upload, client, _workbook(agency, chance), said)
    token = re.search(r'action="/penilaian/impor/([^"?]+)', report)
    if token is None:
        met.problems["import without a report"] += 1
        return
    met.did("import kept", _form, client, f"/penilaian/impor/{token[1]}", said, good=303)


def _workbook(agency: str, chance: random.Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Instansi", f"Pemerintah {agency}"])
    sheet.append(["No", "Indikator", "Nilai"])
    for number, indicator in enumerate(load_instrument("spbe-2020").indicators, 1):
        sheet.append([number, indicator.name.id, chance.randint(1, 5)])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _upload(client: Client, content: bytes, fields: dict[str, str]) -> tuple[int, str]:
    border = "-----------------spbe-load"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{border}\r\nContent-Disposition: form-data; name="berkas"; filename="isian.xlsx"\r\n\r\n'.encode()
    body = b"".join([*parts, head, content, f"\r\n--{border}--\r\n".encode()])
    kind = {"Content-Type": f"multipart/form-data; boundary={border}"}
    status, text, _ = client.send("POST", "/penilaian/impor", body, kind)
    return status, text.decode()


def _form(client: Client, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> tuple[int, str]:
    body = urllib.parse.urlencode(fields).encode()
    status, text, told = client.send("POST", path, body, {**_FORM, **(headers or {})})
    if "set-cookie" in told:
        client.cookie = told["set-cookie"].split(";")[0]
    return status, text.decode()


def _posted(client: Client, told: dict[str, str]) -> tuple[int, str]:
    status, text, _ = client.post("/api/v1/chat", told)
    return status, text.decode()


def _streamed(client: Client, told: dict[str, str]) -> tuple[int, str]:
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    status, body, _ = client.send("POST", "/api/v1/chat", json.dumps(told).encode(), headers)
    text = body.decode()
    return (status if "event: answer" in text or status != 200 else 599), text


def _got(client: Client, path: str) -> tuple[int, str]:
    status, text, _ = client.send("GET", path)
    return status, text.decode()
