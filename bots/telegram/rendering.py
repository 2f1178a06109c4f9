"""An Answer as Telegram messages: text with its sources folded in, charts as photos, buttons under the text."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from assistant.answer import Answer, Block, Chart, Citation
from assistant.sources import source_line
from bots.telegram.outgoing import Button, Kept, Outgoing, Reply
from bots.telegram.pieces import CAPTION_LIMIT, MESSAGE_LIMIT, Piece, Run, clipped, messages, piece, units
from bots.telegram.tables import table
from bots.telegram.words import words

LABEL_LIMIT = 60  # UTF-16 units of a button that a phone shows
QUOTE_LIMIT = 300  # of a quoted passage under its source
_QUOTE_WORTH = 60
_END = re.compile(r"[.!?:]\**$")


def reply_of(answer: Answer, question: str, *, reply_to: int | None = None, thread: int | None = None) -> Reply:
    """The messages of an answer, and what its buttons stand for."""
    kept = Kept(
        id=secrets.token_urlsafe(9),
        question=question,
        language=answer.language,
        suggestions=answer.suggestions,
        evidence={
            "citations": [f"{c.rule}, {c.locator}" for c in answer.citations],
            "figures": [f"{f.label}, {f.of}: {f.value} ({f.source})" for f in answer.figures],
        },
    )
    texts = messages(pieces_of(answer))
    sent = [Outgoing(html=html, thread=thread) for html in texts]
    sent[0] = sent[0].model_copy(update={"reply_to": reply_to})
    sent[-1] = sent[-1].model_copy(update={"buttons": buttons_of(kept)})
    photos = [
        Outgoing(kind="photo", html=_caption(chart), chart=chart, language=answer.language, thread=thread)
        for chart in answer.charts
    ]
    return Reply(messages=(*sent, *photos), kept=kept)


def buttons_of(kept: Kept, *, thumbs: bool = True) -> tuple[tuple[Button, ...], ...]:
    """One row for each suggestion, and the thumbs."""
    rows: list[tuple[Button, ...]] = [
        (Button(label=clipped(suggestion, LABEL_LIMIT), data=f"a:{kept.id}:s{n}"),)
        for n, suggestion in enumerate(kept.suggestions)
    ]
    if thumbs:
        rows.append((Button(label="👍", data=f"a:{kept.id}:up"), Button(label="👎", data=f"a:{kept.id}:down")))
    return tuple(rows)


def pieces_of(answer: Answer) -> list[Piece]:
    """The answer's text, then its sources."""
    numbers = {citation.id: citation.number for citation in answer.citations}
    pieces = list(told(answer.blocks, numbers))
    if answer.citations:
        pieces.append(_sources(answer.citations, answer, sum(units(p.text) + 2 for p in pieces)))
    return pieces


def told(blocks: Sequence[Block], numbers: Mapping[str, int] = MappingProxyType({})) -> Iterator[Piece]:
    """The blocks of an answer; ``numbers`` of its citations, as far as they are known yet."""
    previous = None
    for block in blocks:
        marks = " ".join(f"[{numbers[c]}]" for c in block.citations if c in numbers)
        if block.kind == "table":
            yield table(block.text)
            if marks:
                yield piece(marks, before="\n")
        else:
            text = _marked(block.text, marks)
            together = previous == block.kind
            if block.kind == "item":
                yield piece(f"• {text}", before="\n" if together else "\n\n")
            elif block.kind == "note":
                yield Piece((Run(text.replace("**", "")),), "note")
            else:
                yield piece(text, before=" " if together else "\n\n")
        previous = block.kind


def _marked(text: str, marks: str) -> str:
    """The text with its citation numbers before its final punctuation."""
    end = _END.search(text)
    cut = end.start() if end else len(text)
    return f"{text[:cut]} {marks}{text[cut:]}" if marks else text


def _sources(citations: Sequence[Citation], answer: Answer, used: int) -> Piece:
    """All sources; their passages are quoted as far as one message has room for them."""
    heading = words("sources", answer.language)
    lines = [f"[{c.number}] {source_line(c, answer.language)}" for c in citations]
    free = MESSAGE_LIMIT - used - units("\n".join((heading, *lines)))
    share = min(QUOTE_LIMIT, free // len(citations) - 3)
    runs = [Run(heading, bold=True)]
    for citation, line in zip(citations, lines, strict=True):
        quote = clipped(" ".join(citation.quote.split()), share) if share >= _QUOTE_WORTH else ""
        runs.append(Run(f"\n{line}" + (f"\n“{quote}”" if quote else "")))
    return Piece(tuple(runs), "sources")


def _caption(chart: Chart) -> str:
    title = clipped(chart.title, CAPTION_LIMIT // 2)
    rest = clipped(chart.summary, CAPTION_LIMIT - units(title) - 1)
    return messages([Piece((Run(title, bold=True), Run(f"\n{rest}")))], CAPTION_LIMIT)[0]
