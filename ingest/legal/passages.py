"""Cutting the tree of a rule into passages: small enough to find, whole enough to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.legal.offices import slug
from ingest.legal.outline import Node
from knowledge.passage import Passage, place

#: Up to this many tokens a place stays one passage.
SHORT = 350
#: No passage is longer, in tokens.
LONGEST = 1200
#: Items smaller than this are kept together, in tokens.
_TINY = 60
#: A lead sentence up to this many tokens is repeated before each part of what it leads.
_LEAD = 130


_PLAIN = re.compile(r"^Pasal \d+[A-Z]*[^(]*(?:\(\d+\))?$|Indikator \d+ (?:Level|tingkat) \d$")


def tokens(text: str) -> int:
    """Estimated tokens, on the high side: the embedder takes more letters of such text into one.

    The bars of a table are tokens of their own.
    """
    return -(-len(text) // 4) + text.count("|")


@dataclass
class PassageWriter:
    """Collects the passages of one rule and keeps their ids unique."""

    rule: str
    title: str
    passages: list[Passage] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def write(
        self,
        locator: str,
        text: str,
        *,
        headings: Sequence[str] = (),
        page: int | None = None,
        inferred: bool = False,
    ) -> None:
        """Add one place; cut between lines or sentences if it is too long for one passage.

        Args:
            locator: the place as people cite it.
            text: what the rule says there.
            headings: above it, outermost first.
            page: where it starts.
            inferred: its heading was missing in the source.
        """
        text = text.strip()
        if not text:
            return
        for part in cut(text, LONGEST):
            self.passages.append(
                Passage(
                    id=self._unique(_where(locator or "Pembukaan")),
                    rule=self.rule,
                    title=self.title,
                    locator=locator or "Pembukaan",
                    text=part,
                    page=page,
                    headings=tuple(headings),
                    inferred=inferred,
                )
            )

    def _unique(self, where: str) -> str:
        base = f"official:{self.rule}#{where}"
        name, count = base, 1
        while name in self._ids:
            count += 1
            name = f"{base}~{count}"
        self._ids.add(name)
        return name

    def write_tree(
        self,
        node: Node,
        locator: str,
        *,
        headings: Sequence[str] = (),
        inferred: bool = False,
        lead: str = "",
    ) -> None:
        """Add a node as one passage where it is short, else its parts, each with the lead sentence."""
        whole = f"{lead}\n{node.text}".strip()

        def add(where: str, text: str, page: int | None) -> None:
            for part in cut(text, SHORT * 2):
                self.write(where, part, headings=headings, page=page, inferred=inferred)

        if tokens(whole) <= SHORT:
            add(locator, whole, node.page)
            return
        if not node.children:
            for part in cut(node.own, SHORT):
                text = f"{lead}\n{part}" if lead and tokens(lead) + tokens(part) <= SHORT * 1.5 else part
                add(locator, text, node.page)
            return
        led = f"{lead}\n{node.own}".strip()
        if tokens(led) > _LEAD:
            for part in cut(led, SHORT):
                add(locator, part, node.page)
            led = _last_sentence(node.own)
        for group in _groups(node.children):
            first, last = group[0], group[-1]
            where = _below(locator, first)
            text = "\n".join(child.text for child in group)
            if tokens(text) > SHORT:
                below = [*headings, node.title] if node.locator and node.lines else list(headings)
                self.write_tree(first, where, headings=below, inferred=inferred, lead=led)
                continue
            if last is not first:
                where += f" sampai dengan {last.locator}"
            add(where, f"{led}\n{text}".strip(), first.page)


def _groups(children: Sequence[Node]) -> list[list[Node]]:
    """Neighbours that are too small to stand alone go together; paragraphs of an article never do."""
    groups: list[list[Node]] = []
    for child in children:
        size = tokens(child.text)
        joins = (
            groups
            and child.style not in ("ayat", "BAB", "table", "LETTER", "ROMAN", "decimal", "LETTER.n")
            and size <= _TINY
            and all(tokens(other.text) <= _TINY and other.style == child.style for other in groups[-1])
            and sum(tokens(other.text) for other in groups[-1]) + size <= SHORT * 0.6
        )
        if joins:
            groups[-1].append(child)
        else:
            groups.append([child])
    return groups


def _where(locator: str) -> str:
    """The place in an id. Deep places of attachments are named in full, so that they stay apart."""
    return place(locator) if _PLAIN.search(locator) else slug(locator)


def _below(locator: str, child: Node) -> str:
    """The locator of a child: "angka 3.1.2" and "huruf B.4" already name what they stand under."""
    if child.style in ("decimal", "LETTER.n"):
        parent = child.locator.rsplit(".", 1)[0]
        if locator.endswith(parent):
            return f"{locator[: -len(parent)]}{child.locator}"
    return f"{locator} {child.locator}".strip()


def _last_sentence(text: str) -> str:
    """The sentence that introduces what follows, if one ends in a colon."""
    match = re.search(r"(?:^|[.;]\s+)([^.;]{10,400}:)\s*$", text)
    return match[1] if match else ""


def cut(text: str, most: int) -> list[str]:
    """Pieces of at most so many tokens, cut between lines, else sentences, else words, else anywhere."""
    if tokens(text) <= most:
        return [text]
    for pattern, joint in ((r"\n", "\n"), (r"(?<=[.;:])\s+", " "), (r"\s+", " ")):
        parts = [part for part in re.split(pattern, text) if part]
        if len(parts) > 1:
            # A part that is too long by itself is cut at the next finer joint.
            return _pack([piece for part in parts for piece in cut(part, most)], most, joint)
    size = max(1, len(text) // 2)
    return [piece for half in (text[:size], text[size:]) for piece in cut(half, most)] if len(text) > 1 else [text]


def _pack(parts: Sequence[str], most: int, joint: str) -> list[str]:
    pieces: list[str] = []
    for part in parts:
        if pieces and tokens(pieces[-1]) + tokens(part) + 1 <= most:
            pieces[-1] = f"{pieces[-1]}{joint}{part}"
        else:
            pieces.append(part)
    return pieces
