"""The bot as a program of its own, or inside the web app."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from fastapi import FastAPI
from filelock import FileLock, Timeout
from telegram import BotCommand
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bots.assembly import Installation
from bots.telegram.commands import COMMANDS
from bots.telegram.connecting import asked_to_wait, bot_id, connect
from bots.telegram.dispatching import Dispatcher
from bots.telegram.handling import Handling
from bots.telegram.importing import Importing
from bots.telegram.ingesting import Ingesting
from bots.telegram.mailbox import Mailbox
from bots.telegram.polling import ALLOWED, poll
from bots.telegram.webhook import PATH, secret_of, webhook
from scoring import Language, RefusedInput, Text

_log = logging.getLogger(__name__)
_LANGUAGES: tuple[Language | None, ...] = (None, "id", "en")  # None for all other languages
OUT_OF_ORDER = timedelta(seconds=1)  # what an update of the webhook waits for one that is missing before it


def run(installation: Installation) -> None:
    """Run the bot until the process is told to stop, asking Telegram for updates.

    Raises:
        RefusedInput: no token, a token that Telegram refuses, or another bot runs on this data folder.
    """
    bot = TelegramBot(installation)
    asyncio.run(bot.until_stopped())


def run_inside(app: FastAPI, installation: Installation) -> FastAPI:
    """Let the bot live as long as the web app; with a webhook address set, the app receives the updates.

    Raises:
        RefusedInput: no token.
    """
    bot = TelegramBot(installation, webhook=installation.settings.telegram_webhook)
    if bot.webhook is not None:
        app.include_router(webhook(lambda: bot.mailbox, secret_of(bot.token), bot.wake))
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with before(running) as state:
            task = asyncio.create_task(bot.until_cancelled())
            try:
                yield state
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    app.router.lifespan_context = lifespan
    return app


@dataclass
class TelegramBot:
    """One bot of one installation.

    Args:
        webhook: public address of the web app that receives the updates; None asks Telegram for them.
        read_timeout: seconds after which the outcome of a call is unknown.
        pause: seconds before a failed call is made again.
        hold: seconds that Telegram may hold a question for updates.
        rate: messages a second, over all chats.
    """

    installation: Installation
    webhook: str | None = None
    read_timeout: float = 20.0
    pause: float = 1.0
    hold: int = 25
    rate: float = 30.0

    def __post_init__(self) -> None:
        secret = self.installation.settings.telegram_token
        self.token = secret.get_secret_value() if secret else ""
        self._dispatcher: Dispatcher | None = None
        if bot_id(self.token) is None:
            raise RefusedInput(
                "telegram_token_missing",
                Text(
                    id="Token bot belum diatur atau keliru. Buat bot pada @BotFather, lalu isi SPBE_TELEGRAM_TOKEN "
                    "dengan tokennya (bentuknya 123456:ABC...).",
                    en="The bot's token is missing or malformed. Create a bot with @BotFather and set "
                    "SPBE_TELEGRAM_TOKEN to its token (it looks like 123456:ABC...).",
                ),
            )

    @cached_property
    def mailbox(self) -> Mailbox:
        gap = OUT_OF_ORDER if self.webhook else timedelta(0)
        return Mailbox(self.installation.engine, bot_id(self.token) or 0, gap)

    def wake(self, chats: set[int]) -> None:
        """Updates of these chats were stored; another process may be the one that handles them."""
        if self._dispatcher is not None:
            self._dispatcher.wake(chats)

    async def until_stopped(self) -> None:
        """Run until SIGTERM or SIGINT."""
        task = asyncio.current_task()
        assert task is not None
        for name in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(name, task.cancel)
        with suppress(asyncio.CancelledError):
            await self._run()

    async def until_cancelled(self) -> None:
        """Run beside something else, which goes on where the bot cannot run."""
        try:
            await self._run()
        except RefusedInput as reason:
            _log.warning("%s", reason.message.en)
        except Exception:
            _log.exception("the Telegram bot stopped")
            raise

    async def _run(self) -> None:
        lock = FileLock(self.installation.settings.data_dir / "telegram.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise RefusedInput(
                "telegram_bot_running",
                Text(
                    id="Bot Telegram sudah berjalan pada map data ini. Hentikan yang itu lebih dahulu.",
                    en="A Telegram bot already runs on this data folder. Stop that one first.",
                ),
            ) from None
        try:
            await self._connected()
        except InvalidToken:
            raise RefusedInput(
                "telegram_token_refused",
                Text(
                    id="Telegram menolak token bot. Periksa SPBE_TELEGRAM_TOKEN, atau minta yang baru pada @BotFather.",
                    en="Telegram refuses the bot's token. Check SPBE_TELEGRAM_TOKEN or get a new one from @BotFather.",
                ),
            ) from None
        finally:
            lock.release()

    async def _connected(self) -> None:
        bot = connect(self.token, self.installation.settings.telegram_api, self.read_timeout, self.rate)
        try:
            await self._at_last(bot.initialize)
            await self._at_last(lambda: _introduce(bot))
            if self.webhook is None:
                await self._at_last(bot.delete_webhook)
            else:
                address = self.webhook.rstrip("/") + PATH
                await self._at_last(
                    lambda: bot.set_webhook(address, allowed_updates=ALLOWED, secret_token=secret_of(self.token))
                )
            await self._handling(bot)
        finally:
            await bot.shutdown()

    async def _handling(self, bot: ExtBot[int]) -> None:
        installation = self.installation
        language = installation.settings.language
        importing, ingesting = Importing.of(installation), Ingesting.of(installation)
        handling = Handling(installation.assistant, installation.engine, self.mailbox, importing, ingesting, language)
        await asyncio.to_thread(self.mailbox.recover)  # before anything is sent by this process
        self._dispatcher = dispatcher = Dispatcher(bot, self.mailbox, handling, self.pause)
        _log.info("the bot @%s runs", bot.username)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(dispatcher.run())
                if self.webhook is None:
                    tasks.create_task(poll(bot, self.mailbox, dispatcher, self.pause, self.hold))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        finally:
            self._dispatcher = None
            await dispatcher.stop()

    async def _at_last(self, call: Callable[[], object]) -> None:
        """Make a call that the bot cannot do without, as often as it takes."""
        pause = self.pause
        while True:
            try:
                await call()  # type: ignore[misc]
            except InvalidToken:
                raise
            except TelegramError as reason:
                _log.warning("Telegram cannot be reached: %s", type(reason).__name__)
                await asyncio.sleep(asked_to_wait(reason) if isinstance(reason, RetryAfter) else pause)
                pause = min(pause * 2, 60.0)
            else:
                return


async def _introduce(bot: ExtBot[int]) -> None:
    """Register the commands with their descriptions in both languages."""
    for language in _LANGUAGES:
        menu = [BotCommand(c.name, c.description.into(language or "id")) for c in COMMANDS]
        await bot.set_my_commands(menu, language_code=language)
