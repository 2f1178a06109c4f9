"""Puts the pieces together: one data folder, its database, its library, the assistant over them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from assistant.records.database import alone, migrate, open_database
from assistant.records.holdings import Holdings
from assistant.records.sampling import load_register, load_sample
from assistant.settings import Settings
from assistant.watching import Watch
from scoring.instrument import add_instrument_folder, instrument_ids, load_instrument

if TYPE_CHECKING:
    from assistant.reading import QuestionReader
    from assistant.rewording import Rewording
    from assistant.service import Assistant
    from knowledge.building import Builder
    from knowledge.embedding import Embedder
    from knowledge.index import VectorIndex
    from knowledge.pack import Pack
    from knowledge.retrieval import Retriever
    from knowledge.store import Store

_log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]


@dataclass
class Installation:
    """An installation in its data folder. Parts are made when they are first used.

    Args:
        settings: where everything is.
        sample: whether a new installation gets the sample data.
        threads: of the embedder; 1 in a server, None leaves it to the machine.
        watch: is told what the assistant does, for metrics.
    """

    settings: Settings
    sample: bool = True
    threads: int | None = None
    watch: Watch = field(default_factory=Watch)

    @cached_property
    def engine(self) -> Engine:
        """The database, brought to the newest schema; a new one gets the register and the sample data."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        add_instrument_folder(self.settings.data_dir / "instruments")
        engine = open_database(self.settings.database)
        with alone(engine):
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
        with alone(self.engine):
            self.builder(progress).put_pack(self.pack)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the index anew, with the embedder of the settings, from the store's passages."""
        self.store.set_meta(embedder=self.embedder.name)
        self.builder(progress).embed_all()
        self.index.rebuild()

    @cached_property
    def pack(self) -> Pack:
        """The knowledge that ships."""
        from knowledge.pack import load_pack

        return load_pack()

    @cached_property
    def retriever(self) -> Retriever:
        from knowledge.reranking import make_reranker
        from knowledge.retrieval import Retriever
        from knowledge.spelling import Spelling

        return Retriever(
            store=self.store,
            index=self.index,
            embedder=self.embedder,
            reranker=make_reranker(self.settings.reranker),
            spelling=Spelling(self.pack.spelling, self.pack.glossary),
            instruments=tuple(load_instrument(name) for name in instrument_ids()),
        )

    @cached_property
    def assistant(self) -> Assistant:
        from assistant.conversation import Memory
        from assistant.records.conversations import StoredConversations
        from assistant.service import Assistant

        memory = Memory(StoredConversations(self.engine))
        return Assistant(self.engine, self.retriever, memory, self.pack.guides, self.rewording, self.watch, self.reader)

    @cached_property
    def reader(self) -> QuestionReader | None:
        """Reads questions with the language model of the settings, where they want it."""
        if self.rewording is None or not self.settings.model_understanding:
            return None
        from assistant.reading import QuestionReader

        return QuestionReader(self.rewording.model, self.rewording.budget, self.watch)

    @cached_property
    def rewording(self) -> Rewording | None:
        """The language model of the settings; None without one, or where it cannot be used, which is logged."""
        settings = self.settings
        if settings.model is None:
            return None
        from assistant.allowance import DailyBudget
        from assistant.language_model import LanguageModel, chat_model
        from assistant.rewording import Rewording

        key = settings.model_key.get_secret_value() if settings.model_key else None
        try:
            chat = chat_model(
                settings.model, settings.model_url, key, settings.model_seconds, streaming=settings.model_streaming
            )
        except (ImportError, ValueError) as reason:
            _log.error("the language model %s cannot be used, answers are composed: %s", settings.model, reason)
            return None
        model = LanguageModel(chat, settings.model_seconds, settings.model_parallel)
        budget = DailyBudget(settings.model_daily_answers, told=self.watch.budgets)
        return Rewording(model, budget, self.watch)
