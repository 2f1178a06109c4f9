"""A second look at what was found: a cross-encoder reads question and passage together. Off by default.

It brings torch, and a question then takes as long as the model needs for reading twenty passages. What it gains depends
on the model: ``spbe eval`` compares two settings.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scoring.refusal import RefusedInput, Text

if TYPE_CHECKING:
    from knowledge.retrieval import Hit

_EXTRA = "pip install 'tanya-spbe[sentence-transformers]'"
#: Hits that are read again; the answer is almost always among them.
DEPTH = 20


class Reranker:
    """How well passages answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score for each text: the higher, the better; only the order counts."""
        raise NotImplementedError


class CrossEncoderReranker(Reranker):
    """A cross-encoder of sentence-transformers, loaded at its first question.

    Args:
        model: a folder with the model, or its name on the hub.
    """

    def __init__(self, model: str) -> None:
        self.name = f"cross-encoder:{model}"
        self._path = model
        self._model: Any = None

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The model's outputs.

        Raises:
            RefusedInput: sentence-transformers is not installed; the message names the command.
        """
        if not texts:
            return []
        pairs = [(question, text.replace("\0", " ")) for text in texts]
        return [float(score) for score in self._loaded().predict(pairs, show_progress_bar=False)]

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder
            except ImportError as reason:
                raise RefusedInput(
                    "reranker_not_installed",
                    Text(
                        id=f"Pemeringkat ulang {self.name} memerlukan paket tambahan. Jalankan: {_EXTRA}, atau "
                        "kosongkan SPBE_RERANKER.",
                        en=f"The reranker {self.name} needs an extra. Run: {_EXTRA}, or leave SPBE_RERANKER empty.",
                    ),
                    reranker=self.name,
                ) from reason
            self._model = CrossEncoder(self._path, device="cpu")
        return self._model


def reranked(reranker: Reranker, question: str, hits: Sequence["Hit"]) -> list["Hit"]:
    """The hits in the reranker's order; each rank keeps its score, so that scores still fall."""
    found = reranker.scores(question, [hit.passage.text for hit in hits])
    order = sorted(range(len(hits)), key=lambda at: -found[at])
    return [replace(hits[at], score=hits[rank].score) for rank, at in enumerate(order)]


def make_reranker(name: str | None) -> Reranker | None:
    """The reranker of a name; none without one.

    Args:
        name: ``cross-encoder:MODEL``.

    Raises:
        RefusedInput: the name is of another form.
    """
    if not name:
        return None
    kind, _, model = name.partition(":")
    if kind == "cross-encoder" and model:
        return CrossEncoderReranker(model)
    raise RefusedInput(
        "unknown_reranker",
        Text(
            id=f"Pemeringkat ulang {name!r} tidak dapat dipakai. Yang diterima: cross-encoder:MODEL (folder atau nama "
            "model sentence-transformers), atau kosong. Perbaiki SPBE_RERANKER.",
            en=f"The reranker {name!r} cannot be used. Accepted: cross-encoder:MODEL (a folder or the name of a model "
            "of sentence-transformers), or nothing. Correct SPBE_RERANKER.",
        ),
        reranker=name,
    )
