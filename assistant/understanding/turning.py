"""What a turn is taken for in its conversation, by weights learned from conversations; the rules' verdict is one tell.

A verdict says whether a turn leans on the one before and what it asks for: "leans:why", "stands:rule". The weights,
``turn_weights.npz``, are made by training.py.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import get_args

from assistant.request import Intent, Request
from assistant.understanding.leaning import marks

LEANS, STANDS = "leans", "stands"
VERDICTS = tuple(f"{how}:{intent}" for how in (LEANS, STANDS) for intent in get_args(Intent))
_CROSSED = ("cue=", "sign=", "mark=", "length=", "verdict=", "turn=", "rules=")
_LEAST = 1e-4  # of a probability whose logarithm is weighed

Weigh = Callable[[Mapping[str, float]], Mapping[str, float]]


def turn_tells(
    alone: Iterable[str], text: str, rest: str, base: Request, own: str | None, verdict: str, turn: Intent | None
) -> dict[str, float]:
    """What is weighed of a turn.

    Args:
        alone: the tells of the text by itself. rest: the text but for names of agencies and parts.
        base: the Request that it may lean on. verdict: that of the rules.
        turn: the intent that the rules find its words change to.
    """
    last = base.intent
    part = (base.node or "none").split()[0]
    here = [*alone, *(f"mark={mark}" for mark in marks(text, rest)), f"verdict={verdict}", f"turn={turn}"]
    there = {
        f"last={last}": True,
        f"last part={part}": True,
        f"last={last} of {part}": True,
        "last group": base.group is not None,
        "last level": base.level is not None,
        "last clarified": base.clarify is not None,
        "last own": own is not None and base.agency == own,
        "visitor": own is None,
    }
    crossed = [tell for tell in here if tell.startswith(_CROSSED)]
    found = [*here, *(tell for tell, holds in there.items() if holds)]
    found += [f"{tell} after {before}" for tell in crossed for before in (last, f"part {part}")]
    return dict.fromkeys(found, 1.0)


def beliefs(odds: Mapping[str, float]) -> dict[str, float]:
    """What the words alone were taken for, as tells: the logarithm of how probable each intent is."""
    return {f"belief={intent}": math.log(max(odd, _LEAST)) for intent, odd in odds.items()}


def taken_for(verdict: str, odds: Mapping[str, float]) -> tuple[bool, Intent]:
    """Whether a turn leans, and its intent: the likeliest verdict, or that of the rules where nothing was weighed."""
    how, _, intent = max(odds, key=lambda key: odds[key], default=verdict).partition(":")
    return how == LEANS, next(known for known in get_args(Intent) if known == intent)
