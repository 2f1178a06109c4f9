"""What can be set about the web face, apart from what it answers."""

from pydantic import BaseModel, ConfigDict, Field


class WebSettings(BaseModel):
    """Limits and permissions of the web app.

    Attributes:
        body_limit: largest request body accepted, in bytes.
        upload_limit: the same where somebody who is signed in sends files.
        workers: questions answered at the same time, each in a thread.
        waiting: requests that may wait for a free thread before a new one is told to come back.
        keepalive: seconds of silence after which an event stream gets a comment, so that no proxy cuts it.
        frame_ancestors: sites (``https://portal.example.go.id``) that may frame the chat; by default none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    body_limit: int = Field(default=256 * 1024, gt=0)
    upload_limit: int = Field(default=25 * 1024 * 1024, gt=0)
    workers: int = Field(default=4, ge=1)
    waiting: int = Field(default=64, ge=0)
    keepalive: float = Field(default=15.0, gt=0)
    frame_ancestors: tuple[str, ...] = ()
