"""Assessments in the records: what is held about whom, as far as the asker may see it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine, Select, case, func, select, update
from sqlalchemy.orm import Session, joinedload

from assistant.permissions import Asker, may_see, may_write
from assistant.records.agencies import AgencyEntry
from assistant.records.models import Agency, AssessmentRecord, AuditEntry, now
from scoring import Assessment, RefusedInput, Stage, Text
from scoring.assessment import STAGE_NAMES

PREFERENCE: tuple[Stage, ...] = ("final", "external", "internal", "self", "target")
"""Which stage is spoken of first where several are held."""


@dataclass(frozen=True)
class Held:
    """An assessment that is held, and what is known of the record."""

    assessment: Assessment
    published: bool
    source: str
    created_at: datetime

    @property
    def label(self) -> str:
        """Its source in a figure: "spbe-2020; Pemerintah Kota Bandar Lampung 2024 external"."""
        known = self.assessment
        return f"{known.instrument}; {known.agency} {known.year} {known.stage}"


def _held(record: AssessmentRecord) -> Held:
    return Held(_read(json.dumps(record.document)), record.published, record.source, record.created_at)


@lru_cache(maxsize=4096)
def _read(document: str) -> Assessment:
    """A stored document, checked; a national ranking reads the same six hundred for every question."""
    return Assessment.model_validate_json(document)


class Assessments:
    """The assessments one asker may see, made for one question or request. Every query carries the permission."""

    def __init__(self, engine: Engine, asker: Asker) -> None:
        self._engine = engine
        self._asker = asker
        self._latest: dict[tuple[str, int | None, Stage | None], Held | None] = {}  # asked for several times

    def _current(self) -> Select[AssessmentRecord]:
        return (
            select(AssessmentRecord)
            .options(joinedload(AssessmentRecord.agency))
            .where(AssessmentRecord.replaced_at.is_(None), may_see(self._asker))
        )

    def of(self, agency: AgencyEntry, stage: Stage | None = None) -> list[Held]:
        """All current assessments of an agency, by year, the preferred stage of a year first."""
        query = self._current().where(AssessmentRecord.agency_id == agency.id)
        if stage is not None:
            query = query.where(AssessmentRecord.stage == stage)
        with Session(self._engine) as session:
            held = [_held(record) for record in session.scalars(query)]
        return sorted(held, key=lambda h: (h.assessment.year, PREFERENCE.index(h.assessment.stage)))

    def latest(self, agency: AgencyEntry, year: int | None = None, stage: Stage | None = None) -> Held | None:
        """The assessment of a year, or of the latest year held; targets only when asked for."""
        key = agency.id, year, stage
        if key not in self._latest:
            self._latest[key] = self._latest_held(agency, year, stage)
        return self._latest[key]

    def _latest_held(self, agency: AgencyEntry, year: int | None, stage: Stage | None) -> Held | None:
        preferred = case({name: place for place, name in enumerate(PREFERENCE)}, value=AssessmentRecord.stage)
        wanted = AssessmentRecord.stage != "target" if stage is None else AssessmentRecord.stage == stage
        query = self._current().where(AssessmentRecord.agency_id == agency.id, wanted)
        if year is not None:
            query = query.where(AssessmentRecord.year == year)
        query = query.order_by(AssessmentRecord.year.desc(), preferred, AssessmentRecord.id).limit(1)
        with Session(self._engine) as session:
            record = session.scalars(query).first()
            return None if record is None else _held(record)

    def years_of(self, agency: AgencyEntry) -> set[int]:
        """The years in which something else than a target is held of an agency."""
        query = self._current().with_only_columns(AssessmentRecord.year).distinct()
        query = query.where(AssessmentRecord.agency_id == agency.id, AssessmentRecord.stage != "target")
        with Session(self._engine) as session:
            return set(session.scalars(query))

    def find(self, agency: AgencyEntry, year: int | None = None, stage: Stage | None = None) -> Held:
        """As ``latest``, but refuses where nothing is held, naming what is.

        Raises:
            RefusedInput: no assessment of that agency, year or stage that the asker may see.
        """
        if (held := self.latest(agency, year, stage)) is not None:
            return held
        known = [(h.assessment.year, STAGE_NAMES[h.assessment.stage]) for h in self.of(agency)]
        there = [f"{year} ({stage_.id})" for year, stage_ in known]
        there_en = [f"{year} ({stage_.en})" for year, stage_ in known]
        asked = " ".join(str(part) for part in (year, stage) if part is not None)
        raise RefusedInput(
            "no_assessment",
            Text(
                id=f"Tidak ada data {agency.name} {asked}".rstrip() + ". "
                + (f"Yang ada: {', '.join(there)}." if there else "Impor dulu dengan `spbe import BERKAS`."),
                en=f"No data of {agency.name} {asked}".rstrip() + ". "
                + (f"There are: {', '.join(there_en)}." if there else "Import some first with `spbe import FILE`."),
            ),
            agency=agency.name,
            year=year,
            held=there,
        )  # fmt: skip

    def group(
        self, year: int, province: str | None = None, kinds: Sequence[str] = (), stage: Stage = "external"
    ) -> list[Held]:
        """The assessments of a year at one stage, of a province or of all, restricted to kinds of agency."""
        query = self._current().where(AssessmentRecord.year == year, AssessmentRecord.stage == stage)
        query = query.join(AssessmentRecord.agency)
        agency = AssessmentRecord.agency.property.mapper.class_
        if province is not None:
            query = query.where(agency.province == province)
        if kinds:
            query = query.where(agency.kind.in_(kinds))
        with Session(self._engine) as session:
            return [_held(record) for record in session.scalars(query.order_by(agency.name))]

    def years(self, province: str | None = None) -> list[int]:
        """The years with published or visible results, ascending."""
        query = self._current().with_only_columns(AssessmentRecord.year).distinct()
        if province is not None:
            agency = AssessmentRecord.agency.property.mapper.class_
            query = query.join(AssessmentRecord.agency).where(agency.province == province)
        with Session(self._engine) as session:
            return sorted(session.scalars(query))

    def held_of(self, province: str, kinds: Sequence[str] = ()) -> dict[tuple[int, str], int]:
        """Of how many agencies of a province something is held, by year and stage; without reading any of it."""
        agency = AssessmentRecord.agency.property.mapper.class_
        counted = func.count(AssessmentRecord.agency_id.distinct())
        query = (
            select(AssessmentRecord.year, AssessmentRecord.stage, counted)
            .join(AssessmentRecord.agency)
            .where(AssessmentRecord.replaced_at.is_(None), may_see(self._asker), agency.province == province)
            .group_by(AssessmentRecord.year, AssessmentRecord.stage)
        )
        if kinds:
            query = query.where(agency.kind.in_(kinds))
        with Session(self._engine) as session:
            return {(year, stage): count for year, stage, count in session.execute(query)}

    def may_read_all(self, agency: AgencyEntry) -> bool:
        """Whether the asker may also read what this agency has not published."""
        asker = self._asker
        return may_write(asker, agency.id) or (asker.role == "coordinator" and asker.province == agency.province)

    def store(self, agency: AgencyEntry, assessment: Assessment, *, published: bool, source: str) -> bool:
        """Keep a new version; the one it replaces stays in the history. False if nothing differs.

        Raises:
            RefusedInput: the asker may not write for this agency.
        """
        return self.store_all([(agency, assessment, source)], published=published) == 1

    def store_all(self, read: Sequence[tuple[AgencyEntry, Assessment, str]], *, published: bool) -> int:
        """Keep all of them, each with its source, or none; how many are new or differ from what was held.

        Raises:
            RefusedInput: the asker may not write for one of the agencies.
        """
        for agency, _, _ in read:
            self._check_may_write(agency)
        self._latest.clear()
        with Session(self._engine) as session, session.begin():
            _one_writer(session, {agency.id for agency, _, _ in read})
            return sum(
                _store(session, agency, assessment, published, source, self._asker)
                for agency, assessment, source in read
            )

    def _check_may_write(self, agency: AgencyEntry) -> None:
        if not may_write(self._asker, agency.id):
            raise RefusedInput(
                "not_allowed",
                Text(
                    id=f"Anda tidak berhak menyimpan penilaian {agency.name}. Mintalah undangan instansi itu.",
                    en=f"You may not store assessments of {agency.name}. Ask for that agency's invitation.",
                ),
                agency=agency.name,
            )


def _one_writer(session: Session, agencies: set[str]) -> None:
    """Let writers for one agency queue, so that two at once cannot both leave a current version."""
    locked = select(Agency.id).where(Agency.id.in_(agencies)).order_by(Agency.id).with_for_update()
    session.execute(locked).all()


def _store(
    session: Session, agency: AgencyEntry, assessment: Assessment, published: bool, source: str, asker: Asker
) -> bool:
    document = assessment.model_dump(mode="json", exclude_defaults=True) | {"agency": agency.name}
    same = (
        AssessmentRecord.agency_id == agency.id,
        AssessmentRecord.instrument == assessment.instrument,
        AssessmentRecord.year == assessment.year,
        AssessmentRecord.stage == assessment.stage,
        AssessmentRecord.published == published,
        AssessmentRecord.replaced_at.is_(None),
    )
    current = session.scalars(select(AssessmentRecord).where(*same)).first()
    if current is not None and current.document == document:
        return False
    session.execute(update(AssessmentRecord).where(*same).values(replaced_at=now()))
    session.add(
        AssessmentRecord(
            agency_id=agency.id,
            instrument=assessment.instrument,
            year=assessment.year,
            stage=assessment.stage,
            document=document,
            published=published,
            source=source,
            created_by=asker.name,
        )
    )
    subject = f"{agency.id} {assessment.year} {assessment.stage}"
    session.add(AuditEntry(actor=asker.name, action="assessment stored", subject=subject))
    return True
