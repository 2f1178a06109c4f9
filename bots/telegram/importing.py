"""A file sent by an agency's staff: read and reported first, stored only after a yes."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from assistant.permissions import Asker, may_write
from assistant.records.agencies import Agencies, AgencyEntry
from bots.assembly import Installation
from bots.findings import keep_findings
from bots.own_files import read_own, store_own
from bots.telegram.pieces import Piece, Run, piece
from bots.telegram.words import words
from bots.waiting_files import WaitingFiles
from ingest.assessments import Options, Reading
from scoring import Language, RefusedInput, Scoring

LARGEST = 20 * 1024 * 1024  # bytes that the Bot API gives to a bot
_YEAR = re.compile(r"\b20\d\d\b")


class Importing:
    """Reads and stores the files of one installation.

    Args:
        folder: where files wait for a yes, at most a day.
        keep_findings: puts the assessors' findings of a file into the library.
    """

    def __init__(
        self,
        engine: Engine,
        register: Callable[[], Agencies],
        folder: Path,
        keep_findings: Callable[[Reading], None],
    ) -> None:
        self._engine = engine
        self._register = register
        self._folder = folder
        self._keep_findings = keep_findings

    @classmethod
    def of(cls, installation: Installation) -> "Importing":
        """For an installation, beside the files that wait in its web app."""
        return cls(
            installation.engine,
            lambda: installation.records.register,
            installation.settings.data_dir / "imports",
            partial(keep_findings, installation),
        )

    def agency(self, asker: Asker) -> AgencyEntry | None:
        """The agency whose assessments an asker may store; None for all others."""
        if asker.account_id is None or asker.agency_id is None or not may_write(asker, asker.agency_id):
            return None
        return self._register().by_id(asker.agency_id)

    def read(
        self, asker: Asker, agency: AgencyEntry, name: str, content: bytes, said: str, language: Language
    ) -> tuple[str, list[Piece]]:
        """Read a file and keep it waiting.

        Args:
            said: written with the file; a year in it is taken where the file names none.

        Returns:
            what a yes has to name, and the report.

        Raises:
            RefusedInput: what the file holds cannot be used, or is not this agency's; it is dropped.
        """
        waiting = self._waiting(asker)
        token, path = waiting.keep(name, content)
        year = _YEAR.search(said)
        try:
            reading = self._reading(path, agency, int(year[0]) if year else None)
        except RefusedInput:
            waiting.drop(token)
            raise
        return f"{token}:{year[0] if year else ''}", _report(reading, path.name, language)

    def store(self, asker: Asker, agency: AgencyEntry, named: str) -> int | None:
        """Store what was reported; how many assessments that were, None where the file does not wait any more.

        A self-assessment fills the form of its year, all else is kept as a private record.

        Raises:
            RefusedInput: the form of that year is submitted already; nothing is stored then.
        """
        token, _, year = named.partition(":")
        waiting = self._waiting(asker)
        path = waiting.find(token)
        if path is None:
            return None
        reading = self._reading(path, agency, int(year) if year.isdecimal() else None)
        store_own(self._engine, asker, agency, reading, self._keep_findings)
        waiting.drop(token)
        return len(reading.assessments)

    def drop(self, asker: Asker, named: str) -> None:
        """Forget a file that was not wanted."""
        self._waiting(asker).drop(named.partition(":")[0])

    def _waiting(self, asker: Asker) -> WaitingFiles:
        assert asker.account_id is not None
        return WaitingFiles(self._folder, asker.account_id)

    def _reading(self, path: Path, agency: AgencyEntry, year: int | None) -> Reading:
        return read_own(path, self._register(), Options(agency=agency.name, year=year))


def _report(reading: Reading, name: str, language: Language) -> list[Piece]:
    """What was read, with the index it gives, and what was not."""
    pieces = [Piece((Run(name, bold=True),))]
    for one in reading.assessments:
        card = Scoring(one.assessment).scorecard()
        value = card.index or f"{card.floor}-{card.ceiling}"
        told = words("file_index", language, year=str(one.assessment.year), stage=one.assessment.stage, value=value)
        pieces.append(piece(told if language == "en" else told.replace(value, value.replace(".", ","))))
    for line in reading.report.text(language).splitlines()[1:]:
        text = line.strip()
        heading = not text.startswith("- ")
        pieces.append(
            Piece((Run(text if heading else f"• {text[2:]}", bold=heading),), before="\n\n" if heading else "\n")
        )
    pieces.append(piece(words("file_store", language, count=str(len(reading.assessments)))))
    return pieces
