"""The second look: its order is taken, its absence told, and a place named exactly needs none."""

import sys
from collections.abc import Callable, Sequence

import pytest
from small_library import make_passage

from knowledge.reranking import CrossEncoderReranker, Reranker, make_reranker
from knowledge.retrieval import Retriever
from scoring.refusal import RefusedInput


class LongestFirst(Reranker):
    """Prefers long passages, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append((question, len(texts)))
        return [float(len(text)) for text in texts]


@pytest.fixture
def filled(put: Callable[..., bool], retriever: Retriever) -> Retriever:
    put(*(make_passage(f"Pasal {n}", "arsitektur " + " ".join(f"kata{n}{m}" for m in range(n))) for n in range(1, 9)))
    return retriever


def test_without_a_reranker_nothing_is_read_again(filled: Retriever) -> None:
    assert filled.reranker is None
    assert filled.search("arsitektur", 1)[0].passage.locator == "Pasal 1"


def test_its_order_is_taken_and_scores_still_fall(filled: Retriever) -> None:
    before = filled.search("arsitektur", 8)
    filled.reranker = LongestFirst()
    after = filled.search("arsitektur", 3)
    assert [hit.passage.locator for hit in after] == ["Pasal 8", "Pasal 7", "Pasal 6"]
    assert [hit.score for hit in after] == [hit.score for hit in before[:3]]


def test_a_place_that_is_named_exactly_comes_first_without_it(filled: Retriever) -> None:
    reader = LongestFirst()
    filled.reranker = reader
    assert filled.search("apa isi pasal 2 perpres 95 tahun 2018", 1)[0].passage.locator == "Pasal 2"
    assert reader.asked == []


def test_no_name_is_no_reranker() -> None:
    assert make_reranker(None) is None
    assert make_reranker("") is None


@pytest.mark.parametrize("name", ["bm25", "cross-encoder", "cross-encoder:", "rerank:model"])
def test_an_unknown_reranker_is_refused_with_what_is_accepted(name: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        make_reranker(name)
    assert "cross-encoder:MODEL" in refused.value.message.id
    assert "SPBE_RERANKER" in refused.value.message.en


def test_a_missing_extra_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as where the extra is not installed
    reader = make_reranker("cross-encoder:some/model")
    assert isinstance(reader, CrossEncoderReranker)
    with pytest.raises(RefusedInput) as refused:
        reader.scores("apa", ["ini"])
    assert "pip install" in refused.value.message.en
