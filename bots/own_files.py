"""A file with assessments of one's own agency: read for its people, stored after their yes; on the web and in chats."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from assistant.permissions import Asker
from assistant.records.agencies import Agencies, AgencyEntry
from assistant.records.assessments import Assessments
from assistant.records.drafts import Drafts
from ingest.assessments import Options, Read, Reading, read_assessments
from scoring import RefusedInput, Text


def into_form(one: Read) -> bool:
    """Whether an assessment fills the form of its year; all others are kept as private records."""
    return one.assessment.stage == "self" and bool(one.assessment.levels)


def read_own(path: Path, register: Agencies, options: Options) -> Reading:
    """What a file holds, all of it of the agency that ``options`` names.

    Raises:
        RefusedInput: it cannot be used, or holds assessments of others.
    """
    reading = read_assessments(path, register, options)
    strange = sorted({one.assessment.agency for one in reading.assessments} - {str(options.agency)})
    if strange:
        names = ", ".join(strange[:3])
        raise RefusedInput(
            "not_allowed",
            Text(
                id=f"Berkas ini memuat penilaian {names}. Yang dapat Anda impor hanya penilaian {options.agency}.",
                en=f"This file holds assessments of {names}. You can import those of {options.agency} only.",
            ),
            agencies=strange,
        )
    return reading


def store_own(
    engine: Engine, asker: Asker, agency: AgencyEntry, reading: Reading, keep_findings: Callable[[Reading], None]
) -> list[int]:
    """Store what was read; the years whose forms were filled.

    Raises:
        RefusedInput: the form of a year is submitted already, or of another instrument; nothing is stored then.
    """
    drafts = Drafts(engine, asker, agency)
    forms = [one.assessment for one in reading.assessments if into_form(one)]
    for assessment in forms:
        draft = drafts.begin(assessment.year, assessment.instrument)
        if draft.submitted_at is not None or draft.instrument != assessment.instrument:
            raise _form_closed(assessment.year)
    keep_findings(reading)
    for assessment in forms:
        drafts.fill(assessment.year, assessment.levels)
    others = [(agency, one.assessment, one.source) for one in reading.assessments if not into_form(one)]
    Assessments(engine, asker).store_all(others, published=False)
    return [assessment.year for assessment in forms]


def _form_closed(year: int) -> RefusedInput:
    return RefusedInput(
        "submitted",
        Text(
            id=f"Penilaian mandiri {year} sudah dikirim atau memakai instrumen lain. Tarik kembali dulu di web; "
            "belum ada yang disimpan.",
            en=f"The self-assessment of {year} is submitted or uses another instrument. Withdraw it on the web "
            "first; nothing was stored.",
        ),
        year=year,
    )
