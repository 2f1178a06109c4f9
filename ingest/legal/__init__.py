"""The structure of Indonesian law: a document as a rule of the register and its passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents import Document
from ingest.legal.amendments import is_amendment, write_amendment
from ingest.legal.articles import write_article
from ingest.legal.attachments import write_sections
from ingest.legal.dicta import dicta, write_dicta
from ingest.legal.explanation import write_explanation
from ingest.legal.headings import articles, is_article
from ingest.legal.identity import identify
from ingest.legal.lines import Line, logical_lines
from ingest.legal.parts import attachments, closing, parts
from ingest.legal.passages import SHORT, PassageWriter, cut
from knowledge.library import Rule
from knowledge.passage import Passage
from scoring.refusal import Text

__all__ = ["ParsedRule", "parse_rule"]


@dataclass(frozen=True)
class ParsedRule:
    """A rule as read from one document.

    Attributes:
        rule: its entry for the register.
        passages: its places in order; ids are unique.
        notes: what was guessed, inferred or not found.
    """

    rule: Rule
    passages: tuple[Passage, ...]
    notes: tuple[Text, ...] = ()


def parse_rule(document: Document) -> ParsedRule:
    """Read the identity and the structure of a rule, guideline or circular from its text alone."""
    lines = logical_lines(document.pages)
    found = parts(lines)
    has_articles = any(is_article(line.text) for line in found.body) or is_amendment(found.body)
    amends = is_amendment(found.body)
    body, stray, lost = articles(found.body) if has_articles and not amends else ([], [], [])
    identity = identify(
        lines,
        document.name,
        articles=max((article.number[0] for article in body), default=None),
        source=document.name,
        quality=_quality(document),
    )
    rule = identity.rule
    writer = PassageWriter(rule.id, f"{rule.short} tentang {rule.title}" if rule.title else rule.short)
    if has_articles:
        _write_opening(writer, [*found.opening, *stray])
        if amends:
            write_amendment(writer, found.body)
        for article in body:
            write_article(writer, article)
        _write_closing(writer, found.closing)
        write_explanation(writer, found.explanation)
        single = len({name for name, _ in found.attachments}) == 1
        for name, inside in found.attachments:
            label = "Lampiran" if single else f"Lampiran {name}".strip()
            write_sections(writer, label, inside)
    else:
        for name, inside in attachments(lines):
            decided = [] if name else dicta(inside)
            if decided:
                end = closing(inside, decided[-1][1])
                _write_opening(writer, inside[: decided[0][1]])
                write_dicta(writer, inside, decided, end)
                _write_closing(writer, inside[end:])
            else:
                write_sections(writer, name, inside)
    return ParsedRule(rule, tuple(writer.passages), (*document.notes, *identity.notes, *_missing(document, body, lost)))


def _quality(document: Document) -> str:
    share = f"{document.quality * 100:.1f}".replace(".", ",")
    read = sum(page.ocr for page in document.pages)
    ocr = f"; {read} halaman dibaca dengan OCR" if read else ""
    return f"{share} % kata wajar{ocr}"


def _write_opening(writer: PassageWriter, lines: Sequence[Line]) -> None:
    """Recitals and legal basis, each by itself."""
    name = "Pembukaan"
    groups: dict[str, list[Line]] = {name: []}
    for line in lines:
        if match := re.match(r"^(Menimbang|Mengingat|MEMUTUSKAN)\b", line.text):
            name = "Pembukaan" if match[1] == "MEMUTUSKAN" else match[1]
        groups.setdefault(name, []).append(line)
    for name, inside in groups.items():
        for part in _text(inside):
            writer.write(name, part, page=inside[0].page if inside else None)


def _write_closing(writer: PassageWriter, lines: Sequence[Line]) -> None:
    for part in _text(lines):
        writer.write("Pengundangan", part, page=lines[0].page)


def _text(lines: Sequence[Line]) -> list[str]:
    return cut("\n".join(line.text for line in lines), SHORT) if lines else []


def _missing(document: Document, body: Sequence[object], lost: Sequence[int]) -> list[Text]:
    notes = []
    guessed = [article.locator for article in body if getattr(article, "inferred", False)]  # type: ignore[attr-defined]
    if guessed:
        names = ", ".join(guessed)
        notes.append(
            Text(
                id=f"{document.name}: judul {names} rusak atau hilang; letaknya disimpulkan dari urutan.",
                en=f"{document.name}: the heading of {names} is damaged or missing; inferred from the sequence.",
            )
        )
    if lost:
        numbers = ", ".join(map(str, lost))
        notes.append(
            Text(
                id=f"{document.name}: Pasal {numbers} tidak ditemukan. Periksa pindaian aslinya.",
                en=f"{document.name}: article {numbers} was not found. Check the original scan.",
            )
        )
    return notes
