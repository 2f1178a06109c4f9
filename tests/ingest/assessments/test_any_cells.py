"""Whatever stands in the cells, a file is read or refused with a reason; it never fails otherwise."""

import copy
import datetime
import random
from pathlib import Path
from typing import Any

import pytest
from workbooks import CASES

from assistant.records.agencies import Agencies
from ingest.assessments.cells import Sheet
from ingest.assessments.reading import _read_sheets
from ingest.assessments.report import Report
from ingest.assessments.workbooks import read_workbook
from scoring import Assessment, RefusedInput

JUNK: list[Any] = [
    "", "-", 0, 6, -3, 2.5, "x" * 500, "Indikator 99", "D7", "A12", "Instansi", "Tahun", 2023, 1e300, True, "Eks",
    "Target", datetime.datetime(2024, 1, 1), datetime.time(3, 4), datetime.timedelta(1), "Kota Bandung", "I5", "SPBE",
    "Predikat", "=1+1", "\x00", "３", "²", None, "Indeks 2023", float("inf"), float("nan"), "1/0", "12.",
    "Level 9", "Aspek 2",
]  # fmt: skip
ROUNDS = 150


def spoil(sheets: list[Sheet], chance: random.Random) -> None:
    for _ in range(chance.randint(1, 6)):
        rows = chance.choice(sheets).rows
        row = chance.randrange(len(rows)) if rows else 0
        what = chance.random()
        if not rows:
            continue
        if what < 0.7 and rows[row]:
            rows[row][chance.randrange(len(rows[row]))] = chance.choice(JUNK)
        elif what < 0.8:
            del rows[row]
        elif what < 0.9:
            rows.insert(row, list(chance.choice(rows)))
        else:
            column = chance.randrange(12)
            for cells in rows:
                del cells[column : column + 1]


@pytest.mark.parametrize("seed", range(4))
def test_spoiled_cells_are_read_or_refused(seed: int, tmp_path: Path, register: Agencies) -> None:
    chance = random.Random(seed)
    cases = [case for case in CASES if case.suffix == ".xlsx"][seed::4]
    made = {}
    for case in cases:
        path = tmp_path / f"{case.name}.xlsx"
        case.write(path)
        made[case.name] = read_workbook(path.read_bytes(), path.name, "xlsx")[0]
    outcomes = set()
    for _ in range(ROUNDS):
        case = chance.choice(cases)
        sheets = copy.deepcopy(made[case.name])
        spoil(sheets, chance)
        try:
            reading = _read_sheets(Path(f"{case.name}.xlsx"), sheets, register, case.options, Report(case.name))
        except RefusedInput as reason:
            assert reason.message.id and reason.message.en
            outcomes.add("refused")
        else:
            assert all(isinstance(read.assessment, Assessment) for read in reading.assessments)
            outcomes.add("read")
    assert outcomes == {"read", "refused"}
