"""What servers log, and where: to standard error, as lines of text or JSON, never what people ask or secrets.

Nothing in the five rooms logs a question, a token or a name; the loggers of libraries that would (addresses with
tokens, statements with their parameters) are kept quiet here, and what still looks like a secret is struck out.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

from assistant.settings import Settings

_QUIET = ("httpx", "httpcore", "telegram", "chromadb", "sqlalchemy", "alembic", "openai", "uvicorn.access", "urllib3")
_SECRETS = re.compile(
    r"(?P<bot>\b\d{5,}:[A-Za-z0-9_-]{20,})"  # a bot's token
    r"|(?P<key>\bspbe_[A-Za-z0-9_-]{20,})"
    r"|(?P<bearer>(?<=[Bb]earer )\S+)"
    r"|(?P<password>(?<=://)[^/\s:@]+:[^/\s@]+(?=@))"
)


class _Struck(logging.Formatter):
    """Strikes out secrets, those in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub("[...]", super().format(record))


class _Lines(_Struck):
    """One JSON object a line: ``at``, ``level``, ``logger``, ``message`` and, where something failed, ``traceback``."""

    def format(self, record: logging.LogRecord) -> str:
        document = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            document["traceback"] = self.formatException(record.exc_info)
        return _SECRETS.sub("[...]", json.dumps(document, ensure_ascii=False))


def configure(settings: Settings) -> None:
    """Let this process log as the settings say; once a process, before it serves."""
    handler = logging.StreamHandler(sys.stderr)
    text = _Struck("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_Lines() if settings.log_format == "json" else text)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
