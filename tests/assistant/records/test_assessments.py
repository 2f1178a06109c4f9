"""Assessments: the history is kept, and every question to them carries the asker's permission."""

import threading

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assistant.permissions import OPERATOR, VISITOR, Asker
from assistant.records.agencies import Agencies
from assistant.records.assessments import Assessments
from assistant.records.models import AssessmentRecord, AuditEntry
from scoring import RefusedInput
from tests.assistant.records.conftest import ELSEWHERE, NEIGHBOUR, OURS, put

MAY_SEE_OURS = {
    "visitor": False,
    "staff": True,
    "head": True,
    "staff of another agency": False,
    "coordinator": True,
    "coordinator of another province": False,
    "operator": True,
}
MAY_WRITE_OURS = {**dict.fromkeys(MAY_SEE_OURS, False), "staff": True, "head": True, "operator": True}


def _all(engine: Engine) -> list[AssessmentRecord]:
    with Session(engine) as session:
        return list(session.scalars(select(AssessmentRecord).order_by(AssessmentRecord.id)))


def test_a_new_version_replaces_the_old_one_and_leaves_it_as_it_was(engine: Engine, register: Agencies) -> None:
    assert put(engine, register, OURS, level=2)
    first = _all(engine)[0]
    assert put(engine, register, OURS, level=3)
    old, new = _all(engine)
    assert (old.document, old.source, old.created_at) == (first.document, first.source, first.created_at)
    assert old.replaced_at is not None and old.replaced_at >= old.created_at
    assert new.replaced_at is None
    held = Assessments(engine, OPERATOR).find(register.find(OURS), 2024)
    assert set(held.assessment.levels.values()) == {3}


def test_the_same_assessment_again_adds_nothing(engine: Engine, register: Agencies) -> None:
    assert put(engine, register, OURS)
    assert not put(engine, register, OURS)
    assert len(_all(engine)) == 1


def test_stages_years_and_published_versions_are_kept_apart(engine: Engine, register: Agencies) -> None:
    put(engine, register, OURS, level=3)
    put(engine, register, OURS, level=4, stage="self", published=False)
    put(engine, register, OURS, level=5, year=2023)
    put(engine, register, OURS, level=2, published=False)
    assert [record.replaced_at for record in _all(engine)] == [None] * 4


def test_who_stored_it_when_and_from_what_is_kept(engine: Engine, register: Agencies, askers: dict[str, Asker]) -> None:
    put(engine, register, OURS, by=askers["staff"])
    (record,) = _all(engine)
    assert (record.created_by, record.source) == ("account 1", f"{OURS} 2024")
    assert record.created_at.tzinfo is not None
    with Session(engine) as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.actor, entry.action) == ("account 1", "assessment stored")


def test_one_refused_assessment_keeps_all_of_a_file_out(
    engine: Engine, register: Agencies, askers: dict[str, Asker]
) -> None:
    put(engine, register, OURS)
    ours, other = register.find(OURS), register.find(NEIGHBOUR)
    known = Assessments(engine, OPERATOR).find(ours).assessment.model_copy(update={"year": 2023})
    with pytest.raises(RefusedInput):
        Assessments(engine, askers["staff"]).store_all([(ours, known, "x"), (other, known, "x")], published=False)
    assert len(_all(engine)) == 1


def test_two_writers_at_once_leave_one_current_version(engine: Engine, register: Agencies) -> None:
    put(engine, register, OURS, level=1)
    problems: list[BaseException] = []

    def write(level: int) -> None:
        try:
            put(engine, register, OURS, level=level)
        except Exception as reason:
            problems.append(reason)

    threads = [threading.Thread(target=write, args=(level,)) for level in (2, 3, 4, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    records = _all(engine)
    assert len(records) == 5
    assert sum(record.replaced_at is None for record in records) == 1


@pytest.mark.parametrize("who", MAY_SEE_OURS)
def test_every_way_of_reading_carries_the_permission(
    engine: Engine, register: Agencies, askers: dict[str, Asker], who: str
) -> None:
    put(engine, register, OURS, year=2023, published=True)
    put(engine, register, OURS, year=2025, stage="external", published=False)
    put(engine, register, NEIGHBOUR, year=2023)
    put(engine, register, ELSEWHERE, year=2023)
    ours, seen = register.find(OURS), MAY_SEE_OURS[who]
    records = Assessments(engine, askers[who])
    assert [h.assessment.year for h in records.of(ours)] == ([2023, 2025] if seen else [2023])
    latest = records.latest(ours)
    assert latest is not None and latest.assessment.year == (2025 if seen else 2023)
    assert (records.latest(ours, 2025) is not None) == seen
    assert len(records.group(2025)) == seen
    assert len(records.group(2025, "Jawa Barat")) == seen
    assert (2025 in records.years()) == seen
    assert (2025 in records.years("Jawa Barat")) == seen
    assert records.may_read_all(ours) == seen
    if seen:
        assert records.find(ours, 2025).assessment.year == 2025
    else:
        with pytest.raises(RefusedInput) as refused:
            records.find(ours, 2025)
        assert "2025 (" not in str(refused.value.message)


@pytest.mark.parametrize("who", MAY_WRITE_OURS)
def test_only_an_agencys_own_people_and_the_operator_write_for_it(
    engine: Engine, register: Agencies, askers: dict[str, Asker], who: str
) -> None:
    if MAY_WRITE_OURS[who]:
        assert put(engine, register, OURS, by=askers[who], published=False)
        return
    with pytest.raises(RefusedInput, match="tidak berhak"):
        put(engine, register, OURS, by=askers[who], published=False)
    assert _all(engine) == []


def test_the_preferred_stage_speaks_first_and_a_target_only_when_asked_for(engine: Engine, register: Agencies) -> None:
    ours = register.find(OURS)
    for stage, level in (("target", 5), ("self", 4), ("external", 3)):
        put(engine, register, OURS, stage=stage, level=level)
    put(engine, register, OURS, stage="target", year=2026)
    records = Assessments(engine, VISITOR)
    assert [h.assessment.stage for h in records.of(ours)] == ["external", "self", "target", "target"]
    assert records.find(ours).label == f"spbe-2020; {ours.name} 2024 external"
    assert records.find(ours, 2026, "target").assessment.year == 2026
    assert records.latest(ours, 2026) is None


def test_a_group_is_of_one_year_stage_province_and_kind(engine: Engine, register: Agencies) -> None:
    for agency in (OURS, NEIGHBOUR, ELSEWHERE):
        put(engine, register, agency)
    put(engine, register, OURS, stage="self")
    put(engine, register, OURS, year=2023)
    records = Assessments(engine, VISITOR)
    assert len(records.group(2024)) == 3
    assert [h.assessment.agency for h in records.group(2024, "Jawa Barat")] == [OURS, NEIGHBOUR]
    assert [h.assessment.agency for h in records.group(2024, "Jawa Barat", ["kota"])] == [NEIGHBOUR]


def test_what_is_refused_names_what_is_held(engine: Engine, register: Agencies) -> None:
    put(engine, register, OURS)
    with pytest.raises(RefusedInput) as refused:
        Assessments(engine, VISITOR).find(register.find(OURS), 2019)
    assert "Yang ada: 2024" in refused.value.message.id
    with pytest.raises(RefusedInput) as nothing:
        Assessments(engine, VISITOR).find(register.find(NEIGHBOUR))
    assert "spbe import" in nothing.value.message.en


def test_history_is_counted_in_rows_never_rewritten(engine: Engine, register: Agencies) -> None:
    for level in (1, 2, 3, 2, 1):
        put(engine, register, OURS, level=level)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(AssessmentRecord)) == 5
    assert [set(record.document["levels"].values()) for record in _all(engine)] == [{"1"}, {"2"}, {"3"}, {"2"}, {"1"}]


def test_years_and_counts_are_those_the_asker_may_see(
    engine: Engine, register: Agencies, askers: dict[str, Asker]
) -> None:
    put(engine, register, OURS, year=2022, stage="self", published=False)
    put(engine, register, OURS, year=2023)
    put(engine, register, OURS, year=2023, level=4)
    put(engine, register, OURS, year=2025, stage="target")
    put(engine, register, NEIGHBOUR, year=2023)
    put(engine, register, ELSEWHERE, year=2023)
    ours = register.find(OURS)
    for who, sees in MAY_SEE_OURS.items():
        assessments = Assessments(engine, askers[who])
        assert assessments.years_of(ours) == ({2022, 2023} if sees else {2023}), who
        private = {(2022, "self"): 1} if sees else {}
        whole = {(2023, "external"): 2, (2025, "target"): 1} | private
        assert assessments.held_of("Jawa Barat", ("kab", "kota")) == whole, who
        assert assessments.held_of("Jawa Barat", ("prov",)) == {}
