"""The words of the page in one language, from words.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scoring import Language


@cache
def words(language: Language) -> dict[str, Any]:
    """All words: ``page`` for the template, ``examples``, and ``js`` for the scripts."""
    text = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    chosen: dict[str, Any] = _into(yaml.safe_load(text), language)
    return chosen


def _into(value: Any, language: Language) -> Any:
    if isinstance(value, dict):
        if set(value) == {"id", "en"}:
            return value[language]
        return {key: _into(item, language) for key, item in value.items()}
    return [_into(item, language) for item in value] if isinstance(value, list) else value
