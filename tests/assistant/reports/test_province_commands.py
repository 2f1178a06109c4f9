"""spbe province and spbe crosswalk, registered on an application of the test's own."""

import json
from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner

from assistant.reports.content import Report
from bots.assembly import Installation
from bots.commands.crossing import crosswalk
from bots.commands.province import province
from tests.assistant.reports.conftest import AGENCY

Reports = Callable[..., Report]


@pytest.fixture(scope="module")
def run(house: Installation) -> Callable[..., tuple[int, str, str]]:
    app = typer.Typer()
    app.command("province")(province)
    app.command("crosswalk")(crosswalk)

    @app.callback()
    def opened(context: typer.Context) -> None:
        context.obj = house

    def on(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return on


def test_a_province_is_seen_by_its_districts_alone(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("province", "Jawa Barat", "--year", "2024", "--json")
    assert code == 0
    view = json.loads(out)
    assert view["agencies"] == 27
    members = [m["agency"] for part in view["weak"] for m in [*part["learners"], *part["teachers"]]]
    assert "Pemerintah Provinsi Jawa Barat" not in members
    code, out, _ = run("province", "Jawa Barat", "--year", "2024")
    assert "Manajemen SPBE: rata-rata 2,70; 16 di bawah tingkat 3" in out


def test_a_year_without_data_is_refused(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("province", "Jawa Barat", "--year", "1999", "--lang", "en")
    assert (code, out) == (1, "")
    assert "No data of districts of Jawa Barat 1999" in err


def test_the_crosswalk_says_what_goes_on_and_why(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("crosswalk", "--json")
    assert code == 0
    assert {link["relation"] for link in json.loads(out)["links"]} >= {"continues", "ends"}
    _, out, _ = run("crosswalk", "--lang", "en")
    assert "Second-hand; not checked" in out


def test_an_agency_is_seen_on_both_sides(report_of: Reports, run: Callable[..., tuple[int, str, str]]) -> None:
    report_of(year=2031, levels=dict.fromkeys(range(1, 48), 4))  # later than other tests' years
    report_of(instrument="pemdi-2026", year=2032, levels=dict.fromkeys(range(1, 21), "2.25"))
    code, out, _ = run("crosswalk", "--agency", AGENCY, "--json")
    assert code == 0
    found = json.loads(out)
    assert (found["before_year"], found["after_year"]) == (2031, 2032)
    _, out, _ = run("crosswalk", "--agency", AGENCY)
    assert "(4,00)" in out
    assert "(2,25)" in out


def test_one_side_missing_is_refused_with_what_to_do(run: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = run("crosswalk", "--agency", "Bandar Lampung")
    assert code == 1
    assert "belum punya penilaian dengan pemdi-2026" in err
