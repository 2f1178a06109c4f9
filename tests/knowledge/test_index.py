"""The index is what the store says, however it was interrupted, lost or written by another process."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from small_library import WordEmbedder, make_passage
from sqlalchemy import create_engine

from bench.serving import free_port
from knowledge.building import Builder, Origin
from knowledge.embedding import Vectors
from knowledge.index import VectorIndex
from knowledge.passage import Passage
from knowledge.retrieval import Retriever
from knowledge.store import Store
from scoring.refusal import RefusedInput
from tests.chroma import Chroma

MANY = 3200  # Chroma 1.5.9 was reported to lose more than about 1,000 at a restart (#7090); a full library has 3,000


def articles(count: int, word: str = "isi") -> list[Passage]:
    return [make_passage(f"Pasal {n}", f"{word} nomor{n} kata{n % 7} kata{n % 11}") for n in range(1, count + 1)]


def vector(text: str) -> Vectors:
    return WordEmbedder().query(text)


def test_what_is_written_is_found(index: VectorIndex, put: Callable[..., bool], store: Store) -> None:
    put(make_passage("Pasal 1", "arsitektur"), make_passage("Pasal 2", "anggaran"))
    owners = {key: passage for key, passage, _, _ in store.all_keys()}
    assert owners[index.nearest(vector("anggaran"), 1)[0]].endswith("pasal-2")


def test_what_is_removed_is_found_no_more(index: VectorIndex, put: Callable[..., bool], store: Store) -> None:
    put(make_passage("Pasal 1", "arsitektur"), make_passage("Pasal 2", "anggaran"))
    store.remove("official:perpres-95-2018")
    assert index.synchronise() == {"keys": 0, "added": 0, "removed": 2}
    assert index.nearest(vector("anggaran"), 5) == []


def test_a_check_of_a_sound_index_changes_nothing(index: VectorIndex, put: Callable[..., bool]) -> None:
    put(*articles(5))
    assert index.check() == {"keys": 5, "added": 0, "removed": 0}


def test_a_lost_index_is_rebuilt_from_the_store_without_embedding(
    index: VectorIndex, put: Callable[..., bool], embedder: WordEmbedder, tmp_path: Path
) -> None:
    put(*articles(5))
    embedded = embedder.embedded
    index.reopen()
    for file in (tmp_path / "index").iterdir():
        if file.name != "writer.lock":
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    assert index.check() == {"keys": 5, "added": 5, "removed": 0}
    assert embedder.embedded == embedded


def test_vectors_missing_from_the_index_are_noticed_and_added(
    index: VectorIndex, put: Callable[..., bool], store: Store
) -> None:
    put(*articles(5))
    lost = store.all_keys()[2][0]
    index._open().delete(ids=[lost])
    assert index.check() == {"keys": 5, "added": 1, "removed": 0}


def test_an_ingest_killed_between_store_and_index_is_made_up_for(
    index: VectorIndex, builder: Builder, store: Store
) -> None:
    builder.put(Origin("x", articles(3)))  # the process ends here, before the index is brought up to date
    assert not index.current
    assert index.check() == {"keys": 3, "added": 3, "removed": 0}
    assert index.current


def test_another_embedder_is_refused_with_the_command_that_mends_it(
    index: VectorIndex, put: Callable[..., bool], store: Store, tmp_path: Path
) -> None:
    put(*articles(2))
    other = VectorIndex(tmp_path / "index", store, "another")
    with pytest.raises(RefusedInput) as refused:
        other.check()
    assert refused.value.code == "other_embedder"
    assert "spbe index rebuild" in refused.value.message.id
    assert "spbe index rebuild" in refused.value.message.en


def test_rebuilding_takes_the_new_embedder(
    index: VectorIndex, put: Callable[..., bool], store: Store, tmp_path: Path
) -> None:
    put(*articles(3))
    other = WordEmbedder("wider", 96)
    rebuilt = VectorIndex(tmp_path / "index", store, other.name)
    rebuilt.rebuild()
    builder = Builder(store, rebuilt, other)
    assert builder.embed_all() == 3
    assert rebuilt.synchronise()["added"] == 3
    assert len(rebuilt.nearest(other.query("isi nomor2"), 3)) == 3


def test_a_rebuild_that_was_killed_is_made_up_for(
    index: VectorIndex, put: Callable[..., bool], store: Store, tmp_path: Path
) -> None:
    put(*articles(3))
    other = WordEmbedder("wider", 96)
    store.set_meta(embedder=other.name)  # the rebuild ends here: old vectors in the index, new name in the store
    again = VectorIndex(tmp_path / "index", store, other.name)
    Builder(store, again, other).embed_all()
    assert again.check()["added"] == 3
    assert len(again.nearest(other.query("isi nomor2"), 3)) == 3


def test_a_second_writer_is_refused_when_the_first_goes_on_too_long(tmp_path: Path, store: Store) -> None:
    first = VectorIndex(tmp_path / "index", store, "words")
    second = VectorIndex(tmp_path / "index", store, "words", wait=0.1)
    with first.writing(), pytest.raises(RefusedInput) as refused:
        second.synchronise()
    assert refused.value.code == "index_busy"


def test_the_holder_of_the_lock_may_write_on(index: VectorIndex, store: Store) -> None:
    with index.writing():
        assert index.synchronise()["keys"] == 0


def test_search_goes_on_while_the_index_is_behind(builder: Builder, index: VectorIndex, retriever: Retriever) -> None:
    builder.put(Origin("x", articles(3)))
    assert not index.current
    assert retriever.search("nomor2", 1)[0].passage.locator == "Pasal 2"


WRITER = """
import sys
from pathlib import Path
from sqlalchemy import create_engine
from small_library import WordEmbedder, make_passage
from knowledge.building import Builder, Origin
from knowledge.index import VectorIndex
from knowledge.store import Store
folder = Path(sys.argv[1])
store = Store(create_engine(f"sqlite:///{folder / 'library.db'}"))
embedder = WordEmbedder()
index = VectorIndex(folder / "index", store, embedder.name)
for number in range(1, 6):
    passages = [make_passage(f"Pasal {n}", f"baru {number} kalimat{n}", "uu-1-2025") for n in range(1, 40)]
    Builder(store, index, embedder).put(Origin("official:uu-1-2025", passages))
    index.synchronise()
"""


def test_a_reader_finds_what_another_process_writes_meanwhile(
    put: Callable[..., bool], retriever: Retriever, tmp_path: Path
) -> None:
    put(*articles(20))
    assert retriever.search("nomor3", 1)[0].passage.locator == "Pasal 3"
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], env=environment) as writer:
        while writer.poll() is None:
            assert retriever.search("nomor3", 1)[0].passage.locator == "Pasal 3"
            time.sleep(0.02)
    assert writer.returncode == 0
    found = retriever.search("baru 5 kalimat17", 1)[0].passage
    assert (found.rule, found.locator) == ("uu-1-2025", "Pasal 17")
    assert retriever.index.current


# -- a real Chroma server --------------------------------------------------------------------------------------


def test_a_chroma_server_answers_the_same_after_a_restart_and_after_losing_its_disk(tmp_path: Path) -> None:
    store = Store(create_engine(f"sqlite:///{tmp_path / 'library.db'}"))
    store.create_all()
    embedder, server = WordEmbedder(), Chroma(tmp_path / "disk")
    texts = articles(MANY)
    questions = [texts[n].text for n in (3, 500, MANY - 1)]

    def ask(index: VectorIndex) -> list[str]:
        assert len(index.nearest(embedder.query(questions[0]), 50)) == 50
        retriever = Retriever(store=store, index=index, embedder=embedder)
        found = [retriever.search(question, 1)[0].passage.id for question in questions]
        index.close()
        return found

    with server:
        index = VectorIndex(server.address, store, embedder.name)
        Builder(store, index, embedder).put(Origin("x", texts))
        assert index.synchronise()["added"] == MANY
        before = ask(index)
        assert before == [texts[n].id for n in (3, 500, MANY - 1)]
    with server:
        index = VectorIndex(server.address, store, embedder.name)
        index.check()
        assert ask(index) == before
    server.folder = tmp_path / "empty"
    with server:
        index = VectorIndex(server.address, store, embedder.name)
        assert index.check()["added"] == MANY
        assert ask(index) == before


def test_search_survives_a_server_that_is_away(tmp_path: Path) -> None:
    store = Store(create_engine(f"sqlite:///{tmp_path / 'library.db'}"))
    store.create_all()
    embedder = WordEmbedder()
    with Chroma(tmp_path / "disk") as server:
        index = VectorIndex(server.address, store, embedder.name)
        Builder(store, index, embedder).put(Origin("x", articles(5)))
        index.synchronise()
        retriever = Retriever(store=store, index=index, embedder=embedder)
        before = [hit.passage.id for hit in retriever.search("nomor3")]
        index.close()
    assert [hit.passage.id for hit in retriever.search("nomor3")] == before


def test_a_server_that_is_not_there_is_refused_with_its_address(store: Store) -> None:
    index = VectorIndex(f"http://127.0.0.1:{free_port()}", store, "words")
    with pytest.raises(RefusedInput) as refused:
        index.check()
    assert refused.value.code == "index_unreachable"


def test_vectors_are_unit_length() -> None:
    assert np.linalg.norm(vector("arsitektur spbe")) == pytest.approx(1)
