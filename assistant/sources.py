"""A citation in one line, for every face and report."""

from assistant.answer import Citation
from scoring import Language, Text

SOURCE_WORDS = {
    "in force": Text(id="berlaku", en="in force"),
    "revoked": Text(id="dicabut", en="revoked"),
    "unknown": Text(id="status tidak diketahui", en="status unknown"),
    "official": Text(id="naskah resmi", en="official text"),
    "digest": Text(id="ringkasan kami", en="our summary"),
    "finding": Text(id="catatan asesor", en="assessors' remark"),
    "second_hand": Text(id="dari sumber kedua", en="second-hand"),
    "replaced_by": Text(id="diganti {rule}", en="replaced by {rule}"),
    "leaf_n": Text(id="hlm. {page}", en="p. {page}"),
}


def source_word(key: str, language: Language, **values: object) -> str:
    """The word for a kind of passage, a status or another remark on a source."""
    return SOURCE_WORDS[key].into(language).format(**values)


def source_line(citation: Citation, language: Language) -> str:
    """Title, place, page, kind, status of the rule: "Perpres 95/2018 ..., Pasal 6 (hlm. 7; naskah resmi; berlaku)"."""
    remarks = [source_word(citation.kind, language)]
    if citation.page is not None:
        remarks.insert(0, source_word("leaf_n", language, page=citation.page))
    if citation.kind != "finding":
        remarks.append(source_word(citation.status, language))
    if citation.replaced_by:
        remarks.append(source_word("replaced_by", language, rule=citation.replaced_by))
    if citation.second_hand:
        remarks.append(source_word("second_hand", language))
    return f"{citation.title}, {citation.locator} ({'; '.join(remarks)})"
