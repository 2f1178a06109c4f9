"""Assessments as JSON documents, alone or in a list (shared/DESIGN.md section 4)."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scoring import Assessment, RefusedInput, Text

_LARGEST = 20 * 1024 * 1024  # bytes
_WRONG = {
    "extra_forbidden": Text(id="tidak dikenal", en="is not known"),
    "missing": Text(id="tidak ada", en="is missing"),
    "value_error": Text(id="bukan angka", en="is not a number"),
    "literal_error": Text(
        id="tidak ada tahap itu (target, self, internal, external, final)",
        en="there is no such stage (target, self, internal, external, final)",
    ),
    "int_parsing": Text(id="bukan bilangan bulat", en="is no whole number"),
}


def read_json(path: Path) -> tuple[list[Assessment], bool]:
    """Read the assessments of a JSON file.

    Returns:
        The assessments, and whether the file held a list.

    Raises:
        RefusedInput: no such file, no JSON, or a document that is no assessment; says where.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _refused("file_too_large", path.name, "berkas lebih dari 20 MB", "the file exceeds 20 MB")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as reason:
        raise _refused("no_such_file", path.name, "berkas tidak ada", "there is no such file") from reason
    except UnicodeDecodeError as reason:
        raise _refused("not_json", path.name, "bukan teks UTF-8", "it is not UTF-8 text") from reason
    except json.JSONDecodeError as reason:
        raise _refused(
            "not_json",
            path.name,
            f"bukan JSON yang benar (baris {reason.lineno}, kolom {reason.colno})",
            f"it is not valid JSON (line {reason.lineno}, column {reason.colno})",
        ) from reason
    except (ValueError, RecursionError) as reason:  # a number of thousands of digits, thousands of brackets
        raise _refused("not_json", path.name, "bukan JSON penilaian", "it is no JSON of an assessment") from reason
    return assessments_from(content, path.name), isinstance(content, list)


def assessments_from(content: Any, where: str) -> list[Assessment]:
    """Check one document or a list of them; ``where`` names the source in errors."""
    if not isinstance(content, list):
        return [assessment_from(content, where)]
    if not content:
        raise _refused("no_assessment", where, "daftarnya kosong", "the list is empty")
    return [assessment_from(one, f"{where}, no. {number}") for number, one in enumerate(content, 1)]


def assessment_from(document: Any, where: str) -> Assessment:
    """Check one document.

    Raises:
        RefusedInput: what is wrong at which key, and what is accepted.
    """
    if not isinstance(document, dict):
        raise _refused("not_an_assessment", where, "bukan objek JSON", "it is not a JSON object")
    try:
        return Assessment.model_validate(document)
    except ValidationError as reason:
        first = reason.errors()[0]
        key = ".".join(map(str, first["loc"])) or "-"
        wrong = _WRONG.get(first["type"], Text(id="isinya tidak diterima", en=first["msg"]))
        raise _refused("not_an_assessment", where, f"kunci {key!r}: {wrong.id}", f"key {key!r}: {wrong.en}") from reason
    except RefusedInput as reason:
        message = Text(id=f"{where}: {reason.message.id}", en=f"{where}: {reason.message.en}")
        raise RefusedInput(reason.code, message, **reason.details) from reason


def _refused(code: str, where: str, indonesian: str, english: str) -> RefusedInput:
    return RefusedInput(
        code,
        Text(
            id=f"{where}: {indonesian}. Yang diterima: satu penilaian atau daftar penilaian sebagai JSON "
            '{"agency", "year", "stage", "levels"}.',
            en=f"{where}: {english}. Accepted: one assessment or a list of them as JSON "
            '{"agency", "year", "stage", "levels"}.',
        ),
        where=where,
    )
