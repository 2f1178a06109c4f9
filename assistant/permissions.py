"""Who asks, and what they may see. Permission is a part of the query, not a filter on its result."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, or_, select, true

from assistant.records.models import Agency, AssessmentRecord

Role = Literal["visitor", "staff", "head", "coordinator", "operator"]


@dataclass(frozen=True)
class Asker:
    """A person or program that asks.

    Attributes:
        agency_id: own agency (staff, head); its unpublished records are theirs to see.
        province: a coordinator sees the unpublished records of this province's agencies.
        through: site and pseudonym of a portal's visitor or user, who has no account here.
    """

    role: Role = "visitor"
    agency_id: str | None = None
    province: str | None = None
    account_id: int | None = None
    through: str | None = None

    @property
    def name(self) -> str:
        """For the audit trail: the account, never a person's name."""
        if self.through is not None:
            return f"portal {self.through}"
        return self.role if self.account_id is None else f"account {self.account_id}"


VISITOR = Asker()
OPERATOR = Asker(role="operator")


def may_see(asker: Asker) -> ColumnElement[bool]:
    """The condition on assessments that an asker may read."""
    if asker.role == "operator":
        return true()
    allowed: list[ColumnElement[bool]] = [AssessmentRecord.published.is_(True)]
    if asker.role in ("staff", "head") and asker.agency_id is not None:
        allowed.append(AssessmentRecord.agency_id == asker.agency_id)
    if asker.role == "coordinator" and asker.province is not None:
        theirs = select(Agency.id).where(Agency.province == asker.province)
        allowed.append(AssessmentRecord.agency_id.in_(theirs))
    return or_(*allowed)


def may_write(asker: Asker, agency_id: str) -> bool:
    """Whether an asker may store assessments and evidence of an agency."""
    return asker.role == "operator" or (asker.role in ("staff", "head") and asker.agency_id == agency_id)
