"""A rule sent by the operator: read and reported first, put into the library of all only after a yes."""

from collections.abc import Callable
from pathlib import Path

from assistant.permissions import Asker
from bots.assembly import Installation
from bots.telegram.pieces import Piece, Run, piece
from bots.telegram.words import words
from bots.waiting_files import WaitingFiles
from ingest.documents import read_document
from ingest.legal import ParsedRule, parse_rule
from ingest.pipeline import ingest
from knowledge.building import Builder
from scoring import Language, RefusedInput

_SHOWN = 3  # places shown of what was read


class Ingesting:
    """Reads the operator's files and puts them into the library of one installation.

    Args:
        folder: where files wait for a yes, at most a day.
        builder: writes to the library.
    """

    def __init__(self, folder: Path, builder: Callable[[], Builder]) -> None:
        self._folder = folder
        self._builder = builder

    @classmethod
    def of(cls, installation: Installation) -> "Ingesting":
        """For an installation, beside the assessments that wait."""
        return cls(installation.settings.data_dir / "imports", installation.builder)

    def may(self, asker: Asker) -> bool:
        """Whether somebody may change what everybody is answered from: the operator alone."""
        return asker.account_id is not None and asker.role == "operator"

    def read(self, asker: Asker, name: str, content: bytes, language: Language) -> tuple[str, list[Piece]]:
        """Read a file and keep it waiting.

        Returns:
            what a yes has to name, and the report.

        Raises:
            RefusedInput: it is no rule that can be used; it is dropped.
        """
        waiting = self._waiting(asker)
        token, path = waiting.keep(name, content)
        try:
            parsed = parse_rule(read_document(path))
        except RefusedInput:
            waiting.drop(token)
            raise
        held = f"official:{parsed.rule.id}" in self._builder().store.sources()
        return token, _report(parsed, path.name, language, held=held)

    def store(self, asker: Asker, token: str) -> tuple[str, int] | None:
        """Put it into the library; the rule and how many places it has, None where the file does not wait any more.

        Raises:
            RefusedInput: the library is being written by somebody else; the file goes on waiting.
        """
        waiting = self._waiting(asker)
        path = waiting.find(token)
        if path is None:
            return None
        (file,) = ingest([path], self._builder(), processes=1).files
        if file.refusal is not None:
            raise file.refusal
        waiting.drop(token)
        return file.rule or path.name, file.passages

    def drop(self, asker: Asker, token: str) -> None:
        """Forget a file that was not wanted."""
        self._waiting(asker).drop(token)

    def _waiting(self, asker: Asker) -> WaitingFiles:
        assert asker.account_id is not None
        return WaitingFiles(self._folder, asker.account_id)


def _report(parsed: ParsedRule, name: str, language: Language, *, held: bool) -> list[Piece]:
    """Which rule it is taken for, how much of it was read, the first places, and what was guessed."""
    rule = parsed.rule
    pieces = [Piece((Run(name, bold=True),)), Piece((Run(f"{rule.short}: {rule.title}"),))]
    pieces.append(piece(words("rule_read", language, count=str(len(parsed.passages)))))
    for passage in parsed.passages[:_SHOWN]:
        pieces.append(Piece((Run(f"• {passage.locator}: {passage.text[:80].rstrip()}…"),), before="\n"))
    for note in parsed.notes:
        pieces.append(Piece((Run(f"• {note.into(language)}"),), before="\n"))
    pieces.append(piece(words("rule_replace" if held else "rule_store", language)))
    return pieces
