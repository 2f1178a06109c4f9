"""Follow-ups: a short turn is read against the Requests before it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.request import Request
from assistant.understanding.agencies import Gazetteer
from scoring import Instrument

if TYPE_CHECKING:
    from assistant.understanding.understand import Read


def followed(
    found: "Read", previous: Sequence[Request], known: Gazetteer, instrument: Instrument, own: str | None
) -> Request | None:
    """The Request of a follow-up, or None where the text stands on its own."""
    return None
