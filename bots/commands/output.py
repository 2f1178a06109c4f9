"""How a command speaks: results on standard output, messages on standard error, refusals with exit 1."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from scoring.refusal import Language, RefusedInput, Text

SECOND_HAND = Text(
    id="Dari sumber kedua; belum dicocokkan dengan naskah aturannya.",
    en="Second-hand; not checked against the text of the rule.",
)


def say(text: str) -> None:
    """A message for the person, never part of the result."""
    print(text, file=sys.stderr)


def emit(document: Any) -> None:
    """One JSON document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def line(document: Any) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def language(lang: str | None) -> Language:
    """The language asked for, Indonesian where none was.

    Raises:
        RefusedInput: neither id nor en.
    """
    if lang in (None, "id"):
        return "id"
    if lang == "en":
        return "en"
    raise RefusedInput(
        "unknown_language",
        Text(id=f"Bahasa {lang!r} tidak ada. Yang diterima: id, en.", en=f"No language {lang!r}. Accepted: id, en."),
    )


@contextmanager
def refusing(lang: str | None = None) -> Iterator[None]:
    """Turn a refused input into its message, in the language asked for, and exit code 1."""
    speak: Language = "en" if lang == "en" else "id"
    try:
        language(lang)
        yield
    except RefusedInput as reason:
        say(reason.message.into(speak))
        raise typer.Exit(1) from reason


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error that appears only when there is something to wait for."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield report


def batch_lines(path: Any) -> Iterator[dict[str, Any]]:
    """The lines of a batch file: ``{"id", "text", ...}`` each.

    Raises:
        RefusedInput: no such file, or a line that is not such an object; says which line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as reason:
        raise _bad(path.name, 0, str(reason)) from reason
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        try:
            document = json.loads(row)
        except json.JSONDecodeError as reason:
            raise _bad(path.name, number, reason.msg) from reason
        if isinstance(document, dict) and "text" not in document and "question" in document:
            document["text"] = document["question"]
        if not isinstance(document, dict) or not isinstance(document.get("text"), str) or "id" not in document:
            raise _bad(path.name, number, 'needs "id" and "text"')
        yield document


def _bad(name: str, number: int, what: str) -> RefusedInput:
    place = f"{name}, baris {number}" if number else name
    place_en = f"{name}, line {number}" if number else name
    return RefusedInput(
        "batch_not_readable",
        Text(
            id=f'{place}: {what}. Yang diterima: satu objek JSON per baris, {{"id", "text"}}.',
            en=f'{place_en}: {what}. Accepted: one JSON object a line, {{"id", "text"}}.',
        ),
        line=number,
    )
