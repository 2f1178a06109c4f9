"""A province after ten years against an empty installation: are answers and pages still as quick?

Run: python -m bench.province [--asked 200]

Prints one JSON document; progress goes to standard error. Both are whole installations in one process, asked in turns
through the web app without a network: one new, one with 27 agencies' self and external results of ten years, 500
accounts, and 50,000 conversations of four turns with their feedback and audit trail, all generated. Of every kind of
question and page the median of the province is held against the empty one's: at most 2 times, and so is the median
over all. The exit code is 1 where one is not.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from assistant.records.invitations import invite
from assistant.records.models import (
    Account,
    AssessmentRecord,
    AuditEntry,
    ChannelIdentity,
    Feedback,
    TurnRecord,
    now,
)
from assistant.request import Request
from assistant.settings import read_settings
from bots.assembly import Installation
from bots.web.serving import web_app
from scoring import Assessment
from scoring.instrument import instrument_for, load_instrument

PROVINCE, YEARS = "Jawa Barat", range(2016, 2026)
ACCOUNTS, CONVERSATIONS, TURNS = 500, 50_000, 4
TARGET = 2.0  # times the empty installation's median
_BATCH = 20_000
Asking = Callable[[TestClient, int], int]


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def made(folder: Path) -> Installation:
    unlimited = {"limit_visitor": "off", "limit_account": "off", "limit_agency": "off"}
    installation = Installation(read_settings(data_dir=folder, **unlimited), threads=1)
    installation.prepare()
    return installation


def fill(installation: Installation) -> dict[str, int]:
    """Ten years of a province, written in bulk; how many rows of what."""
    chance = random.Random(9)
    entries = [e for e in installation.records.register.entries if e.province == PROVINCE and e.kind != "prov"]
    begin = datetime(2016, 1, 1, tzinfo=UTC)

    def moment() -> datetime:
        return begin + timedelta(minutes=chance.randrange(10 * 365 * 24 * 60))

    def assessments() -> Iterator[dict[str, Any]]:
        for year in YEARS:
            instrument = load_instrument("spbe-2020") if year != 2026 else instrument_for(year)
            for entry in entries:
                for stage, published in (("self", False), ("external", True)):
                    for version in range(3):
                        levels = {i.number: chance.randint(1, 5) for i in instrument.indicators}
                        document = {"agency": entry.name, "year": year, "stage": stage, "levels": levels}
                        known = Assessment.model_validate(document | {"instrument": instrument.id})
                        yield {
                            "agency_id": entry.id,
                            "instrument": instrument.id,
                            "year": year,
                            "stage": stage,
                            "document": known.model_dump(mode="json", exclude_defaults=True) | {"agency": entry.name},
                            "published": published,
                            "source": f"isian-{version}.xlsx",
                            "created_by": "account 1",
                            "created_at": moment(),
                            "replaced_at": None if version == 2 and not (year == 2024 and published) else now(),
                        }

    def accounts() -> Iterator[dict[str, Any]]:
        for number in range(1, ACCOUNTS + 1):
            entry = entries[number % len(entries)]
            yield {"id": number, "name": f"Akun {number}", "role": "staff", "agency_id": entry.id, "active": True,
                   "created_at": moment()}  # fmt: skip

    def identities() -> Iterator[dict[str, Any]]:
        for number in range(1, ACCOUNTS + 1):
            yield {"channel": "telegram", "external_id": str(10**9 + number), "account_id": number,
                   "created_at": moment()}  # fmt: skip

    def turns() -> Iterator[dict[str, Any]]:
        requests = [
            Request(intent="why", node=f"domain {1 + n % 4}", agency=entry.name, year=2024).model_dump(mode="json")
            for n, entry in enumerate(entries)
        ]
        for number in range(CONVERSATIONS):
            owner = f"account {1 + number % ACCOUNTS}"
            for _ in range(TURNS):
                yield {"owner": owner, "conversation": f"web:{number}", "request": chance.choice(requests),
                       "created_at": moment()}  # fmt: skip

    def feedback() -> Iterator[dict[str, Any]]:
        for number in range(CONVERSATIONS // 5):
            yield {"channel": "web", "account_id": 1 + number % ACCOUNTS, "helpful": number % 3 > 0, "reason": "",
                   "question": "", "evidence": {"passages": ["digest:contoh"]}, "created_at": moment()}  # fmt: skip

    def audit() -> Iterator[dict[str, Any]]:
        for number in range(CONVERSATIONS):
            yield {"at": moment(), "actor": f"account {1 + number % ACCOUNTS}", "action": "assessment stored",
                   "subject": f"{entries[number % len(entries)].id} 2024 self", "details": {}}  # fmt: skip

    counts = {}
    for table, rows in (
        (AssessmentRecord, assessments()),
        (Account, accounts()),
        (ChannelIdentity, identities()),
        (TurnRecord, turns()),
        (Feedback, feedback()),
        (AuditEntry, audit()),
    ):
        counts[table.__tablename__] = _insert(installation, table, rows)
    return counts


def _insert(installation: Installation, table: Any, rows: Iterator[dict[str, Any]]) -> int:
    batch: list[dict[str, Any]] = []
    count = 0
    with Session(installation.engine) as session, session.begin():
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                session.execute(insert(table), batch)
                count, batch = count + len(batch), []
        if batch:
            session.execute(insert(table), batch)
    return count + len(batch)


def _chat(text: str, agency: str | None = None) -> Asking:
    def ask(client: TestClient, number: int) -> int:
        told: dict[str, Any] = {"message": text, "conversation": f"bench:{number % 20}", "year": 2024}
        return client.post("/api/v1/chat", json=told | ({"agency": agency} if agency else {})).status_code

    return ask


def _page(path: str, **query: str | int) -> Asking:
    address = f"{path}?{urllib.parse.urlencode(query)}" if query else path
    return lambda client, _number: client.get(address).status_code


OWN = "Kota Bandung"
ASKED: dict[str, Asking] = {
    "score": _chat("berapa indeks kami?", OWN),
    "why": _chat("kenapa domain 2 kami rendah?", OWN),
    "follow-up": _chat("terus bukti apa untuk level 3?", OWN),
    "trend": _chat("bagaimana tren indeks kami?", OWN),
    "compare": _chat("bandingkan Kota Bandung dengan Kota Bogor"),
    "ranking": _chat("kabupaten mana di Jawa Barat yang tertinggi?"),
    "rule": _chat("apa tugas walidata di daerah?"),
    "page of the scorecard": _page("/nilai", agency=OWN, year=2024),
    "page of the trend": _page("/tren", agency=OWN),
    "page of the province": _page("/provinsi", group=PROVINCE, year=2024),
    "page of the comparison": _page("/banding", agency=OWN),
    "page of the self-assessment": _page("/penilaian"),
    "search": _page("/api/v1/search", q="walidata"),
}


def signed_in(installation: Installation) -> TestClient:
    """A browser of a member of staff of the agency that is asked about."""
    origin = "http://testserver"
    client = TestClient(web_app(installation), base_url=origin, headers={"Origin": origin}, follow_redirects=False)
    code = invite(installation.engine, installation.records.register.find(OWN), "staff", "Staf")
    assert client.post("/masuk", data={"kode": code}).status_code == 303
    return client


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--asked", type=int, default=200, help="rounds; each asks everything of both")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="spbe-province-") as folder:
        empty, province = made(Path(folder) / "empty"), made(Path(folder) / "province")
        counts = fill(province)
        size = (Path(folder) / "province" / "spbe.sqlite").stat().st_size >> 20
        say(f"filled: {counts}, {size} MB")
        taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in ASKED}
        problems: dict[str, int] = {}
        with signed_in(empty) as first, signed_in(province) as second:
            rounds = max(1, round(wanted.asked / len(ASKED)))
            for number in range(-2, rounds):
                for name, ask in ASKED.items():
                    for client, times in zip((first, second), taken[name], strict=True):
                        begin = time.perf_counter()
                        status = ask(client, number)
                        if number >= 0:
                            times.append(time.perf_counter() - begin)
                        if status != 200:
                            problems[f"{name} {status}"] = problems.get(f"{name} {status}", 0) + 1
    middle = {name: tuple(1000 * statistics.median(times) for times in both) for name, both in taken.items()}
    every = [1000 * statistics.median([t for both in taken.values() for t in both[n]]) for n in (0, 1)]
    ratios = {name: round(province_ / empty_, 2) for name, (empty_, province_) in middle.items()}
    over_all = round(every[1] / every[0], 2)
    report = {
        "rows": counts,
        "database_mb": size,
        "asked_of_each": rounds * len(ASKED),
        "median_ms": {name: {"empty": round(e, 1), "province": round(p, 1)} for name, (e, p) in middle.items()},
        "over_all_ms": {"empty": round(every[0], 1), "province": round(every[1], 1)},
        "times": ratios,
        "times_over_all": over_all,
        "target": TARGET,
        "problems": problems,
        "met": over_all <= TARGET and not problems,
    }
    print(json.dumps(report, indent=1))
    return int(not report["met"])


if __name__ == "__main__":
    sys.exit(main())
