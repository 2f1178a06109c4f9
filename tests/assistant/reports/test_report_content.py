"""What a report says: the published value first, what is missing as missing, and nothing the asker may not see."""

from collections.abc import Callable

import pytest

from assistant.permissions import VISITOR, Asker
from assistant.reports.content import Report
from assistant.reports.document import docx
from assistant.reports.portable import pdf
from assistant.reports.workbook import workbook
from bots.assembly import Installation
from knowledge.building import Origin
from knowledge.library import Rule
from knowledge.passage import Passage
from scoring import RefusedInput
from tests.assistant.reports.conftest import AGENCY

Reports = Callable[..., Report]
EVERY_3 = dict.fromkeys(range(1, 48), 3)


def told(report: Report) -> str:
    summary = report.summary
    parts = [*summary.verdict, *summary.holding_back, *summary.first, *report.findings]
    return " ".join([*(f"{part.lead} {part.text}" for part in parts), *report.limits])


def test_the_first_page_says_index_rating_what_holds_back_and_what_to_do(report_on: Reports) -> None:
    report = report_on("Bandar Lampung", year=2024)
    figures = {figure.label: figure.value for figure in report.summary.figures}
    assert figures == {
        "Indeks": "2,98",
        "Predikat": "Baik",
        "Indikator dinilai": "47/47",
        "Menuju Sangat Baik": "+0,52",
    }
    assert [s.lead for s in report.summary.holding_back[:2]] == [
        "Arsitektur SPBE (11), tingkat 1.",
        "Peta Rencana SPBE (12), tingkat 1.",
    ]
    assert report.plan is not None
    assert all(step.sources for step in report.summary.first)
    assert report.plan.end >= report.instrument.bands[3].lower


def test_every_source_number_is_a_citation_with_place_and_status(report_on: Reports) -> None:
    report = report_on("Bandar Lampung", year=2024)
    assert report.plan is not None
    rows = [s for row in report.plan.rows for s in row.requirements]
    used = {n for s in [*report.summary.verdict, *report.summary.first, *rows] for n in s.sources}
    assert used == {citation.number for citation in report.citations}
    assert all(citation.locator and citation.status for citation in report.citations)


def test_english_reports_speak_english(report_on: Reports) -> None:
    report = report_on("Bandar Lampung", year=2024, language="en")
    assert "The SPBE index of Kota Bandar Lampung in 2024 is 2.98 (Good), published" in told(report)


def test_missing_levels_are_named_and_not_counted(report_on: Reports) -> None:
    report = report_on("Aceh Tengah", year=2025)
    assert "Belum dinilai: indikator 7, 8, 18, 38, 43, 44." in told(report)
    assert {row.number for row in report.indicators if row.value is None} == {7, 8, 18, 38, 43, 44}
    assert report.plan is not None
    assert {row.indicator for row in report.plan.rows if row.assumed} <= {7, 8, 18, 38, 43, 44}
    assert any("hanya mungkin dengan: 18 (2), 38 (2)" in note for note in report.plan.notes)
    assert any(
        "Indikator 7, 8 hanya diketahui jumlah tingkatnya, 5; dihitung 2, 3." in note for note in report.plan.notes
    )


def test_an_incomplete_unpublished_index_is_an_interval(report_of: Reports) -> None:
    report = report_of(year=2021, levels={**EVERY_3, 1: None})
    assert report.summary.figures[0].value == "2,97–3,03"
    assert report.summary.figures[1].value == "–"
    assert "belum lengkap: nilainya antara 2,97 dan 3,03" in told(report)


def test_an_agency_known_by_domain_gets_one_sentence_in_place_of_a_plan(report_on: Reports) -> None:
    report = report_on("Kab. Sumedang", year=2023, stage="external")
    assert report.plan is None
    assert report.indicators == ()
    assert {gap.kind for gap in report.gaps} == {"domain"}
    assert sum("rencana tidak dapat disusun" in limit for limit in report.limits) == 1


def test_a_second_hand_instrument_says_so(report_of: Reports) -> None:
    report = report_of(instrument="pemdi-2026", year=2026, levels=dict.fromkeys(range(1, 21), "2.4"))
    assert "dari sumber kedua" in told(report)
    assert all(citation.second_hand for citation in report.citations)


def test_a_target_that_is_met_has_no_steps(report_of: Reports) -> None:
    reached = report_of(year=2022, levels=EVERY_3, target="2,5")
    assert reached.plan is not None
    assert (reached.plan.verdict, reached.plan.rows) == ("Sudah terpenuhi: indeks 2,50.", ())


def test_unpublished_assessments_are_refused_to_visitors_and_marked_for_their_owner(
    report_of: Reports, report_on: Reports, house: Installation
) -> None:
    report_of(year=2019, instrument="spbe-2018", levels=dict.fromkeys(range(1, 38), 2))
    with pytest.raises(RefusedInput) as refusal:
        report_on(AGENCY, asker=VISITOR, year=2019)
    assert refusal.value.code == "no_assessment"
    own = Asker(role="staff", agency_id=house.records.register.find(AGENCY).id)
    assert "belum diumumkan" in told(report_on(AGENCY, asker=own, year=2019))


@pytest.fixture(scope="module")
def remark(house: Installation) -> str:
    """An unpublished remark of the assessors on the agency's external assessment of 2024."""
    entry = house.records.register.find(AGENCY)
    rule = Rule(id=f"lhe-{entry.id}-2024", short="LHE", title="Laporan", kind="lhe", number="-", year=2024)
    words = "Peta Rencana belum dijadikan rujukan penganggaran."
    passage = Passage(
        id=f"finding:{rule.id}#1",
        rule=rule.id,
        title="LHE SPBE Kab. Sumedang 2024",
        locator="Aspek 2, kelemahan 1",
        text=words,
        kind="finding",
        page=9,
        headings=("aspect 2", "weakness"),
        agency=AGENCY,
        published=False,
    )
    house.builder().put(Origin(f"finding:{entry.id}-2024", [passage], (rule,)))
    return words


def test_the_assessors_words_are_cited_with_their_page_to_those_who_may_see_them(
    report_on: Reports, remark: str, house: Installation
) -> None:
    own = Asker(role="staff", agency_id=house.records.register.find(AGENCY).id)
    seen = report_on(AGENCY, asker=own, year=2024, stage="external")
    (finding,) = seen.findings
    assert (finding.text, finding.lead) == (remark, "Perencanaan Strategis SPBE")
    assert [c.page for c in seen.citations if c.number in finding.sources] == [9]
    hidden = report_on(AGENCY, asker=VISITOR, year=2024, stage="external")
    assert hidden.findings == ()
    assert all(citation.kind != "finding" for citation in hidden.citations)


@pytest.mark.parametrize("render", [pdf, docx, workbook])
@pytest.mark.parametrize(
    ("agency", "options"),
    [
        ("Bandar Lampung", {"year": 2024}),
        ("Aceh Tengah", {"year": 2025, "language": "en"}),
        ("Kab. Sumedang", {"year": 2023, "stage": "external"}),
        ("Kab. Indramayu", {"stage": "self"}),
    ],
)
def test_every_kind_of_assessment_renders_in_every_format(
    report_on: Reports, render: Callable[[Report], bytes], agency: str, options: dict[str, object]
) -> None:
    made = render(report_on(agency, **options))
    assert made.startswith(b"%PDF" if render is pdf else b"PK")
