"""The vector index: Chroma over the vectors of our store, which can be dropped and rebuilt at any time.

Embedded (a folder) it has one writer at a time, guarded by a lock file, and many readers; or it is a Chroma
server. Chroma never embeds anything itself, so its default model is never downloaded; its telemetry is off.
"""

import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from filelock import FileLock, Timeout

from knowledge.embedding import Vectors
from knowledge.store import Store
from scoring.refusal import RefusedInput, Text

_COLLECTION = "spbe-keys"
_BATCH = 2000  # vectors in one call; servers refuse bodies that are too large
_HNSW = {"hnsw": {"space": "ip", "ef_construction": 100, "ef_search": 80, "max_neighbors": 16}}
_ALIKE = 0.01  # distance (1 - cosine) under which a vector has found itself, or one as good
_log = logging.getLogger(__name__)


class VectorIndex:
    """Nearest keys of the library to a vector.

    Args:
        where: a folder (embedded Chroma), or ``http://host:port`` of a Chroma server.
        store: the truth that this is an index over.
        embedder: name of the embedder whose vectors are indexed.
        wait: seconds a writer waits for another one.
    """

    def __init__(self, where: str | Path, store: Store, embedder: str, *, wait: float = 600.0) -> None:
        self.where = str(where)
        self.server = self.where.startswith(("http://", "https://"))
        self.store = store
        self.embedder = embedder
        self._client: Any = None
        self._collection: Any = None
        self._opening = threading.RLock()
        if self.server:
            self._lock: FileLock | None = None
        else:
            Path(self.where).mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(Path(self.where) / "writer.lock", timeout=wait)

    # -- reading -------------------------------------------------------------------------------------------

    def nearest(self, vector: Vectors, count: int) -> list[str]:
        """Ids of the nearest keys, best first; fewer where the index holds fewer."""
        found = self._open().query(query_embeddings=[vector], n_results=count, include=[])
        return list(found["ids"][0])

    def reopen(self) -> None:
        """Forget what was read, so that the next question sees what another process wrote."""
        with self._opening:
            self._collection = None
            if not self.server:
                self._client = None
                from chromadb.api.shared_system_client import SharedSystemClient

                SharedSystemClient.clear_system_cache()

    def close(self) -> None:
        """Let go of files and connections; the next use opens them again."""
        with self._opening:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                parts = (client, client._admin_client)
                sessions = [getattr(part._server, "_session", None) for part in parts]
                client.close()
                for session in sessions:
                    if session is not None:  # Chroma leaves its connections open
                        session.close()

    @property
    def current(self) -> bool:
        """Whether the index has been brought to the store's generation."""
        return self.store.meta("indexed") == self._state()

    def _state(self) -> str:
        return f"{self.store.generation()}:{self.embedder}"

    # -- keeping it true -----------------------------------------------------------------------------------

    def check(self) -> dict[str, int]:
        """Compare the index with the store (embedder, count, hash, a probe) and mend what is missing.

        Returns:
            ``{"keys", "added", "removed"}``.

        Raises:
            RefusedInput: the library was made with another embedder; names the command that rebuilds it.
        """
        self.same_embedder()
        keys = {key: content for key, _, _, content in self.store.all_keys()}
        if self.current:
            self.reopen()
            collection = self._open()
            marks = collection.metadata or {}
            if (
                collection.count() == len(keys)
                and marks.get("hash") == _hash(keys)
                and self._finds_some(collection, keys)
            ):
                return {"keys": len(keys), "added": 0, "removed": 0}
            _log.warning("the vector index differs from the store and is mended")
        return self.synchronise()

    def same_embedder(self) -> None:
        """Refuse to work on vectors of another embedder."""
        held = self.store.meta("embedder")
        if held is not None and held != self.embedder:
            raise RefusedInput(
                "other_embedder",
                Text(
                    id=f"Pustaka ini dibuat dengan embedder {held!r}, sedangkan pengaturan meminta "
                    f"{self.embedder!r}. Kembalikan ke {held!r}, atau jalankan: spbe index rebuild.",
                    en=f"This library was made with embedder {held!r}, the settings ask for "
                    f"{self.embedder!r}. Set it back to {held!r}, or run: spbe index rebuild.",
                ),
                held=held,
                asked=self.embedder,
                command="spbe index rebuild",
            )

    def synchronise(self) -> dict[str, int]:
        """Bring the index to the store's state: add keys that are missing, remove those that are gone."""
        with self.writing():
            state = self._state()
            keys = {key: content for key, _, _, content in self.store.all_keys()}
            collection = self._open(fresh=True)
            held = set(collection.get(include=[])["ids"])
            if (collection.metadata or {}).get("embedder", self.embedder) != self.embedder:
                collection, held = self._emptied(), set()
            kept = {key: content for key, content in keys.items() if key in held}
            if held and not self._finds_some(collection, kept):
                collection, held = self._emptied(), set()
            added, removed = self._bring(collection, keys, held)
            collection.modify(metadata={"embedder": self.embedder, "hash": _hash(keys)})
            self.store.set_meta(indexed=state, embedder=self.embedder)
        return {"keys": len(keys), "added": added, "removed": removed}

    def rebuild(self) -> dict[str, int]:
        """Drop the index and build it anew from the store's vectors of this embedder."""
        with self.writing():
            self.store.set_meta(indexed="", embedder=self.embedder)
            self._emptied()
        return self.synchronise()

    def _bring(self, collection: Any, keys: dict[str, str], held: set[str]) -> tuple[int, int]:
        gone = sorted(held - set(keys))
        for start in range(0, len(gone), _BATCH):
            collection.delete(ids=gone[start : start + _BATCH])
        new = [key for key in keys if key not in held]
        added = 0
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors = self.store.vectors_of(self.embedder, [keys[key] for key in batch])
            ready = [key for key in batch if keys[key] in vectors]
            if ready:
                rows = np.stack([vectors[keys[key]] for key in ready]).astype(np.float32)
                collection.add(ids=ready, embeddings=rows)
            added += len(ready)
        return added, len(gone)

    def _finds_some(self, collection: Any, keys: dict[str, str]) -> bool:
        """Whether known vectors find their like: a server can count rows that it no longer finds."""
        contents = [keys[key] for key in sorted(keys)[:3]]
        for vector in self.store.vectors_of(self.embedder, contents).values():
            asked = vector.astype(np.float32)
            found = collection.query(query_embeddings=[asked], n_results=1, include=["distances"])
            distances = found["distances"][0]
            if not distances or distances[0] > _ALIKE:
                return False
        return True

    # -- Chroma --------------------------------------------------------------------------------------------

    def _open(self, *, fresh: bool = False) -> Any:
        with self._opening:
            if fresh:
                self.reopen()
            if self._collection is None:
                self._client = self._client or self._connect()
                self._collection = self._client.get_or_create_collection(
                    _COLLECTION, embedding_function=None, configuration=_HNSW
                )
            return self._collection

    def _emptied(self) -> Any:
        with self._opening:
            self._open(fresh=True)
            self._client.delete_collection(_COLLECTION)
            return self._open(fresh=True)

    def _connect(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        if not self.server:
            return chromadb.PersistentClient(self.where, settings=settings)
        address = urlsplit(self.where)
        secure = address.scheme == "https"
        try:
            return chromadb.HttpClient(
                address.hostname or "localhost",
                address.port or (443 if secure else 8000),
                ssl=secure,
                settings=settings,
            )
        except ValueError as reason:
            raise RefusedInput(
                "index_unreachable",
                Text(
                    id=f"Server Chroma di {self.where} tidak menjawab. Nyalakan server itu atau perbaiki alamatnya.",
                    en=f"The Chroma server at {self.where} does not answer. Start it, or correct its address.",
                ),
                url=self.where,
            ) from reason

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The lock of the one writer; its holder may take it again.

        Raises:
            RefusedInput: another process went on writing for longer than ``wait``.
        """
        if self._lock is None:
            with self._opening:
                yield
            return
        try:
            self._lock.acquire()
        except Timeout as reason:
            raise RefusedInput(
                "index_busy",
                Text(
                    id="Proses lain sedang menulis ke pustaka ini. Tunggu sampai selesai, "
                    "lalu ulangi perintah yang sama.",
                    en="Another process is writing to this library. Wait until it is done, then try again.",
                ),
                lock=Path(self._lock.lock_file).name,
            ) from reason
        try:
            yield
        finally:
            self._lock.release()


def _hash(keys: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()
