"""Which agency, which year: said on the cover, above the index, or in the running text."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from ingest.assessments.evaluation_report.lines import Line
from ingest.assessments.letterhead import Register, agencies_in
from scoring.figures import exactly
from scoring.instrument import Instrument

_TITLE = re.compile(
    r"(?:evaluasi|pemantauan|monitoring|indeks|laporan|lhe)\b.*?\btahun\s*(?:anggaran\s*)?(20[0-4]\d)", re.I
)
_HEAD = re.compile(r"\bindeks\s+spbe\b\s*[-–—:]?\s*(.+)$", re.I)
_NAMED_INDEX = re.compile(
    r"^(?:nilai\s+|hasil\s+)?indeks(?:\s+(?:spbe|pemdi|pemerintah digital|akhir))*\s*[:=]\s*([0-5][.,]\d{1,2})"
    r"(?:\s*[(,;–-].{0,40})?\.?$",
    re.I,
)
_YEAR = re.compile(r"\btahun\s+(20[0-4]\d)\b", re.I)
_LAW = re.compile(r"\bnomor\b|\bperaturan\b|\bkeputusan\b|\bpedoman\b|\bjakarta\b", re.I)
_FIGURE = re.compile(r"(?<![\d.,])([0-5][.,]\d{1,2})(?![\d.,%])")


def year_of_report(lines: list[Line]) -> int | None:
    """The year that was evaluated, by titles first; the date of printing does not count."""
    titles: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for line in lines:
        if _LAW.search(line.text):
            continue
        if match := _TITLE.search(line.text):
            titles[int(match[1])] += 3 if line.text.isupper() else 1
        elif match := _YEAR.search(line.text):
            others[int(match[1])] += 1
    best = (titles or others).most_common(1)
    return best[0][0] if best else None


def agency_of_report(lines: list[Line], register: Register | None) -> str | None:
    """The agency: where the index stands, on the cover, or the one most often named."""
    for text in _heads(lines):
        found = agencies_in(text, register)
        if found:
            return found[0]
        if register is None and re.match(r"(?i)pemerintah|kementerian|badan|lembaga|komisi|kepolisian|kejaksaan", text):
            return text.title()
    counted: Counter[str] = Counter()
    texts = [line.text for line in lines]
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        if re.search(r"(?i)pemerintah|kota|kab|provinsi|kementerian|badan|lembaga|pemkot|pemkab", text):
            counted.update(agencies_in(f"{text} {following}", register))
    best = counted.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _heads(lines: list[Line]) -> Iterator[str]:
    """Texts that name the agency by their place, with the line after them where a name is broken."""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        after = following.text if following is not None and following.page == line.page else ""
        if (match := _HEAD.search(line.text)) and not _FIGURE.search(match[1]):
            yield match[1].strip(" –-")
            yield f"{match[1]} {after}".strip(" –-")
        elif re.match(r"(?i)^(?:nama\s+)?instansi\s*:", line.text):
            yield line.text.split(":", 1)[1].strip()
        elif re.match(r"^(?:PEMERINTAH|KEMENTERIAN|BADAN|LEMBAGA|KOMISI)\b", line.text) and line.text.isupper():
            joined = f"{line.text} {after}" if after.isupper() else line.text
            yield joined
            yield line.text


def index_of_report(lines: list[Line], instrument: Instrument) -> tuple[Fraction, int] | None:
    """The index where it stands large beside its predikat in brackets or after its name, and its page."""
    names = "|".join(re.escape(band.name.id) for band in instrument.bands)
    rated = re.compile(rf"^(?:([0-5][.,]\d\d)\s*)?\(\s*(?:{names})\s*\)$", re.I)
    for before, line in zip([None, *lines], lines, strict=False):
        if (match := rated.match(line.text)) is None:
            continue
        figure = match[1] or (before.text if before is not None and before.page == line.page else "")
        if re.fullmatch(r"[0-5][.,]\d\d", figure):
            return exactly(figure.replace(",", ".")), line.page
    return next(
        (
            (exactly(match[1].replace(",", ".")), line.page)
            for line in lines
            if (match := _NAMED_INDEX.match(line.text))
        ),
        None,
    )


def rating_of_report(lines: list[Line], instrument: Instrument) -> str | None:
    """The predikat printed with the index: alone in brackets, or named as such."""
    names = "|".join(re.escape(band.name.id) for band in sorted(instrument.bands, key=lambda b: -len(b.name.id)))
    alone = re.compile(rf"^\(?\s*({names})\s*\)?$", re.I)
    named = re.compile(rf"\bpredikat\b\W{{0,5}}(?:\w+\W+){{0,2}}?[\"“(]?({names})\b", re.I)
    bracketed = re.compile(rf"\(({names})\)", re.I)
    for pattern in (alone, bracketed, named):
        for position, line in enumerate(lines):
            if "target" in line.text.lower() or "minimal" in line.text.lower():
                continue
            if match := pattern.search(line.text):
                near = lines[max(0, position - 4) : position + 3]
                if pattern is named or any(
                    _HEAD.search(other.text) or "indeks" in other.text.lower() for other in near
                ):
                    return next(b.name.id for b in instrument.bands if b.name.id.lower() == match[1].lower())
    return None
