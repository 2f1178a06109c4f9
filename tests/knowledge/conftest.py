"""Fixtures: a library small enough to build in a moment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_library import WordEmbedder
from sqlalchemy import create_engine

from knowledge.building import Builder, Origin
from knowledge.index import VectorIndex
from knowledge.library import Rule
from knowledge.passage import Passage
from knowledge.retrieval import Retriever
from knowledge.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(create_engine(f"sqlite:///{tmp_path / 'library.db'}"))
    store.create_all()
    return store


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def index(tmp_path: Path, store: Store, embedder: WordEmbedder) -> VectorIndex:
    return VectorIndex(tmp_path / "index", store, embedder.name, wait=5)


@pytest.fixture
def builder(store: Store, index: VectorIndex, embedder: WordEmbedder) -> Builder:
    return Builder(store, index, embedder)


@pytest.fixture
def retriever(store: Store, index: VectorIndex, embedder: WordEmbedder) -> Retriever:
    return Retriever(store=store, index=index, embedder=embedder)


@pytest.fixture
def put(builder: Builder) -> Callable[..., bool]:
    """Puts passages into the library under the origin of their rule, and brings the index up to date."""

    def write(*passages: Passage, rules: tuple[Rule, ...] = (), origin: str | None = None) -> bool:
        changed = builder.put(Origin(origin or f"official:{passages[0].rule}", passages, rules))
        builder.index.synchronise()
        return changed

    return write
