"""A bot as a process of its own, with a quick assistant, for the test that kills it: FOLDER ADDRESS."""

import asyncio
import sys
from pathlib import Path

from bots.telegram.running import TelegramBot
from tests.bots.telegram.running_bots import QuickAssistant, installed

if __name__ == "__main__":
    quick = {"read_timeout": 2.0, "pause": 0.05, "hold": 1, "rate": 1000.0}
    bot = TelegramBot(installed(Path(sys.argv[1]), sys.argv[2], QuickAssistant(0.005)), **quick)
    asyncio.run(bot.until_stopped())
