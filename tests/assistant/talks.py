"""Judges whole conversations against the assistant, turn by turn: ``python -m tests.assistant.talks FILE.yaml``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.permissions import VISITOR
from assistant.request import Question
from tests.assistant.understanding_set import same

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant


@dataclass
class Judged:
    """What came of a set: turns, and slots told apart from intents."""

    turns: int = 0
    intents: int = 0
    slots: int = 0
    slots_right: int = 0
    wrong: list[str] = field(default_factory=list)


def talks(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return read


def told(assistant: Assistant, talk: dict[str, Any], key: str) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Each turn with the answer to it."""
    for turn in talk["turns"]:
        yield turn, assistant.ask(Question(text=turn["say"], agency=talk["agency"], conversation=key), VISITOR)


def judged(assistant: Assistant, name: str) -> Judged:
    """Judge every turn of a file; a turn is right where its intent and all its slots are."""
    result = Judged()
    for number, talk in enumerate(talks(name)):
        listed: tuple[str, ...] = ()
        for turn, answer in told(assistant, talk, f"{name}:{number}"):
            document = answer.request.model_dump(mode="json") | {"language": answer.language}
            document["clarify"] = document["clarify"]["slot"] if "clarify" in document else None
            expected = {"clarify": None} | {
                key: value for key, value in turn.items() if key not in ("say", "intent", "leans")
            }
            if str(expected.get("node", "")).startswith("listed "):
                place = int(expected["node"].split()[1])
                expected["node"] = listed[place - 1] if place <= len(listed) else "nothing was listed"
            intents = turn["intent"] if isinstance(turn["intent"], list) else [turn["intent"]]
            for several in (expected, document):  # in any order, as shared/eval judges them
                if "agencies" in several:
                    several["agencies"] = sorted(several["agencies"])
            off = {slot: document.get(slot) for slot, value in expected.items() if not same(slot, value, document)}
            intent = answer.intent in intents
            result.turns += 1
            result.intents += intent
            result.slots += len(expected)
            result.slots_right += len(expected) - len(off)
            if off or not intent:
                off |= {} if intent else {"intent": answer.intent}
                result.wrong.append(f"{number} {turn['say']!r}: {off}")
            listed = answer.request.listed or listed
    return result


def main() -> None:
    from assistant.settings import Settings
    from bots.assembly import Installation

    with tempfile.TemporaryDirectory() as folder:
        made = Installation(Settings(data_dir=Path(folder), _env_file=None), threads=1)
        made.prepare()
        for name in sys.argv[1:]:
            result = judged(made.assistant, name)
            print("\n".join(result.wrong))
            print(
                f"{name}: {result.turns - len(result.wrong)} of {result.turns} turns, "
                f"{result.intents} intents, {result.slots_right} of {result.slots} slots"
            )


if __name__ == "__main__":
    main()
