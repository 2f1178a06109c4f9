"""What the headings over words say: which column holds names, numbers, and the values of the report's own year."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.assessments.evaluation_report.columns import Role, levels_in, repeats_after, role_of
from ingest.assessments.evaluation_report.groups import group_of
from ingest.assessments.evaluation_report.levels import level_begins

_NAMES: tuple[Role, ...] = ("indicator", "name", "aspect", "domain")
_LEAST_GROUPS = 4  # headings of groups of agencies that make a table of averages
_YEAR = re.compile(r"\b20[0-4]\d\b")
_VOCABULARY = (
    "nilai|tingkat|kematangan|level|capaian|skor|hasil|indeks|penilaian|evaluasi|eksternal|akhir|final|mandiri|"
    "internal|verifikasi|tahun|lalu|sebelumnya|ini|indikator|aspek|domain|komponen|rincian|nama|uraian|spbe|pemdi|"
    "bobot|target|keterangan|predikat|kategori|catatan|penjelasan|nomor|no|kode|lainnya|instansi|pusat|daerah|"
    "pemerintah|digital|rata|nasional|kementerian|lpnk|lembaga|provinsi|kabupaten|kota|dan|kab|th"
)
_LEAST_CUT = 3  # letters of a word before the edge that cuts it
_CUT = "|".join(
    sorted(
        {word[:end] for word in _VOCABULARY.split("|") for end in range(_LEAST_CUT, len(word))}, key=len, reverse=True
    )
)
_OF_HEADINGS = re.compile(rf"(?:{_VOCABULARY}|20[0-4]\d)*")
_CUT_AT_END = re.compile(rf"(?:{_VOCABULARY}|20[0-4]\d)*(?:{_CUT})?")
_FINAL = re.compile(r"akhir|eksternal|final|pusat", re.I)


@dataclass(frozen=True)
class Header:
    """The headings of a table with the role of each column.

    ``groups`` are those of a table of averages, by column; ``levels`` those of columns in which a level is marked.
    """

    texts: tuple[str, ...]
    roles: tuple[Role, ...]
    year: int
    groups: dict[int, str]
    levels: dict[int, str]
    understood: int

    def blocks(self) -> list[range]:
        """The columns of each of the tables that stand side by side."""
        size = len(self.roles) if self.groups or self.levels else repeats_after(self.roles)
        return [range(start, start + size) for start in range(0, len(self.roles), size)]

    def of(self, role: Role, block: range) -> list[int]:
        return [column for column in block if self.roles[column] == role]

    def name_columns(self, block: range) -> list[int]:
        """Where the name of a row is looked for, one column after the other."""
        for role in _NAMES[:2]:
            if found := self.of(role, block):
                return found
        return [*self.of("aspect", block), *self.of("domain", block)]

    def value_columns(self, block: range) -> list[int]:
        """The columns of the figures to read: of the report's year, or the only ones; several where none is sure."""
        if self.groups or self.levels:
            return [column for column in block if column in (self.groups or self.levels)]
        found = self.of("value", block) or self.of("own", block)
        years = {column: set(_YEAR.findall(self.texts[column])) for column in found}
        for narrower in (
            [column for column in found if str(self.year) in years[column]],
            [column for column in found if not years[column]],
        ):
            if narrower:
                found = narrower
                break
        else:
            return []
        final = [column for column in found if _FINAL.search(self.texts[column])]
        return final if len(found) > 1 and len(final) == 1 else found

    @property
    def left_out(self) -> set[str]:
        """Headings of columns that hold another stage's values beside those of the evaluation."""
        if "value" not in self.roles:
            return set()
        return {text for text, role in zip(self.texts, self.roles, strict=True) if role == "own"}

    @property
    def other_years(self) -> set[int]:
        valued = [text for text, role in zip(self.texts, self.roles, strict=True) if role == "value"]
        return {int(year) for text in valued for year in _YEAR.findall(text)} - {self.year}


def of_headings(text: str) -> bool:
    """Whether a text holds nothing but words of headings, or begins or ends one that a narrow column has cut."""
    return text[0].islower() or _CUT_AT_END.fullmatch(_squashed(text)) is not None


def _squashed(text: str) -> str:
    return re.sub(r"[^a-z\d]", "", text.lower())


def _role(text: str) -> Role | None:
    """The role of a column; a narrow one may cut its heading within a word."""
    return role_of(text) or role_of(text.replace(" ", ""))


@lru_cache(maxsize=4096)
def header_of_words(texts: tuple[str, ...], year: int) -> Header | None:
    """What the columns hold, where the texts are those of a header: one column of names, one of values."""
    if len(texts) < 2 or any(len(text) >= 60 for text in texts):
        return None
    groups = {column: group for column, text in enumerate(texts) if (group := group_of(text))}
    if len(groups) >= _LEAST_GROUPS and len(set(groups.values())) == len(groups) and 0 not in groups:
        said = ["value" if column in groups else _role(text) for column, text in enumerate(texts)]
        if not set(_NAMES) & set(said):
            said[0] = "name"
        known = sum(role is not None for role in said)
        return Header(texts, tuple(role or "other" for role in said), year, groups, {}, known)
    levels = levels_in(texts)
    said = ["level" if column in levels else _role(text) for column, text in enumerate(texts)]
    for column, (text, role) in enumerate(zip(texts, said, strict=True)):
        if column not in levels and (
            re.search(r"\d", _YEAR.sub("", text))
            or level_begins(text) is not None
            or (role in (*_NAMES, "value", "own") and not _OF_HEADINGS.fullmatch(_squashed(text)))
        ):
            return None
    if not set(_NAMES) & set(said) or not {"value", "own", "level"} & set(said):
        return None
    known = sum(role is not None for role in said)
    return Header(texts, tuple(role or "other" for role in said), year, {}, levels, known)
