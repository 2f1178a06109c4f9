"""A composed answer in a language model's words, block by block; what does not pass the guard stays as composed.

The model sees templates with tokens, never the figures and names behind them. Of a rule it sees the sentences that
the answer tells, and may choose among them and join them.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from assistant.allowance import DailyBudget
from assistant.answer import Block, Draft, DraftBlock
from assistant.guard import Reason, refusal
from assistant.language_model import LanguageModel, ModelUnavailable
from assistant.prompts import CHOOSE, REWORD
from assistant.statements import Statement
from assistant.untrusted import delimited, neutralised

_log = logging.getLogger(__name__)
_LINE = re.compile(r"\s*(\d{1,3})\s*[:.)]\s*(.*?)\s*")
_WORDS = 3  # a block of fewer words, tokens aside, is not worth rewording


class Tally(Protocol):
    """Counts what became of blocks and replies, by outcome: "passed", "kept: law", "late"."""

    def count(self, outcome: str) -> None: ...


class _Uncounted:
    def count(self, outcome: str) -> None:
        """Nobody asked."""


@dataclass
class _Job:
    """The block at ``at``, to be reworded; or the statement it tells, to be chosen from."""

    at: int
    template: str
    statement: Statement | None = None


@dataclass
class Rewording:
    """Rewords drafts with a language model.

    Args:
        budget: answers a day, for each owner.
        tally: counts outcomes, for metrics.
    """

    model: LanguageModel
    budget: DailyBudget
    tally: Tally = field(default_factory=_Uncounted)

    def reworded(
        self,
        draft: Draft,
        question: str,
        owner: str,
        settled: Callable[[Block], None],
        seconds: float | None = None,
    ) -> list[DraftBlock] | None:
        """The blocks of the draft as the reader gets them; None where all stay as composed.

        Args:
            owner: whose budget is used.
            settled: called with each block of the answer, in order, as soon as it is certain.
            seconds: to wait for the model at most, where less is left than its own.
        """
        blocks = list(draft.blocks)
        jobs = _jobs(draft)
        told = 0

        def settle(until: int) -> None:
            nonlocal told
            for block in blocks[told:until]:
                settled(draft.fill(block))
            told = max(told, until)

        if not jobs or not self.budget.take(owner):
            self.tally.count("budget" if jobs else "nothing to reword")
            settle(len(blocks))
            return None
        settle(jobs[0].at)
        last = 0
        system, user = _prompt(draft, jobs, question)
        try:
            for line in self.model.lines(system, user, limit=3 * len(user) + 200, seconds=seconds):
                match = _LINE.fullmatch(line)
                if match is None or not last < int(match[1]) <= len(jobs):
                    continue
                last = int(match[1])
                job = jobs[last - 1]
                settle(job.at)
                blocks[job.at] = self._checked(draft, job, match[2])
                settle(jobs[last].at if last < len(jobs) else len(blocks))
                if last == len(jobs):
                    break
        except ModelUnavailable as reason:
            self.tally.count(reason.reason)
            _log.info("the language model is not used: %s", reason.reason)
        settle(len(blocks))
        return blocks if blocks != draft.blocks else None

    def _checked(self, draft: Draft, job: _Job, text: str) -> DraftBlock:
        composed = draft.blocks[job.at]
        reason: Reason | None
        if job.statement is not None:
            chosen = job.statement.chosen(text)
            reason, template = ("evidence", "") if chosen is None else (None, chosen)
        else:
            reason, template = refusal(composed.template, text, draft.language, draft.years), text
        if reason is not None:
            self.tally.count(f"kept: {reason}")
            _log.info("a reworded block was refused: %s", reason)
            return composed
        self.tally.count("passed")
        return DraftBlock(kind=composed.kind, template=template)


def _jobs(draft: Draft) -> list[_Job]:
    jobs = []
    for at, block in enumerate(draft.blocks):
        if block.kind not in ("sentence", "item") or "\n" in block.template:
            continue
        statement = Statement.of(block, draft)
        words = len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[fac]\d+\}", " ", block.template)))
        if statement is not None:
            if len(statement.sentences) > 1:
                jobs.append(_Job(at, block.template, statement))
        elif words >= _WORDS and _is_ours(block.template):
            jobs.append(_Job(at, block.template))
    return jobs


def _is_ours(template: str) -> bool:
    """Whether a template holds tokens and plain words only; what others wrote stands behind tokens, or is not sent."""
    bare = re.sub(r"\{[fac]\d+\}", " ", template)
    return neutralised(bare) == " ".join(bare.split())


def _prompt(draft: Draft, jobs: list[_Job], question: str) -> tuple[str, str]:
    """What the model is told to do, and the numbered blocks; the question only where there is something to choose."""
    choosing = any(job.statement is not None for job in jobs)
    lines = []
    if choosing:
        lines.append(delimited("question", question))
    for number, job in enumerate(jobs, 1):
        text = job.template
        if job.statement is not None:
            text = delimited("passage", " ".join(job.statement.sentences))
        lines.append(f"{number}: {text}")
    return (CHOOSE if choosing else REWORD)[draft.language], "\n".join(lines)
