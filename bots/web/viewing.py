"""What the pages of figures have in common: which agency is looked at, and which of its assessments."""

from collections.abc import Iterable

from assistant.records.agencies import AgencyEntry
from assistant.records.assessments import Held
from bots.web.records import Records
from bots.web.state import Visit


def agency_of(records: Records, visit: Visit, named: str) -> AgencyEntry | None:
    """The agency of the address, else one's own, else none.

    Raises:
        RefusedInput: a name that is not known, with the nearest ones.
    """
    return records.holdings.register.find(named) if named.strip() else visit.agency


def one_each(held: Iterable[Held]) -> list[Held]:
    """One a year and stage: what is published wins over what is not."""
    kept: dict[tuple[int, str], Held] = {}
    for one in held:
        key = (one.assessment.year, one.assessment.stage)
        if key not in kept or (one.published and not kept[key].published):
            kept[key] = one
    return list(kept.values())


def provinces(records: Records) -> list[str]:
    return sorted({entry.province for entry in records.holdings.register.entries if entry.province})
