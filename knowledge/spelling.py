"""How people write in chats, turned into how rules write: "yg", "gmn", "lvl", and acronyms."""

import re
from collections.abc import Iterable, Mapping

from knowledge.pack_entries import Term

_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*", re.IGNORECASE)
_STRETCHED = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)


class Spelling:
    """Chat spelling and acronyms, as the pack lists them.

    Args:
        standard: chat spelling to standard spelling, lower case.
        glossary: terms whose acronyms are written out for keyword search.
    """

    def __init__(self, standard: Mapping[str, str] | None = None, glossary: Iterable[Term] = ()) -> None:
        self._standard = {chat.lower(): word for chat, word in (standard or {}).items()}
        self._full: dict[str, str] = {}
        for term in glossary:
            for name in (term.term, *term.aliases):
                if name.lower() != term.expansion.lower():
                    self._full.setdefault(name.lower(), term.expansion)

    def standard(self, text: str) -> str:
        """The text with each word in standard spelling; everything else stays as it was.

        >>> Spelling({"yg": "yang", "gmn": "bagaimana"}).standard("gmn caranya yg bener")
        'bagaimana caranya yang bener'
        """
        return _WORD.sub(self._word, _STRETCHED.sub(r"\1", text))

    def _word(self, match: re.Match[str]) -> str:
        return self._standard.get(match[0].lower(), match[0])

    def written_out(self, text: str) -> list[str]:
        """The full names of acronyms and terms in a text."""
        words = [match[0].lower() for match in _WORD.finditer(text)]
        found = (self._full.get(word) for word in dict.fromkeys(words))
        return [full for full in found if full is not None]
