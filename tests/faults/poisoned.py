"""`python -m tests.faults.poisoned SECONDS run`: the program, with messages that kill it or that take long."""

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

LOOP, SEARCH, KILL, LONG, MOMENT = "loop", "search", "kill", "long", "moment"
BLOCKED_AFTER, GRACE = 4.0, 8.0  # seconds


async def suffer(update: Update, _: Any) -> None:
    """Do what the message says."""
    match update.effective_message and update.effective_message.text:
        case "loop":
            while True:
                time.sleep(0.05)  # noqa: ASYNC251 - it is to block the event loop
        case "search":  # as a regular expression that never ends, which holds the interpreter's lock all the while
            ctypes.PyDLL(None).sleep(3600)
        case "kill":
            await asyncio.sleep(0.1)  # others have begun, too
            os.kill(os.getpid(), signal.SIGKILL)
        case "long":
            await asyncio.sleep(3600)
        case "moment":
            await asyncio.sleep(0.3)


def poison(max_handling: float) -> None:
    """Put it before all other handlers, and shorten what would take a test long."""
    import handlers
    from bot import handling, watchdog

    watchdog.BLOCKED_AFTER, watchdog.GRACE = BLOCKED_AFTER, GRACE
    handling.MAX_HANDLING = max_handling
    usual: Callable[[], list[BaseHandler[Any, Any, Any]]] = handlers.handlers
    words = "|".join((LOOP, SEARCH, KILL, LONG, MOMENT))
    handlers.handlers = lambda: [MessageHandler(filters.Regex(f"^({words})$"), suffer), *usual()]


if __name__ == "__main__":
    poison(float(sys.argv.pop(1)))
    from bot.cli import main

    sys.argv[0] = "bot"
    main()
