"""Files in the shapes of real users' files are read as what they say."""

import json
from pathlib import Path

import pytest
from shapes import CASES, Case
from workbooks import EXPECTED

from assistant.records.agencies import Agencies
from ingest.assessments import read_assessments
from scoring import Assessment


def test_there_are_at_least_forty_and_what_they_say_is_committed() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40
    committed = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in EXPECTED.glob("*.json")}
    assert committed == {case.name: case.expected for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_what_it_says(case: Case, tmp_path: Path, register: Agencies) -> None:
    path = tmp_path / f"{case.name}{case.suffix}"
    case.write(path)
    reading = read_assessments(path, register, case.options)
    expected = json.loads((EXPECTED / f"{case.name}.json").read_text(encoding="utf-8"))
    read = {_key(one.assessment): one.assessment for one in reading.assessments}
    wanted = {_key(one): one for one in map(Assessment.model_validate, expected)}
    assert read == wanted
    assert reading.report.of("read")


def _key(assessment: Assessment) -> tuple[str, int, str]:
    return assessment.agency, assessment.year, assessment.stage
