"""Text that others wrote, made harmless before a language model reads it: it is data, whatever it says."""

import re
import unicodedata

_CONTROL_TOKENS = re.compile(
    r"<\|[^|<>]{0,40}\|?>|</?s>|<</?SYS>>|\[/?(?:INST|SYSTEM|SYS|ASSISTANT|USER|TOOL_CALLS?|AVAILABLE_TOOLS)\]"
    r"|</?(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>|<｜[^｜]{0,40}｜>",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?i)(?:^|(?<=[\s#*]))(system|assistant|user|human|developer|tool|instruction|response|sistem|asisten|instruksi)"
    r"(\s*\**\s*):"
)
# characters that nobody sees and Unicode does not call control or format: fillers, joiners, variation selectors
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_BRACKETS = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")", "`": "'"})


def neutralised(text: str) -> str:
    """A text without control tokens, invisible and control characters, and without what our prompts are made of.

    Angle brackets and braces are replaced, so that no text can close its delimiter or forge a token; role headings
    ("system:") lose their colon; line breaks become spaces.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    text = _UNSEEN.sub("", text)
    while (cleaned := _CONTROL_TOKENS.sub(" ", text)) != text:
        text = cleaned
    text = _ROLE.sub(r"\1\2 -", text)
    return " ".join(text.translate(_BRACKETS).split())


def delimited(name: str, text: str) -> str:
    """A text between marks that it cannot contain."""
    return f"<{name}>{neutralised(text)}</{name}>"
