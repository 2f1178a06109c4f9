"""What stands around a table: whose assessment, of which year and stage."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from ingest.assessments.cells import Sheet, blank, words
from ingest.assessments.headers import stage_of, year_of
from scoring.assessment import Stage
from scoring.refusal import RefusedInput, Text


class Entry(Protocol):
    """A line of the register of agencies."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Register(Protocol):
    """The register of agencies that is handed in."""

    def find(self, text: str) -> Entry:
        """The agency of a name in any spelling; raises RefusedInput where none or several fit."""
        ...


@dataclass(frozen=True)
class Context:
    """What is said once for a whole table, with where it was said."""

    agency: str | None = None
    year: int | None = None
    stage: Stage | None = None
    instrument: str | None = None
    said: tuple[tuple[str, Text], ...] = ()
    others: tuple[str, ...] = ()


_LABELLED = re.compile(
    r"^(nama\s+(?:instansi|pemerintah daerah|pemda|k/l)|instansi(?:\s+pemerintah)?|agency|pemerintah daerah|pemda|"
    r"kabupaten\s*/\s*kota|tahun(?:\s+\w+)?|year|tahap(?:an)?(?:\s+\w+)?|stage|jenis penilaian)\s*(?:[:=]\s*(.*))?$",
    re.I | re.S,
)
_REGION = re.compile(
    r"\b(?:pemerintah\s+|pemkab\s+|pemkot\s+|pemprov\s+)?(?:kota|kabupaten|kab\.?|provinsi|prov\.?)\s+"
    r"(?!/)[a-z'.\- ]+?(?=\s+(?:tahun|th|tahap|20\d\d)\b|\s*[\d,;:()|–]|\s+-\s|$)",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:kementerian|badan|lembaga|komisi|kejaksaan|kepolisian|mahkamah|sekretariat)\s+[a-z'.,/\- ]+?"
    r"(?=\s+tahun\b|\s*[\d;:()|–]|\s+-\s|$)",
    re.I,
)
_LAW = re.compile(r"\b(peraturan|permenpan\w*|nomor|perpres|keputusan|pedoman|surat edaran)\b", re.I)
_TITLE_YEAR = re.compile(r"\b(?:tahun|th\.?|t\.?a\.?|year)\s*:?\s*(20[0-4]\d)\b", re.I)
_INSTRUMENTS = (
    ("spbe-2020", r"59\s*(?:/|tahun)\s*2020"),
    ("spbe-2018", r"\b5\s*(?:/|tahun)\s*2018"),
    ("pemdi-2026", r"\b8\s*(?:/|tahun)\s*2026"),
)


def read_letterhead(sheet: Sheet, rows: Iterable[int], register: Register | None) -> Context:
    """Agency, year and stage in the rows around a table.

    What is labelled ("Instansi: ...") wins over what only stands there. Several agencies are listed in
    ``others``; the table decides whether it can still be read.
    """
    labelled = Context()
    loose = Context()
    agencies: dict[str, Text] = {}
    named: dict[str, Text] = {}
    for row in rows:
        cells = [(column, words(cell)) for column, cell in enumerate(sheet.rows[row]) if not blank(cell)]
        for what, text, column in _labelled(cells):
            where = sheet.at(row, column)
            if what == "agency":
                named.setdefault(text, where)
                labelled = replace(labelled, agency=labelled.agency or text, said=(*labelled.said, ("agency", where)))
            elif what == "year" and (year := year_of(text)):
                labelled = replace(labelled, year=labelled.year or year, said=(*labelled.said, ("year", where)))
            elif what == "stage" and (stage := stage_of(text)):
                labelled = replace(labelled, stage=labelled.stage or stage, said=(*labelled.said, ("stage", where)))
        for column, text in cells:
            where = sheet.at(row, column)
            if loose.instrument is None and (stated := instrument_in(text)):
                loose = replace(loose, instrument=stated)
            if _LAW.search(text) or len(text) > 200:
                continue
            if loose.year is None and (match := _TITLE_YEAR.search(text) or _only_year(text)):
                loose = replace(loose, year=int(match[1]), said=(*loose.said, ("year", where)))
            if loose.stage is None and (stage := stage_of(text)) and len(text) < 120 and not _LABELLED.match(text):
                loose = replace(loose, stage=stage, said=(*loose.said, ("stage", where)))
            for name in agencies_in(text, register):
                agencies.setdefault(name, where)
    return _joined(labelled, loose, named, agencies, register)


def _joined(
    labelled: Context, loose: Context, named: dict[str, Text], agencies: dict[str, Text], register: Register | None
) -> Context:
    distinct = list(dict.fromkeys(_register_name(name, register) for name in named)) if named else list(agencies)
    said = dict((*loose.said, *labelled.said))
    agency = labelled.agency or next(iter(agencies), None)
    if labelled.agency is None and agency is not None:
        said["agency"] = agencies[agency]
    return Context(
        agency=agency,
        year=labelled.year or loose.year,
        stage=labelled.stage or loose.stage,
        instrument=loose.instrument,
        said=tuple(said.items()),
        others=tuple(distinct[1:]),
    )


def agencies_in(text: str, register: Register | None) -> list[str]:
    """Register names of the agencies a text names; nothing where the register does not know them."""
    if register is None:
        return []
    found = []
    for pattern in (_REGION, _OFFICE):
        for match in pattern.finditer(text):
            try:
                found.append(register.find(match[0].strip(" -.,")).name)
            except RefusedInput:
                continue
    return list(dict.fromkeys(found))


def instrument_in(text: str) -> str | None:
    """The instrument that a text states by its rule."""
    return next((name for name, pattern in _INSTRUMENTS if re.search(pattern, text, re.I)), None)


def _register_name(name: str, register: Register | None) -> str:
    if register is None:
        return name
    try:
        return register.find(name).name
    except RefusedInput:
        return name


def _labelled(cells: list[tuple[int, str]]) -> Iterator[tuple[str, str, int]]:
    """("agency" | "year" | "stage", text, column) of cells such as "Instansi: X" or "Instansi" beside "X"."""
    for position, (column, text) in enumerate(cells):
        match = _LABELLED.match(text)
        if not match:
            continue
        label = match[1].lower()
        what = "year" if label.startswith(("tahun", "year")) else "agency"
        what = "stage" if label.startswith(("tahap", "stage", "jenis")) else what
        if what == "year" and match[2] is None and year_of(text):
            yield what, text, column
            continue
        value, at = (match[2] or "").strip(), column
        if not value:
            following = [(c, t.lstrip(": ")) for c, t in cells[position + 1 :] if t.strip(": ")]
            if not following:
                continue
            at, value = following[0]
        yield what, value, at


def _only_year(text: str) -> re.Match[str] | None:
    return re.fullmatch(r"\(?(20[0-4]\d)\)?", text.strip())
