"""An answer on its way: its blocks as soon as they are certain, and the silences between them."""

import asyncio
from collections.abc import AsyncIterator, Callable

from assistant.answer import Answer, Block
from bots.web.work import Work


def arriving(
    work: Work, keepalive: float, ask: Callable[..., Answer], *arguments: object
) -> tuple["asyncio.Future[Answer]", AsyncIterator[Block | None]]:
    """Ask in a thread; the Answer to come, and its blocks, None for every silence of ``keepalive`` seconds.

    Args:
        ask: takes the arguments and, last, a function to call with each block.
    """
    arrived: asyncio.Queue[Block | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def arrive(block: Block) -> None:
        loop.call_soon_threadsafe(arrived.put_nowait, block)

    answering = asyncio.ensure_future(work.run(ask, *arguments, arrive))
    answering.add_done_callback(lambda _: arrived.put_nowait(None))
    return answering, _coming(arrived, keepalive)


async def _coming(arrived: "asyncio.Queue[Block | None]", keepalive: float) -> AsyncIterator[Block | None]:
    """The blocks up to the end, which None marks in the queue."""
    while True:
        try:
            block = await asyncio.wait_for(arrived.get(), keepalive)
        except TimeoutError:
            yield None
            continue
        if block is None:
            return
        yield block
