"""The register that ships, and the folder's own modules."""

import csv
import sys
from pathlib import Path

import pytest

from assistant.records.agencies import Agencies, AgencyEntry

sys.path.insert(0, str(Path(__file__).parent))

SAMPLE = Path(__file__).parents[3] / "assistant" / "records" / "sample" / "agencies.csv"


def load_register() -> Agencies:
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        return Agencies(
            [
                AgencyEntry(row["id"], row["name"], row["kind"], row["province"] or None, row["group"])
                for row in csv.DictReader(lines)
            ]
        )


@pytest.fixture(scope="session")
def register() -> Agencies:
    return load_register()
