"""The connection to the Bot API, and what keeps its token out of the logs."""

import logging
import os

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

RETRIES = 5  # of a call that Telegram tells to wait
CONNECTIONS = 32
os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming default; without it every wait is a warning
_LOGGERS = ("httpx", "httpcore", "telegram")


class _HidesToken(logging.Filter):
    """Replaces the token in whatever is logged."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if self._token in message:
            record.msg, record.args = message.replace(self._token, "<token>"), ()
        if record.exc_info and self._token in str(record.exc_info[1]):
            record.exc_info, record.exc_text = None, None
        return True


def hide_token(token: str) -> None:
    """Keep the token, which is a part of every address called, out of the logs of the libraries that call them."""
    hiding = _HidesToken(token)
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(hiding)
        for child in list(logging.root.manager.loggerDict):
            if child.startswith(f"{name}."):
                logging.getLogger(child).addFilter(hiding)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def connect(token: str, api: str, read_timeout: float = 20.0, rate: float = 30.0) -> ExtBot[int]:
    """A bot that waits as long as Telegram asks it to; to be entered with ``async with``.

    Args:
        api: address of the Bot API without the token.
        read_timeout: seconds after which the outcome of a call is given up as unknown.
        rate: messages a second, over all chats.
    """
    hide_token(token)
    base = api.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=read_timeout, pool_timeout=read_timeout),
        get_updates_request=HTTPXRequest(connection_pool_size=1, read_timeout=read_timeout),
        rate_limiter=AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=RETRIES),
    )


def bot_id(token: str) -> int | None:
    """Telegram's id of the bot, the number before the colon; None where it is no token."""
    number, colon, secret = token.partition(":")
    return int(number) if colon and secret and number.isascii() and number.isdecimal() else None


def asked_to_wait(reason: RetryAfter) -> float:
    """Seconds that Telegram wants to pass before another call."""
    wait = reason.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
