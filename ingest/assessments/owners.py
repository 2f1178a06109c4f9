"""Whose figures these are, of which year and stage: said by the cell, the table, the file or the person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.assessments.assembling import Checks, Key
from ingest.assessments.figures import Figure
from ingest.assessments.headers import stage_of, year_of
from ingest.assessments.letterhead import Context, Register, agencies_in
from ingest.assessments.options import Options
from ingest.assessments.refusals import refuse
from ingest.assessments.report import Report
from scoring.assessment import STAGE_NAMES, Stage
from scoring.instrument import load_instrument
from scoring.refusal import RefusedInput, Text


@dataclass
class Owners:
    """Finds agency, year and stage of a figure; what is not said but taken from elsewhere goes into the report.

    Args:
        contexts: the letterhead of each sheet, by its position; ``shared`` that of sheets without a table.
    """

    path: Path
    register: Register | None
    options: Options
    checks: Checks
    contexts: dict[int, Context]
    shared: Context
    report: Report
    matched: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def key(self, figure: Figure) -> Key:
        return self._agency(figure), self._year(figure), self._stage(figure)

    def _agency(self, figure: Figure) -> str:
        context = self.contexts[figure.sheet]
        name = figure.agency or context.agency or self.shared.agency
        if name is None:
            name = self._from_names(figure) or self.options.agency
        if name is None:
            raise refuse(
                "no_agency",
                self.checks.sheets[figure.sheet].place,
                Text(id="tidak menyebut instansinya", en="names no agency"),
                Text(
                    id='"Instansi: ..." di atas tabel, kolom "Instansi", atau nama lembar',
                    en='"Instansi: ..." above the table, a column "Instansi", or the name of the sheet',
                ),
                Text(
                    id='Tambahkan, atau ulangi dengan --agency "Kota Bandar Lampung".',
                    en='Add it, or repeat with --agency "Kota Bandar Lampung".',
                ),
            )
        return self.registered(name, figure)

    def registered(self, name: str, figure: Figure | None = None) -> str:
        """The register's name of an agency.

        Raises:
            RefusedInput: unknown or ambiguous; says where, with the nearest names.
        """
        if name in self.matched:
            return self.matched[name]
        if self.register is None:
            self.matched[name] = name
            return name
        try:
            found = self.register.find(name).name
        except RefusedInput as reason:
            place = Text(id=self.path.name, en=self.path.name) if figure is None else self.checks.place(figure)
            if figure is not None and figure.agency is None:
                place = self.checks.sheets[figure.sheet].place
            message = Text(
                id=f"{place.id}: {reason.message.id} Tidak ada yang disimpan.",
                en=f"{place.en}: {reason.message.en} Nothing was stored.",
            )
            raise RefusedInput(reason.code, message, **{"where": place.id, **reason.details}) from reason
        self.matched[name] = found
        if found != name:
            self._say(f"name:{name}", "read", f'"{name}" = {found} (register).', f'"{name}" = {found} (register).')
        return found

    def _from_names(self, figure: Figure) -> str | None:
        """From the name of the sheet or the file."""
        sheet = self.checks.sheets[figure.sheet]
        for text, where in ((sheet.name, "lembar"), (_spaced(self.path.stem), "berkas")):
            if text is None or self.register is None:
                continue
            found = agencies_in(text, self.register)
            if not found and where == "lembar":
                try:
                    found = [self.register.find(text).name]
                except RefusedInput:
                    continue
            if len(found) == 1:
                english = "sheet" if where == "lembar" else "file"
                self._say(
                    f"agency:{text}",
                    "assumed",
                    f'instansi {found[0]} diambil dari nama {where} "{text}".',
                    f'agency {found[0]} was taken from the name of the {english} "{text}".',
                )
                return found[0]
        return None

    def _year(self, figure: Figure) -> int:
        context = self.contexts[figure.sheet]
        sheet = self.checks.sheets[figure.sheet]
        if year := figure.year or context.year:
            return year
        if year := self._named_year(sheet.name, "lembar", "sheet") or self.shared.year:
            return year
        if year := self.options.year or self._named_year(_spaced(self.path.stem), "berkas", "file"):
            return year
        raise refuse(
            "no_year",
            sheet.place,
            Text(id="tidak menyebut tahun penilaian", en="does not say the year of the assessment"),
            Text(
                id='"Tahun 2024" di atas tabel, pada judul kolom, atau kolom "Tahun"',
                en='"Tahun 2024" above the table, in the headers, or a column "Tahun"',
            ),
            Text(id="Tambahkan tahunnya, atau ulangi dengan --year 2024.", en="Add it, or repeat with --year 2024."),
        )

    def _named_year(self, text: str | None, where: str, english: str) -> int | None:
        year = year_of(text) if text else None
        if year is not None:
            self._say(
                f"year:{text}",
                "assumed",
                f'tahun {year} diambil dari nama {where} "{text}".',
                f'the year {year} was taken from the name of the {english} "{text}".',
            )
        return year

    def _stage(self, figure: Figure) -> Stage:
        sheet = self.checks.sheets[figure.sheet]
        if figure.stage:
            return figure.stage
        said = self.contexts[figure.sheet].stage or (stage_of(sheet.name) if sheet.name else None)
        if stage := said or self.shared.stage or self.options.stage:
            return stage
        self._say(
            f"stage:{figure.sheet}",
            "assumed",
            f"{sheet.place.id}: tahap tidak disebut; dibaca sebagai {STAGE_NAMES['external'].id} (external). "
            "Bila bukan, ulangi dengan --stage.",
            f"{sheet.place.en}: no stage is named; read as {STAGE_NAMES['external'].en}. "
            "If it is another, repeat with --stage.",
        )
        return "external"

    def _say(self, once: str, kind: str, indonesian: str, english: str) -> None:
        if once not in self.told:
            self.told.add(once)
            self.report.add(kind, indonesian, english)


def check_years(instrument: str, years: Sequence[int], report: Report) -> None:
    """Say where an instrument is used for a year it was not made for."""
    known = load_instrument(instrument)
    for year in sorted(set(years)):
        if year < known.first_year or (known.last_year is not None and year > known.last_year):
            span = f"{known.first_year}-{known.last_year or ''}"
            report.add(
                "assumed",
                f"tahun {year} di luar masa {instrument} ({span}); instrumen dikenali dari indikatornya.",
                f"the year {year} lies outside {instrument} ({span}); it was recognised by its indicators.",
            )


def _spaced(stem: str) -> str:
    return re.sub(r"[_\-.]+", " ", stem)
