"""Tables of the self-assessments being filled in, and what their rows mean."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.agencies import AgencyEntry
from assistant.records.models import Base, Moment, now
from scoring import Assessment
from scoring.figures import unrounded

OWNER_LIMIT = 200  # characters


class DraftRecord(Base):
    """A self-assessment being filled in; ``submitted_at`` is set while it stands as an assessment."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    instrument: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)


class EntryRecord(Base):
    """What is filled in for one indicator. ``version`` rises with every change."""

    __tablename__ = "draft_entries"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    indicator: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(OWNER_LIMIT), default="")
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class ChangeRecord(Base):
    """Who changed what of a draft, and when; only ever added to. ``indicator`` 0 is the draft as a whole."""

    __tablename__ = "draft_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    indicator: Mapped[int]
    action: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


@dataclass(frozen=True)
class Entry:
    """An indicator of a draft; version 0 where nothing was ever filled in. ``level`` is the exact value."""

    indicator: int
    level: Fraction | None = None
    note: str = ""
    owner: str = ""
    version: int = 0

    @property
    def filled(self) -> dict[str, Any]:
        """What a person filled in, as plain data."""
        level = None if self.level is None else unrounded(self.level)
        return {"level": level, "note": self.note, "owner": self.owner}


@dataclass(frozen=True)
class Draft:
    """A self-assessment as it stands."""

    id: int
    agency: AgencyEntry
    instrument: str
    year: int
    submitted_at: datetime | None
    entries: dict[int, Entry]

    @property
    def assessment(self) -> Assessment:
        levels = {n: entry.level for n, entry in self.entries.items() if entry.level is not None}
        return Assessment(
            instrument=self.instrument, agency=self.agency.name, year=self.year, stage="self", levels=levels
        )


@dataclass(frozen=True)
class Change:
    """A line of the history. ``who`` is the person's name, or the number of their account."""

    at: datetime
    who: str
    indicator: int
    action: str
    before: dict[str, Any]
    after: dict[str, Any]


def entry_of(row: EntryRecord) -> Entry:
    level = None if row.level is None else Fraction(row.level)
    return Entry(row.indicator, level, row.note, row.owner, row.version)


def shown_name(name: str | None, account_id: int | None) -> str:
    return name or (f"#{account_id}" if account_id is not None else "operator")
