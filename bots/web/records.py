"""What the pages of an installation need beyond answers: its records, its folder, its library of findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.permissions import Asker
from assistant.records.agencies import AgencyEntry
from assistant.records.assessments import Assessments
from assistant.records.drafts import Drafts
from assistant.records.evidence import EvidenceFiles
from assistant.records.holdings import Holdings
from bots.findings import keep_findings
from ingest.assessments import Reading

if TYPE_CHECKING:
    from bots.assembly import Installation
    from knowledge.retrieval import Retriever


@dataclass(frozen=True)
class Records:
    """The records behind the pages.

    Attributes:
        holdings: the register and the assessments.
        folder: the data folder; evidence and files waiting for a yes are kept under it.
        keep_findings: puts the assessors' findings of a file into the library.
        retriever: the library, for reports.
    """

    holdings: Holdings
    folder: Path
    keep_findings: Callable[[Reading], None]
    retriever: Callable[[], Retriever]

    @classmethod
    def of(cls, installation: Installation) -> Records:
        """Those of an installation."""
        return cls(
            installation.records,
            installation.settings.data_dir,
            partial(keep_findings, installation),
            lambda: installation.retriever,
        )

    def assessments(self, asker: Asker) -> Assessments:
        return Assessments(self.holdings.engine, asker)

    def drafts(self, asker: Asker, agency: AgencyEntry) -> Drafts:
        return Drafts(self.holdings.engine, asker, agency)

    def evidence(self, asker: Asker) -> EvidenceFiles:
        return EvidenceFiles(self.holdings.engine, self.folder / "evidence", asker)
