"""The numbered sources of a report: Citations made from passages, in the order of their first mention."""

from assistant.answering.desk import Desk
from knowledge.criteria import one_by_one
from knowledge.passage import Passage


class Sources:
    """Numbers for passages.

    Args:
        desk: finds the passages; its draft keeps the Citations.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def number(self, passage: Passage | None) -> tuple[int, ...]:
        """The number of a passage, none for none."""
        if passage is None:
            return ()
        token = self._desk.draft.cite(passage)
        return (self._desk.draft.citations[token[1:-1]].number,)

    def of_level(self, indicator: int, level: int) -> tuple[int, ...]:
        """Where the criteria of a level stand."""
        return self.number(self._desk.criteria(self._desk.instrument, indicator, level))

    def of_figures(self) -> tuple[int, ...]:
        """Where the weights and the rating bands of the instrument stand."""
        instrument, at = self._desk.instrument, self._desk.retriever.at
        kinds = sum(map(bool, (instrument.domains, instrument.aspects, instrument.indicators)))
        places = [*one_by_one(instrument.weights_source, kinds), instrument.bands_source]
        numbers = [number for source in places for number in self.number(at(source.rule, source.locator))]
        return tuple(dict.fromkeys(numbers))
