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


def source_line(citation: Citation, language: Language) -> str:
    """Title, place, page, kind, status of the rule: "Perpres 95/2018 ..., Pasal 6 (hlm. 7; naskah resmi; berlaku)"."""

    def word(key: str, **values: object) -> str:
        return SOURCE_WORDS[key].into(language).format(**values)

    remarks = [word(citation.kind)]
    if citation.page is not None:
        remarks.insert(0, word("leaf_n", page=citation.page))
    if citation.kind != "finding":
        remarks.append(word(citation.status))
    if citation.replaced_by:
        remarks.append(word("replaced_by", rule=citation.replaced_by))
    if citation.second_hand:
        remarks.append(word("second_hand"))
    return f"{citation.title}, {citation.locator} ({'; '.join(remarks)})"
