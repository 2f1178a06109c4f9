"""Whether a language model's reading of unsure questions helps (SPBE_MODEL_UNDERSTANDING).

Run: python -m bench.reading [--seconds 60] [--url http://127.0.0.1:8080/v1 --model NAME]

Asks the utterances of tests/assistant that the rules are unsure of, without and with the model, and prints one JSON
document: how many intents are right each way, what the model changed, and what became of its forms. Without --url it
starts the 270M model that the tests use.
"""

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from assistant.allowance import Breaker, DailyBudget
from assistant.language_model import LanguageModel, chat_model
from assistant.permissions import OPERATOR
from assistant.reading import UNSURE, QuestionReader
from assistant.request import Question, Request
from assistant.service import Assistant
from assistant.settings import Settings
from bots.assembly import Installation
from tests.assistant.small_model import small_model

SETS = Path(__file__).parents[1] / "tests" / "assistant"


class _Tally(Counter[str]):
    def count(self, outcome: str) -> None:
        self[outcome] += 1


def measured(installation: Installation, model: LanguageModel) -> dict[str, Any]:
    """The figures of one model."""
    composed, tally = installation.assistant, _Tally()
    reader = QuestionReader(model, DailyBudget(1_000_000), tally)
    reading = Assistant(composed.engine, composed.retriever, composed.memory, reader=reader)
    reading.guides = composed.guides
    lines = [
        json.loads(line) for path in sorted(SETS.glob("utterances*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    unsure, right, changed, took = 0, Counter[str](), [], []
    for line in lines:
        question = Question(text=line["text"], agency=line.get("agency"), year=line.get("year"))
        before = composed.ask(question, OPERATOR).request
        if before.confidence >= UNSURE or before.unknown:
            continue
        unsure += 1
        begin = time.monotonic()
        after = reading.ask(question, OPERATOR).request
        took.append(time.monotonic() - begin)
        right["rules"] += _right(before, line["expect"])
        right["rules and model"] += _right(after, line["expect"])
        if after != before:
            changed.append(f"{line['text']!r}: {before.intent} -> {after.intent}, expected {line['expect']['intent']}")
    seconds = round(max(took, default=0.0), 1)
    return {
        "questions": len(lines), "unsure": unsure, "intents_right": dict(right), "changed": changed,
        "forms": dict(tally), "slowest_seconds": seconds,
    }  # fmt: skip


def _right(request: Request, expect: dict[str, Any]) -> bool:
    return request.intent in (expect["intent"], *expect.get("intent_also", ()))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="for one answer")
    parser.add_argument("--url", help="an OpenAI-compatible address; default: the small model of the tests")
    parser.add_argument("--model", default="gemma3-270m", help="its name there")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Settings(data_dir=Path(folder) / "data", _env_file=None), threads=1)
        with nullcontext(options.url) if options.url else small_model(Path(folder)) as address:
            chat = chat_model(options.model, address, None, options.seconds)
            model = LanguageModel(chat, options.seconds, breaker=Breaker(failures=1_000_000))
            print(json.dumps({"model": options.model} | measured(installation, model), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
