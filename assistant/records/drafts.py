"""Self-assessments being filled in: one draft an agency and year, a version for each indicator, nothing lost.

A draft belongs to its agency. Submitting it makes it an assessment of stage "self", which answers are given
from and which the province's coordinator may see; withdrawing takes that back and opens the draft again.
"""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.permissions import Asker, may_write
from assistant.records.agencies import AgencyEntry
from assistant.records.assessments import Assessments
from assistant.records.draft_tables import (
    OWNER_LIMIT,
    Change,
    ChangeRecord,
    Draft,
    DraftRecord,
    Entry,
    EntryRecord,
    entry_of,
    shown_name,
)
from assistant.records.models import Account, AssessmentRecord, AuditEntry, now
from scoring import Assessment, RefusedInput, load_instrument
from scoring import Text as Words

NOTE_LIMIT = 4000  # characters
SOURCE = "Penilaian mandiri di web"


class Conflict(Exception):  # noqa: N818 - named after what happened
    """Somebody else has changed the indicator meanwhile; ``current`` is how it stands now."""

    def __init__(self, current: Entry, who: str) -> None:
        super().__init__(f"indicator {current.indicator} is at version {current.version}")
        self.current = current
        self.who = who


class Drafts:
    """The drafts of one agency, for somebody who may write there.

    Raises:
        RefusedInput: the asker may not write for this agency.
    """

    def __init__(self, engine: Engine, asker: Asker, agency: AgencyEntry) -> None:
        if not may_write(asker, agency.id):
            raise RefusedInput(
                "not_allowed",
                Words(
                    id=f"Penilaian mandiri {agency.name} hanya dapat dibuka oleh instansi itu sendiri.",
                    en=f"The self-assessment of {agency.name} is open to that agency only.",
                ),
                agency=agency.name,
            )
        self._engine = engine
        self._asker = asker
        self._agency = agency

    def years(self) -> list[Draft]:
        """All drafts, the latest year first."""
        query = select(DraftRecord).where(DraftRecord.agency_id == self._agency.id)
        with Session(self._engine) as session:
            records = session.scalars(query.order_by(DraftRecord.year.desc()))
            return [self._draft(session, record) for record in records]

    def find(self, year: int) -> Draft | None:
        with Session(self._engine) as session:
            record = self._record(session, year)
            return None if record is None else self._draft(session, record)

    def begin(self, year: int, instrument: str) -> Draft:
        """The draft of a year, begun if there is none."""
        try:
            with Session(self._engine) as session, session.begin():
                if self._record(session, year) is None:
                    session.add(DraftRecord(agency_id=self._agency.id, instrument=instrument, year=year))
        except IntegrityError:  # begun by a colleague at the same moment
            pass
        draft = self.find(year)
        assert draft is not None
        return draft

    def save(self, year: int, entry: Entry) -> Draft:
        """Keep what was filled in for an indicator; ``entry.version`` is the one it was filled in over.

        Raises:
            Conflict: the indicator has another version by now; nothing was stored.
            RefusedInput: no draft, a submitted one, a level the instrument does not have, or too long a text.
        """
        try:
            with Session(self._engine) as session, session.begin():
                record = self._open(session, year)
                self._check(record, entry)
                self._write(session, record, entry, "filled in")
                return self._draft(session, record)
        except IntegrityError as first:  # a colleague filled the same empty indicator at the same moment
            there = self.find(year)
            raise Conflict(
                (there.entries if there else {}).get(entry.indicator, entry), shown_name(None, None)
            ) from first

    def fill(self, year: int, levels: dict[int, Fraction]) -> int:
        """Take over the levels of a file, notes and owners stay; returns how many indicators changed.

        Raises:
            RefusedInput: as ``save``; nothing was stored then.
        """
        changed = 0
        with Session(self._engine) as session, session.begin():
            record = self._open(session, year)
            known = self._entries(session, record)
            for number, level in levels.items():
                held = known.get(number, Entry(number))
                if held.level == level:
                    continue
                entry = Entry(number, level, held.note, held.owner, held.version)
                self._check(record, entry)
                self._write(session, record, entry, "imported")
                changed += 1
        return changed

    def submit(self, year: int) -> Draft:
        """Let it stand as the agency's self-assessment of the year.

        Raises:
            RefusedInput: no draft, or nothing filled in.
        """
        draft = self.find(year)
        if draft is None or not draft.assessment.levels:
            raise _nothing_filled_in(year)
        Assessments(self._engine, self._asker).store(self._agency, draft.assessment, published=False, source=SOURCE)
        return self._mark(year, now(), "submitted")

    def withdraw(self, year: int) -> Draft:
        """Take the self-assessment back, so that it can be changed; what stood stays in the history."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(AssessmentRecord)
                .where(
                    AssessmentRecord.agency_id == self._agency.id,
                    AssessmentRecord.year == year,
                    AssessmentRecord.stage == "self",
                    AssessmentRecord.published.is_(False),
                    AssessmentRecord.source == SOURCE,
                    AssessmentRecord.replaced_at.is_(None),
                )
                .values(replaced_at=now())
            )
        return self._mark(year, None, "withdrawn")

    def history(self, year: int, indicator: int | None = None) -> list[Change]:
        """Who changed what, the latest first."""
        query = (
            select(ChangeRecord, Account.name)
            .join(DraftRecord, DraftRecord.id == ChangeRecord.draft_id)
            .outerjoin(Account, Account.id == ChangeRecord.account_id)
            .where(DraftRecord.agency_id == self._agency.id, DraftRecord.year == year)
            .order_by(ChangeRecord.id.desc())
        )
        if indicator is not None:
            query = query.where(ChangeRecord.indicator == indicator)
        with Session(self._engine) as session:
            return [
                Change(c.at, shown_name(name, c.account_id), c.indicator, c.action, c.before, c.after)
                for c, name in session.execute(query)
            ]

    def note_change(self, year: int, indicator: int, action: str, before: str = "", after: str = "") -> None:
        """Add a line to the history for something kept elsewhere, such as a file of evidence."""
        with Session(self._engine) as session, session.begin():
            record = self._open(session, year)
            self._log(session, record, indicator, action, {"file": before}, {"file": after})

    def _record(self, session: Session, year: int) -> DraftRecord | None:
        query = select(DraftRecord).where(DraftRecord.agency_id == self._agency.id, DraftRecord.year == year)
        return session.scalars(query).first()

    def _open(self, session: Session, year: int) -> DraftRecord:
        """The draft of a year, if it may be changed."""
        record = self._record(session, year)
        if record is None:
            raise RefusedInput(
                "not_found",
                Words(
                    id=f"Penilaian mandiri {year} belum dimulai. Mulai dari halaman Penilaian.",
                    en=f"The self-assessment of {year} has not been begun. Begin it on the assessment page.",
                ),
                year=year,
            )
        if record.submitted_at is not None:
            raise RefusedInput(
                "submitted",
                Words(
                    id=f"Penilaian mandiri {year} sudah dikirim. Tarik kembali dulu bila ingin mengubahnya.",
                    en=f"The self-assessment of {year} has been submitted. Withdraw it first to change it.",
                ),
                year=year,
            )
        return record

    def _check(self, record: DraftRecord, entry: Entry) -> None:
        for what, limit, text in (("catatan", NOTE_LIMIT, entry.note), ("penanggung jawab", OWNER_LIMIT, entry.owner)):
            if len(text) > limit:
                raise RefusedInput(
                    "too_long",
                    Words(
                        id=f"Isi {what} {len(text)} karakter; paling panjang {limit}. Persingkat.",
                        en=f"This text has {len(text)} characters; at most {limit}. Shorten it.",
                    ),
                    limit=limit,
                )
        load_instrument(record.instrument).node(f"indicator {entry.indicator}")
        if entry.level is not None:
            levels = {entry.indicator: entry.level}
            Assessment(instrument=record.instrument, agency=self._agency.name, year=record.year, levels=levels)

    def _write(self, session: Session, record: DraftRecord, entry: Entry, action: str) -> None:
        held = session.get(EntryRecord, (record.id, entry.indicator))
        before = Entry(entry.indicator) if held is None else entry_of(held)
        if before.version != entry.version:
            name = None if held is None or held.changed_by is None else session.get(Account, held.changed_by)
            raise Conflict(before, shown_name(name.name if name else None, held.changed_by if held else None))
        if before.filled == entry.filled:
            return
        values = {
            **entry.filled,
            "version": entry.version + 1,
            "changed_at": now(),
            "changed_by": self._asker.account_id,
        }
        if held is None:
            session.add(EntryRecord(draft_id=record.id, indicator=entry.indicator, **values))
        else:
            changed = session.execute(
                update(EntryRecord)
                .where(
                    EntryRecord.draft_id == record.id,
                    EntryRecord.indicator == entry.indicator,
                    EntryRecord.version == entry.version,
                )
                .values(**values)
            )
            if changed.rowcount != 1:  # type: ignore[attr-defined]
                session.refresh(held)
                raise Conflict(entry_of(held), shown_name(None, held.changed_by))
        self._log(session, record, entry.indicator, action, before.filled, entry.filled)

    def _log(
        self,
        session: Session,
        record: DraftRecord,
        indicator: int,
        action: str,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> None:
        keys = [key for key in after if before.get(key) != after[key]]
        session.add(
            ChangeRecord(
                draft_id=record.id,
                indicator=indicator,
                action=action,
                before={key: before.get(key) for key in keys},
                after={key: after[key] for key in keys},
                account_id=self._asker.account_id,
            )
        )

    def _mark(self, year: int, moment: datetime | None, action: str) -> Draft:
        with Session(self._engine) as session, session.begin():
            record = self._record(session, year)
            if record is None:
                raise _nothing_filled_in(year)
            if (record.submitted_at is None) != (moment is None):
                record.submitted_at = moment
                self._log(session, record, 0, action, {}, {})
                subject = f"{self._agency.id} {year} self"
                session.add(AuditEntry(actor=self._asker.name, action=f"assessment {action}", subject=subject))
            return self._draft(session, record)

    def _draft(self, session: Session, record: DraftRecord) -> Draft:
        session.flush()
        entries = self._entries(session, record)
        return Draft(record.id, self._agency, record.instrument, record.year, record.submitted_at, entries)

    @staticmethod
    def _entries(session: Session, record: DraftRecord) -> dict[int, Entry]:
        rows: Iterable[EntryRecord] = session.scalars(select(EntryRecord).where(EntryRecord.draft_id == record.id))
        return {row.indicator: entry_of(row) for row in rows}


def _nothing_filled_in(year: int) -> RefusedInput:
    return RefusedInput(
        "nothing_filled_in",
        Words(
            id=f"Belum ada tingkat yang diisi untuk {year}, jadi belum ada yang dikirim. Isi minimal satu indikator.",
            en=f"No level is filled in for {year}, so nothing was submitted. Fill in at least one indicator.",
        ),
        year=year,
    )
