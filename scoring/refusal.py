"""Text in the two languages of the product, and the one error that refuses an input."""

from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["id", "en"]


class Text(BaseModel):
    """The same words in Indonesian and English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    en: str

    def into(self, language: Language) -> str:
        return self.id if language == "id" else self.en


class RefusedInput(Exception):  # noqa: N818 - and no ValueError, so that pydantic lets it through
    """An input that cannot be used; nothing was stored because of it.

    The message says what was wrong, where, what is accepted and what to do.

    Args:
        code: stable machine name of the reason, such as ``level_not_allowed``.
        message: the sentence for the person, in both languages.
        details: the same as data, for programs (where, accepted, nearest names ...).
    """

    def __init__(self, code: str, message: Text, **details: object) -> None:
        super().__init__(message.id)
        self.code = code
        self.message = message
        self.details = details

    def __reduce__(self) -> tuple[Callable[..., "RefusedInput"], tuple[str, Text, dict[str, object]]]:
        """How it comes back from another process, whole."""
        return _refused, (self.code, self.message, self.details)


def _refused(code: str, message: Text, details: dict[str, object]) -> RefusedInput:
    return RefusedInput(code, message, **details)
