"""Writes a report to a file: the extension says the format, and a file is whole or not there at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistant.reports.content import Report
from assistant.reports.document import docx
from assistant.reports.portable import pdf
from assistant.reports.workbook import workbook
from scoring import RefusedInput, Text

RENDERERS: dict[str, Callable[[Report], bytes]] = {".pdf": pdf, ".xlsx": workbook, ".docx": docx}


def format_of(path: Path) -> str:
    """The extension that names a format.

    Raises:
        RefusedInput: there is none for it; the message says which there are.
    """
    extension = path.suffix.lower()
    if extension in RENDERERS:
        return extension
    known = ", ".join(RENDERERS)
    raise RefusedInput(
        "unknown_format",
        Text(
            id=f"{path.name}: format {extension or '(tanpa ekstensi)'} tidak ada. Yang diterima: {known}. "
            "Beri nama berkas dengan salah satu ekstensi itu.",
            en=f"{path.name}: there is no format {extension or '(no extension)'}. Accepted: {known}. "
            "Name the file with one of them.",
        ),
        accepted=list(RENDERERS),
    )


def write(report: Report, path: Path) -> None:
    """Render a report and put it in place of whatever stood at ``path``.

    Raises:
        RefusedInput: an unknown format, or a place that cannot be written to.
    """
    put(RENDERERS[format_of(path)](report), path)


def put(content: bytes, path: Path) -> None:
    """Write a file under another name in its folder, then give it its name.

    Raises:
        RefusedInput: the place cannot be written to; nothing is left behind.
    """
    try:
        _put(content, path)
    except OSError as reason:
        told = reason.strerror or type(reason).__name__
        raise RefusedInput(
            "not_writable",
            Text(
                id=f"{path.name}: tidak dapat ditulis ({told}). Pilih map yang ada dan boleh ditulis, "
                "dan tutup berkas itu bila sedang dibuka. Tidak ada yang disimpan.",
                en=f"{path.name}: cannot be written ({told}). Choose an existing folder you may write to, "
                "and close the file if it is open. Nothing was saved.",
            ),
            file=path.name,
        ) from reason


def _put(content: bytes, path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(None, "is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
