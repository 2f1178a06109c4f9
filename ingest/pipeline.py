"""From files to the library: read, parse, embed, replace each rule as a whole.

An unchanged file is recognised by its hash and costs one look. Killed at any moment, every rule is in its
old or its new state, and the next run goes on with the vectors made so far.
"""

import hashlib
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from ingest.documents import read_document
from ingest.legal import ParsedRule, parse_rule
from knowledge.building import Builder, Origin
from scoring.refusal import RefusedInput, Text

Outcome = Literal["added", "replaced", "unchanged", "refused"]
_SLOW = {".pdf", ".docx"}  # worth a process of their own


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file."""

    file: str
    outcome: Outcome
    rule: str | None = None
    passages: int = 0
    notes: tuple[Text, ...] = ()
    refusal: RefusedInput | None = None


@dataclass
class IngestReport:
    """What became of all files, in their order."""

    files: list[FileOutcome] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any(file.outcome in ("added", "replaced") for file in self.files)

    @property
    def refused(self) -> list[FileOutcome]:
        return [file for file in self.files if file.outcome == "refused"]


def ingest(
    paths: Sequence[Path],
    builder: Builder,
    *,
    ocr: bool = True,
    processes: int = 2,
    started: Callable[[str, int, int], None] = lambda _file, _number, _of: None,
) -> IngestReport:
    """Bring files, and all files in folders, into the library.

    Args:
        paths: files or folders. builder: writes to the library; its ``progress`` hears of the embedding.
        ocr: read scanned pages by OCR. processes: how many read and parse slow files at once.
        started: called with the name of each file, its number and how many there are.

    A file that cannot be used is reported as refused; the others go on.
    """
    files = list(_files(paths))
    known = {source.hash: source for source in builder.store.sources().values() if source.hash}
    report = IngestReport()
    fresh = [file for file in files if _hash(file) not in known]
    with _Reader(fresh, processes, ocr) as reader:
        for number, file in enumerate(files, 1):
            started(file.name, number, len(files))
            held = known.get(_hash(file))
            if held is not None:
                rule = held.origin.removeprefix("official:")
                report.files.append(FileOutcome(file.name, "unchanged", rule, held.passages))
                continue
            try:
                parsed = reader.read(file)
                report.files.append(_put(builder, file, parsed))
            except RefusedInput as refusal:
                if refusal.code in ("other_embedder", "index_busy"):
                    raise
                report.files.append(FileOutcome(file.name, "refused", refusal=refusal))
    if not builder.index.current:
        builder.index.synchronise()
    return report


def _put(builder: Builder, file: Path, parsed: ParsedRule) -> FileOutcome:
    name = f"official:{parsed.rule.id}"
    held = builder.store.sources().get(name)
    changed = builder.put(Origin(name, parsed.passages, (parsed.rule,), _hash(file), file.name))
    if changed:
        builder.index.synchronise()
    outcome: Outcome = "unchanged" if not changed else "added" if held is None else "replaced"
    return FileOutcome(file.name, outcome, parsed.rule.id, len(parsed.passages), parsed.notes)


class _Reader:
    """Reads and parses; slow files ahead of their turn, in processes that are spawned.

    Never forked: the embedder's threads do not survive it.
    """

    def __init__(self, files: Sequence[Path], processes: int, ocr: bool) -> None:
        self._ocr = ocr
        slow = [file for file in files if file.suffix.lower() in _SLOW]
        self._pool: ProcessPoolExecutor | None = None
        self._ahead: dict[Path, Future[ParsedRule | RefusedInput]] = {}
        if len(slow) > 1 and processes > 1:
            self._pool = _processes(min(processes, len(slow)))
            self._ahead = {file: self._pool.submit(_read, file, ocr) for file in slow}

    def read(self, file: Path) -> ParsedRule:
        ahead = self._ahead.pop(file, None)
        try:
            parsed = ahead.result() if ahead is not None else _read(file, self._ocr)
        except BrokenProcessPool:
            parsed = _read_alone(file, self._ocr)
        if isinstance(parsed, RefusedInput):
            raise parsed
        return parsed

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _processes(count: int) -> ProcessPoolExecutor:
    """Processes that end silently when the user stops the command."""
    return ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)
    )


def _read_alone(file: Path, ocr: bool) -> ParsedRule | RefusedInput:
    """Read a file after a process died: the one that it dies of is refused, the others are read."""
    with _processes(1) as pool:
        try:
            return pool.submit(_read, file, ocr).result()
        except BrokenProcessPool:
            return RefusedInput(
                "reading_died",
                Text(
                    id=f"{file.name}: proses yang membacanya terhenti, mungkin karena memori habis. Tidak ada yang "
                    "disimpan. Tutup program lain atau bagi berkas itu, lalu jalankan perintah yang sama.",
                    en=f"{file.name}: the process that read it died, perhaps for lack of memory. Nothing was stored. "
                    "Close other programs or split the file, then run the same command.",
                ),
                file=file.name,
            )


def _read(file: Path, ocr: bool) -> ParsedRule | RefusedInput:
    try:
        return parse_rule(read_document(file, ocr=ocr))
    except RefusedInput as refusal:
        return refusal


@cache
def _parser() -> str:
    """Hash of this room's code: a new parser may make other passages of the same file."""
    code = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in code)).hexdigest()


def _hash(file: Path) -> str:
    """Of the parser and the content; a missing file has the hash of nothing and is refused when read."""
    made = hashlib.sha256(_parser().encode())
    if file.is_file():
        with file.open("rb") as content:
            while block := content.read(1 << 20):
                made.update(block)
    return made.hexdigest()


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and not file.name.startswith((".", "~$"))
            )
        else:
            yield path
