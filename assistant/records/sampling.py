"""The sample data that a new installation starts with: the register and the published results."""

import csv
import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from assistant.records.models import Agency, AssessmentRecord, now
from scoring import Assessment

SAMPLE = Path(__file__).parent / "sample"
REPORT = "Laporan Pelaksanaan Evaluasi SPBE {year}, Kementerian PANRB"


def load_register(engine: Engine) -> None:
    """Fill the register of agencies where it is empty."""
    with Session(engine) as session, session.begin():
        if session.scalar(select(func.count()).select_from(Agency)):
            return
        with (SAMPLE / "agencies.csv").open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, Any]] = [
                {**row, "province": row["province"] or None, "aliases": []} for row in csv.DictReader(file)
            ]
        session.execute(insert(Agency), rows)


def load_sample(engine: Engine) -> int:
    """Store the published results where there are no assessments yet; returns how many were stored."""
    with Session(engine) as session, session.begin():
        if session.scalar(select(func.count()).select_from(AssessmentRecord)):
            return 0
        ids = {name: id_ for id_, name in session.execute(select(Agency.id, Agency.name))}
        names = {id_: name for name, id_ in ids.items()}
        rows: dict[tuple[str, int, str], dict[str, Any]] = {}
        for document, source in _documents(names):
            known = Assessment.model_validate(document)
            key = (ids[known.agency], known.year, known.stage)
            rows[key] = {
                "agency_id": key[0],
                "instrument": known.instrument,
                "year": known.year,
                "stage": known.stage,
                "document": known.model_dump(mode="json", exclude_defaults=True),
                "published": True,
                "source": source,
                "created_by": "sample",
                "created_at": now(),
            }
        session.execute(insert(AssessmentRecord), list(rows.values()))
        return len(rows)


def _documents(names: dict[str, str]) -> list[tuple[dict[str, Any], str]]:
    """The official rows first, then the finer-grained ones, which replace them."""
    documents: list[tuple[dict[str, Any], str]] = []
    with (SAMPLE / "official-results.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            domains = {str(n): row[f"d{n}"] for n in range(1, 5) if row[f"d{n}"]}
            document = {
                "agency": names[row["agency"]],
                "year": int(row["year"]),
                "domains": domains,
                "published": {"index": row["index"], "rating": row["rating"], "domains": domains},
            }
            documents.append((document, REPORT.format(year=row["year"])))
    for document in json.loads((SAMPLE / "assessments.json").read_text(encoding="utf-8")):
        source = document.pop("source")
        documents.append((document, source))
    return documents
