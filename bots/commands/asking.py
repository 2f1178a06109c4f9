"""spbe ask, spbe search"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.commands.output import batch_lines, emit, language, line, progress_bar, refusing
from scoring.refusal import RefusedInput

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant

AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Batch = Annotated[Path | None, typer.Option("--batch", help="Berkas JSONL / JSONL file, one question a line.")]
Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Pertanyaan / the question.")] = "",
    agency: Annotated[str | None, typer.Option(help="Instansi yang dimaksud 'kami' / the asker's agency.")] = None,
    year: Annotated[int | None, typer.Option(help="Tahun / year.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
    batch: Batch = None,
) -> None:
    """Jawab satu pertanyaan / answer a question."""
    with refusing(lang):
        assistant = ready(context)
        default = agency or context.obj.settings.agency
        if batch is not None:
            for row in batch_lines(batch):
                line(_batched(assistant, row, default, year, lang))
            return
        answer = _ask(assistant, {"text": question, "agency": default, "year": year, "lang": lang})
        if as_json:
            emit(answer.model_dump(mode="json"))
        else:
            print_answer(answer)


def _ask(assistant: Assistant, row: dict[str, Any]) -> Answer:
    from assistant.permissions import OPERATOR
    from assistant.request import Question

    asked = language(row.get("lang"))
    question = Question(
        text=row["text"],
        agency=row.get("agency"),
        year=row.get("year"),
        language=asked if row.get("lang") else None,
        conversation=row.get("conversation"),
    )
    return assistant.ask(question, OPERATOR)


def _batched(
    assistant: Assistant, row: dict[str, Any], agency: str | None, year: int | None, lang: str | None
) -> dict[str, Any]:
    """One line of a batch: the Answer with its id, or the refusal under ``error``."""
    defaults = {"agency": agency, "year": year, "lang": lang}
    filled = {**defaults, **{key: value for key, value in row.items() if value is not None}}
    try:
        return {"id": row["id"], **_ask(assistant, filled).model_dump(mode="json")}
    except RefusedInput as reason:
        message = reason.message.into(language(filled.get("lang")))
        return {"id": row["id"], "error": {"code": reason.code, "message": message, "details": reason.details}}


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Yang dicari / what to look for.")] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="Banyaknya hasil / number of results.")] = 5,
    as_json: AsJson = False,
    batch: Batch = None,
    lang: Lang = None,
) -> None:
    """Cari pasal atau kriteria / search the library."""
    with refusing(lang):
        assistant = ready(context)
        if batch is not None:
            for row in batch_lines(batch):
                line({"id": row["id"], "results": assistant.search(row["text"], k)})
            return
        found = assistant.search(query, k)
        if as_json:
            emit(found)
            return
        for number, hit in enumerate(found, 1):
            print(f"{number}. {hit['title']}, {hit['locator']} [{hit['kind']}, {hit['status']}]\n   {hit['text']}\n")


def ready(context: typer.Context) -> Assistant:
    """The assistant of this installation, its library brought up to date first."""
    installation = context.obj
    with progress_bar() as report:
        installation.prepare(report)
    assistant: Assistant = installation.assistant
    return assistant


def print_answer(answer: Answer) -> None:
    """An answer for a terminal: text, sources with status, suggestions."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.markup import escape

    from assistant.sources import source_line
    from bots.wording import words

    console = Console(width=min(100, Console().width), highlight=False)
    console.print(Markdown(answer.text))
    if answer.citations:
        console.print(f"\n[bold]{words('sources', answer.language)}[/bold]")
        for citation in answer.citations:
            console.print(f"  {escape(f'[{citation.number}]')} {escape(source_line(citation, answer.language))}")
    if answer.suggestions:
        console.print(f"\n[bold]{words('next', answer.language)}[/bold]")
        for suggestion in answer.suggestions:
            console.print(f"  - {escape(suggestion)}")
