"""Words that every face needs around an answer, in both languages."""

from scoring import Language, Text

_WORDS = {
    "sources": Text(id="Sumber", en="Sources"),
    "next": Text(id="Lanjutkan dengan", en="Go on with"),
}


def words(key: str, language: Language) -> str:
    """A word or phrase of the interface."""
    return _WORDS[key].into(language)
