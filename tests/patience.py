"""How long tests wait. Waiting ends as soon as what is waited for has come, so a generous limit costs nothing."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0  # seconds; on a busy machine a process may get hardly any of its time for several
STOPPED_WITHIN = 20.0  # seconds; the program promises ten, on a machine that is not overloaded


async def until(look: Callable[[], T]) -> T:
    """Look again and again until it gives something, and give that. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while not (found := look()):  # noqa: ASYNC110 - what is looked at tells nobody
            await asyncio.sleep(0.005)
    return found
