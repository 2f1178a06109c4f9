"""A passage told in one block, as sentences that may be chosen and joined, and nothing else.

Whatever a model answers, what the reader gets are whole sentences of the passage, in the passage's own letters. So
every figure, period, office and quotation stands in the passage that is cited.
"""

import re
from dataclasses import dataclass

from assistant.answer import Draft, DraftBlock
from assistant.untrusted import neutralised

_SHAPE = re.compile(r"(\{(a\d+)\}) (\(\{a\d+\}\) \{c\d+\}\.)")
_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z])")
_ABBREVIATED = re.compile(r"\b(?:No|Nomor|Prof|Dr|Kab|Prov|dll|dsb|Jl|Art|art)\.$")


@dataclass(frozen=True)
class Statement:
    """The sentences of a passage, and the place and citation tokens that follow them in the block."""

    sentences: tuple[str, ...]
    source: str

    @classmethod
    def of(cls, block: DraftBlock, draft: Draft) -> "Statement | None":
        """The statement a block tells; None for blocks of another shape (assistant.answering.rule makes them)."""
        match = _SHAPE.fullmatch(block.template)
        if match is None:
            return None
        text = draft.shown[match[2]]
        return None if set("{}*") & set(text) else cls(_sentences(text), match[3])

    def chosen(self, text: str) -> str | None:
        """The template of the sentences a text consists of, in its order; None where it holds anything else."""
        known = {_letters(neutralised(sentence)): sentence for sentence in self.sentences}
        wanted = [_letters(part) for part in _sentences(re.sub(r"</?passage>", " ", text))]
        if not wanted or len(set(wanted)) < len(wanted) or not all(part in known for part in wanted):
            return None
        told = " ".join(known[part] if known[part][-1] in ".!?" else f"{known[part]}." for part in wanted)
        return f"{told.rstrip('.')} {self.source}"


def _sentences(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in _BETWEEN.split(text.strip()):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
    return tuple(parts)


def _letters(text: str) -> str:
    """A sentence without case, spacing and final punctuation; digits and signs stay."""
    return " ".join(text.split()).rstrip(".!? ").lower()
