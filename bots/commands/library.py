"""spbe ingest, index, pack, eval: the library behind the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.output import emit, language, progress_bar, refusing, say
from scoring.refusal import Language, Text

if TYPE_CHECKING:
    from ingest.pipeline import FileOutcome

AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]

_OUTCOMES = {
    "added": Text(id="ditambahkan", en="added"),
    "replaced": Text(id="menggantikan versi lama", en="replaces the old version"),
    "unchanged": Text(id="sudah ada, tidak berubah", en="held already, unchanged"),
    "refused": Text(id="ditolak", en="refused"),
}
_STOPPED = Text(
    id="Dihentikan. Berkas yang sudah selesai tersimpan utuh, yang lain tidak berubah. "
    "Jalankan perintah yang sama untuk melanjutkan.",
    en="Stopped. Files that were done are stored whole, the others are as before. Run the same command to go on.",
)

index = typer.Typer(no_args_is_help=True, help="Indeks vektor / the vector index.")
pack = typer.Typer(no_args_is_help=True, help="Pengetahuan yang ikut paket / the knowledge that ships.")


@index.command("status")
def index_status(context: typer.Context, as_json: AsJson = False) -> None:
    """Berapa isinya, oleh embedder apa, mutakhir atau tidak / what it holds and whether it is current."""
    with refusing():
        installation = context.obj
        store = installation.store
        status = {
            "passages": store.count(),
            "generation": store.generation(),
            "embedder": store.meta("embedder"),
            "current": installation.index.current,
            "sources": [{"origin": s.origin, "name": s.name, "passages": s.passages} for s in store.sources().values()],
        }
        if as_json:
            emit(status)
            return
        for key in ("passages", "generation", "embedder", "current"):
            print(f"{key}: {status[key]}")
        for source in store.sources().values():
            print(f"  {source.origin}: {source.passages}")


@index.command("rebuild")
def index_rebuild(context: typer.Context) -> None:
    """Bangun ulang indeks dari simpanan naskah / rebuild the index from our own store."""
    with refusing(), progress_bar() as report:
        installation = context.obj
        installation.rebuild(report)
    say(f"{context.obj.store.count()} passages, embedder {context.obj.embedder.name}")


@pack.command("check")
def pack_check(
    folder: Annotated[Path | None, typer.Argument(help="Map paket / pack folder; default: the one that ships.")] = None,
    lang: Lang = None,
) -> None:
    """Periksa paket pengetahuan / check the pack; exit 1 with every problem found."""
    from knowledge.pack import SHIPPED, check_pack

    with refusing(lang):
        problems = check_pack(folder or SHIPPED)
        for problem in problems:
            say(problem.message.into(language(lang)))
        if problems:
            raise typer.Exit(1)
        say({"id": "Paket baik.", "en": "The pack is in order."}[language(lang)])


def evaluate(
    context: typer.Context,
    questions: Annotated[Path, typer.Argument(help="JSONL, seperti shared/eval/questions.jsonl")],
    as_json: AsJson = False,
) -> None:
    """Ukur pencarian / measure retrieval on questions with known places."""
    from knowledge.evaluation import evaluate as evaluated
    from knowledge.evaluation import load_questions

    with refusing(), progress_bar() as report:
        installation = context.obj
        installation.prepare(report)
        result = evaluated(load_questions(questions), installation.retriever)
    if as_json:
        emit(result.model_dump(mode="json"))
        return
    for one in result.judged:
        places = ", ".join(f"{found['rule']} {found['locator']}" for found in one.found[:5])
        print(f"{one.id} {one.kind} {one.ranks} {'answered' if one.answered else one.reason}: {places}")
    for name, figure in result.figures.items():
        print(f"{name}: {figure.mean:.3f} [{figure.low:.3f}, {figure.high:.3f}]")
    for kind, scores in result.kinds.items():
        print(f"  {kind}: " + ", ".join(f"{name} {value:.3f}" for name, value in scores.items()))
    print(f"refused rightly {result.refused_rightly}/{result.unanswerable}")
    print(f"refused wrongly {result.refused_wrongly}/{result.answerable}")


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Berkas atau map aturan / files or folders of rules.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Masukkan naskah aturan ke pustaka / add rules to the library (PDF, scans, DOCX, HTML, text)."""
    from ingest.pipeline import ingest as ingested

    with refusing(lang), progress_bar() as report:
        installation = context.obj
        installation.prepare(report)
        files = {"id": "berkas", "en": "files"}[language(lang)]

        def started(_file: str, number: int, of: int) -> None:
            report(files, number - 1, of)

        try:
            result = ingested(paths, installation.builder(report), started=started)
        except KeyboardInterrupt as stopped:
            say(_STOPPED.into(language(lang)))
            raise typer.Exit(130) from stopped
    if as_json:
        emit(
            [
                {
                    "file": file.file,
                    "outcome": file.outcome,
                    "rule": file.rule,
                    "passages": file.passages,
                    "notes": [note.into(language(lang)) for note in file.notes],
                    "refusal": file.refusal.message.into(language(lang)) if file.refusal else None,
                }
                for file in result.files
            ]
        )
    else:
        for file in result.files:
            print(_told(file, language(lang)))
            for note in file.notes:
                print(f"  {note.into(language(lang))}")
            if file.refusal is not None:
                say(file.refusal.message.into(language(lang)))
    if result.refused:
        raise typer.Exit(1)


def _told(file: FileOutcome, lang: Language) -> str:
    """One line for a file: what became of it, as which rule, in how many passages."""
    outcome = f"{file.file}: {_OUTCOMES[file.outcome].into(lang)}"
    if file.rule is None:
        return outcome
    return f"{outcome}: {file.rule}, {file.passages} {Text(id='bagian', en='passages').into(lang)}"
