"""Our own store of passages, their keys and vectors, and rules: the truth that every index is rebuilt from.

Tables live in ``METADATA``; the engine is handed in (SQLite or PostgreSQL). What belongs together carries one
``origin`` ("pack", "instrument:spbe-2020", "official:perpres-95-2018"), and an origin is replaced as a whole in one
transaction, which raises the generation. Vectors are kept by content, so that text that did not change is never
embedded again, and an ingest that was killed goes on where it stopped.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection

from knowledge.embedding import Vectors
from knowledge.keys import Key, Role, keys_of
from knowledge.library import Library, Rule
from knowledge.passage import Passage

METADATA = MetaData()
PASSAGES = Table(
    "passages",
    METADATA,
    Column("id", String(300), primary_key=True),
    Column("origin", String(300), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("rule", String(120), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("agency", String(300), nullable=True, index=True),
    Column("published", Boolean, nullable=False),
    Column("document", JSON, nullable=False),
)
KEYS = Table(
    "passage_keys",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("passage", ForeignKey("passages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("content", String(64), nullable=False),
)
VECTORS = Table(
    "vectors",
    METADATA,
    Column("content", String(64), primary_key=True),
    Column("embedder", String(200), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float16, little endian
)
RULES = Table(
    "rules",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("origin", String(300), primary_key=True),
    Column("document", JSON, nullable=False),
)
SOURCES = Table(
    "sources",
    METADATA,
    Column("origin", String(300), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("name", String(300), nullable=False),
    Column("content", String(64), nullable=False),  # of the passages made from it
    Column("passages", Integer, nullable=False),
)
META = Table(
    "library_meta",
    METADATA,
    Column("key", String(60), primary_key=True),
    Column("value", String(300), nullable=False),
)
Index("passages_order", PASSAGES.c.origin, PASSAGES.c.position)
_CHUNK = 500  # bound parameters that every database accepts in one statement
T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """What an origin was made from: hash of the file (or of the pack), its name, the number of passages."""

    origin: str
    hash: str
    name: str
    passages: int


_STATE = select(META.c.key, META.c.value).where(or_(META.c.key == "generation", META.c.key == "indexed"))
"""Asked several times for every question, so it is composed once."""


class Store:
    """The library in a database.

    Args:
        engine: SQLAlchemy engine; its tables are made by the migrations (or by ``create_all``).
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def create_all(self) -> None:
        """Make the tables without migrations: for tests and throw-away libraries."""
        METADATA.create_all(self.engine)

    # -- state ---------------------------------------------------------------------------------------------

    def generation(self) -> int:
        """Rises with every change of what can be found."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        with self.engine.connect() as connection:
            return connection.scalar(select(META.c.value).where(META.c.key == key))

    def state(self) -> tuple[str | None, str | None]:
        """Generation of the library, and the generation and embedder that the index was brought to."""
        with self.engine.connect() as connection:
            held = {row.key: row.value for row in connection.execute(_STATE)}
        return held.get("generation"), held.get("indexed")

    def set_meta(self, **values: str) -> None:
        with self.engine.begin() as connection:
            for key, value in values.items():
                _set(connection, key, value)

    def sources(self) -> dict[str, Source]:
        with self.engine.connect() as connection:
            columns = (SOURCES.c.origin, SOURCES.c.hash, SOURCES.c.name, SOURCES.c.passages)
            return {row.origin: Source(*row) for row in connection.execute(select(*columns))}

    # -- passages ------------------------------------------------------------------------------------------

    def replace(
        self,
        origin: str,
        passages: Sequence[Passage],
        rules: Sequence[Rule] = (),
        *,
        digest: str = "",
        name: str = "",
    ) -> bool:
        """Put these passages and rules in place of all that the origin held, in one transaction.

        Returns:
            Whether anything changed; where nothing did, the generation stays.
        """
        passages = _with_distinct_ids(passages)
        content = _fingerprint(passages, rules)
        source = {
            "origin": origin,
            "hash": digest,
            "name": name,
            "content": content,
            "passages": len(passages),
        }
        with self.engine.begin() as connection:
            _lock(connection)
            held = connection.scalar(select(SOURCES.c.content).where(SOURCES.c.origin == origin))
            if held == content:
                connection.execute(update(SOURCES).where(SOURCES.c.origin == origin).values(source))
                return False
            self._drop(connection, origin)
            for group in _chunks(passages):
                connection.execute(insert(PASSAGES), [_row(origin, n, passage) for n, passage in group])
            keys = [key for passage in passages for key in keys_of(passage)]
            for chunk in _chunks(keys):
                rows = [{"id": k.id, "passage": k.passage, "role": k.role, "content": k.content} for _, k in chunk]
                connection.execute(insert(KEYS), rows)
            for rule in rules:
                document = rule.model_dump(mode="json")
                connection.execute(insert(RULES).values(id=rule.id, origin=origin, document=document))
            connection.execute(insert(SOURCES).values(source))
            _raise_generation(connection)
        return True

    def remove(self, origin: str) -> bool:
        """Take out all that an origin held; False where it held nothing."""
        with self.engine.begin() as connection:
            _lock(connection)
            if connection.scalar(select(SOURCES.c.origin).where(SOURCES.c.origin == origin)) is None:
                return False
            self._drop(connection, origin)
            _raise_generation(connection)
        return True

    @staticmethod
    def _drop(connection: Connection, origin: str) -> None:
        owned = select(PASSAGES.c.id).where(PASSAGES.c.origin == origin)
        connection.execute(delete(KEYS).where(KEYS.c.passage.in_(owned)))
        connection.execute(delete(PASSAGES).where(PASSAGES.c.origin == origin))
        connection.execute(delete(RULES).where(RULES.c.origin == origin))
        connection.execute(delete(SOURCES).where(SOURCES.c.origin == origin))

    def passages(self, ids: Iterable[str] | None = None) -> Iterator[Passage]:
        """The passages of these ids in their order, or all of them, origin by origin."""
        with self.engine.connect() as connection:
            if ids is None:
                query = select(PASSAGES.c.document).order_by(PASSAGES.c.origin, PASSAGES.c.position)
                for document in connection.execution_options(yield_per=1000).scalars(query):
                    yield Passage.model_validate(document)
                return
            wanted = list(ids)
            found: dict[str, Passage] = {}
            for chunk in _chunks(wanted):
                query = select(PASSAGES.c.document).where(PASSAGES.c.id.in_([name for _, name in chunk]))
                for document in connection.scalars(query):
                    passage = Passage.model_validate(document)
                    found[passage.id] = passage
        yield from (found[name] for name in wanted if name in found)

    def findings(self, agency: str, *, private: bool = False) -> list[Passage]:
        """The assessors' findings about one agency; ``private``: also those that were not published."""
        query = select(PASSAGES.c.document).where(PASSAGES.c.agency == agency)
        if not private:
            query = query.where(PASSAGES.c.published)
        with self.engine.connect() as connection:
            ordered = query.order_by(PASSAGES.c.origin, PASSAGES.c.position)
            return [Passage.model_validate(document) for document in connection.scalars(ordered)]

    def library(self) -> Library:
        """All rules. What a person wrote (the pack) wins over what a parser read, which fills the gaps."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(RULES.c.origin, RULES.c.document)).all()
        rules: dict[str, Rule] = {}
        for row in sorted(rows, key=lambda row: (row.origin == "pack", row.origin)):
            rule = Rule.model_validate(row.document)
            parsed = rules.get(rule.id)
            if parsed is not None:
                gaps = {k: v for k, v in parsed.model_dump().items() if not getattr(rule, k) and v}
                rule = Rule.model_validate({**rule.model_dump(), **gaps, "second_hand": rule.second_hand})
            rules[rule.id] = rule
        return Library(rules.values())

    # -- vectors -------------------------------------------------------------------------------------------

    def all_keys(self) -> list[tuple[str, str, Role, str]]:
        """Every key as (id, passage, role, content), in a stable order."""
        with self.engine.connect() as connection:
            query = select(KEYS.c.id, KEYS.c.passage, KEYS.c.role, KEYS.c.content).order_by(KEYS.c.id)
            return [(row.id, row.passage, row.role, row.content) for row in connection.execute(query)]

    def missing(self, keys: Iterable[Key], embedder: str) -> list[Key]:
        """The keys whose vectors are not held yet, each content once."""
        wanted = {key.content: key for key in keys}
        held: set[str] = set()
        with self.engine.connect() as connection:
            for chunk in _chunks(list(wanted)):
                query = select(VECTORS.c.content).where(
                    VECTORS.c.embedder == embedder, VECTORS.c.content.in_([name for _, name in chunk])
                )
                held.update(connection.scalars(query))
        return [key for name, key in wanted.items() if name not in held]

    def add_vectors(self, embedder: str, contents: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors under their content; those already held stay as they are."""
        rows = [
            {"content": content, "embedder": embedder, "vector": vector.astype("<f2").tobytes()}
            for content, vector in zip(contents, vectors, strict=True)
        ]
        with self.engine.begin() as connection:
            _lock(connection)
            for chunk in _chunks(rows):
                names = [row["content"] for _, row in chunk]
                query = select(VECTORS.c.content).where(VECTORS.c.embedder == embedder, VECTORS.c.content.in_(names))
                held = set(connection.scalars(query))
                new = {row["content"]: row for _, row in chunk if row["content"] not in held}
                if new:
                    connection.execute(insert(VECTORS), list(new.values()))

    def vectors(self, embedder: str) -> dict[str, "np.ndarray[tuple[int], np.dtype[np.float16]]"]:
        """All vectors of an embedder that some key uses, by content."""
        used = select(KEYS.c.content).distinct()
        query = select(VECTORS.c.content, VECTORS.c.vector).where(
            VECTORS.c.embedder == embedder, VECTORS.c.content.in_(used)
        )
        with self.engine.connect() as connection:
            return {row.content: np.frombuffer(row.vector, "<f2") for row in connection.execute(query)}

    def vectors_of(
        self, embedder: str, contents: Sequence[str]
    ) -> dict[str, "np.ndarray[tuple[int], np.dtype[np.float16]]"]:
        """The vectors of some contents, as far as they are held."""
        found: dict[str, np.ndarray[tuple[int], np.dtype[np.float16]]] = {}
        with self.engine.connect() as connection:
            for chunk in _chunks(contents):
                query = select(VECTORS.c.content, VECTORS.c.vector).where(
                    VECTORS.c.embedder == embedder, VECTORS.c.content.in_([name for _, name in chunk])
                )
                found.update({row.content: np.frombuffer(row.vector, "<f2") for row in connection.execute(query)})
        return found

    def prune(self) -> int:
        """Forget vectors that no key uses any more; returns how many."""
        with self.engine.begin() as connection:
            used = select(KEYS.c.content)
            return connection.execute(delete(VECTORS).where(VECTORS.c.content.not_in(used))).rowcount

    def count(self) -> int:
        with self.engine.connect() as connection:
            return int(connection.scalar(select(func.count()).select_from(PASSAGES)) or 0)


def _lock(connection: Connection) -> None:
    """Let writers queue: the generation's row is taken before anything is read."""
    connection.execute(update(META).where(META.c.key == "generation").values(value=META.c.value))


def _raise_generation(connection: Connection) -> None:
    held = connection.scalar(select(META.c.value).where(META.c.key == "generation").with_for_update())
    _set(connection, "generation", str(int(held or 0) + 1))


def _set(connection: Connection, key: str, value: str) -> None:
    changed = connection.execute(update(META).where(META.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(META).values(key=key, value=value))


def _row(origin: str, position: int, passage: Passage) -> dict[str, object]:
    return {
        "id": passage.id,
        "origin": origin,
        "position": position,
        "rule": passage.rule,
        "kind": passage.kind,
        "agency": passage.agency,
        "published": passage.published,
        "document": passage.model_dump(mode="json", exclude_defaults=True),
    }


def _with_distinct_ids(passages: Sequence[Passage]) -> list[Passage]:
    """A damaged source may bear one article number twice; both are kept."""
    seen: dict[str, int] = {}
    kept = []
    for passage in passages:
        count = seen[passage.id] = seen.get(passage.id, 0) + 1
        kept.append(passage if count == 1 else passage.model_copy(update={"id": f"{passage.id}~{count}"}))
    return kept


def _fingerprint(passages: Sequence[Passage], rules: Sequence[Rule]) -> str:
    documents = [item.model_dump(mode="json") for item in (*passages, *rules)]
    return hashlib.sha256(json.dumps(documents, sort_keys=True).encode()).hexdigest()


def _chunks(items: Sequence[T]) -> Iterator[list[tuple[int, T]]]:
    numbered = list(enumerate(items))
    for start in range(0, len(numbered), _CHUNK):
        yield numbered[start : start + _CHUNK]
