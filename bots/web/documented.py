"""What the OpenAPI document says of answers that a route's own type does not show: refusals, streams, passages."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from knowledge.passage import Kind


class Problem(BaseModel):
    """What was wrong, in the language of the request; ``code`` and ``details`` are for programs."""

    model_config = ConfigDict(title="Problem")

    code: str
    message: str
    details: dict[str, Any]


class Refused(BaseModel):
    """The one shape of every error. The OpenAI format has ``type`` and ``param`` beside the three."""

    error: Problem


class FoundPassage(BaseModel):
    """A passage as search and /passages give it; ``score`` says how near it is."""

    id: str
    text: str
    rule: str
    title: str
    locator: str
    page: int | None
    kind: Kind
    status: str
    score: float


class ListedAgency(BaseModel):
    """An agency of the register."""

    id: str
    name: str
    kind: str
    province: str | None
    group: str | None


_WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": r"^\d+$"}}}
REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refused, "description": "The request cannot be read."},
    401: {"model": Refused, "description": "The key or token is not accepted."},
    403: {"model": Refused, "description": "The asker may not see it, or a browser asked from another site."},
    404: {"model": Refused, "description": "There is no such agency, assessment, passage or address."},
    413: {"model": Refused, "description": "The body is too large."},
    422: {"model": Refused, "description": "The request does not fit its description, or cannot be answered."},
    429: {"model": Refused, "description": "Too many requests.", "headers": _WAIT},
    503: {"model": Refused, "description": "Too many are waiting already.", "headers": _WAIT},
}
"""What any route for programs may answer; 500 is none of them."""

EVENTS: dict[str, Any] = {"text/event-stream": {"schema": {"type": "string"}}}


def refused_as_events(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Refusals that may also come as the first event of a stream."""
    return {status: {**REFUSALS[status], "content": EVENTS} for status in statuses}
