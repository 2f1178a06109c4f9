"""Puts the pieces together: one data folder, its database, its library, the assistant over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from assistant.records.database import migrate, open_database
from assistant.records.holdings import Holdings
from assistant.records.sampling import load_register, load_sample
from assistant.settings import Settings
from scoring.instrument import add_instrument_folder, instrument_ids, load_instrument

if TYPE_CHECKING:
    from assistant.service import Assistant
    from knowledge.building import Builder
    from knowledge.embedding import Embedder
    from knowledge.index import VectorIndex
    from knowledge.retrieval import Retriever
    from knowledge.store import Store

Progress = Callable[[str, int, int], None]


@dataclass
class Installation:
    """An installation in its data folder. Parts are made when they are first used.

    Args:
        settings: where everything is.
        sample: whether a new installation gets the sample data.
        threads: of the embedder; 1 in a server, None leaves it to the machine.
    """

    settings: Settings
    sample: bool = True
    threads: int | None = None

    @cached_property
    def engine(self) -> Engine:
        """The database, brought to the newest schema; a new one gets the register and the sample data."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        add_instrument_folder(self.settings.data_dir / "instruments")
        engine = open_database(self.settings.database)
        migrate(engine)
        load_register(engine)
        if self.sample:
            load_sample(engine)
        return engine

    @cached_property
    def records(self) -> Holdings:
        """The register and the assessments, without the library."""
        return Holdings(self.engine)

    @cached_property
    def store(self) -> Store:
        from knowledge.store import Store

        return Store(self.engine)

    @cached_property
    def embedder(self) -> Embedder:
        from knowledge.embedding import make_embedder

        key = self.settings.embedder_key
        return make_embedder(
            self.settings.embedder,
            threads=self.threads,
            url=self.settings.embedder_url,
            key=key.get_secret_value() if key else None,
        )

    @cached_property
    def index(self) -> VectorIndex:
        from knowledge.index import VectorIndex

        where = self.settings.chroma_url or self.settings.data_dir / "chroma"
        return VectorIndex(where, self.store, self.embedder.name)

    def builder(self, progress: Progress | None = None) -> Builder:
        from knowledge.building import Builder

        if progress is None:
            return Builder(self.store, self.index, self.embedder)
        return Builder(self.store, self.index, self.embedder, progress)

    def prepare(self, progress: Progress | None = None) -> None:
        """Make the library hold the pack and the index hold the library; quick where nothing changed."""
        self.builder(progress).put_pack()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the index anew, with the embedder of the settings, from the store's passages."""
        self.store.set_meta(embedder=self.embedder.name)
        self.builder(progress).embed_all()
        self.index.rebuild()

    @cached_property
    def retriever(self) -> Retriever:
        from knowledge.pack import load_pack
        from knowledge.retrieval import Retriever
        from knowledge.spelling import Spelling

        pack = load_pack()
        return Retriever(
            store=self.store,
            index=self.index,
            embedder=self.embedder,
            spelling=Spelling(pack.spelling, pack.glossary),
            instruments=tuple(load_instrument(name) for name in instrument_ids()),
        )

    @cached_property
    def assistant(self) -> Assistant:
        from assistant.conversation import Memory
        from assistant.records.conversations import StoredConversations
        from assistant.service import Assistant

        return Assistant(self.engine, self.retriever, Memory(StoredConversations(self.engine)))
