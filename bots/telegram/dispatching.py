"""Every chat's updates one after the other, chats beside each other."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bots.telegram.handling import Handling
from bots.telegram.incoming import Attachment, Incoming, read
from bots.telegram.mailbox import BEGINNINGS, Mailbox
from bots.telegram.outgoing import Reply
from bots.telegram.sending import send
from bots.telegram.showing import Showing

_log = logging.getLogger(__name__)
T = TypeVar("T")
WORKERS = 4  # updates handled at the same time
LOOK = 1.0  # seconds between two looks for work that nobody announced
DOWNLOADS = 3  # tries
STOPPING = 15.0  # seconds that a stop waits for what is being sent


class Dispatcher:
    """Handles stored updates and sends stored messages, until it is stopped.

    Args:
        bot: connected.
        pause: seconds before a call is tried again.
    """

    def __init__(self, bot: ExtBot[int], mailbox: Mailbox, handling: Handling, pause: float = 1.0) -> None:
        self._bot = bot
        self._mailbox = mailbox
        self._handling = handling
        self._pause = pause
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="telegram")
        self._database = ThreadPoolExecutor(2, thread_name_prefix="telegram-records")
        self._woken: set[int] = set()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._stopping = False

    def wake(self, chats: Iterable[int]) -> None:
        """There is something to do in these chats."""
        for chat in chats:
            self._woken.add(chat)
            if chat not in self._busy and not self._stopping:
                self._busy[chat] = asyncio.create_task(self._serve(chat))

    async def run(self) -> None:
        """Look for work every second: what was left before a restart, and what other processes stored."""
        looks = 0
        while True:
            try:
                self.wake(await self._stored(self._mailbox.busy_chats))
                if looks % 3600 == 0:
                    await self._stored(self._mailbox.sweep)
            except Exception:
                _log.exception("the records cannot be read")
            looks += 1
            await asyncio.sleep(LOOK)

    async def stop(self) -> None:
        """Finish what is being handled or sent; what is not finished by then is taken up at the next start."""
        self._stopping = True
        tasks = list(self._busy.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOPPING)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for threads in (self._threads, self._database):
            threads.shutdown(wait=False, cancel_futures=True)

    async def _stored(self, function: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._database, partial(function, *args))

    async def _serve(self, chat: int) -> None:
        try:
            while chat in self._woken and not self._stopping:
                self._woken.discard(chat)
                await self._in_order(chat)
        except Exception:
            _log.exception("chat %s is taken up again at the next look", chat)
        finally:
            del self._busy[chat]

    async def _in_order(self, chat: int) -> None:
        """Send what is stored, then handle the next update, and so on until nothing is left."""
        while not self._stopping:
            await self._deliver(chat)
            begun = await self._stored(self._mailbox.begin, chat)
            if begun is None:
                return
            if isinstance(begun, float):
                await asyncio.sleep(begun)
            elif not self._stopping:
                await self._handle(chat, *begun)

    # -- in ----------------------------------------------------------------------------------------------

    async def _handle(self, chat: int, update_id: int, document: dict[str, Any], beginnings: int) -> None:
        incoming: Incoming | None = None
        state = "done"
        try:
            incoming = read(Update.de_json(document, self._bot), self._bot.id, self._bot.username)
            if incoming is None:
                reply = Reply()
            elif beginnings > BEGINNINGS:
                reply, state = await self._worked(self._handling.apology, incoming), "failed"
            else:
                reply = await self._replied(incoming)
        except Exception:
            _log.exception("update %s could not be handled", update_id)
            state = "failed"
            reply = Reply() if incoming is None else await self._worked(self._handling.apology, incoming)
        await self._stored(self._mailbox.finish, update_id, chat, reply, state)
        if incoming is not None and incoming.press is not None:
            with suppress(TelegramError):  # only takes the spinner off the button
                await self._bot.answer_callback_query(incoming.press, text=reply.notice)

    async def _replied(self, incoming: Incoming) -> Reply:
        """The reply; the chat shows that it is being written where that takes a while."""
        showing = Showing(self._bot, incoming)
        shows = asyncio.create_task(showing.run()) if incoming.addressed else None
        try:
            return await self._worked(self._handling.reply, incoming, self._fetcher(), showing.settled)
        finally:
            if shows is not None:
                shows.cancel()
                await asyncio.gather(shows, return_exceptions=True)

    async def _worked(self, function: Callable[..., Reply], *args: Any) -> Reply:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)

    def _fetcher(self) -> Callable[[Attachment], bytes]:
        """Downloads a file for a thread, which waits for it."""
        loop = asyncio.get_running_loop()

        def fetch(sent: Attachment) -> bytes:
            return asyncio.run_coroutine_threadsafe(self._download(sent), loop).result()

        return fetch

    async def _download(self, sent: Attachment) -> bytes:
        """The bytes of a file, tried three times.

        Raises:
            TelegramError: Telegram did not give it.
        """
        for turn in range(DOWNLOADS):
            try:
                file = await self._bot.get_file(sent.file_id)
                return bytes(await file.download_as_bytearray())
            except TelegramError:
                if turn == DOWNLOADS - 1:
                    raise
                await asyncio.sleep(self._pause)
        raise AssertionError

    # -- out ---------------------------------------------------------------------------------------------

    async def _deliver(self, chat: int) -> None:
        """Send a chat's stored messages in order; wait where Telegram asks to, or cannot be reached."""
        pause = self._pause
        while not self._stopping and (taken := await self._stored(self._mailbox.take, chat)) is not None:
            number, message = taken
            sent = await send(self._bot, chat, message)
            if sent.outcome == "sent":
                await self._stored(self._mailbox.sent, number)
                pause = self._pause
                continue
            _log.warning("message %s to chat %s: %s (%s)", number, chat, sent.outcome, sent.error)
            if sent.outcome == "refused":
                await self._stored(self._mailbox.refused, number, sent.error)
            elif sent.outcome == "not sent":
                await self._stored(self._mailbox.put_back, number, sent.error)
                await asyncio.sleep(max(sent.wait, pause))
                pause = min(pause * 2, 60.0)
            else:
                await self._stored(self._mailbox.uncertain, number, sent.error)
                await self._reachable()

    async def _reachable(self) -> None:
        """Wait until Telegram answers again, so that the one retry is not wasted on an outage."""
        pause = self._pause
        while not self._stopping:
            await asyncio.sleep(pause)
            try:
                await self._bot.get_me()
            except TelegramError:
                pause = min(pause * 2, 60.0)
            else:
                return
