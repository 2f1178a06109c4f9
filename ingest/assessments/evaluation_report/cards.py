"""Levels written as cards: "Indikator 12: ..." and below it "Tingkat Kematangan : 3" on a line of its own."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from ingest.assessments.evaluation_report.columns import Row
from ingest.assessments.evaluation_report.levels import level_begins
from ingest.assessments.evaluation_report.lines import Line
from ingest.assessments.labels import Names, folded, read_label
from scoring.figures import unrounded

_VALUE = re.compile(
    r"^(?:nilai|skor|capaian|hasil(?:\s+(?:evaluasi|penilaian))?|tingkat(?:\s+kematangan)?|level)\s*[:=]?\s*(\S.*)$",
    re.I,
)
_HEADING = re.compile(r"^indikator\s*\d", re.I)
_MOST_LINES = 3  # of a name
_ALIKE = 80.0  # of 100: how alike the name of a card and that of its number must be


def cards(lines: Sequence[Line], names: Names) -> Iterator[Row]:
    """A row for every card whose name is that of its number."""
    official = {i.number: folded(i.name.id) for i in names.instrument.indicators}
    for at, line in enumerate(lines):
        if not _HEADING.match(line.text):
            continue
        for end in range(at + 1, min(len(lines), at + _MOST_LINES + 1)):
            if _HEADING.match(lines[end].text):
                break
            said = _VALUE.match(lines[end].text)
            level = level_begins(said[1]) if said else None
            if level is None:
                continue
            label = read_label(" ".join(one.text for one in lines[at:end]))
            expected = official.get(label.number) if label is not None and label.number else None
            if label is not None and expected and fuzz.ratio(label.name, expected) >= _ALIKE:
                yield Row(line.page, [f"Indikator {label.number}", unrounded(level).replace(".", ",")])
            break
