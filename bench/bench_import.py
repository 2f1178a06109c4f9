"""How long an import of 620 agencies takes, in seconds: target under 3 (issue 4).

Run: python -m bench.bench_import

Prints one JSON document, for workbooks with one agency a row, one figure a row, and one agency a sheet.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from ingest.assessments import read_assessments
from scoring import load_instrument

AGENCIES = 620
TARGET = 3.0  # seconds


class EveryName:
    """A register that knows every name as it is written."""

    def find(self, text: str) -> "EveryName":
        made = EveryName()
        made.id = made.name = text
        return made

    id = ""
    name = ""


def across(path: Path) -> None:
    """One agency a row, 47 indicators across."""
    chance = random.Random(1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Nasional")
    sheet.append(["HASIL EVALUASI EKSTERNAL SPBE TAHUN 2024"])
    sheet.append(["No", "Instansi", *(f"I{n}" for n in range(1, 48))])
    for number in range(AGENCIES):
        sheet.append([number + 1, f"Pemerintah Kab. Nomor {number}", *(chance.randint(1, 5) for _ in range(47))])
    book.save(path)


def down(path: Path) -> None:
    """One figure a row: 620 x 47 rows."""
    chance = random.Random(2)
    names = [indicator.name.id for indicator in load_instrument("spbe-2020").indicators]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Nasional")
    sheet.append(["Instansi", "Tahun", "Tahap", "No", "Indikator", "Nilai"])
    for number in range(AGENCIES):
        for at, name in enumerate(names, 1):
            sheet.append([f"Pemerintah Kab. Nomor {number}", 2024, "Eksternal", at, name, chance.randint(1, 5)])
    book.save(path)


def sheets(path: Path) -> None:
    """One agency a sheet."""
    chance = random.Random(3)
    names = [indicator.name.id for indicator in load_instrument("spbe-2020").indicators]
    book = openpyxl.Workbook(write_only=True)
    for number in range(AGENCIES):
        sheet = book.create_sheet(f"{number}")
        sheet.append(["Instansi", f"Pemerintah Kab. Nomor {number}"])
        sheet.append(["Tahun", 2024])
        sheet.append(["No", "Indikator", "Nilai Pusat"])
        for at, name in enumerate(names, 1):
            sheet.append([at, name, chance.randint(1, 5)])
    book.save(path)


def seconds(write: Callable[[Path], None]) -> float:
    """The best of three imports of one file, reading and checking, without storing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nasional.xlsx"
        write(path)
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            reading = read_assessments(path, EveryName())
            taken.append(time.perf_counter() - start)
            assert len(reading.assessments) == AGENCIES
            assert all(len(read.assessment.levels) == 47 for read in reading.assessments)
    return min(taken)


def main() -> int:
    taken = {write.__name__: round(seconds(write), 2) for write in (across, down, sheets)}
    met = {name: spent < TARGET for name, spent in taken.items()}
    print(json.dumps({"agencies": AGENCIES, "seconds": taken, "target": TARGET, "met": met}, indent=1))
    return int(not all(met.values()))


if __name__ == "__main__":
    sys.exit(main())
