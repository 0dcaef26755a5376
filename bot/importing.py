"""Files from the command line into the store, through the same use cases as in chat."""

import asyncio
from pathlib import Path

from bot import store
from bot.outside import CALENDAR_CSV, CALENDAR_TOML
from bot.settings import StoreSettings
from domain.clock import calendar
from domain.clock.calendar import Day
from sheets import MAX_FILE_BYTES
from sheets.process import Files


def content(file: Path) -> bytes:
    """What is in a file; of one that is too large as much as shows it."""
    with file.open("rb") as opened:
        return opened.read(MAX_FILE_BYTES + 1)


def import_calendar(settings: StoreSettings, file: Path) -> int:
    """Put days off and on into the store: how many. Raises domain.clock.calendar.WrongCalendar, WrongFile."""
    reader = CALENDAR_TOML if file.suffix == ".toml" else CALENDAR_CSV
    return asyncio.run(_load_days(settings, asyncio.run(Files().read(reader, content(file)))))


async def _load_days(settings: StoreSettings, days: list[Day]) -> int:
    async with store.opened(settings) as database:
        return await database.write(calendar.load, days=days)
