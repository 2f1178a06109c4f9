"""What the bot says of its own accord, in both languages (words.yaml)."""

from functools import cache
from pathlib import Path

from scoring import Language, Text
from scoring.yaml_text import read_yaml


@cache
def _words() -> dict[str, Text]:
    document = read_yaml(Path(__file__).parent / "words.yaml")
    return {key: Text.model_validate(value) for key, value in document.items()}


def words(key: str, language: Language, **values: str) -> str:
    """A sentence of the bot; ``**bold**`` is its only markup."""
    return _words()[key].into(language).format(**values)
