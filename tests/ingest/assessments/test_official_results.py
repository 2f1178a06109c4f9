"""The official tables and documents of shared/results are recognised and read as they are."""

import csv
from fractions import Fraction
from pathlib import Path

from workbooks import CASES

from assistant.records.agencies import Agencies
from ingest.assessments import read_assessments
from scoring import score


def test_every_official_row_of_domains_is_read(shared: Path, register: Agencies) -> None:
    path = shared / "results" / "official-domain-scores.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {(register.find(row["agency"]).name, int(row["year"])): row for row in csv.DictReader(lines)}
    reading = read_assessments(path, register)
    read = {(one.assessment.agency, one.assessment.year): one.assessment for one in reading.assessments}
    assert set(read) == set(rows) and len(read) == 643
    for key, row in rows.items():
        known = read[key]
        assert known.domains == {n: Fraction(row[f"d{n}"]) for n in range(1, 5) if row[f"d{n}"]}
        assert known.published is not None and known.published.index == Fraction(row["index"])
        assert known.published.rating == row["rating"]
    assert reading.report.of("contradiction") == []


def test_the_tauval_sample_is_read_and_its_contradiction_reported(shared: Path) -> None:
    reading = read_assessments(shared / "results" / "tauval-api-sample.csv", None)
    (read,) = reading.assessments
    assert len(read.assessment.aspects) == 8 and read.assessment.year == 2025
    assert read.assessment.published is not None
    assert read.assessment.published.domains[1] == 0
    assert len(reading.report.of("contradiction")) == 4


def test_the_pemdi_sample_gives_its_index(shared: Path, register: Agencies) -> None:
    reading = read_assessments(shared / "results" / "pemdi-aceh-tengah-2026.csv", register)
    external = next(one.assessment for one in reading.assessments if one.assessment.stage == "external")
    assert external.instrument == "pemdi-2026" and len(external.levels) == 20
    assert score(external).index == "1.24"


def test_levels_as_json_are_read_as_they_are(shared: Path, register: Agencies) -> None:
    reading = read_assessments(shared / "results" / "indicator-levels.json", register)
    assert len(reading.assessments) == 6


def test_a_published_domain_that_no_level_can_give_is_kept_and_reported(tmp_path: Path, register: Agencies) -> None:
    path = tmp_path / "hasil-2023.csv"
    path.write_text(
        "tahun;instansi;D1;D2;D3;D4;indeks;predikat\n2023;Kab. Banyuasin;2,00;1,50;1,00;0,30;1,05;Kurang\n",
        encoding="utf-8",
    )
    reading = read_assessments(path, register)
    (read,) = reading.assessments
    assert read.assessment.published is not None
    assert read.assessment.published.domains[4] == Fraction("0.3")
    assert any("0,30" in text.id for text in reading.report.of("contradiction"))


def test_what_was_not_read_is_said(tmp_path: Path, register: Agencies) -> None:
    case = next(case for case in CASES if case.name == "weights_and_notes_beside")
    path = tmp_path / "penilaian.xlsx"
    case.write(path)
    said = " ".join(text.id for text in read_assessments(path, register).report.of("ignored"))
    assert '"Bobot (%)"' in said and '"Nilai x Bobot"' in said and '"Keterangan"' in said
