"""Completions a model might give, good and bad, and drafts to give them for."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.answer import Citation, Draft, DraftBlock, Figure
from knowledge.library import Library
from scoring import Language


@dataclass(frozen=True)
class Completion:
    """A line that pretends to reword ``composed``; ``kind`` is its intent or its trick."""

    kind: str
    language: Language
    composed: str
    text: str
    years: frozenset[str]


def _read(name: str) -> list[dict]:
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))


HONEST = ("honest.yaml", "honest_second.yaml", "honest_third.yaml", "honest_fourth.yaml")
HELD_OUT = "honest_fifth.yaml"
ADVERSARIAL = ("adversarial.yaml", "adversarial_second.yaml", "adversarial_third.yaml", "adversarial_fourth.yaml")


def honest(name: str = "honest.yaml") -> list[Completion]:
    """The rewordings of one set that should pass."""
    return [
        Completion(entry["intent"], entry["language"], entry["composed"], text, _years(entry))
        for entry in _read(name)
        for text in entry["rewordings"]
    ]


def adversarial() -> list[Completion]:
    """The completions of which none may pass: on the form, against the first guard, on the meaning, and against what
    moves and may come since.
    """
    return [
        Completion(attack["kind"], entry["language"], entry["composed"], attack["text"], _years(entry))
        for name in ADVERSARIAL
        for entry in _read(name)
        for attack in entry["attacks"]
    ]


def _years(entry: dict) -> frozenset[str]:
    return frozenset("{" + token + "}" for token in entry.get("years", ()))


def draft_of(language: Language, *templates: str, years: frozenset[str] = frozenset()) -> Draft:
    """A draft of these sentences, with made-up figures, names and citations behind their tokens."""
    draft = Draft(language, Library([]))
    for token in dict.fromkeys(re.findall(r"\{([fac]\d+)\}", " ".join(templates))):
        number = int(token[1:])
        if token[0] == "f":
            draft.figures[token] = Figure(id=token, label="nilai", value=f"{number}.75", of="index", source="test")
            draft.shown[token] = f"{number},75"
        elif token[0] == "a":
            draft.names[token] = str(2000 + number) if "{" + token + "}" in years else f"Kota Rahasia {number}"
            draft.shown[token] = draft.names[token]
        else:
            draft.citations[token] = Citation(
                id=token, number=number, kind="digest", rule="perpres-95-2018", title="SPBE", locator="Pasal 6",
                page=None, quote="Kutipan rahasia.", status="in force", replaced_by=None, second_hand=False,
            )  # fmt: skip
    draft.blocks = [DraftBlock(kind="sentence", template=template) for template in templates]
    return draft
