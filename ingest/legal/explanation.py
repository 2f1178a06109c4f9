"""The official explanation behind a rule: general part, then article by article."""

import re
from collections.abc import Sequence

from ingest.legal.lines import Line
from ingest.legal.passages import SHORT, PassageWriter, cut

_ARTICLE = re.compile(r"^Pasal\s*(\d{1,3}\s?[A-Z]{0,2}|[IVX]{1,4})$")
_GENERAL = re.compile(r"^(?:I\.?\s+)?UMUM\b")
_BY_ARTICLE = re.compile(r"^(?:II\.?\s+)?PASAL\s+DEMI\s+PASAL\b")


def write_explanation(writer: PassageWriter, lines: Sequence[Line]) -> None:
    """Write "Penjelasan Umum" and "Penjelasan Pasal 12"; "Cukup jelas." explains nothing and is left out."""
    name = "Penjelasan"
    groups: list[tuple[str, list[Line]]] = [(name, [])]
    for line in lines:
        if general := _GENERAL.match(line.text):
            groups.append(("Penjelasan Umum", _behind(line, general)))
        elif by_article := _BY_ARTICLE.match(line.text):
            groups.append(("Penjelasan", _behind(line, by_article)))
        elif article := _ARTICLE.match(line.text):
            groups.append((f"Penjelasan Pasal {article[1].replace(' ', '')}", []))
        else:
            groups[-1][1].append(line)
    for name, inside in groups:
        text = "\n".join(line.text for line in inside)
        if not text or re.fullmatch(r"(?i)cukup\s+jelas\.?", text.strip()):
            continue
        for part in cut(text, SHORT):
            writer.write(name, part, headings=["Penjelasan"], page=inside[0].page)


def _behind(line: Line, heading: re.Match[str]) -> list[Line]:
    """The text that stands on the line of a heading."""
    rest = line.text[heading.end() :].strip()
    return [Line(rest, line.page)] if rest else []
