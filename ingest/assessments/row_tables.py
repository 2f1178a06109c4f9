"""Tables that name indicators, aspects or domains down the sheet, with values in one or many columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ingest.assessments.cells import Sheet, blank, letters, value_of, words
from ingest.assessments.evidence import read_evidence
from ingest.assessments.figures import Figure, Note
from ingest.assessments.headers import Column, is_evidence, stage_of, year_of
from ingest.assessments.labels import Label, NodeKind, read_label
from ingest.assessments.letterhead import Context, Register, instrument_in, read_letterhead
from ingest.assessments.recognising import Nodes, Placed, recognise
from ingest.assessments.refusals import refuse
from ingest.assessments.table_refusals import no_header, no_value_column, unreadable_values
from ingest.assessments.tables import LabelColumns, find_header, numeric_share
from scoring.assessment import Stage
from scoring.refusal import RefusedInput, Text

_KINDS: dict[str, NodeKind] = {
    "indikator": "indicator", "indicator": "indicator", "aspek": "aspect", "aspect": "aspect", "domain": "domain",
    "indeks": "index", "index": "index", "predikat": "rating", "rating": "rating",
}  # fmt: skip
_TITLES = 4  # labelled cells above a header that may be titles


@dataclass
class Found:
    """What one sheet holds: figures, the context around them, their instrument, and lines for the report.

    ``evidence`` names by indicator what the agency holds, where a column does and the sheet is about one assessment.
    """

    sheet: Sheet
    figures: list[Figure]
    context: Context
    instrument: str
    notes: list[Note] = field(default_factory=list)
    evidence: dict[int, tuple[str, ...]] = field(default_factory=dict)


def read_row_table(sheet: Sheet, position: int, labels: LabelColumns, register: Register | None) -> Found:
    """Read a table with one row for each indicator.

    Raises:
        RefusedInput: no header, no column of values, an unknown instrument, two agencies in one sheet.
    """
    starts = ((k, find_header(sheet, row)) for k, row in enumerate(labels.rows[:_TITLES]))
    skipped, header = next(((k, header) for k, header in starts if header is not None), (0, None))
    if header is None:
        raise no_header(sheet, labels.rows[0])
    labels = replace(labels, rows=labels.rows[skipped:])  # "SPBE" above the header is a title, not a row
    top, columns = header
    if labels.names is None:
        labels = replace(labels, names=_column_of_names(sheet, labels, columns))
    context = read_letterhead(sheet, range(top), register)
    table = _RowTable(sheet, position, labels, columns, context, register)
    return table.read()


class _RowTable:
    def __init__(
        self,
        sheet: Sheet,
        position: int,
        labels: LabelColumns,
        columns: list[Column],
        context: Context,
        register: Register | None,
    ) -> None:
        self.sheet, self.position, self.labels, self.columns = sheet, position, labels, columns
        self.context, self.register = context, register
        self.notes: list[Note] = []
        self.agency = self._only("agency")
        self.year = self._only("year")
        self.stage, self.kind = self._only("stage"), None
        for column in columns:
            texts = [words(sheet.cell(row, column.index)).lower() for row in labels.rows]
            kinds = sum(text in _KINDS for text in texts)
            if 2 * kinds > len(texts) or (kinds and column.role == "kind"):
                self.kind = column
            elif column.role == "kind" and self.stage is None and any(stage_of(text) for text in texts):
                self.stage = column

    def _all(self, role: str) -> list[Column]:
        own = (self.labels.numbers, self.labels.names)
        return [column for column in self.columns if column.role == role and column.index not in own]

    def _only(self, role: str) -> Column | None:
        """The column of a role; one that only holds one agency's name above is not it."""
        return next(iter(self._all(role)), None)

    def read(self) -> Found:
        placed = list(self._placed())
        if self.agency is None:
            self._one_agency()
        stated = self.context.instrument or self._stated()
        years = [self.context.year, *(c.year for c in self.columns), *self._years_down()]
        names = recognise(self.sheet, placed, next((year for year in years if year), None), stated)
        nodes = Nodes(self.sheet, names, placed)
        values = self._value_columns()
        figures = []
        for one in placed:
            node = nodes.of(one)
            if node is None:
                self._ignored_row(one, values)
                continue
            figures += [self._figure(one.row, column, node) for column in values]
        self._say_numbering(nodes)
        self._say_unlabelled(values)
        self._repeated(figures)
        evidence, notes = read_evidence(self.sheet, self.columns, nodes, placed, figures)
        return Found(self.sheet, figures, self.context, names.instrument.id, [*self.notes, *notes], evidence)

    def _placed(self) -> Iterator[Placed]:
        numbers, names = self.labels.numbers, self.labels.names
        for row in self.labels.rows:
            named = read_label(words(self.sheet.cell(row, names))) if names is not None else None
            counted = read_label(words(self.sheet.cell(row, numbers))) if numbers is not None else None
            number = counted.number if counted is not None and not counted.name else None
            kind = _KINDS.get(words(self.sheet.cell(row, self.kind.index)).lower()) if self.kind else None
            if kind in ("index", "rating"):
                yield Placed(Label(kind, None, ""), row, self.kind.index)  # type: ignore[union-attr]
            elif named is None or (named.kind is None and named.number is None):
                yield Placed(Label(kind, number, named.name if named else ""), row, names or numbers or 0)
            else:
                yield Placed(named, row, names if names is not None else numbers or 0)

    def _one_agency(self) -> None:
        """Refuse a sheet that names several agencies around one table."""
        others = list(self.context.others)
        between = sorted(set(range(self.labels.rows[0], self.labels.rows[-1])) - set(self.labels.rows))
        inside = read_letterhead(self.sheet, between, self.register)
        if inside.agency and self.context.agency and not self._same(inside.agency, self.context.agency):
            others.append(inside.agency)
        if others:
            raise refuse(
                "two_agencies",
                self.sheet.place,
                Text(
                    id=f"menyebut lebih dari satu instansi ({self.context.agency}; {'; '.join(others)}) "
                    "untuk satu tabel",
                    en=f"names several agencies ({self.context.agency}; {'; '.join(others)}) for one table",
                ),
                Text(
                    id='satu instansi per lembar, atau kolom "Instansi" pada setiap baris',
                    en='one agency a sheet, or a column "Instansi" in every row',
                ),
                Text(
                    id="Pisahkan tiap instansi ke lembarnya sendiri lalu jalankan perintah yang sama.",
                    en="Give each agency a sheet of its own and run the same command.",
                ),
                agencies=[self.context.agency, *others],
            )

    def _same(self, left: str, right: str) -> bool:
        if self.register is None:
            return left == right
        try:
            return self.register.find(left).name == self.register.find(right).name
        except RefusedInput:
            return left == right

    def _stated(self) -> str | None:
        column = next((c for c in self.columns if c.header.lower() in ("instrument", "instrumen")), None)
        return instrument_in(words(self.sheet.cell(self.labels.rows[0], column.index))) if column else None

    def _years_down(self) -> list[int | None]:
        return [self._year_at(self.labels.rows[0])] if self.year else []

    def _year_at(self, row: int) -> int | None:
        return year_of(words(self.sheet.spanned(row, self.year.index))) if self.year else None

    def _value_columns(self) -> list[Column]:
        own = {self.labels.numbers, self.labels.names}
        own |= {c.index for c in (self.agency, self.year, self.stage, self.kind) if c is not None}
        found: list[Column] = []
        for column in self.columns:
            if column.index in own:
                continue
            numeric, filled = numeric_share(self.sheet, column.index, self.labels.rows)
            if column.role == "value" and (filled == 0 or 2 * numeric >= filled):
                found.append(column)
            elif filled and not is_evidence(column.header):
                self._ignored_column(column, numeric)
        found = self._without_plain(found)
        if not found:
            self._unreadable(own)
            raise no_value_column(self.sheet, self.columns)
        return self._distinct([self._settled(column, found) for column in found])

    def _unreadable(self, own: set[int | None]) -> None:
        """Refuse a column headed as values whose cells are none, with the first of them."""
        for column in self.columns:
            if column.role != "value" or column.index in own:
                continue
            for row in self.labels.rows:
                said = value_of(self.sheet.cell(row, column.index))
                if isinstance(said, str):
                    raise unreadable_values(self.sheet, row, column, said)

    def _without_plain(self, found: list[Column]) -> list[Column]:
        """A column only called "Nilai" beside columns that name their stage is one too many.

        Not beside a target alone, and not where the letterhead names a stage that no other column has.
        """

        def superfluous(column: Column) -> bool:
            beside = {other.stage for other in found if other.stage and other.year == column.year} - {"target"}
            own = self.context.stage
            return column.stage is None and bool(beside) and (own is None or own in beside)

        plain = [column for column in found if superfluous(column)]
        for column in plain:
            self._ignored_column(column, 0)
        return [column for column in found if column not in plain]

    def _settled(self, column: Column, found: list[Column]) -> Column:
        """ "Akhir" beside "Eks" is the final result; alone it is the external assessment."""
        beside = any(other.stage == "external" and other.year == column.year for other in found)
        if column.stage != "final" or beside:
            return column
        self.notes.append(
            Note(
                "assumed",
                Text(
                    id=f'{self.sheet.place.id}: kolom {letters(column.index)} "{column.header}" dibaca sebagai '
                    "penilaian eksternal, karena tidak ada kolom eksternal tersendiri.",
                    en=f'{self.sheet.place.en}: column {letters(column.index)} "{column.header}" was read as the '
                    "external assessment, as there is no other external column.",
                ),
            )
        )
        return replace(column, stage="external")

    def _distinct(self, found: list[Column]) -> list[Column]:
        seen: dict[tuple[int | None, Stage | None], Column] = {}
        for column in found:
            first = seen.setdefault((column.year, column.stage), column)
            if first is not column:
                raise refuse(
                    "two_columns",
                    self.sheet.place,
                    Text(
                        id=f'kolom {letters(first.index)} "{first.header}" dan {letters(column.index)} '
                        f'"{column.header}" berarti tahap dan tahun yang sama',
                        en=f'columns {letters(first.index)} "{first.header}" and {letters(column.index)} '
                        f'"{column.header}" mean the same stage and year',
                    ),
                    Text(
                        id="satu kolom untuk tiap tahap dan tahun (Target, Mandiri, Verif, Eks, Akhir)",
                        en="one column for each stage and year (Target, Mandiri, Verif, Eks, Akhir)",
                    ),
                    Text(
                        id="Hapus salah satunya atau perjelas judulnya, lalu jalankan perintah yang sama.",
                        en="Remove one of them or make its header clear, and run the same command.",
                    ),
                )
        return found

    def _figure(self, row: int, column: Column, node: tuple[NodeKind, int]) -> Figure:
        cell = self.sheet.cell(row, column.index)
        value = (words(cell) or None) if node[0] == "rating" else value_of(cell)
        agency = words(self.sheet.spanned(row, self.agency.index)) if self.agency else ""
        stage = stage_of(words(self.sheet.spanned(row, self.stage.index))) if self.stage else None
        return Figure(
            agency=agency or None,
            year=column.year or self._year_at(row),
            stage=column.stage or stage,
            kind=node[0],
            number=node[1],
            value=value,
            sheet=self.position,
            row=row,
            column=column.index,
        )

    def _repeated(self, figures: list[Figure]) -> None:
        seen: dict[tuple[object, ...], Figure] = {}
        for figure in figures:
            if figure.kind != "indicator":
                continue
            key = (figure.agency, figure.year, figure.stage, figure.number, figure.column)
            first = seen.setdefault(key, figure)
            if first is not figure:
                raise refuse(
                    "duplicate_indicator",
                    self.sheet.at(figure.row),
                    Text(
                        id=f"indikator {figure.number} sudah ada pada baris {first.row + 1}",
                        en=f"indicator {figure.number} already stands in row {first.row + 1}",
                    ),
                    Text(
                        id="satu baris untuk tiap indikator satu instansi",
                        en="one row for each indicator of an agency",
                    ),
                    Text(
                        id="Hapus baris yang berlebih; bila ada dua instansi, pisahkan ke dua lembar. "
                        "Lalu jalankan perintah yang sama.",
                        en="Remove the row that is too many; two agencies belong in two sheets. "
                        "Then run the same command.",
                    ),
                    indicator=figure.number,
                    rows=[first.row + 1, figure.row + 1],
                )

    def _ignored_row(self, one: Placed, values: list[Column]) -> None:
        if any(not blank(self.sheet.cell(one.row, column.index)) for column in values):
            self._not_ours(one.row, words(self.sheet.cell(one.row, one.column)))

    def _say_unlabelled(self, values: list[Column]) -> None:
        """Rows of the table that hold values but say of nothing what they are about."""
        first, last = self.labels.rows[0], self.labels.rows[-1]
        headers = {column.header for column in values}
        for row in sorted(set(range(first, min(last + 6, len(self.sheet.rows)))) - set(self.labels.rows)):
            cells = [self.sheet.cell(row, column.index) for column in values]
            if any(isinstance(v := value_of(cell), Fraction) and v != 0 for cell in cells) and not (
                headers & {words(cell) for cell in cells}
            ):
                said = next((text for cell in self.sheet.rows[row] if (text := words(cell))), "-")
                self._not_ours(row, said)

    def _not_ours(self, row: int, said: str) -> None:
        where = self.sheet.at(row)
        self.notes.append(
            Note(
                "ignored",
                Text(
                    id=f'{where.id}: "{said[:60]}" bukan bagian instrumen, tidak dibaca.',
                    en=f'{where.en}: "{said[:60]}" is no part of the instrument and was not read.',
                ),
            )
        )

    def _ignored_column(self, column: Column, numeric: int) -> None:
        why_id = "bukan kolom nilai" if column.role != "unknown" or not numeric else "judulnya tidak dikenal"
        why_en = "not a column of values" if column.role != "unknown" or not numeric else "its header is not known"
        if re.search(r"catatan|keterangan|penjelasan", column.header, re.I):
            why_id, why_en = "catatan per indikator tidak disimpan", "notes on single indicators are not kept"
        name = f'{letters(column.index)} "{column.header[:60]}"'
        self.notes.append(
            Note(
                "ignored",
                Text(
                    id=f"{self.sheet.place.id}: kolom {name} tidak dibaca: {why_id}.",
                    en=f"{self.sheet.place.en}: column {name} was not read: {why_en}.",
                ),
            )
        )

    def _say_numbering(self, nodes: Nodes) -> None:
        place = self.sheet.place
        if nodes.by_name_only:
            self.notes.append(
                Note(
                    "assumed",
                    Text(
                        id=f"{place.id}: kolom nomor hanya nomor urut; indikator dibaca dari namanya.",
                        en=f"{place.en}: the numbers only count rows; indicators were read by their names.",
                    ),
                )
            )
        if nodes.unverified:
            count = nodes.unverified
            self.notes.append(
                Note(
                    "assumed",
                    Text(
                        id=f"{place.id}: {count} nama indikator tidak terbaca jelas; nomornya yang dipakai.",
                        en=f"{place.en}: {count} indicator names were unclear; their numbers were used.",
                    ),
                )
            )


def _column_of_names(sheet: Sheet, labels: LabelColumns, columns: list[Column]) -> int | None:
    """The column headed as names of indicators, although none of its names is known."""
    for column in columns:
        texts = [words(sheet.cell(row, column.index)) for row in labels.rows]
        known = column.role == "label" and column.index != labels.numbers
        if known and 2 * sum(isinstance(value_of(text), str) for text in texts) > len(texts):
            return column.index
    return None
