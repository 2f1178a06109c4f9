"""Text that others wrote, made harmless before a language model reads it: it is data, whatever it says."""

import re
import unicodedata

_CONTROL_TOKENS = re.compile(
    r"<\|[^|<>]{0,40}\|?>|</?s>|<</?SYS>>|\[/?(?:INST|SYSTEM|SYS|ASSISTANT|USER|TOOL_CALLS?|AVAILABLE_TOOLS)\]"
    r"|</?(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>|<｜[^｜]{0,40}｜>",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?im)^\s*#*\s*(system|assistant|user|human|developer|tool)\s*:")
_BRACKETS = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")", "`": "'"})


def neutralised(text: str) -> str:
    """A text without control tokens, invisible and control characters, and without what our prompts are made of.

    Angle brackets and braces are replaced, so that no text can close its delimiter or forge a token; role headings
    ("system:") lose their colon; line breaks become spaces.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    while (cleaned := _CONTROL_TOKENS.sub(" ", text)) != text:
        text = cleaned
    text = _ROLE.sub(r"\1 -", text)
    return " ".join(text.translate(_BRACKETS).split())


def delimited(name: str, text: str) -> str:
    """A text between marks that it cannot contain."""
    return f"<{name}>{neutralised(text)}</{name}>"
