"""The document of the ministry's TAUVAL service: aspects and domains as decimals of ten places, in JSON."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.assessments.cells import value_of
from ingest.assessments.figures import Figure
from ingest.assessments.headers import stage_of, year_of
from ingest.assessments.labels import read_label

_AGENCY = ("instansi", "nama_instansi", "namainstansi", "institution", "institution_name", "agency", "nama")
_YEAR = ("tahun", "year", "tahun_penilaian")
_STAGE = ("stage", "tahap", "kind", "jenis")
_CODE = ("code", "kode", "indicator_or_aggregate_code", "kode_indikator", "key", "indikator")
_VALUE = ("value", "nilai", "skor", "score", "nilai_indeks")
_NODE = re.compile(r"^(?:[DAI]\d{4}|[DAI]\d{1,2}|indeks.*|index|predikat)$", re.I)


def is_tauval(content: Any) -> bool:
    """Whether a JSON document holds codes such as D2001, A2008 or INDEKS."""
    return any(True for _ in _codes(content))


def figures_of(content: Any) -> list[Figure]:
    """The figures of the document, wherever it nests them; agency, year and stage come from the nearest object."""
    figures: list[Figure] = []
    for number, (code, value, about) in enumerate(_codes(content)):
        label = read_label(code)
        if label is None or label.kind is None:
            continue
        figures.append(
            Figure(
                agency=_first(about, _AGENCY),
                year=year_of(_first(about, _YEAR) or ""),
                stage=stage_of(_first(about, _STAGE) or "") or "external",
                kind=label.kind,
                number=label.number or 0,
                value=str(value) if label.kind == "rating" else value_of(value),
                sheet=0,
                row=number,
                column=0,
            )
        )
    return figures


def _codes(content: Any, about: dict[str, Any] | None = None) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    about = about or {}
    if isinstance(content, list):
        for one in content:
            yield from _codes(one, about)
        return
    if not isinstance(content, dict):
        return
    lower = {str(key).lower(): value for key, value in content.items()}
    around = about | {key: value for key, value in lower.items() if isinstance(value, str | int)}
    code, value = _first(lower, _CODE), next((lower[key] for key in _VALUE if key in lower), None)
    if code is not None and _NODE.match(code) and not isinstance(value, dict | list):
        yield code, value, around
        return
    for key, inner in content.items():
        if isinstance(inner, dict | list):
            yield from _codes(inner, around)
        elif _NODE.match(str(key)):
            yield str(key), inner, around


def _first(document: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    found = next((document[key] for key in keys if document.get(key) not in (None, "")), None)
    return str(found) if isinstance(found, str | int) else None
