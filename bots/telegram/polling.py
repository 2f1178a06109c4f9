"""Asking Telegram for updates: stored first, acknowledged with the next question."""

import asyncio
import logging

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bots.telegram.connecting import asked_to_wait
from bots.telegram.dispatching import Dispatcher
from bots.telegram.mailbox import Mailbox

_log = logging.getLogger(__name__)
ALLOWED = ("message", "callback_query")
LONGEST_PAUSE = 30.0


async def poll(bot: ExtBot[int], mailbox: Mailbox, dispatcher: Dispatcher, pause: float = 1.0, hold: int = 25) -> None:
    """Fetch updates until cancelled.

    Args:
        pause: seconds before asking again after a failure, doubled each time.
        hold: seconds that Telegram may hold the question until there is something.

    Raises:
        InvalidToken: Telegram does not know the bot (any more).
    """
    offset: int | None = None
    wait = pause
    while True:
        try:
            updates = await bot.get_updates(offset=offset, timeout=hold, allowed_updates=ALLOWED)
        except InvalidToken:
            raise
        except RetryAfter as reason:
            await asyncio.sleep(asked_to_wait(reason))
        except TelegramError as reason:
            if isinstance(reason, Conflict):
                _log.warning("another program asks for this bot's updates, or a webhook is set")
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_PAUSE)
        else:
            wait = pause
            if updates:
                documents = sorted((update.to_dict() for update in updates), key=lambda d: int(d["update_id"]))
                chats = await asyncio.to_thread(mailbox.store, documents)
                offset = int(documents[-1]["update_id"]) + 1
                dispatcher.wake(chats)
