"""What an import says about itself: what was read from where, what was ignored and why, what was assumed."""

from dataclasses import dataclass, field
from typing import Any

from ingest.assessments.figures import Note
from scoring.refusal import Language, Text

_HEADINGS = {
    "read": Text(id="Dibaca", en="Read"),
    "assumed": Text(id="Diandaikan (periksa)", en="Assumed (please check)"),
    "contradiction": Text(id="Tidak cocok", en="Contradictions"),
    "ignored": Text(id="Tidak dibaca", en="Not read"),
}
_MOST = 20  # lines of one kind that are printed; the document has all


@dataclass
class Report:
    """The report of one file."""

    file: str
    notes: list[Note] = field(default_factory=list)

    def add(self, kind: str, indonesian: str, english: str) -> None:
        self.notes.append(Note(kind, Text(id=indonesian, en=english)))

    def of(self, kind: str) -> list[Text]:
        return [note.text for note in self.notes if note.kind == kind]

    def text(self, language: Language) -> str:
        """For a person: headed lists, long ones cut with their number."""
        lines = [self.file]
        for kind, heading in _HEADINGS.items():
            said = self.of(kind)
            if said:
                lines.append(f"  {heading.into(language)}:")
                lines += [f"    - {text.into(language)}" for text in said[:_MOST]]
            if len(said) > _MOST:
                more = {"id": "lainnya", "en": "more"}[language]
                lines.append(f"    - ... {len(said) - _MOST} {more}")
        return "\n".join(lines)

    def document(self, language: Language) -> dict[str, Any]:
        """For a program: every line, by kind."""
        return {"file": self.file} | {kind: [t.into(language) for t in self.of(kind)] for kind in _HEADINGS}
