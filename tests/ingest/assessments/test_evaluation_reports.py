"""The ministry's evaluation report is read by its structure, whatever the year's layout."""

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest
from reports import INSTRUMENT, LAYOUTS, truth, words

from assistant.records.agencies import Agencies
from ingest.assessments import Options, Reading, read_assessments
from scoring import Assessment, RefusedInput

YEARS = (2021, 2022, 2024)
_SECONDS = 30  # for one report; alone on two cores it takes 1 to 5, other work beside it may double that


@pytest.fixture(scope="module")
def official(shared: Path, register: Agencies) -> dict[int, tuple[Reading, float]]:
    read = {}
    for year in YEARS:
        start = time.perf_counter()
        reading = read_assessments(shared / "documents" / f"lhe-bandar-lampung-{year}.pdf", register)
        read[year] = reading, time.perf_counter() - start
    return read


@pytest.mark.parametrize("year", YEARS)
def test_an_official_report_gives_exactly_its_levels_and_totals(
    year: int, official: dict[int, tuple[Reading, float]], shared: Path
) -> None:
    held = json.loads((shared / "results" / "indicator-levels.json").read_text(encoding="utf-8"))
    document = next(one for one in held if "Bandar Lampung" in one["agency"] and one["year"] == year)
    expected = Assessment.model_validate(document)
    (read,) = official[year][0].assessments
    got = read.assessment
    assert (got.agency, got.year, got.stage, got.levels) == (
        expected.agency,
        expected.year,
        expected.stage,
        expected.levels,
    )
    assert got.published is not None and expected.published is not None
    assert got.published.index == expected.published.index
    assert got.published.domains == expected.published.domains
    assert got.published.aspects == expected.published.aspects
    assert got.published.rating == (expected.published.rating or "Kurang")


@pytest.mark.parametrize("year", YEARS)
def test_an_official_report_is_read_in_seconds(year: int, official: dict[int, tuple[Reading, float]]) -> None:
    assert official[year][1] < _SECONDS


@pytest.mark.parametrize("year", (2021, 2024))
def test_the_assessors_words_are_passages_of_their_aspect_and_page(
    year: int, official: dict[int, tuple[Reading, float]]
) -> None:
    reading = official[year][0]
    for what in ("strength", "weakness"):
        found = [passage for passage in reading.passages if passage.headings[1] == what]
        assert [passage.headings[0] for passage in found] == [f"aspect {n}" for n in range(1, 9)]
        assert all(passage.page and len(passage.text) > 40 for passage in found)
    assert any(passage.headings[1] == "recommendation" for passage in reading.passages)
    assert (
        {passage.rule for passage in reading.passages} == {reading.rules[0].id} == {f"lhe-kota-bandar-lampung-{year}"}
    )
    assert {(passage.kind, passage.agency, passage.published) for passage in reading.passages} == {
        ("finding", "Pemerintah Kota Bandar Lampung", False)
    }
    assert len({passage.id for passage in reading.passages}) == len(reading.passages)


def test_a_remark_that_runs_over_the_page_has_the_page_it_begins_on(
    official: dict[int, tuple[Reading, float]],
) -> None:
    by_id = {passage.id: passage for passage in official[2021][0].passages}
    weakness = by_id["finding:kota-bandar-lampung-2021:aspect-2:weakness:1"]
    assert weakness.page == 5
    assert weakness.text.endswith("Inovasi Proses Bisnis SPBE")
    assert weakness.locator == "Aspek 2, kelemahan"


@pytest.mark.parametrize(
    ("year", "aspect", "nation", "cities"),
    [(2021, 2, "1,77", "1,78"), (2022, 7, "3,03", "3,23"), (2024, 3, "2,75", "3,10"), (2024, 5, "1,91", "2,09")],
)
def test_averages_of_groups_are_read_also_from_a_picture(
    year: int, aspect: int, nation: str, cities: str, official: dict[int, tuple[Reading, float]]
) -> None:
    wanted = (f"aspect {aspect}", "average")
    (average,) = [passage for passage in official[year][0].passages if passage.headings == wanted]
    assert f"Nasional {nation};" in average.text and average.text.endswith(f"Kota {cities}.")


def test_published_findings_say_so(shared: Path, register: Agencies) -> None:
    path = shared / "documents" / "lhe-bandar-lampung-2021.pdf"
    reading = read_assessments(path, register, Options(published=True))
    assert all(passage.published for passage in reading.passages)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(3))
def test_a_layout_that_no_year_has_used_is_read_exactly(
    layout: str, seed: int, tmp_path: Path, register: Agencies
) -> None:
    write, agency, year = LAYOUTS[layout]
    known, card = truth(seed, agency, year)
    path = tmp_path / "lhe.pdf"
    write(path, known, card)
    (read,) = read_assessments(path, register).assessments
    got = read.assessment
    assert (got.agency, got.year, got.stage, got.levels) == (agency, year, "external", known.levels)
    assert got.published is not None
    assert got.published.index == Fraction(str(card.index))
    assert got.published.domains == {d.number: Fraction(str(d.value)) for d in card.domains}
    assert got.published.aspects == {a.number: Fraction(str(a.value)) for a in card.aspects}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_remarks_of_such_a_layout_belong_to_their_aspects(layout: str, tmp_path: Path, register: Agencies) -> None:
    write, agency, year = LAYOUTS[layout]
    path = tmp_path / "lhe.pdf"
    write(path, *truth(1, agency, year))
    passages = read_assessments(path, register).passages
    for what, said in (("strength", "kekuatan"), ("weakness", "kelemahan")):
        found = {p.headings[0]: p.text.rstrip(".") for p in passages if p.headings[1] == what}
        assert found == {f"aspect {a.number}": words(a.number, said) for a in INSTRUMENT.aspects}


def test_levels_that_do_not_make_the_printed_index_are_shown_and_not_returned(
    tmp_path: Path, register: Agencies
) -> None:
    write, agency, year = LAYOUTS["three_years_ruled"]
    known, card = truth(1, agency, year)
    other = known.model_copy(update={"levels": known.levels | {11: Fraction(5 if known.levels[11] < 5 else 1)}})
    path = tmp_path / "lhe.pdf"
    write(path, other, card)
    with pytest.raises(RefusedInput) as refused:
        read_assessments(path, register)
    assert refused.value.code == "contradictory_totals"
    accepted = read_assessments(path, register, Options(accept_contradictions=True))
    assert accepted.report.of("contradiction")
