"""How people write in chats, turned into how rules write: "yg", "gmn", "lvl", and acronyms."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from knowledge.pack_entries import Term
from scoring.yaml_text import read_yaml

_EVERYDAY = Path(__file__).parent / "everyday_words.yaml"
_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*", re.IGNORECASE)
_STRETCHED = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)


class Spelling:
    """Chat spelling and acronyms, as the pack lists them.

    Args:
        standard: chat spelling to standard spelling, lower case.
        glossary: terms whose acronyms are written out for keyword search.
        everyday: everyday words to the words of rules; None takes those that ship.
    """

    def __init__(
        self,
        standard: Mapping[str, str] | None = None,
        glossary: Iterable[Term] = (),
        everyday: Mapping[str, str] | None = None,
    ) -> None:
        self._standard = {chat.lower(): word for chat, word in (standard or {}).items()}
        self._full: dict[str, list[str]] = defaultdict(list)
        for term in glossary:
            for name in (term.term, *term.aliases):
                if name.lower() != term.expansion.lower():
                    self._full[name.lower()].append(term.expansion)
        for name, formal in (shipped_everyday_words() if everyday is None else everyday).items():
            self._full[name.lower()].append(formal)

    def standard(self, text: str) -> str:
        """The text with each word in standard spelling; everything else stays as it was.

        >>> Spelling({"yg": "yang", "gmn": "bagaimana"}).standard("gmn caranya yg bener")
        'bagaimana caranya yang bener'
        """
        return _WORD.sub(self._word, _STRETCHED.sub(r"\1", text))

    def words(self) -> Iterator[str]:
        """Every word that the lists know, on either side."""
        for words in (self._standard.items(), self._full.items()):
            for name, meaning in words:
                yield from _WORD.findall(name.lower())
                yield from _WORD.findall(meaning.lower() if isinstance(meaning, str) else " ".join(meaning).lower())

    def _word(self, match: re.Match[str]) -> str:
        return self._standard.get(match[0].lower(), match[0])

    def written_out(self, text: str) -> list[str]:
        """What rules call the acronyms, terms and everyday words of a text, phrases of up to three words."""
        return [full for phrase in dict.fromkeys(_phrases(text)) for full in self._full.get(phrase, ())]

    def meanings(self, text: str) -> dict[str, list[str]]:
        """For each word of a text what rules call it, alone or in a phrase of up to three words."""
        found: dict[str, list[str]] = defaultdict(list)
        for phrase in dict.fromkeys(_phrases(text)):
            for word in phrase.split() if phrase in self._full else ():
                found[word].extend(self._full[phrase])
        return found


def _phrases(text: str) -> list[str]:
    words = [match[0].lower() for match in _WORD.finditer(text)]
    return [" ".join(words[at : at + size]) for size in (3, 2, 1) for at in range(len(words) - size + 1)]


@cache
def shipped_everyday_words() -> dict[str, str]:
    words = read_yaml(_EVERYDAY)
    return {str(name): str(formal) for name, formal in words.items()}
