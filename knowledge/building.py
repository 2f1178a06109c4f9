"""Filling the library: embed what is new, replace an origin as a whole, bring the index up to date."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.criteria import passages_of
from knowledge.embedding import Embedder
from knowledge.index import VectorIndex
from knowledge.keys import Key, keys_of
from knowledge.library import Rule
from knowledge.pack import Pack, load_pack
from knowledge.passage import Passage
from knowledge.shipped_vectors import shipped_vectors
from knowledge.store import Store
from scoring.instrument import instrument_ids, load_instrument

Progress = Callable[[str, int, int], None]
_BATCH = 32  # keys that are embedded and kept together; an interrupted ingest repeats at most so many


@dataclass(frozen=True)
class Origin:
    """What belongs together and is replaced together."""

    name: str
    passages: Sequence[Passage]
    rules: Sequence[Rule] = ()
    digest: str = ""
    source: str = ""


@dataclass
class Builder:
    """Writes to the library. One at a time on an embedded index: the others wait.

    Args:
        store, index, embedder: as the retriever has them.
        progress: called with what is done, how far, of how much.
    """

    store: Store
    index: VectorIndex
    embedder: Embedder
    progress: Progress = field(default=lambda _what, _done, _of: None)

    def put(self, origin: Origin) -> bool:
        """Embed what is new and replace the origin; whether anything changed. ``index.synchronise`` follows.

        Killed at any moment, the library holds the old or the new state; vectors made so far are kept.
        """
        self.embed([key for passage in origin.passages for key in keys_of(passage)], origin.source or origin.name)
        return self.store.replace(origin.name, origin.passages, origin.rules, digest=origin.digest, name=origin.source)

    def put_pack(self, pack: Pack | None = None) -> bool:
        """The pack and the criteria of all instruments; cheap where nothing changed."""
        changed = False
        with self.index.writing():
            for origin in pack_contents(pack):
                changed = self.put(origin) or changed
        if changed or not self.index.current:
            self.index.synchronise()
        return changed

    def embed_all(self) -> int:
        """Embed every passage of the store anew where this embedder has no vector; returns how many."""
        return self.embed([key for passage in self.store.passages() for key in keys_of(passage)], "library")

    def embed(self, keys: Sequence[Key], what: str) -> int:
        """Make sure that every key has its vector: kept, shipped, or embedded now."""
        self.index.same_embedder()
        missing = self.store.missing(keys, self.embedder.name)
        shipped = shipped_vectors(self.embedder.name)
        ready = [key.content for key in missing if key.content in shipped]
        if ready:
            self.store.add_vectors(self.embedder.name, ready, shipped.take(ready))
        new = sorted((key for key in missing if key.content not in shipped), key=lambda key: (key.side, len(key.text)))
        done = 0
        for batch in _batches(new):
            rows = self.embedder.embed([key.text for key in batch], batch[0].side)
            self.store.add_vectors(self.embedder.name, [key.content for key in batch], rows)
            done += len(batch)
            self.progress(what, done, len(new))
        return len(new)


def pack_contents(pack: Pack | None = None) -> list[Origin]:
    """The pack and each instrument as origins."""
    pack = pack if pack is not None else load_pack()
    instruments = [load_instrument(name) for name in instrument_ids()]
    return [
        Origin("pack", pack.passages(), pack.rules),
        *(Origin(f"instrument:{i.id}", passages_of(i, pack.library)) for i in instruments),
    ]


def _batches(keys: Sequence[Key]) -> Iterator[list[Key]]:
    """Batches of one side each, of texts of like length."""
    batch: list[Key] = []
    for key in keys:
        if batch and (len(batch) == _BATCH or batch[0].side != key.side):
            yield batch
            batch = []
        batch.append(key)
    if batch:
        yield batch
