"""What the bot sends, as it is stored before it is sent."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Chart
from scoring import Language

DATA_LIMIT = 64  # bytes of a button's callback data


class Button(BaseModel):
    """A button under a message. ``data`` names a stored thing, never carries it."""

    model_config = ConfigDict(frozen=True)

    label: str
    data: str = Field(max_length=DATA_LIMIT, pattern=r"^[\x21-\x7e]+$")


class Outgoing(BaseModel):
    """One message.

    Attributes:
        kind: text; photo (``chart`` with ``html`` as its caption); buttons (those under message ``on`` are replaced).
        html: in Telegram's HTML, within its limits.
        buttons: rows of them.
        language: of the words in the chart.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["text", "photo", "buttons"] = "text"
    html: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    chart: Chart | None = None
    language: Language = "id"
    on: int | None = None
    reply_to: int | None = None
    thread: int | None = None


class Kept(BaseModel):
    """What the buttons under an answer stand for."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    language: Language
    suggestions: tuple[str, ...] = ()
    evidence: dict[str, list[str]] = {}


class Reply(BaseModel):
    """All that one update leads to; nothing, for what is not meant for the bot."""

    model_config = ConfigDict(frozen=True)

    messages: tuple[Outgoing, ...] = ()
    kept: Kept | None = None
    notice: str | None = None
