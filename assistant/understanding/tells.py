"""What in a question tells its intent, by name: cues, slots, the verdict of the rules, and its words.

Names of agencies, parts and numbers are left out of the words, so that what is learned about one holds for all.
"""

import re
from dataclasses import fields

from assistant.request import Intent
from assistant.understanding.intents import Signs, cues_in

_TOKEN = re.compile(r"[a-z]+|0|[#@?]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONG = 4  # of the classes of length, each three words wide


def tells(text: str, signs: Signs, intent: Intent, confidence: float, rest: str) -> dict[str, float]:
    """The tells of a question, each of strength 1.

    Args:
        text: the plain words the cues are looked for in.
        intent: what the rules take it for, with their confidence.
        rest: the plain words with agencies and parts of the instrument taken out.
    """
    sureness = "sure" if confidence >= 0.9 else "likely" if confidence >= 0.6 else ""
    found = [f"rules={intent}", f"rules={intent} {sureness}"]
    found += [f"cue={name}" for name in cues_in(text)]
    for field in fields(signs):
        value = getattr(signs, field.name)
        if value:
            found.append(f"sign={field.name}")
        if not isinstance(value, bool) and value >= 2:
            found.append(f"signs={field.name}")
    words = ["#" if token[0] == "#" else token for token in _TOKEN.findall(_NUMBER.sub("0", rest))]
    found.append(f"length={min(_LONG, len(words) // 3)}")
    found += [f"word={word}" for word in dict.fromkeys(words)]
    return dict.fromkeys(found, 1.0)
