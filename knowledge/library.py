"""The register of rules: what they are called, whether they are in force, who revokes and amends whom."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["in force", "revoked", "unknown"]


class Rule(BaseModel):
    """One rule or guideline.

    Attributes:
        id: ``kind-number-year``, such as ``perpres-95-2018``.
        short: how people write it, such as ``Perpres 95/2018``.
        title: the subject, such as ``Sistem Pemerintahan Berbasis Elektronik``.
        kind: perpres, permenpanrb, pedoman ...
        revokes, amends: ids of rules it ends or changes.
        revoked_by: id of the rule that ended it; kept although the inverse may not be in the library.
        effective, ended: first day in force, first day no longer in force (ISO dates), where known.
        articles: number of the last article, where known; lets "Pasal 90" be refused exactly.
        source: where the text or the digest comes from. quality: how good that text is.
        second_hand: its text was not read by us.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    short: str
    title: str
    kind: str
    number: str
    year: int
    issuer: str | None = None
    status: Status = "unknown"
    revokes: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    revoked_by: str | None = None
    effective: str | None = None
    ended: str | None = None
    articles: int | None = None
    source: str = ""
    quality: str = ""
    checked: str | None = None
    second_hand: bool = False
    status_second_hand: bool = False
    note: str = ""


class Library:
    """All known rules, from the pack and from ingested texts.

    Args:
        rules: later ones win over earlier ones with the same id.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        for rule in list(self._rules.values()):
            for ended in rule.revokes:
                self._end(ended, rule)

    def _end(self, ended: str, by: Rule) -> None:
        rule = self._rules.get(ended)
        if rule is not None and rule.status != "revoked":
            update = {"status": "revoked", "revoked_by": by.id, "status_second_hand": by.second_hand}
            self._rules[ended] = rule.model_copy(update=update)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __contains__(self, rule: object) -> bool:
        return rule in self._rules

    def get(self, rule: str) -> Rule | None:
        return self._rules.get(rule)

    def successor(self, rule: str) -> Rule | None:
        """The rule that replaces it now, following the chain of revocations."""
        seen = {rule}
        current = self._rules.get(rule)
        while current is not None and current.revoked_by is not None and current.revoked_by not in seen:
            seen.add(current.revoked_by)
            following = self._rules.get(current.revoked_by)
            if following is None:
                break
            current = following
        return current if current is not None and current.id != rule else None

    def held_in(self, rule: str, year: int) -> bool | None:
        """Whether a rule was in force at some day of the year; None where that is not known."""
        known = self._rules.get(rule)
        if known is None:
            return None
        if known.year > year:
            return False
        if known.effective is not None and int(known.effective[:4]) > year:
            return False
        if known.ended is not None:
            last_day = date.fromisoformat(known.ended) - timedelta(days=1)
            return last_day.year >= year
        if known.status == "in force":
            return True
        following = self._rules.get(known.revoked_by) if known.revoked_by is not None else None
        return True if following is not None and year < following.year else None
