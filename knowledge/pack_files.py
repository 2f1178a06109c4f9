"""Reading the files of the pack: every problem names file, entry, key, what is accepted and what to do."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from scoring.refusal import RefusedInput, Text
from scoring.yaml_text import read_yaml

_WRONG = {
    "missing": ("wajib diisi tetapi tidak ada", "is required and missing"),
    "extra_forbidden": ("kunci ini tidak dikenal", "this key is unknown"),
    "string_too_short": ("kosong", "is empty"),
    "too_short": ("isinya kurang", "holds too few items"),
    "string_type": ("harus berupa teks (pakai tanda kutip)", "must be text (use quotation marks)"),
    "tuple_type": ("harus berupa daftar", "must be a list"),
    "model_type": ("harus berupa pasangan kunci dan isi", "must be keys with values"),
    "list_type": ("harus berupa daftar", "must be a list"),
}


def broken(file: str, where: Text, what: Text, **details: object) -> RefusedInput:
    """The refusal of a pack file.

    Args:
        file: name of the file under the pack, such as ``digests/perpres-95-2018.yaml``.
        where: the entry and key; may be empty.
        what: what is wrong and what is accepted.
    """
    place = Text(id=", ".join(filter(None, (file, where.id))), en=", ".join(filter(None, (file, where.en))))
    return RefusedInput(
        "broken_pack",
        Text(
            id=f"{place.id}: {what.id}. Perbaiki berkas itu, lalu jalankan: spbe pack check.",
            en=f"{place.en}: {what.en}. Mend that file, then run: spbe pack check.",
        ),
        file=file,
        where=where.id,
        **details,
    )


def read(file: Path, folder: Path, model: Any) -> Any:
    """One file of the pack as ``model`` (a pydantic model or a type such as ``tuple[Term, ...]``).

    Raises:
        RefusedInput: it is no YAML, a key stands twice, or a field is missing, unknown or empty.
    """
    name = file.relative_to(folder).as_posix()
    try:
        document = read_yaml(file)
    except UnicodeDecodeError as reason:
        raise broken(
            name,
            Text(id="", en=""),
            Text(
                id="bukan teks UTF-8. Simpan berkas dengan pengodean UTF-8",
                en="is no UTF-8 text. Save the file as UTF-8",
            ),
        ) from reason
    except yaml.YAMLError as reason:
        mark = getattr(reason, "problem_mark", None)
        row = mark.line + 1 if mark is not None else None
        problem = str(getattr(reason, "problem", None) or reason)
        raise broken(
            name,
            Text(id=f"baris {row}" if row else "", en=f"line {row}" if row else ""),
            Text(
                id=f"bukan YAML yang dapat dibaca ({problem}). Periksa lekukan, tanda kutip, dan kunci ganda",
                en=f"is no readable YAML ({problem}). Check indentation, quotation marks and doubled keys",
            ),
            line=row,
        ) from reason
    try:
        return TypeAdapter(model).validate_python(document)
    except ValidationError as reason:
        raise _refusal(name, document, reason, model) from reason


def _refusal(name: str, document: Any, reason: ValidationError, model: Any) -> RefusedInput:
    first = reason.errors()[0]
    steps = list(first["loc"])
    where_id: list[str] = []
    where_en: list[str] = []
    here = document
    key = ""
    for step in steps:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            if not key or key == "entries":
                label = _label(here)
                where_id.append(f"entri {step + 1}{label}")
                where_en.append(f"entry {step + 1}{label}")
                key = ""
            else:
                key += f"[{step + 1}]"
        else:
            key = f"{key}.{step}" if key and key != "entries" else str(step)
            here = here.get(step) if isinstance(here, dict) else None
    if key:
        where_id.append(f'kunci "{key}"')
        where_en.append(f'key "{key}"')
    wrong_id, wrong_en = _WRONG.get(first["type"], (first["msg"], first["msg"]))
    accepted = _accepted(model, steps)
    return broken(
        name,
        Text(id=", ".join(where_id), en=", ".join(where_en)),
        Text(
            id=f"{wrong_id}. Yang diterima: {accepted}" if accepted else wrong_id,
            en=f"{wrong_en}. Accepted: {accepted}" if accepted else wrong_en,
        ),
        key=key,
        accepted=accepted,
    )


def _label(entry: Any) -> str:
    known = entry if isinstance(entry, dict) else {}
    name = known.get("locator") or known.get("term") or known.get("number") or known.get("id")
    return f" ({name})" if name else ""


def _accepted(model: Any, steps: list[int | str]) -> str:
    """The keys of the model in which the problem lies, required ones first."""
    holder = _holder(model, steps)
    if holder is None:
        return ""
    required = [name for name, field in holder.model_fields.items() if field.is_required()]
    further = [name for name, field in holder.model_fields.items() if not field.is_required()]
    return ", ".join(required + [f"{name} (boleh tidak ada)" for name in further])


def _holder(model: Any, steps: list[int | str]) -> type[BaseModel] | None:
    here: Any = model
    found: type[BaseModel] | None = None
    for step in [*steps, None]:
        while not (isinstance(here, type) and issubclass(here, BaseModel)):
            inner = [part for part in getattr(here, "__args__", ()) if part not in (Ellipsis, type(None))]
            if not inner:
                return found
            here = inner[0]
        found = here
        if isinstance(step, str):
            field = here.model_fields.get(step)
            if field is None or step == steps[-1]:
                return found
            here = field.annotation
    return found
