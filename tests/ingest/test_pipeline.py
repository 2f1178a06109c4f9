"""Files become passages; unchanged files cost a look; killed at any moment, the library is old or new."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine

from ingest.pipeline import ingest
from knowledge.building import Builder
from knowledge.embedding import Embedder, Side, Vectors
from knowledge.index import VectorIndex
from knowledge.retrieval import Retriever
from knowledge.store import Store
from tests.chroma import Chroma
from tests.databases import postgresql_database

MOMENTS = int(os.environ.get("SPBE_KILLS", "4"))  # the soak run says 20


class LetterEmbedder(Embedder):
    """Counts letters: needs no model. ``pause``: seconds a text takes, so that there is a moment to be killed in."""

    name = "letters"
    dimension = 26

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.embedded = 0

    def embed(self, texts: list[str], side: Side) -> Vectors:
        self.embedded += len(texts)
        time.sleep(self.pause * len(texts))
        rows = np.array([[1 + text.lower().count(chr(97 + n)) for n in range(26)] for text in texts], np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def write_rule(file: Path, number: int, word: str, articles: int = 12) -> Path:
    """A district head's regulation that nobody ever saw."""
    lines = [
        f"PERATURAN BUPATI CONTOH NOMOR {number} TAHUN 2023 TENTANG PENYELENGGARAAN {word.upper()}",
        "DENGAN RAHMAT TUHAN YANG MAHA ESA BUPATI CONTOH,",
        "Menimbang : a. bahwa perlu menetapkan Peraturan Bupati;",
        "MEMUTUSKAN: Menetapkan : PERATURAN BUPATI.",
        "BAB I KETENTUAN UMUM",
    ]
    for article in range(1, articles + 1):
        lines += [f"Pasal {article}", f"Dinas wajib melaksanakan kegiatan {word} tahap{article} setiap tahun."]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def library_at(database: str, index: str, pause: float = 0.0) -> Builder:
    """A library in a database, with its index in a folder or on a Chroma server."""
    store, embedder = Store(create_engine(database)), LetterEmbedder(pause)
    return Builder(store, VectorIndex(index, store, embedder.name), embedder)


@contextmanager
def opened(places: list[str]) -> Iterator[Builder]:
    """The same for a while: no connection to a server outlives it."""
    builder = library_at(*places)
    builder.store.create_all()
    try:
        yield builder
    finally:
        builder.index.close()
        builder.store.engine.dispose()


@pytest.fixture
def places(tmp_path: Path) -> list[str]:
    """Where a library lies that no server is needed for: address of the database, folder of the index."""
    return [f"sqlite:///{tmp_path / 'library.db'}", str(tmp_path / "index")]


@pytest.fixture
def served_places(tmp_path: Path) -> Iterator[list[str]]:
    """The same on servers: a database of its own in PostgreSQL, a Chroma server of its own."""
    with postgresql_database() as database, Chroma(tmp_path / "chroma") as server:
        yield [database, server.address]


@pytest.fixture
def open_library(places: list[str]) -> Callable[..., Builder]:
    library_at(*places).store.create_all()
    return partial(library_at, *places)


def said(builder: Builder) -> set[str]:
    """The words that tell the versions apart."""
    text = " ".join(passage.text for passage in builder.store.passages())
    return {word for word in ("lama", "baru", "lain") if f"kegiatan {word}" in text}


def test_a_rule_becomes_passages_that_are_found(tmp_path: Path, open_library: Callable[..., Builder]) -> None:
    builder = open_library()
    report = ingest([write_rule(tmp_path / "perbup.txt", 7, "lama")], builder)
    assert [(file.outcome, file.refusal) for file in report.files] == [("added", None)]
    retriever = Retriever(store=builder.store, index=builder.index, embedder=builder.embedder)
    assert retriever.search("kegiatan tahap9", 1)[0].passage.locator == "Pasal 9"
    assert retriever.library.get(str(report.files[0].rule)) is not None


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, open_library: Callable[..., Builder]) -> None:
    builder = open_library()
    file = write_rule(tmp_path / "perbup.txt", 7, "lama")
    ingest([file], builder)
    embedder = builder.embedder
    assert isinstance(embedder, LetterEmbedder)
    embedded, generation = embedder.embedded, builder.store.generation()
    report = ingest([file], builder)
    assert report.files[0].outcome == "unchanged"
    assert report.files[0].passages > 10
    assert (embedder.embedded, builder.store.generation()) == (embedded, generation)


def test_a_new_version_replaces_the_old_one(tmp_path: Path, open_library: Callable[..., Builder]) -> None:
    builder = open_library()
    ingest([write_rule(tmp_path / "a.txt", 7, "lama"), write_rule(tmp_path / "b.txt", 8, "lain")], builder)
    report = ingest([write_rule(tmp_path / "a.txt", 7, "baru")], builder)
    assert report.files[0].outcome == "replaced"
    assert said(builder) == {"baru", "lain"}


def test_a_file_that_cannot_be_read_is_refused_and_the_others_go_on(
    tmp_path: Path, open_library: Callable[..., Builder]
) -> None:
    builder = open_library()
    (tmp_path / "kosong.txt").write_text("")
    report = ingest([tmp_path / "kosong.txt", write_rule(tmp_path / "z.txt", 7, "lama")], builder)
    assert [file.outcome for file in report.files] == ["refused", "added"]
    assert report.refused[0].refusal is not None
    assert "kosong.txt" in report.refused[0].refusal.message.id


def test_broken_files_beside_each_other_do_not_stop_the_others(
    tmp_path: Path, open_library: Callable[..., Builder]
) -> None:
    """Several slow files are read in other processes: a refusal must come back whole from there."""
    folder = tmp_path / "naskah"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.pdf").write_bytes(b"%PDF-1.4 garbage")
    (folder / "~$kerja.docx").write_bytes(b"of Word, while a document is open")
    write_rule(folder / "z.txt", 3, "baru")
    report = ingest([folder], open_library())
    assert [(file.file, file.outcome) for file in report.files] == [
        ("a.pdf", "refused"),
        ("b.pdf", "refused"),
        ("c.pdf", "refused"),
        ("z.txt", "added"),
    ]
    assert [file.refusal.code for file in report.refused if file.refusal] == ["document_damaged"] * 3


def test_a_folder_is_read_in_order_and_hidden_files_are_left(
    tmp_path: Path, open_library: Callable[..., Builder]
) -> None:
    folder = tmp_path / "aturan"
    folder.mkdir()
    write_rule(folder / "b.txt", 8, "lain")
    write_rule(folder / "a.txt", 7, "lama")
    (folder / ".tersembunyi").write_text("x")
    assert [file.file for file in ingest([folder], open_library()).files] == ["a.txt", "b.txt"]


INGEST = """
import sys
from pathlib import Path
from ingest.pipeline import ingest
from tests.ingest.test_pipeline import library_at
if __name__ == "__main__":
    builder = library_at(sys.argv[1], sys.argv[2], 0.004)
    print("begins", flush=True)
    ingest([Path(sys.argv[3])], builder)
"""


def run_until_killed(places: list[str], file: Path, after: float | None) -> int:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", INGEST, *places, str(file)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if after is not None:
            time.sleep(after)
            process.send_signal(signal.SIGKILL)
        process.wait(60)
        return process.returncode


@pytest.mark.parametrize("kind", ["places", "served_places"])
def test_killed_at_any_moment_the_library_answers_and_the_next_run_finishes(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    places: list[str] = request.getfixturevalue(kind)
    file = write_rule(tmp_path / "a.txt", 7, "lama", 60)
    with opened(places) as builder:
        ingest([file], builder)
    chance = random.Random(MOMENTS)
    words = ["lama", "baru"]
    for moment in range(MOMENTS):
        before, after = words[moment % 2], words[(moment + 1) % 2]
        write_rule(file, 7, after, 60)
        run_until_killed(places, file, chance.uniform(0.0, 0.9))
        with opened(places) as survivor:
            assert said(survivor) in ({before}, {after}), "half a rule"
            survivor.index.check()
            retriever = Retriever(store=survivor.store, index=survivor.index, embedder=survivor.embedder)
            assert retriever.search("kegiatan tahap33", 1)[0].passage.locator == "Pasal 33"
            report = ingest([file], survivor)
            assert report.refused == []
            assert said(survivor) == {after}
            assert survivor.index.current


def test_an_ingest_that_was_killed_keeps_the_vectors_it_made(
    tmp_path: Path, open_library: Callable[..., Builder]
) -> None:
    builder = open_library()
    file = write_rule(tmp_path / "a.txt", 7, "lama", 150)

    def die(_what: str, done: int, _of: int) -> None:
        if done >= 64:
            raise KeyboardInterrupt

    builder.progress = die
    with pytest.raises(KeyboardInterrupt):
        ingest([file], builder)
    assert builder.store.count() == 0
    again = open_library()
    ingest([file], again)
    assert isinstance(again.embedder, LetterEmbedder)
    assert again.embedder.embedded == again.store.count() - 64


@pytest.mark.parametrize("kind", ["places", "served_places"])
def test_two_writers_queue_and_both_are_kept(tmp_path: Path, request: pytest.FixtureRequest, kind: str) -> None:
    places: list[str] = request.getfixturevalue(kind)
    with opened(places):
        pass
    files = [write_rule(tmp_path / f"{n}.txt", n, word, 40) for n, word in ((7, "lama"), (8, "lain"))]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    commands = [[sys.executable, "-c", INGEST, *places, str(file)] for file in files]
    writers = [subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for command in commands]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with opened(places) as builder:
        assert said(builder) == {"lama", "lain"}
        assert builder.index.check()["added"] == 0
