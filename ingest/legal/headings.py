"""The articles of a rule in their sequence, also where scanning has damaged or lost their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.lines import Line, refers
from ingest.legal.markers import markers, number

#: "12" or "12A"; compared in this order.
Number = tuple[int, str]

_STRONG = re.compile(r"^Pasal\s*(\d{1,3})\s?([A-Z]{0,2})$")
_WEAK = re.compile(
    r"\bP[aeo]s[aeo]\s?[l1I7i!|]\.?\s?([\dIlOoSZ|](?:\s?[\dIlOoSZ|]){0,2})\s?([A-Z]?)(?=[\s.:]|$)(?!\s*\.\s?\.)"
)
_CHAPTER = re.compile(r"^(?:BAB)\s+[IVXLl1]{1,6}\b")
_PART = re.compile(r"^(?:Bagian|BAGIAN)\s+[KkTt]\w+")
_PARAGRAPH = re.compile(r"^(?:Paragraf|PARAGRAF)\W*\s*\d+\b")
#: Lines at most that the title of a chapter or part takes.
_TITLE_LINES = 4


@dataclass
class Article:
    """One article of the body.

    Attributes:
        number: such as (12, "") or (12, "A").
        headings: chapter, part and paragraph above it.
        lines: its text without the heading.
        page: where it starts.
        inferred: its heading was missing or unreadable.
    """

    number: Number
    headings: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    page: int | None = None
    inferred: bool = False

    @property
    def locator(self) -> str:
        return f"Pasal {self.number[0]}{self.number[1]}"


@dataclass(frozen=True)
class _Candidate:
    at: int
    number: Number
    strong: bool
    start: int = 0
    end: int = 0


def is_article(text: str) -> bool:
    """Whether the line is the heading of an article and nothing else."""
    return _STRONG.match(text) is not None


def articles(lines: Sequence[Line]) -> tuple[list[Article], list[Line], list[int]]:
    """Split the body into articles.

    Returns:
        The articles in order, the lines before the first of them that are no headings, and the numbers
        between them that were nowhere found.
    """
    lines = _with_damaged_headings(list(lines))
    chain = _longest([_Candidate(at, found, True) for at, found in _strong(lines)])
    placed: dict[int, tuple[Number, bool]] = {
        candidate.at: (candidate.number, lines[candidate.at] in _mended(lines)) for candidate in chain
    }
    inferred, lost = _inferred(lines, placed)
    placed.update({at: (found, True) for at, found in inferred.items()})
    return *_collect(lines, placed, set(inferred)), lost


class _Mended(Line):
    """A heading that was made readable: "Pasal I 1" became "Pasal 11"."""


def _mended(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if isinstance(line, _Mended)]


def _strong(lines: Sequence[Line]) -> list[tuple[int, Number]]:
    found = []
    for at, line in enumerate(lines):
        match = _STRONG.match(line.text)
        if match and not (at and refers(lines[at - 1].text) and _goes_on(lines, at)):
            found.append((at, (int(match[1]), match[2])))
    return found


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether the line after it reads on in the middle of a sentence."""
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    return bool(re.match(r"[a-z]", following)) and not re.match(r"[a-z][.)]\s", following)


def _longest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest run of headings whose numbers rise; strays such as a reference on its own line drop out."""
    best: list[tuple[float, int]] = []
    for at, candidate in enumerate(candidates):
        score, before = (1.0 if candidate.number[0] == 1 else 0.5), -1
        for earlier in range(at):
            gap = candidate.number[0] - candidates[earlier].number[0]
            if candidates[earlier].number >= candidate.number:
                continue
            reached = best[earlier][0] + (1.0 if gap <= 1 else 1.0 - min(0.9, 0.02 * gap))
            if reached > score:
                score, before = reached, earlier
        best.append((score, before))
    if not best:
        return []
    at = max(range(len(best)), key=lambda index: best[index][0])
    chain = []
    while at >= 0:
        chain.append(candidates[at])
        at = best[at][1]
    return chain[::-1]


def _with_damaged_headings(lines: list[Line]) -> list[Line]:
    """Put damaged headings that the sequence calls for on lines of their own.

    "Paragraf 1 Umum Pasal 1 1 Penyelenggara ..." holds the heading of Pasal 11 if 10 stands before it
    and 12 behind it, or nothing does.
    """
    chain = _longest([_Candidate(at, found, True) for at, found in _strong(lines)])
    wanted = _gaps(chain, len(lines))
    for low, high, missing in reversed(wanted):
        at = low
        pieces: list[tuple[int, int, int, int]] = []
        for value in missing:
            hit = _damaged(lines, at, high, value)
            if hit is None:
                continue
            pieces.append((*hit, value))
            at = hit[0] + 1
        for where, start, end, value in reversed(pieces):
            line = lines[where]
            parts: list[Line] = [Line(line.text[:start].strip(), line.page)] if line.text[:start].strip() else []
            parts.append(_Mended(f"Pasal {value}", line.page))
            if line.text[end:].strip():
                parts.append(Line(line.text[end:].strip(), line.page))
            lines[where : where + 1] = parts
    return lines


def _gaps(chain: Sequence[_Candidate], length: int) -> list[tuple[int, int, list[int]]]:
    """Stretches of lines in which headings are missing, with the missing numbers."""
    found = []
    for before, after in zip([None, *chain], [*chain, None], strict=True):
        low = before.at + 1 if before else 0
        first = before.number[0] + 1 if before else 1
        if after is None:
            # Behind the last heading one more may hide: "KETENTUAN PENUTUP Pasal22 Peraturan ...".
            found.append((low, length, [first, first + 1]))
        elif after.number[0] > first:
            found.append((low, after.at, list(range(first, after.number[0]))))
    return found


def _damaged(lines: Sequence[Line], low: int, high: int, value: int) -> tuple[int, int, int] | None:
    """Line, start and end of a damaged heading of this number."""
    for at in range(low, high):
        text = lines[at].text
        for match in _WEAK.finditer(text):
            if number(match[1].replace("|", "1").replace("o", "0")) != value or match[2]:
                continue
            before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .:")
            if refers(before) or (not before and at > low and refers(lines[at - 1].text)):
                continue
            # "Pasal 12 ..." at the end of a page only announces the next one.
            if re.match(r"(?:ayat|huruf|angka|dan|atau|sampai|s\.d)\b|[,;.)]", after):
                continue
            if before and not re.search(r"[.;:]$|^(?:BAB|Bagian|Paragraf|REPUBLIK|PRESIDEN)\b", before):
                continue
            if after and not re.match(r"[A-Z(]", after):
                continue
            return at, match.start(), len(text) - len(after)
    return None


def _inferred(lines: Sequence[Line], placed: dict[int, tuple[Number, bool]]) -> tuple[dict[int, Number], list[int]]:
    """Places where a heading must have stood: paragraphs start again at (1), or a part opens without one."""
    found: dict[int, Number] = {}
    lost: list[int] = []
    order = sorted(placed)
    for position, (low, high) in enumerate(zip(order, [*order[1:], None], strict=True)):
        if high is None:
            break
        missing = list(range(placed[low][0][0] + 1, placed[high][0][0]))
        if not missing:
            continue
        breaks = _breaks(lines, low + 1, high)
        if len(breaks) < len(missing) and position >= 0:
            lost += missing[len(breaks) :]
        for at, value in zip(breaks, missing, strict=False):
            found[at] = (value, "")
    return found, lost


def _breaks(lines: Sequence[Line], low: int, high: int) -> list[int]:
    found = []
    last, since_part = 0, None
    for at in range(low, high):
        text = lines[at].text
        if _CHAPTER.match(text) or _PART.match(text) or _PARAGRAPH.match(text):
            since_part, last = at, 0
            continue
        values = [value for marker in markers(text) if marker.style == "ayat" for value in marker.values]
        if 1 in values and (last >= 2 or since_part is not None):
            found.append(at)
            since_part, last = None, 1
        elif since_part is not None and re.match(r"[A-Z]", text) and text.endswith((":", ".")):
            found.append(at)
            since_part, last = None, 0
        elif values:
            last = max(last, min(values))
    return found


def _collect(
    lines: Sequence[Line], placed: dict[int, tuple[Number, bool]], unheaded: set[int]
) -> tuple[list[Article], list[Line]]:
    """The articles with their lines and headings, and what stands before the first of them."""
    found: list[Article] = []
    stray: list[Line] = []
    chapter: list[tuple[int, list[Line]]] = []
    used = True

    def current() -> list[Line]:
        return found[-1].lines if found else stray

    def close(level: int) -> None:
        """Forget headings from this level down; one under which no article stood is text."""
        while chapter and chapter[-1][0] >= level:
            _, title = chapter.pop()
            if not used:
                current().extend(title)

    open_title = False
    for at, line in enumerate(lines):
        if at in placed:
            value, inferred = placed[at]
            headings = tuple(" ".join(part.text for part in title) for _, title in chapter)
            found.append(Article(value, headings, [], line.page, inferred))
            open_title, used = False, True
            if at not in unheaded:
                continue
        level = _level(line.text)
        if level is not None and _is_heading(lines, at):
            close(level)
            chapter.append((level, [line]))
            open_title, used = True, False
        elif open_title and len(chapter[-1][1]) < _TITLE_LINES and not is_article(line.text) and not markers(line.text):
            chapter[-1][1].append(line)
        elif not (is_article(line.text) and found and found[-1].locator == line.text and not found[-1].lines):
            current().append(line)
    close(0)
    return found, stray


def _level(text: str) -> int | None:
    if _CHAPTER.match(text):
        return 0
    if _PART.match(text):
        return 1
    return 2 if _PARAGRAPH.match(text) else None


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    """A heading is followed, soon and before any list, by another heading or an article."""
    if len(lines[at].text) > 300:
        return False
    for line in lines[at + 1 : at + 1 + _TITLE_LINES + 1]:
        if is_article(line.text) or _level(line.text) is not None:
            return True
        if markers(line.text):
            return False
    return at + 1 >= len(lines)
