"""What the assistant tells whoever watches it: counts and times, never what was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Literal

from assistant.allowance import Spending
from assistant.answer import Answer

Stage = Literal["understanding", "composing", "wording", "whole"]


class Watch:
    """Watches nothing; a face puts its metrics in this place. Also the tally of rewording."""

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Measure what is done inside, in seconds; what is refused or fails is not measured."""
        begun = perf_counter()
        yield
        self.took(stage, perf_counter() - begun)

    def took(self, stage: Stage, seconds: float) -> None:
        """A stage of one answer took so long."""

    def answered(self, answer: Answer) -> None:
        """A question was answered."""

    def refused(self, code: str) -> None:
        """A question was refused."""

    def budgets(self, spending: Spending) -> None:
        """The budgets of the language model stand so."""

    def count(self, outcome: str) -> None:
        """What became of a reworded block or of a reply of the model."""
