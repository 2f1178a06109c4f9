"""One line of the doctor's report, worded in words.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from scoring.refusal import Text

State = Literal["ok", "warning", "broken"]


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        do: what to do, where something is to be done.
    """

    check: str
    state: State
    found: Text
    do: Text | None = None


def finding(check: str, state: State, what: str, **values: object) -> Finding:
    """A finding in the words of ``words.yaml`` under the check and what was found."""
    words = _words()[check][what]
    do = _filled(words["do"], values) if "do" in words else None
    return Finding(check, state, _filled(words["found"], values), do)


def _filled(words: dict[str, str], values: dict[str, object]) -> Text:
    return Text(**{language: text.format(**values) for language, text in words.items()})


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return loaded
