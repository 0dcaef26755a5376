"""Files from the command line into the store, through the same use cases as in chat."""

import asyncio
from pathlib import Path

from bot import store
from bot.settings import StoreSettings
from domain.clock import calendar
from domain.clock.calendar import Day
from domain.study import library, study
from domain.study.study import Lesson


def import_study(settings: StoreSettings, file: Path) -> int:
    """Put a study library into the store: how many items. Raises WrongLibrary, UnicodeDecodeError."""
    return asyncio.run(_load(settings, library.read(file.read_text(encoding="utf-8-sig"))))


async def _load(settings: StoreSettings, lessons: list[Lesson]) -> int:
    async with store.opened(settings) as database:
        return await database.write(study.load, lessons=lessons)


def import_calendar(settings: StoreSettings, file: Path) -> int:
    """Put days off and on into the store: how many. Raises domain.clock.calendar.WrongCalendar, UnicodeDecodeError."""
    read = calendar.read_toml if file.suffix == ".toml" else calendar.read_csv
    return asyncio.run(_load_days(settings, read(file.read_text(encoding="utf-8-sig"))))


async def _load_days(settings: StoreSettings, days: list[Day]) -> int:
    async with store.opened(settings) as database:
        return await database.write(calendar.load, days=days)
