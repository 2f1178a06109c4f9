"""What one passage, one conversation and one answer cost: the units that docs/scale.md multiplies.

Run: python -m bench.units [--passages 20000]

Prints one JSON document. Passages are made up (40 words of a Zipf vocabulary), with random vectors of the bundled
embedder's length, so that what is measured is store, index and keyword search. Memory is the growth of this process
from before the library is read to after its first searches.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.bench_retrieval import of_size

_READ = """
import json, os, sys, time
from pathlib import Path
from bench.bench_retrieval import RandomEmbedder
from bench.serving import resident
from knowledge.index import VectorIndex
from knowledge.retrieval import Retriever
from knowledge.store import Store
from sqlalchemy import create_engine
folder, passages = Path(sys.argv[1]), sys.argv[2]
store, embedder = Store(create_engine(f"sqlite:///{folder / (passages + '.db')}")), RandomEmbedder()
index = VectorIndex(folder / f"index-{passages}", store, embedder.name)
retriever = Retriever(store=store, index=index, embedder=embedder)
before = resident(os.getpid())
begin = time.perf_counter()
retriever.search("kata1 kata2 kata900")
opened = time.perf_counter() - begin
taken = []
for number in range(60):
    text = f"kata{number % 50} kata{number * 7 % 900} kata{number * 31 % 9000} {number:08d}"
    vector = retriever.vector(text)
    begin = time.perf_counter()
    retriever.search(text, vector=vector)
    taken.append(time.perf_counter() - begin)
print(json.dumps({"mb": resident(os.getpid()) - before, "opened_s": opened, "search_ms": sorted(taken)[30] * 1000}))
"""


def library(folder: Path, passages: int) -> dict[str, float]:
    """A library of so many passages: on disk, in memory, and how long it takes to make, open and search."""
    begin = time.perf_counter()
    retriever = of_size(folder, passages)
    made = time.perf_counter() - begin
    retriever.index.close()
    retriever.store.engine.dispose()
    command = [sys.executable, "-c", _READ, str(folder), str(passages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)
    index = sum(path.stat().st_size for path in (folder / f"index-{passages}").rglob("*") if path.is_file())
    return {
        "passages": passages,
        "made_s": round(made, 1),
        "database_mb": round((folder / f"{passages}.db").stat().st_size / 2**20, 1),
        "chroma_disk_mb": round(index / 2**20, 1),
        "memory_mb": round(read["mb"], 1),
        "opened_s": round(read["opened_s"], 2),
        "search_ms": round(read["search_ms"], 1),
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=20_000)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="spbe-units-") as folder:
        small, large = (library(Path(folder), count) for count in (wanted.passages // 10, wanted.passages))
    more = large["passages"] - small["passages"]
    each = {
        name: round((large[f"{name}_mb"] - small[f"{name}_mb"]) * 2**20 / more)
        for name in ("database", "chroma_disk", "memory")
    }
    print(json.dumps({"small": small, "large": large, "bytes_a_passage": each}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
