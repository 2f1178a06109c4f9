"""A chat completion as it is asked for; what only makes sense for a language model is read past."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.request import Question
from scoring import Language, RefusedInput, Text

MODEL = "tanya-spbe"
_NO_QUESTION = Text(
    id='Tidak ada pertanyaan. Sertakan sedikitnya satu pesan dengan role "user" yang berisi teks.',
    en='There is no question. Send at least one message with role "user" that holds text.',
)
_NO_MODEL = Text(id="Model itu tidak ada. Yang diterima: tanya-spbe.", en="No such model. Accepted: tanya-spbe.")


class Part(BaseModel):
    """A part of a message; only text can be read."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["text"]
    text: str


class Message(BaseModel):
    """A message. Those of role ``user`` are questions; the others were written by programs and carry nothing."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """All of its text."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or ())


class StreamOptions(BaseModel):
    """``include_usage``: one more chunk at the end, with the counts."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class Asked(BaseModel):
    """The body of POST /v1/chat/completions.

    Attributes:
        messages: the last one of role ``user`` is the question, the earlier ones are the conversation.
        conversation: id of a conversation kept here; the earlier messages are then not read again.
        agency: the asker's own agency, "kami" in the question.
        year: the year meant where the question names none.
        lang: language of the answer; that of the question where left out.
    """

    model_config = ConfigDict(extra="ignore")

    model: str = Field(max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=500)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    conversation: str | None = Field(default=None, min_length=1, max_length=100)
    agency: str | None = Field(default=None, max_length=300)
    year: int | None = Field(default=None, ge=2000, le=2100)
    lang: Language | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions, oldest first."""
        return tuple(message.text for message in self.messages if message.role == "user" and message.text.strip())

    def question(self, text: str, conversation: str) -> Question:
        """One of the questions as the assistant takes it."""
        return Question(
            text=text, agency=self.agency or None, year=self.year, language=self.lang, conversation=conversation
        )

    def checked(self) -> "Asked":
        """Itself.

        Raises:
            RefusedInput: another model, or no question.
        """
        known(self.model)
        if not self.asked:
            raise RefusedInput("empty_question", _NO_QUESTION)
        return self


def known(model: str) -> str:
    """The name of a model.

    Raises:
        RefusedInput: there is no such model.
    """
    if model != MODEL:
        raise RefusedInput("not_found_model", _NO_MODEL, model=model[:200], accepted=[MODEL])
    return model
