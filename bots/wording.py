"""Words that every face needs around an answer, in both languages."""

from assistant.answer import Citation
from scoring import Language, Text

_WORDS = {
    "sources": Text(id="Sumber", en="Sources"),
    "next": Text(id="Lanjutkan dengan", en="Go on with"),
    "in force": Text(id="berlaku", en="in force"),
    "revoked": Text(id="dicabut", en="revoked"),
    "unknown": Text(id="status tidak diketahui", en="status unknown"),
    "official": Text(id="naskah resmi", en="official text"),
    "digest": Text(id="ringkasan kami", en="our summary"),
    "finding": Text(id="catatan asesor", en="assessors' remark"),
    "second_hand": Text(id="dari sumber kedua", en="second-hand"),
    "replaced_by": Text(id="diganti {rule}", en="replaced by {rule}"),
    "page": Text(id="hlm. {page}", en="p. {page}"),
    "machine": Text(
        id="Dijawab mesin. Periksa sumbernya sebelum dipakai mengambil keputusan.",
        en="Answered by a machine. Check the sources before deciding on it.",
    ),
}


def words(key: str, language: Language, **values: object) -> str:
    """A word or phrase of the interface."""
    return _WORDS[key].into(language).format(**values)


def source_line(citation: Citation, language: Language) -> str:
    """A citation in one line: title, place, page, kind, status of the rule."""
    marks = [words(citation.kind, language)]
    if citation.kind != "finding":
        marks.append(words(citation.status, language))
    if citation.page is not None:
        marks.insert(0, words("page", language, page=citation.page))
    if citation.replaced_by:
        marks.append(words("replaced_by", language, rule=citation.replaced_by))
    if citation.second_hand:
        marks.append(words("second_hand", language))
    return f"{citation.title}, {citation.locator} ({'; '.join(marks)})"
