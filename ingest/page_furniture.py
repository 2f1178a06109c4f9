"""What a page carries besides its text: running heads, page numbers, catchwords. Removed here."""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from ingest.pages import Page

#: Lines at the top and at the bottom of a page among which furniture is looked for.
_EDGE = 4
_NUMBER = re.compile(r"^[\s\-–—_~.]*(?:\d{1,3}|[\dltIiOo]{1,3}(?=[\s\-–—_~.]*[-–—_~]))[\s\-–—_~.]*$")
_OF_PAGES = re.compile(r"^(?:hal(?:aman)?\.?|page)\s*\d+(?:\s*(?:dari|of|/)\s*\d+)?$", re.I)
_SERIAL = re.compile(r"^\s*SK\s+No\.?\s*[\dOlI ]{4,}\s*[A-Z]?\s*$")
_SERIAL_AT_END = re.compile(r"\s*\bSK No\.?\s*[\dOlI ]{4,}\s*[A-Z]?\s*$")
_STATE = re.compile(r"^(?:PRESIDEN|MENTERI|SALINAN|REPUBLIK INDONESIA|PRESIDEN REPUBLIK INDONESIA)$")
_DOTTED = re.compile(r"^\s*(?:\S+\s+){0,4}?\S+?\s*(?:\.\s?){2,}\s*,?\s*\.?\s*$|^\s*\S.{0,40}?…\s*$")


def strip_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Remove running heads and feet, page numbers, serial numbers and catchwords."""
    split = [[line.rstrip() for line in page.text.splitlines() if line.strip()] for page in pages]
    running = _running(split)
    kept = [_without_edges(lines, running, first=number == 0) for number, lines in enumerate(split)]
    for lines, following in zip(kept, [*kept[1:], []], strict=True):
        _drop_catchword(lines, following)
    return tuple(
        Page(page.number, "\n".join(lines), page.quality, page.ocr) for page, lines in zip(pages, kept, strict=True)
    )


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).strip(" -–—_")


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Shapes of lines that stand at the edge of many pages."""
    seen: Counter[str] = Counter()
    for lines in pages:
        edges = {_shape(line) for line in [*lines[:_EDGE], *lines[-_EDGE:]]}
        seen.update(shape for shape in edges if 3 <= len(shape) <= 80)
    enough = max(3, len(pages) * 0.3)
    return {
        shape
        for shape, count in seen.items()
        # Structure repeats too ("Pasal #", "Level #"); it is never furniture.
        if count >= enough
        and not re.match(r"(?i)(pasal|bab|bagian|paragraf|level|tingkat|kriteria)\b", shape)
        and not re.match(r"[(\w]{1,3}[.)] ", shape)
    }


def _is_furniture(line: str, running: set[str]) -> bool:
    text = line.strip()
    if _NUMBER.match(text) or _OF_PAGES.match(text) or _SERIAL.match(text) or _STATE.match(text):
        return True
    shape = _shape(text)
    if shape in running:
        return True
    # A running head read by OCR comes out a little different on every page.
    return text.upper() == text and any(
        len(shape) >= 8 and fuzz.ratio(shape, head) >= 80 for head in (*running, "REPUBLIK INDONESIA", "PRESIDEN")
    )


def _without_edges(lines: list[str], running: set[str], *, first: bool) -> list[str]:
    kept = list(lines)
    for _ in range(_EDGE):
        # The first page opens with the name of the office: that is the title, not a running head.
        if kept and not first and _is_furniture(kept[0], running):
            kept.pop(0)
        if kept and _is_furniture(kept[-1], running):
            kept.pop()
    return kept


def _drop_catchword(lines: list[str], following: Sequence[str]) -> None:
    """Remove the first words of the next page where they are announced at the foot of this one."""
    if not lines:
        return
    last = lines[-1].strip()
    bare = re.sub(r"[\s.,…]+$", "", last)
    announced = following and len(bare.split()) <= 4 and _squash(following[0]).startswith(_squash(bare))
    if _DOTTED.match(last) or (bare and announced and len(bare) < len(following[0].strip())):
        lines.pop()


def _squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def strip_page_breaks(text: str) -> str:
    """Remove the page breaks that a text without pages still shows.

    A law of the President breaks as ``b. menetapkan . . . PRESIDEN`` / ``REPUBLIK INDONESIA -7-`` and
    goes on with ``b. menetapkan struktur ...`` on the next line.
    """
    lines = text.splitlines()
    kept: list[str] = []
    at = 0
    while at < len(lines):
        head, rest = _break_at(lines, at)
        if head is None:
            kept.append(lines[at])
            at += 1
            continue
        following = [rest, *lines[at + 2 :]] if rest else lines[at + 2 :]
        following = [line for line in following if line.strip()]
        line = _SERIAL_AT_END.sub("", _without_catchword(head, following[0] if following else ""))
        if line:
            kept.append(line)
        if rest:
            kept.append(rest)
        at += 2
    return "\n".join(line for line in kept if not _is_single_break(line))


_STATE_HEAD = re.compile(r"^\W*(\S{1,10} [!I\]]?NDON\S{3,5})(?=[\s,.]|$)[\s,.]*")
_PAGE_OF_BREAK = re.compile(
    r"^[\s\-–_]*[\dtlIO]{0,3}[\s\-–_]*$|^\s*[-–_]\s*[\dtlIO]{1,3}\s*[-–_]*\s*|^\s*\d{1,3}[-–_]\s*"
)


def _break_at(lines: Sequence[str], at: int) -> tuple[str | None, str]:
    """The line before a page break and what stands behind it, or None where there is none."""
    if at + 1 >= len(lines):
        return None, ""
    state = _STATE_HEAD.match(lines[at + 1])
    if state is None or fuzz.ratio(state[1].upper(), "REPUBLIK INDONESIA") < 70:
        return None, ""
    line = lines[at].rstrip()
    last = re.split(r"\s+", line)[-1]
    two = "".join(re.split(r"\s+", line)[-2:])
    if fuzz.ratio(last, "PRESIDEN") >= 70:
        head = line[: len(line) - len(last)]
    elif fuzz.ratio(two, "PRESIDEN") >= 85:
        head = re.sub(r"\S+\s+\S+$", "", line)
    else:
        return None, ""
    rest = lines[at + 1][state.end() :]
    return head.rstrip(), _PAGE_OF_BREAK.sub("", rest).strip()


def _without_catchword(head: str, following: str) -> str:
    head = _SERIAL_AT_END.sub("", head)
    # "... tersebut. (4lForum..." or "Pasal 8..." : the announced words end in dots.
    dotted = re.search(
        r"(?:^|(?<=[.;:,])\s|(?<=\s))((?:[(\w]{1,4}[.)\]l1]\s?)?[^\s.]+(?:\s\d+)?)\s*"
        r"(?:(?:\.\s?,?\s?){2,}|(?:\.\s){3}\w{1,8})$",
        head,
    )
    if dotted:
        return head[: dotted.start()].rstrip()
    for count in (1, 2, 3):
        words = head.split()
        tail = " ".join(words[-count:])
        announced = len(_squash(tail)) >= 3 and _squash(following).startswith(_squash(tail))
        whole = count == len(words) or re.match(r"(?i)\(?\w{1,3}[.)]|pasal|bab|paragraf|agar", tail)
        if len(words) >= count and announced and whole:
            return " ".join(words[:-count])
    return head


_SINGLE_BREAK = re.compile(
    r"^\W*PRESIDEN REPUBLIK INDONESIA(?:\s*[-–_]\s*\d{1,3}\s*[-–_]?)?\s*$"
    r"|^(?:BAB\s+\w+|Pasal\s+\d+|Bagian\s+\w+|Paragraf\s+\d+)[\s.]*PRES\w+ \S{0,10}\s?INDONESIA\W*$"
    r"|^.{0,40}(?:\.\s?){2,}\s*PRES\w+ \S{0,10}\s?INDONESIA\s*$"
)


def _is_single_break(line: str) -> bool:
    """``PRESIDEN REPUBLIK INDONESIA - 10 -`` on a line of its own, or the serial number of the paper."""
    return bool(_SERIAL.match(line) or _SINGLE_BREAK.match(line))
