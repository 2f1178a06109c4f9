"""What a chat shows while its answer is on the way: "typing", and in a private chat a draft that grows.

A draft holds only blocks of which the assistant is certain; Telegram shows it for half a minute at most, and the
messages that are stored and sent afterwards owe nothing to it.
"""

import asyncio
from contextlib import suppress

from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from assistant.answer import Block
from bots.telegram.incoming import Incoming
from bots.telegram.pieces import messages
from bots.telegram.rendering import told

SHOWN_AFTER = 0.4  # seconds; quicker answers need nothing
AGAIN = 4.5  # seconds; Telegram shows "typing" for five
GAP = 0.7  # seconds between two drafts


class Showing:
    """Shows an update's answer as it comes.

    Args:
        bot: connected.
        incoming: what is being answered.
    """

    def __init__(self, bot: ExtBot[int], incoming: Incoming) -> None:
        self._bot = bot
        self._incoming = incoming
        self._loop = asyncio.get_running_loop()
        self._more = asyncio.Event()
        self._blocks: list[Block] = []
        self._drafts = incoming.private  # the Bot API has drafts for private chats only

    def settled(self, block: Block) -> None:
        """One more block is certain; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._add, block)

    def _add(self, block: Block) -> None:
        self._blocks.append(block)
        self._more.set()

    async def run(self) -> None:
        """Show it until cancelled."""
        await asyncio.sleep(SHOWN_AFTER)
        await self._typing()
        while True:
            self._more.clear()
            await self._draft()
            await asyncio.sleep(GAP)
            try:
                await asyncio.wait_for(self._more.wait(), AGAIN - GAP)
            except TimeoutError:
                await self._typing()

    async def _typing(self) -> None:
        with suppress(TelegramError):
            await self._bot.send_chat_action(
                self._incoming.chat, ChatAction.TYPING, message_thread_id=self._incoming.thread
            )

    async def _draft(self) -> None:
        """The last message's worth of what is certain; without a text Telegram shows that something is coming."""
        if not self._drafts:
            return
        shown = messages(told(self._blocks))[-1] if self._blocks else ""
        try:
            await self._bot.send_message_draft(
                self._incoming.chat,
                self._incoming.update_id or 1,
                shown,
                self._incoming.thread,
                parse_mode=ParseMode.HTML,
            )
        except TelegramError:  # a Bot API server without drafts, or a chat without them
            self._drafts = False
