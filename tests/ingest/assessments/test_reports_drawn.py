"""Reports drawn by chance, most of them without rules, are read exactly or refused; nothing is read wrongly.

A run over many more seeds, with the share that was read: ``python tests/ingest/assessments/reports_drawn.py``.
"""

from pathlib import Path

import pytest
from reports_drawn import outcome

from assistant.records.agencies import Agencies

SEEDS = range(3000, 3012)


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_are_read_exactly_with_their_remarks_and_averages(seed: int, tmp_path: Path, register: Agencies) -> None:
    drawn, ended = outcome(seed, tmp_path / "lhe.pdf", register)
    assert (ended.figures, ended.remarks, ended.averages) == ("exact", "exact", "exact"), drawn.look


@pytest.mark.parametrize("seed", SEEDS)
def test_totals_that_the_levels_do_not_give_are_refused(seed: int, tmp_path: Path, register: Agencies) -> None:
    drawn, ended = outcome(seed, tmp_path / "lhe.pdf", register, misprinted=True)
    assert ended.figures == "refused contradictory_totals", drawn.look


@pytest.mark.parametrize("family", ["shapes", "others"])
@pytest.mark.parametrize("seed", range(3000, 3008))
def test_other_forms_are_read_exactly_or_refused(family: str, seed: int, tmp_path: Path, register: Agencies) -> None:
    drawn, ended = outcome(seed, tmp_path / "lhe.pdf", register, family)
    assert ended.figures.split()[0] in ("exact", "refused"), drawn.look
    assert not ended.remarks.startswith("wrong") and ended.averages != "wrong", drawn.look
