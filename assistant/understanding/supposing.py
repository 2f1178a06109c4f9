"""Follow-ups of a what-if: another level, another indicator, one more, all that the answer went through."""

import re
from typing import TYPE_CHECKING, Any

from assistant.request import Request
from assistant.understanding.leaning import ADDING, DIGIT, NUMBER, SURE

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

ALL_OF_THEM = re.compile(
    r"\b(?:semua nya|semuanya|semua|seluruh nya|kedua ?nya|dua-dua ?nya|ketiga nya|all of (?:them|those)|they all|"
    r"them|both)\b"
)
_ONLY = re.compile(r"\b(?:cuma|hanya|khusus|only|just)\b")
_STEPS = re.compile(r"(?<![\d.,])([1-4]) (?:tingkat|level|levels|steps?)\b")
_HIGHEST = 5  # level; a larger number alone is an indicator


def all_listed(text: str, found: "Read", base: Request) -> Request | None:
    """ "kalau semuanya jadi 3?": a what-if of every indicator that the answer went through."""
    indicators = [node.split()[1] for node in base.listed if node.startswith("indicator")]
    digit = DIGIT.search(text)
    level = found.numbers.level or (int(digit[1]) if digit else None)
    if base.intent == "plan":  # whose steps go to levels of their own
        return None
    if not indicators or level is None or not ALL_OF_THEM.search(text) or found.nodes.found or found.named.found[1:]:
        return None
    return Request(
        intent="simulate", agency=base.agency, year=base.year, levels=dict.fromkeys(indicators, level), confidence=SURE
    )


def supposed(slots: dict[str, Any], found: "Read", base: Request, text: str) -> None:
    """Put the levels of a what-if into ``slots``: those of the text, else those before with what the text changes."""
    digit, number = DIGIT.search(text), NUMBER.fullmatch(text)
    named = [node.split()[1] for node in found.nodes.found or found.nodes.candidates if node.startswith("indicator")]
    if number and (number[1] in base.levels or int(number[1]) > _HIGHEST):
        named = [number[1]]
    level = found.numbers.level or found.pending
    before = base.levels_by or base.levels
    only = _ONLY.search(text) or any(re.search(rf"\b{n} saja\b", text) for n in found.supposed)
    one_of_them = found.supposed and set(found.supposed) < set(before) and not only
    kept = before if ADDING.search(text) or one_of_them else {}
    slots["node"] = slots["level"] = None
    if found.supposed:
        kept = base.levels if kept else {}
        slots["levels"], slots["levels_by"] = {**kept, **found.supposed}, {}
    elif found.raised or (base.levels_by and (steps := _STEPS.search(text)) and not named):
        by = found.raised or dict.fromkeys(base.levels_by, int(steps[1]) if steps else 1)
        slots["levels"], slots["levels_by"] = {}, {**(base.levels_by if ADDING.search(text) else {}), **by}
    elif named and base.levels_by and level is None:
        steps_each = next(iter(base.levels_by.values()))
        slots["levels"], slots["levels_by"] = {}, {**kept, **dict.fromkeys(named, steps_each)}
    elif named and base.levels:
        usual = next(iter(base.levels.values()))
        kept = base.levels if kept else {}
        slots["levels"] = {**kept, **{n: level or base.levels.get(n, usual) for n in named}}
        slots["levels_by"] = {}
    elif base.levels and (level is not None or digit):
        level = int(digit[1]) if level is None and digit else level
        slots["levels"], slots["levels_by"] = dict.fromkeys(base.levels, level), {}
    elif not base.levels and base.node and base.node.startswith("indicator"):
        level = level or (int(digit[1]) if digit else base.level)
        if level is not None:
            slots["levels"] = {base.node.split()[1]: level}
