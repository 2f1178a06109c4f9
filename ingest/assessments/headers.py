"""What a column holds, by its header: agency, year, stage, a value of some stage and year, or nothing of ours."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scoring.assessment import Stage

Role = Literal["number", "label", "kind", "agency", "year", "stage", "value", "ignored", "unknown"]

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_STAGES: tuple[tuple[Stage, str], ...] = (
    ("target", r"\btarget\b|\bsasaran\b"),
    ("self", r"\bmandiri\b|\bself\b|\bcapaian\b|\bpm\b"),
    ("internal", r"\bverif\w*\b|(?:penilaian|nilai|tim|asesor)\s+internal\b|^internal$"),
    ("external", r"\beks\w*\b|\bexternal\b|\bpusat\b|\basesor\b|nilai kematangan|tingkat kematangan"),
    ("final", r"\bakhir\b|\bfinal\b"),
)
_ROLES: tuple[tuple[Role, str], ...] = (
    ("ignored", r"bobot|weight|selisih|gap|\bdelta\b|\btren|keterangan|catatan|bukti|evidence|link|url|sumber|source|"
                r"predikat target|terbobot|rekomendasi|rekomendasi|penjelasan|kriteria|\bpic\b|penanggung|\bgroup\b|"
                r"kelompok|provinsi$|peringkat|rank"),
    ("agency", r"^(?:nama )?(?:instansi|agency|institution|pemerintah daerah|pemda|kementerian|k l|k l d|ipp?d|"
               r"kabupaten kota|kab kota|kabupaten|daerah)\b"),
    ("year", r"^(?:tahun|year|thn)(?: (?:penilaian|evaluasi|anggaran))?$"),
    ("stage", r"^(?:tahap(?:an)?|stage|jenis penilaian|tahap penilaian)$"),
    ("kind", r"^(?:jenis|kind|tipe|type)$"),
    ("number", r"^(?:no|nomor|nr|number|no urut|no indikator|nomor indikator|#)$"),
    ("label", r"indikator|indicator|^(?:nama|name|uraian|kode|code|aspek|domain|nama indeks|pertanyaan)\b"),
)  # fmt: skip
_VALUE = re.compile(r"\b(nilai|level|tingkat|skor|score|value|hasil|capaian|indeks)\b")


@dataclass(frozen=True)
class Column:
    """A column and what its header says; ``stage`` and ``year`` where it names them."""

    index: int
    header: str
    role: Role
    stage: Stage | None = None
    year: int | None = None
    last: bool = False


@lru_cache(maxsize=2000)
def stage_of(text: str) -> Stage | None:
    """The stage that a word names.

    >>> stage_of("Nilai Mandiri"), stage_of("Eks"), stage_of("Nilai")
    ('self', 'external', None)
    """
    plain = _plain(text)
    return next((stage for stage, pattern in _STAGES if re.search(pattern, plain)), None)


def year_of(text: str) -> int | None:
    found = _YEAR.findall(text)
    return int(found[0]) if found else None


@lru_cache(maxsize=2000)
def role_of(text: str) -> Role:
    """What a header announces; ``unknown`` where it says nothing that is known here."""
    plain = _plain(text)
    if not plain:
        return "unknown"
    for role, pattern in _ROLES:
        if re.search(pattern, plain):
            return role
    if stage_of(text) or _VALUE.search(plain) or re.fullmatch(r"(?:20[0-4]\d)", plain):
        return "value"
    return "unknown"


def is_evidence(header: str) -> bool:
    """Whether a column names what proves a level, by its header.

    >>> is_evidence("Bukti Dukung"), is_evidence("Catatan")
    (True, False)
    """
    return bool(re.search(r"\bbukti\b|\bevidence\b|\bdata dukung\b", _plain(header)))


def column_of(index: int, header: str) -> Column:
    role = role_of(header)
    if role == "label" and stage_of(header) and _VALUE.search(_plain(header)):
        role = "value"  # "Nilai Tingkat Kematangan Indikator"
    stage = stage_of(header) if role == "value" else None
    return Column(index, header, role, stage, year_of(header), stage == "final")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9#]+", " ", text.lower()).split())
