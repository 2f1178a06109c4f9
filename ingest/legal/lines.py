"""Logical lines: what the rule has as one paragraph, list item or heading, whatever the page wrapped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.legal.markers import row, starts_item
from ingest.pages import Page

#: Letters from which on a line is no wrapped line of a page but a whole paragraph.
_LONG_LINE = 140
#: A table of criteria whose rows start with a bare number: "3 Kriteria tingkat 2 telah terpenuhi ...".
_OPENS_ROWS = re.compile(r"^(?:Tingkat|Kriteria|Tingkat Kriteria)\b")
_CLOSES_ROWS = re.compile(r"^(?:Jawaban|Pertanyaan)\s*:")
_BARE_MARKER = re.compile(r"^(?:[A-Z]|[a-z]|\d{1,2}(?:\.\d{1,2})*)\.$")
_BULLET = re.compile(r"^\s*(?:[-*+•▪●]\s+)(?=\S)")
_HEADING = re.compile(
    r"^(?:BAB\s+[IVXLl1]+\b|Bagian\s+K|BAGIAN\s+K|P[Aa][Rr][Aa][Gg][Rr][Aa][Ff]\W*\d|LAMPIRAN\b|PENJELASAN\b|"
    r"I{0,2}\.?\s*PASAL DEMI|Pasal\s*\d|Pasal\s+[IVX]{1,4}$|"
    r"Tabel\s+\d|Gambar\s+\d|Level\s+\d|INDIKATOR\s+\d|Indikator\s+\d|Domain\s+\d|Aspek\s+\d|Kriteria\s|Tingkat\b|"
    r"Deskripsi Indikator|Ketentuan Penilaian|Contoh Bukti|Pertanyaan\s*:|Jawaban\s*:|Penjelasan\s*:|Data dukung|"
    r"(?:PERTAMA|KE[A-Z]{3,9}(?: BELAS| PULUH(?: [A-Z]+)?)?)\s*:|"
    r"MEMUTUSKAN|Menetapkan|Menimbang|Mengingat|Ditetapkan|Diundangkan|Disahkan|Salinan|TENTANG$|\||#|\*\*)"
)
#: A heading that stands on its line alone; what follows is never its continuation.
_ALONE = re.compile(
    r"^(?:Pasal\s*\d+\s?[A-Z]{0,2}|Pasal\s+[IVX]+|Tingkat|Tingkat Kriteria|Kriteria|TENTANG|Level\s+\d)$"
)
#: Words after which "(1)" or "Pasal 5" at the start of a line goes on with a reference.
_REFERS = re.compile(
    r"(?:\b(?:ayat|pasal|angka|huruf|dalam|ketentuan|dan|atau|dengan|pada|dimaksud|dan/atau|nomor|antara|dari|ke)"
    r"|sampai dengan|serta)\s*,?$",
    re.I,
)


@dataclass(frozen=True)
class Line:
    """One logical line and the page on which it starts (None where the source has no pages)."""

    text: str
    page: int | None = None


def refers(text: str) -> bool:
    """Whether the text ends in a word that a reference follows, such as "sebagaimana dimaksud dalam"."""
    return _REFERS.search(text.rstrip()) is not None


def logical_lines(pages: Iterable[Page]) -> list[Line]:
    """Join wrapped lines; list items, headings and paragraphs start lines of their own."""
    raw: list[tuple[str, int | None, bool]] = []
    blank = True
    for page in pages:
        for text in page.text.splitlines():
            plain = _plain(text)
            if plain:
                raw.append((plain, page.number, blank))
            blank = not plain
        blank = False
    wrapped = _is_wrapped([text for text, _, _ in raw])
    width = sorted(len(text) for text, _, _ in raw)[len(raw) * 8 // 10] if raw else 0
    lines: list[Line] = []
    rows = False
    for text, number, after_blank in raw:
        rows = (rows or _OPENS_ROWS.match(text) is not None) and not _CLOSES_ROWS.match(text)
        if rows and row(text) is not None:
            lines.append(Line(text, number))
        elif lines and _BARE_MARKER.match(lines[-1].text) and not _HEADING.match(text):
            # "D." / "Penanganan Risiko ...": the marker stands in a column of its own.
            lines[-1] = Line(f"{lines[-1].text} {text}", lines[-1].page)
        elif lines and _continues(lines[-1].text, text, raw_wrapped=wrapped, after_blank=after_blank, width=width):
            lines[-1] = Line(_join(lines[-1].text, text), lines[-1].page)
        else:
            lines.append(Line(text, number))
    return lines


def _plain(text: str) -> str:
    """Without Markdown's marks for bullets, quotations, headings and bold."""
    text = re.sub(r"^\s*(?:>\s*)+", "", text)
    text = re.sub(r"^\s*#{1,6}\s+", "", text)
    text = re.sub(r"\*\*|__(?=\w)|(?<=\w)__|<br\s*/?>", " " if "<br" in text else "", text)
    if not text.lstrip().startswith("|"):
        text = _BULLET.sub("", text)
    return " ".join(text.replace(" ", " ").split())


def _is_wrapped(lines: Sequence[str]) -> bool:
    if not lines:
        return False
    return sum(len(line) > _LONG_LINE for line in lines) < 0.08 * len(lines)


def _continues(previous: str, text: str, *, raw_wrapped: bool, after_blank: bool, width: int) -> bool:
    if refers(previous) and re.match(r"^\(?\d|^Pasal\s+\d+\b", text) and not _ALONE.match(previous):
        # "... sebagaimana dimaksud pada ayat" / "(1) disertai": a reference, not an item.
        return re.match(r"^\(\d+\)\s+(?:[a-z]|$)|^Pasal\s+\d+\s*(?:[a-z,;.]|$)", text) is not None or (
            re.search(r"\bayat$", previous) is not None and text.startswith("(")
        )
    if after_blank and not (raw_wrapped and re.match(r"^[a-z(]", text) and not previous.endswith((".", ":", ";"))):
        return False
    if not raw_wrapped or _ALONE.match(previous) or previous.startswith("|"):
        return False
    if starts_item(text) or _HEADING.match(text):
        return False
    short = len(previous) < width * 0.7
    return not (short and previous.endswith((".", ";", ":")))


def _join(first: str, second: str) -> str:
    if re.search(r"[A-Za-z]-$", first) and re.match(r"[a-z]", second):
        return first + second
    return f"{first} {second}"
