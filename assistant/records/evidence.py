"""Files that prove a level: checked by content, kept under random names, private to their agency."""

import hashlib
import io
import re
import secrets
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.permissions import Asker, may_write
from assistant.records.agencies import AgencyEntry
from assistant.records.models import Account, AuditEntry, Base, Moment, now
from scoring import RefusedInput, Text

LARGEST = 20 * 1024 * 1024  # bytes of one file
MOST = 30  # files of one indicator

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_OFFICE = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}


class EvidenceRecord(Base):
    """A file; ``id`` is also its name under the data folder. ``removed_at``: the file itself is gone."""

    __tablename__ = "evidence_files"
    __table_args__ = (Index(None, "agency_id", "year", "indicator"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    indicator: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True)
class EvidenceFile:
    """A file that is held. ``size`` in bytes; ``who`` added it."""

    id: str
    agency_id: str
    year: int
    indicator: int
    name: str
    kind: str
    size: int
    added_at: datetime
    who: str

    @property
    def media_type(self) -> str:
        return TYPES[self.kind]


class EvidenceFiles:
    """The evidence of agencies, as far as the asker may write there.

    Args:
        folder: where the files are kept; made when the first one comes.
    """

    def __init__(self, engine: Engine, folder: Path, asker: Asker) -> None:
        self._engine = engine
        self._folder = folder
        self._asker = asker

    def add(self, agency: AgencyEntry, year: int, indicator: int, name: str, content: bytes) -> EvidenceFile:
        """Keep a file.

        Raises:
            RefusedInput: not allowed, empty, too large, too many, or of a kind that is not taken.
        """
        if not may_write(self._asker, agency.id):
            raise RefusedInput(
                "not_allowed", Text(id="Anda tidak berhak menambah bukti.", en="You may not add evidence.")
            )
        shown = file_name(name)
        kind = recognise(shown, content)
        if len(self.of(agency, year, indicator)) >= MOST:
            raise RefusedInput(
                "too_many_files",
                Text(
                    id=f"Sudah ada {MOST} berkas untuk indikator ini. Hapus yang tidak perlu dulu.",
                    en=f"There are {MOST} files for this indicator already. Remove some first.",
                ),
            )
        record = EvidenceRecord(
            id=secrets.token_hex(20), agency_id=agency.id, year=year, indicator=indicator, name=shown, kind=kind,
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), added_by=self._asker.account_id,
        )  # fmt: skip
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / record.id
        path.write_bytes(content)
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.add(record)
                session.add(AuditEntry(actor=self._asker.name, action="evidence added", subject=_subject(record)))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return _file(record, None)

    def of(self, agency: AgencyEntry, year: int, indicator: int | None = None) -> list[EvidenceFile]:
        """The files of a year, of one indicator or of all, in the order they came."""
        if not may_write(self._asker, agency.id):
            return []
        query = (
            select(EvidenceRecord, Account.name)
            .outerjoin(Account, Account.id == EvidenceRecord.added_by)
            .where(
                EvidenceRecord.agency_id == agency.id,
                EvidenceRecord.year == year,
                EvidenceRecord.removed_at.is_(None),
            )
            .order_by(EvidenceRecord.added_at, EvidenceRecord.id)
        )
        if indicator is not None:
            query = query.where(EvidenceRecord.indicator == indicator)
        with Session(self._engine) as session:
            return [_file(record, name) for record, name in session.execute(query)]

    def find(self, evidence_id: str) -> EvidenceFile | None:
        """A file by id; None where there is none that the asker may open."""
        with Session(self._engine) as session:
            record = session.get(EvidenceRecord, evidence_id)
            if record is None or record.removed_at is not None or not may_write(self._asker, record.agency_id):
                return None
            return _file(record, None)

    def path(self, file: EvidenceFile) -> Path:
        return self._folder / file.id

    def remove(self, file: EvidenceFile) -> None:
        """Delete a file; that it was there stays known."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(EvidenceRecord).where(EvidenceRecord.id == file.id).values(removed_at=now()))
            record = session.get(EvidenceRecord, file.id)
            assert record is not None
            session.add(AuditEntry(actor=self._asker.name, action="evidence removed", subject=_subject(record)))
        self.path(file).unlink(missing_ok=True)


def file_name(name: str) -> str:
    """A name as sent by a browser, fit to be shown and offered again: no path, no control or direction marks."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    return (stem[:180] + dot + suffix[:10]) if dot else kept[:180]


def recognise(name: str, content: bytes) -> str:
    """The kind of a file by its content, which its name must agree with.

    Raises:
        RefusedInput: empty, too large, or not one of the kinds that are taken.
    """
    if not content or len(content) > LARGEST:
        raise RefusedInput(
            "file_size",
            Text(
                id=f"{name}: berkas kosong atau lebih dari {LARGEST // 2**20} MB. Kirim berkas yang lebih kecil.",
                en=f"{name}: the file is empty or larger than {LARGEST // 2**20} MB. Send a smaller one.",
            ),
            size=len(content),
            limit=LARGEST,
        )
    kind = _kind(content)
    suffix = name.rpartition(".")[2].lower()
    if kind is None or kind != {"jpeg": "jpg"}.get(suffix, suffix):
        raise RefusedInput(
            "file_kind",
            Text(
                id=f"{name}: isinya bukan jenis berkas yang diterima, atau tidak cocok dengan namanya. "
                "Yang diterima: PDF, PNG, JPG, XLSX, DOCX, tanpa makro.",
                en=f"{name}: the content is not a kind of file that is taken, or does not fit its name. "
                "Accepted: PDF, PNG, JPG, XLSX, DOCX, without macros.",
            ),
            found=kind,
            accepted=sorted(TYPES),
        )
    return kind


def _kind(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError):  # a name that is no UTF-8 is a ValueError
            return None
        if any(name.endswith("vbaProject.bin") for name in names):
            return None
        return next((kind for kind, part in _OFFICE.items() if part in names), None)
    return None


def _file(record: EvidenceRecord, who: str | None) -> EvidenceFile:
    return EvidenceFile(
        record.id, record.agency_id, record.year, record.indicator, record.name, record.kind, record.size,
        record.added_at, who or (f"#{record.added_by}" if record.added_by else "operator"),
    )  # fmt: skip


def _subject(record: EvidenceRecord) -> str:
    return f"{record.agency_id} {record.year} indicator {record.indicator}"
