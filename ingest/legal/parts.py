"""The parts of a rule's text: opening, body, closing, explanation, attachments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.headings import is_article
from ingest.legal.lines import Line

_CLOSING = re.compile(
    r"^(?:Agar\s+(?:setiap|semua)\s+orang|(?:Di)?[Dd]?i?(?:tetapkan|sahkan)\s+di\b|Ditetapkan\s+di|Disahkan\s+di)"
)
_EXPLANATION = re.compile(r"^(?:PENJELASAN|P\s?E\s?N\s?J\s?E\s?L\s?A\s?S\s?A\s?N)\s*(?:$|ATAS\b|UMUM\b)")
_ATTACHMENT = re.compile(r"^LAMPIRAN\b(?!\s*:?\s*-)(?:\s+([IVX]{1,5})\b)?(.*)$")


@dataclass
class Parts:
    """Lines of each part; attachments in order, each with its Roman number where it has one."""

    opening: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    explanation: list[Line] = field(default_factory=list)
    attachments: list[tuple[str, list[Line]]] = field(default_factory=list)


def parts(lines: Sequence[Line]) -> Parts:
    """Tell the parts of a rule with articles apart; without articles all is opening."""
    found = Parts()
    current = found.opening
    for at, line in enumerate(lines):
        if current is found.opening and _opens_body(lines, at):
            current = found.body
        elif current is found.body and _CLOSING.match(line.text):
            current = found.closing
        elif current is not found.opening and _EXPLANATION.match(line.text) and _mentions_articles(lines, at):
            current = found.explanation
        elif current is not found.opening and current is not found.body and (attachment := _attachment(line)):
            name, rest = attachment
            repeated = found.attachments and found.attachments[-1][0] == name and len(found.attachments[-1][1]) < 2
            if not repeated:
                found.attachments.append((name, [Line(rest, line.page)] if rest else []))
            current = found.attachments[-1][1]
            continue
        current.append(line)
    return found


def attachments(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """A document without articles: the main text (named "") and what stands behind each "LAMPIRAN"."""
    found: list[tuple[str, list[Line]]] = [("", [])]
    for line in lines:
        if (attachment := _attachment(line)) and len(found[-1][1]) > 3:
            name, rest = attachment
            found.append((f"Lampiran {name}".strip(), [Line(rest, line.page)] if rest else []))
        else:
            found[-1][1].append(line)
    return found


def closing(lines: Sequence[Line], start: int) -> int:
    """The first line from ``start`` on that closes the text; the number of lines where none does."""
    return next((at for at in range(start, len(lines)) if _CLOSING.match(lines[at].text)), len(lines))


def _opens_body(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if is_article(text) or text == "Pasal I":
        return True
    return text.startswith("BAB I") and any(is_article(line.text) for line in lines[at + 1 : at + 6])


def _mentions_articles(lines: Sequence[Line], at: int) -> bool:
    ahead = [line.text for line in lines[at : at + 400]]
    return any(re.search(r"(?i)pasal\s+demi\s+pasal|cukup jelas", text) for text in ahead)


def _attachment(line: Line) -> tuple[str, str] | None:
    match = _ATTACHMENT.match(line.text)
    if match is None or len(line.text) > 1500:
        return None
    return match[1] or "", match[2].strip(" :")
