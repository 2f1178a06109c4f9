"""spbe import: all of a file or nothing of it, a report, and an exit code that tells."""

import json
import sys
from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from assistant.permissions import OPERATOR, VISITOR
from assistant.records.agencies import Agencies
from assistant.records.assessments import Assessments
from assistant.records.models import AssessmentRecord
from assistant.settings import Settings
from bots.assembly import Installation
from bots.commands.importing import import_files

sys.path.insert(0, str(Path(__file__).parents[1] / "ingest" / "assessments"))
from broken import BROKEN
from reports import LAYOUTS, truth
from workbooks import CASES

GOOD = next(case for case in CASES if case.name == "two_years_five_stages")
QUICK = [case for case in BROKEN if case.name not in ("zip_bomb", "styles_of_100_mb", "pdf_of_pictures")]


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(Settings(data_dir=tmp_path / "data"), sample=False)


def run(installation: Installation, *arguments: str) -> Result:
    app = typer.Typer()
    app.command("import")(import_files)
    return CliRunner().invoke(app, list(arguments), obj=installation)


def stored(installation: Installation) -> int:
    with Session(installation.engine) as session:
        return session.scalar(select(func.count()).select_from(AssessmentRecord)) or 0


def good_file(tmp_path: Path) -> Path:
    path = tmp_path / f"{GOOD.name}{GOOD.suffix}"
    GOOD.write(path)
    return path


def test_a_file_is_stored_as_private_and_reported(installation: Installation, tmp_path: Path) -> None:
    result = run(installation, str(good_file(tmp_path)))
    assert result.exit_code == 0, result.output
    assert stored(installation) == len(GOOD.expected) == 10
    assert "10 penilaian disimpan" in result.stdout and "Dibaca:" in result.stdout
    with Session(installation.engine) as session:
        bandung = Agencies.load(session).find("Kota Bandung")
    assert len(Assessments(installation.engine, OPERATOR).of(bandung)) == 10
    assert Assessments(installation.engine, VISITOR).of(bandung) == []


def test_the_same_file_again_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    path = str(good_file(tmp_path))
    run(installation, path)
    again = run(installation, path)
    assert again.exit_code == 0 and stored(installation) == 10
    assert "0 penilaian disimpan, 10 sudah ada" in again.stdout


def test_published_results_may_be_seen_by_all(installation: Installation, tmp_path: Path) -> None:
    run(installation, str(good_file(tmp_path)), "--publish")
    with Session(installation.engine) as session:
        bandung = Agencies.load(session).find("Kota Bandung")
    assert len(Assessments(installation.engine, VISITOR).of(bandung)) == 10


def test_a_dry_run_reports_and_stores_nothing(installation: Installation, tmp_path: Path) -> None:
    result = run(installation, str(good_file(tmp_path)), "--dry-run")
    assert result.exit_code == 0 and stored(installation) == 0
    assert "Tidak ada yang disimpan (--dry-run)" in result.stdout


def test_a_dry_run_speaks_english_when_asked(installation: Installation, tmp_path: Path) -> None:
    result = run(installation, str(good_file(tmp_path)), "--dry-run", "--lang", "en")
    assert "Nothing was stored (--dry-run)." in result.stdout


def test_a_refused_file_exits_1_with_the_reason_and_the_others_are_stored(
    installation: Installation, tmp_path: Path
) -> None:
    case = next(case for case in BROKEN if case.name == "level_six")
    case.write(tmp_path / case.file)
    result = run(installation, str(tmp_path / case.file), str(good_file(tmp_path)))
    assert result.exit_code == 1
    assert "tingkat 6 tidak ada pada spbe-2020" in result.stderr
    assert stored(installation) == 10


def test_nothing_is_stored_from_any_broken_file(installation: Installation, tmp_path: Path) -> None:
    for case in QUICK:
        case.write(tmp_path / case.file)
        options = ["--agency", case.options.agency] if case.options.agency else []
        assert run(installation, str(tmp_path / case.file), *options).exit_code == 1, case.name
    assert stored(installation) == 0
    assert installation.store.sources() == {}


def test_json_is_one_document_with_report_assessments_and_errors(installation: Installation, tmp_path: Path) -> None:
    missing = tmp_path / "tidak-ada.xlsx"
    result = run(installation, str(good_file(tmp_path)), str(missing), "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    good, bad = document["files"]
    assert good["stored"] == 10 and len(good["assessments"]) == 10 and good["read"]
    assert good["assessments"][0]["agency"] == "Pemerintah Kota Bandung"
    assert bad["error"]["code"] == "no_such_file"


def test_zeros_are_missing_when_the_person_says_so(installation: Installation, tmp_path: Path) -> None:
    case = next(case for case in BROKEN if case.name == "zeros")
    case.write(tmp_path / case.file)
    assert run(installation, str(tmp_path / case.file)).exit_code == 1
    result = run(installation, str(tmp_path / case.file), "--zero-is-missing")
    assert result.exit_code == 0 and "5 nilai 0 dibaca sebagai belum dinilai" in result.stdout


def test_an_unknown_stage_is_refused(installation: Installation, tmp_path: Path) -> None:
    result = run(installation, str(good_file(tmp_path)), "--stage", "akhir")
    assert result.exit_code == 1 and "target, self, internal, external, final" in result.stderr


def test_the_assessors_words_of_a_report_become_private_passages(installation: Installation, tmp_path: Path) -> None:
    write, agency, year = LAYOUTS["three_years_ruled"]
    write(tmp_path / "lhe.pdf", *truth(4, agency, year))
    result = run(installation, str(tmp_path / "lhe.pdf"))
    assert result.exit_code == 0, result.output
    assert stored(installation) == 1
    held = installation.store.findings(agency, private=True)
    assert {passage.headings for passage in held} >= {("aspect 2", "weakness"), ("aspect 8", "recommendation")}
    assert installation.store.findings(agency) == []
    assert installation.index.current
    rule = installation.store.library().get("lhe-kab-garut-2023")
    assert rule is not None and rule.status == "in force"
    run(installation, str(tmp_path / "lhe.pdf"), "--publish")
    assert len(installation.store.findings(agency)) == len(held)
