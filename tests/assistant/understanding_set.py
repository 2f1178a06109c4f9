"""How a set of utterances is judged: intent and slots, against a register of all published agencies."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.request import Question, Request
from assistant.understanding import AgencyName, Embedder, Understood, understand
from scoring import load_instrument


@dataclass
class Published:
    """The agencies of the published results."""

    names: Sequence[AgencyName]
    levels: dict[str, dict[int, int]] = field(default_factory=dict)

    def agencies(self) -> Sequence[AgencyName]:
        return self.names


def published(shared: Path) -> Published:
    seen: dict[str, AgencyName] = {}
    with (shared / "results" / "official-domain-scores.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            province = None
            if row["level"] != "k-l":
                province = row["group"].removeprefix("Pemerintah Daerah").removeprefix(" di").strip()
            seen.setdefault(row["agency"], AgencyName(row["agency"], row["level"], province))
    levels: dict[str, dict[int, int]] = {}
    held = json.loads((shared / "results" / "indicator-levels.json").read_text(encoding="utf-8"))
    for assessment in sorted(held, key=lambda document: document["year"]):
        if assessment["instrument"] == "spbe-2020":
            levels[assessment["agency"]] = {int(n): level for n, level in assessment["levels"].items()}
    return Published(list(seen.values()), levels)


def latest_year(agency: str) -> int | None:
    return 2025 if agency == "Pemerintah Kab. Aceh Tengah" else 2024


@dataclass
class Judged:
    lines: int = 0
    intents: int = 0
    slots: int = 0
    slots_right: int = 0
    wrong: list[str] = field(default_factory=list)


def ask(
    line: dict[str, Any], register: Published, embedder: Embedder | None = None, previous: Sequence[Request] = ()
) -> Understood:
    question = Question(text=line["text"], agency=line.get("agency"), year=line.get("year"))
    levels = register.levels.get(line.get("agency") or "")
    return understand(
        question, register, load_instrument("spbe-2020"), embedder, previous, levels=levels, latest_year=latest_year
    )


def same(slot: str, expected: Any, document: dict[str, Any]) -> bool:
    """Whether a slot of a document is what is expected; nothing, where nothing is."""
    found = document.get(slot)
    if isinstance(found, tuple):
        found = list(found)
    if slot == "target" and isinstance(expected, str) and expected.replace(".", "").isdigit():
        return isinstance(found, str) and found.replace(".", "").isdigit() and float(found) == float(expected)
    if expected is None or expected == [] or expected is False:
        return not found
    return bool(found == expected)


def judge(lines: Iterable[dict[str, Any]], register: Published, embedder: Embedder | None = None) -> Judged:
    judged = Judged()
    for line in lines:
        understood = ask(line, register, embedder)
        expect = line["expect"]
        document = understood.request.model_dump(mode="json")
        judged.lines += 1
        right = document["intent"] in (expect["intent"], *expect.get("intent_also", ()))
        judged.intents += right
        if not right:
            judged.wrong.append(f"{line['id']} {line['text']!r}: intent {document['intent']}, not {expect['intent']}")
        slots = dict(expect.get("request", {}))
        if "clarify" in expect:
            slots["clarify"] = expect["clarify"]
        if "language" in expect:
            slots["language"] = expect["language"]
        document["language"] = understood.language
        if "clarify" in document:
            document["clarify"] = document["clarify"]["slot"]
        for slot, value in slots.items():
            judged.slots += 1
            if same(slot, value, document):
                judged.slots_right += 1
            else:
                judged.wrong.append(f"{line['id']} {line['text']!r}: {slot} {document.get(slot)!r}, not {value!r}")
    return judged


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def wrong_turns(dialogue: dict[str, Any], register: Published, embedder: Embedder | None = None) -> list[str]:
    """The turns of a conversation that are not understood as they should be."""
    previous: list[Request] = []
    wrong = []
    for turn in dialogue["turns"]:
        expected = {key: value for key, value in turn.items() if key != "say"}
        understood = ask({"text": turn["say"], "agency": dialogue["agency"]}, register, embedder, previous)
        document = understood.request.model_dump(mode="json") | {"language": understood.language}
        if "clarify" in document:
            document["clarify"] = document["clarify"]["slot"]
        elif "clarify" not in expected:
            expected["clarify"] = None
        off = {slot: document.get(slot) for slot, value in expected.items() if not same(slot, value, document)}
        if off or ("clarify" in document and "clarify" not in expected):
            wrong.append(f"{turn['say']!r}: {off or document['clarify']}")
        previous.append(understood.request)
    return wrong
