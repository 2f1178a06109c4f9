"""Do the passages found carry an answer? What is asked for must stand in them in a fitting form."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from knowledge.references import Absent, Reference
from knowledge.retrieval import Hit


class Verdict(BaseModel):
    """Whether to answer, and why not.

    Attributes:
        reason: machine name, such as ``absent`` or ``no_money``; empty where it is answerable.
        absent: what was asked for and is known not to exist.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    answerable: bool
    reason: str = ""
    absent: tuple[Absent, ...] = ()


def answerable(query: str, hits: Sequence[Hit], reference: Reference) -> Verdict:
    """Judge whether the hits answer the question.

    Args:
        query: as asked. hits: best first. reference: what the question names (``Retriever.reference``).
    """
    if reference.absent:
        return Verdict(answerable=False, reason="absent", absent=reference.absent)
    if not hits:
        return Verdict(answerable=False, reason="nothing_found")
    return Verdict(answerable=True)
