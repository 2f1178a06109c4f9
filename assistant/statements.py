"""A passage told in one block, as sentences that may be chosen and joined, and nothing else.

Whatever a model answers, what the reader gets are whole sentences of the passage, in the passage's own letters and
order. So every figure, period, office, quotation, negation and "wajib" or "dapat" stands as in the passage that is
cited. A sentence that leans on the one before it ("Namun ...", "Bila ...", "Ia ...") is told with it or not at all,
so that neither an exception is lost nor a subject changed.
"""

import re
from dataclasses import dataclass

from assistant.answer import Draft, DraftBlock
from assistant.untrusted import neutralised

_SHAPE = re.compile(r"(\{(a\d+)\}) (\(\{a\d+\}\) \{c\d+\}\.)")
_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z])")
_ABBREVIATED = re.compile(r"\b(?:No|Nomor|Prof|Dr|Kab|Prov|dll|dsb|Jl|Art|art)\.$")


_LEANS = re.compile(
    r"^(?:namun|tetapi|tapi|akan tetapi|kecuali|selain|sebaliknya|meski(?:pun)?|walau(?:pun)?|dalam hal|bila|jika|"
    r"apabila|kalau|ketika|setelah|sesudah|sebelum|kemudian|lalu|juga|pada|ia|mereka|keduanya|ketiganya|ini|itu|hal|"
    r"ketentuan|yang|maka|karena|sehingga|contohnya|misalnya|however|but|except|unless|otherwise|where|if|when|once|"
    r"after|before|then|also|instead|it|they|he|she|both|this|that|these|those|such|so|because|in)\b|"
    r"^(?:\w+ ){0,2}\w+nya\b|\b(?:ini|itu|tersebut|juga|dimaksud|ia|lain|this|these|those|such|also|it|they|them|its|"
    r"their|others?|example)\b|"
    r"^[\w ]{3,30}:",
    re.IGNORECASE,
)


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
        """The template of the sentences a text consists of; None where it holds anything else.

        None as well where their order is another, or one is parted from the sentence it leans on.
        """
        known = [_letters(neutralised(sentence)) for sentence in self.sentences]
        wanted = [_letters(part) for part in _sentences(re.sub(r"</?passage>", " ", text))]
        if not wanted or not all(part in known for part in wanted):
            return None
        at = [known.index(part) for part in wanted]
        leaning = [n for n in range(1, len(known)) if _LEANS.search(self.sentences[n])]
        if at != sorted(set(at)) or any((n in at) != (n - 1 in at) for n in leaning):
            return None
        chosen = [self.sentences[n] for n in at]
        told = " ".join(sentence if sentence[-1] in ".!?" else f"{sentence}." for sentence in chosen)
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
