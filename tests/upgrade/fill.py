"""Fills an installation as people would, through the functions of the release whose code it is run with.

Run once for a release, from a checkout of it, and dump what came of it into this folder:

    git worktree add /tmp/release COMMIT && cd /tmp/release
    PYTHONPATH=. python .../tests/upgrade/fill.py FOLDER                     then sqlite3 FOLDER/spbe.sqlite .dump
    PYTHONPATH=. python .../tests/upgrade/fill.py FOLDER postgresql+psycopg://...  then pg_dump --inserts --no-owner

Everything in it is invented: figures, people, and the regulation. Prints the code of an invitation that is still open.
"""

from __future__ import annotations

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from assistant.conversation import Memory
from assistant.permissions import OPERATOR
from assistant.records.assessments import Assessments
from assistant.records.conversations import StoredConversations
from assistant.records.database import migrate, open_database
from assistant.records.invitations import accept, invite
from assistant.records.models import Agency, Feedback
from assistant.records.sampling import SAMPLE
from assistant.request import Request
from assistant.settings import Settings
from bots.assembly import Installation
from ingest.pipeline import ingest
from scoring import Assessment

NAMES = ("Kab. Sumedang", "Kota Bandung", "Kab. Garut", "Kota Cirebon", "Provinsi Jawa Barat")


def levels(shift: int) -> dict[int, int]:
    return {number: 1 + (number + shift) % 5 for number in range(1, 48)}


def main(folder: Path, url: str | None) -> None:
    settings = Settings(data_dir=folder, database_url=url, _env_file=None)
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database)
    migrate(engine)
    with (SAMPLE / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {**row, "aliases": ["Insun Medal"] if "Sumedang" in row["name"] else []}
            for row in csv.DictReader(file)
            if row["name"].removeprefix("Pemerintah ") in NAMES
        ]
    with Session(engine) as session, session.begin():
        session.execute(insert(Agency), rows)
    installation = Installation(settings, sample=False, threads=1)
    sumedang, bandung = map(installation.records.register.find, NAMES[:2])
    operator = Assessments(engine, OPERATOR)
    for agency, year, shift in ((sumedang, 2021, 0), (sumedang, 2022, 1), (bandung, 2022, 2)):
        result = Assessment(agency=agency.name, year=year, stage="external", levels=levels(shift))
        operator.store(agency, result, published=True, source="Hasil buatan")
    staff = accept(engine, invite(engine, sumedang, "staff", "Staf Contoh"), "telegram", "700000001")
    own = Assessments(engine, staff)
    for changed, source in ((1, "isian.xlsx"), (4, "isian-2.xlsx")):
        filled = Assessment(agency=sumedang.name, year=2023, stage="self", levels={**levels(3), 21: changed})
        own.store(sumedang, filled, published=False, source=source)
    asked = Request(intent="why", node="domain 2", agency=sumedang.name, year=2023)
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    Memory(StoredConversations(engine)).remember(staff.name, "telegram:700000001", asked, at)
    with Session(engine) as session, session.begin():
        session.add(Feedback(channel="web", account_id=staff.account_id, helpful=False, reason="kurang rinci"))
    ingest([Path(__file__).with_name("perbup-contoh.txt")], installation.builder())
    print(invite(engine, bandung, "head", "Pimpinan Contoh", days=36500))
    installation.engine.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
