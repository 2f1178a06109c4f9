"""One stored message to Telegram, and what is known of it afterwards."""

import asyncio
from dataclasses import dataclass
from typing import Literal

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bots.telegram.connecting import asked_to_wait
from bots.telegram.outgoing import Button, Outgoing

Outcome = Literal["sent", "refused", "not sent", "unknown"]
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_REFUSALS = (BadRequest, Forbidden, InvalidToken, Conflict, ChatMigrated)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Sent:
    """What became of a call.

    Attributes:
        outcome: "not sent" certainly did not arrive and may be tried again; "unknown" may have arrived.
        wait: seconds that Telegram wants to pass before another call.
    """

    outcome: Outcome
    error: str = ""
    wait: float = 0.0


async def send(bot: ExtBot[int], chat: int, message: Outgoing) -> Sent:
    """Send one message; errors become outcomes, their text never holds the token."""
    try:
        await _call(bot, chat, message)
    except RetryAfter as reason:
        return Sent("not sent", "429", asked_to_wait(reason))
    except _REFUSALS as reason:
        if isinstance(reason, BadRequest) and "not modified" in str(reason):
            return Sent("sent")
        return Sent("refused", f"{type(reason).__name__}: {'' if isinstance(reason, InvalidToken) else reason}")
    except TelegramError as reason:
        left = not isinstance(reason.__cause__, _NEVER_LEFT)
        return Sent("unknown" if left else "not sent", f"{type(reason).__name__}: {reason}", 0.0 if left else 1.0)
    return Sent("sent")


async def _call(bot: ExtBot[int], chat: int, message: Outgoing) -> None:
    keyboard = _keyboard(message.buttons)
    if message.kind == "buttons":
        await bot.edit_message_reply_markup(chat_id=chat, message_id=message.on, reply_markup=keyboard)
        return
    reply = (
        None
        if message.reply_to is None
        else ReplyParameters(message_id=message.reply_to, allow_sending_without_reply=True)
    )
    if message.kind == "photo":
        assert message.chart is not None
        from assistant.charts import draw  # matplotlib takes its time to load

        picture = await asyncio.to_thread(draw, message.chart, message.language)
        await bot.send_photo(
            chat_id=chat,
            photo=picture,
            caption=message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            reply_parameters=reply,
            message_thread_id=message.thread,
            filename="grafik.png",
        )
        return
    await bot.send_message(
        chat_id=chat,
        text=message.html,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=keyboard,
        reply_parameters=reply,
        message_thread_id=message.thread,
    )


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in rows])
