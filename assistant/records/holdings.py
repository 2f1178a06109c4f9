"""What is held, for the faces that want records rather than answers: the register and the assessments."""

import threading
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from assistant.permissions import Asker
from assistant.records.agencies import Agencies
from assistant.records.assessments import Assessments, Held
from scoring import Assessment, RefusedInput, Stage, Text


class Holdings:
    """The records as far as an asker may see them. Safe to use from several threads.

    Args:
        engine: the records' database.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = threading.Lock()
        self._agencies: Agencies | None = None

    @property
    def register(self) -> Agencies:
        """The register of agencies, read once."""
        with self._reading:
            if self._agencies is None:
                with Session(self.engine) as session:
                    self._agencies = Agencies.load(session)
            return self._agencies

    def agencies(self) -> list[dict[str, Any]]:
        """The register."""
        return [
            {"id": e.id, "name": e.name, "kind": e.kind, "province": e.province, "group": e.group}
            for e in self.register.entries
        ]

    def assessment(self, agency: str, year: int | None, stage: str | None, asker: Asker) -> Assessment:
        """The assessment held for an agency in any spelling; the latest year where none is given."""
        return self.held(agency, year, stage, asker).assessment

    def held(self, agency: str, year: int | None, stage: str | None, asker: Asker) -> Held:
        """The same with what is known of the record: whether it is published, and where it came from.

        Raises:
            RefusedInput: an unknown agency or stage, or nothing is held that the asker may see.
        """
        return Assessments(self.engine, asker).find(self.register.find(agency), year, _stage(stage))

    def assessments(self, agency: str, asker: Asker) -> list[Assessment]:
        return [held.assessment for held in Assessments(self.engine, asker).of(self.register.find(agency))]

    def group(self, group: str, year: int | None, asker: Asker) -> list[Assessment]:
        """The assessments of a province's agencies, of the latest year where none is given."""
        records = Assessments(self.engine, asker)
        entries = self.register.entries
        province = next((e.province for e in entries if (e.province or "").lower() == group.strip().lower()), None)
        if province is None:
            known = sorted({e.province for e in entries if e.province})
            raise RefusedInput(
                "unknown_group",
                Text(
                    id=f"Kelompok {group[:60]!r} tidak dikenal. Yang diterima: nama provinsi, misalnya Jawa Barat.",
                    en=f"Group {group[:60]!r} is unknown. Accepted: the name of a province, such as Jawa Barat.",
                ),
                accepted=known,
            )
        years = records.years(province)
        wanted = year if year is not None else max(years, default=0)
        return [held.assessment for held in records.group(wanted, province)]


def _stage(stage: str | None) -> Stage | None:
    if stage is None or stage in ("target", "self", "internal", "external", "final"):
        return stage  # type: ignore[return-value]
    raise RefusedInput(
        "unknown_stage",
        Text(
            id=f"Tahap {stage[:40]!r} tidak dikenal. Yang diterima: target, self, internal, external, final.",
            en=f"Stage {stage[:40]!r} is unknown. Accepted: target, self, internal, external, final.",
        ),
    )
