"""Reports in layouts that the reader was not made from give their levels, totals and remarks all the same."""

from fractions import Fraction
from pathlib import Path

import pytest
from reports import words
from reports_of_other_years import LAYOUTS, known_of, write

from assistant.records.agencies import Agencies
from ingest.assessments import Options, read_assessments
from scoring import RefusedInput, load_instrument, score


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_is_read_by_its_structure(layout: str, tmp_path: Path, register: Agencies) -> None:
    path = tmp_path / "lhe.pdf"
    known, card = write(layout, path, seed=5)
    reading = read_assessments(path, register)
    (read,) = reading.assessments
    got, instrument = read.assessment, load_instrument(known.instrument)
    assert (got.instrument, got.agency, got.year) == (known.instrument, known.agency, known.year)
    assert got.levels == known.levels
    assert got.published is not None
    assert (got.published.index, got.published.rating) == (Fraction(str(card.index)), card.rating)
    assert got.published.domains == {d.number: Fraction(str(d.value)) for d in card.domains}
    assert got.published.aspects == {a.number: Fraction(str(a.value)) for a in card.aspects}
    for what, said in (("strength", "kekuatan"), ("weakness", "kelemahan")):
        found = {p.headings[0]: p.text.rstrip(".") for p in reading.passages if p.headings[1] == what}
        expected = {} if layout == "without_findings" else {a.number: words(a.number, said) for a in instrument.aspects}
        assert found == {f"aspect {number}": text for number, text in expected.items()}


def test_a_report_without_findings_says_so(tmp_path: Path, register: Agencies) -> None:
    path = tmp_path / "lhe.pdf"
    write("without_findings", path, seed=5)
    assert any("kekuatan" in note.id for note in read_assessments(path, register).report.of("ignored"))


def test_columns_of_another_stage_are_named_as_not_read(tmp_path: Path, register: Agencies) -> None:
    path = tmp_path / "lhe.pdf"
    write("self_assessment_beside", path, seed=5)
    said = " ".join(note.id for note in read_assessments(path, register).report.of("ignored"))
    assert '"Nilai Mandiri"' in said and '"Penilaian Mandiri"' in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_totals_that_the_levels_do_not_give_are_shown_and_not_stored_silently(
    layout: str, tmp_path: Path, register: Agencies
) -> None:
    _, instrument, year, agency = LAYOUTS[layout]
    path = tmp_path / "lhe.pdf"
    write(layout, path, seed=5, printed=score(known_of(load_instrument(instrument), 6, agency, year)))
    with pytest.raises(RefusedInput) as refused:
        read_assessments(path, register)
    assert refused.value.code == "contradictory_totals"
    assert read_assessments(path, register, Options(accept_contradictions=True)).report.of("contradiction")
