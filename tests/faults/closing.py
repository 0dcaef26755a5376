"""Closes the rounds of a store that are over, and dies as soon as a key is to be destroyed.

That is the worst moment: the results are committed, and the key's file is still there.
"""

import asyncio
import os
import signal
from datetime import timedelta
from functools import partial

from bot import settings
from bot.encryption_keys import KeyFolder
from bot.settings import StoreSettings
from bot.store import opened
from domain.voice.questionnaire import recurring
from tests.stores import AT

OVER = AT + timedelta(days=4)


def die(*_: object) -> None:
    """No last word."""
    os.kill(os.getpid(), signal.SIGKILL)


async def main() -> None:
    """Close what is over."""
    KeyFolder.destroy = die  # type: ignore[method-assign]  # the kill comes here
    async with opened(settings.read(StoreSettings)) as database:
        await database.write(partial(recurring.run, slot=OVER))


if __name__ == "__main__":
    asyncio.run(main())
