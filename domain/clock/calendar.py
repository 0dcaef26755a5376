"""Days off and on: the enterprise's own beside the official ones, and an alarm while a year's are missing."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from domain.clock import law
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging.administrators import private_chats
from domain.messaging.delivery import IfUnknown
from domain.messaging.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from domain.stores import Stores

DECEMBER = 12  # the State Council publishes the next year's days in November
A_DAY = timedelta(days=1)
MAX_DAYS_OFF = 31  # in a row; more are a calendar that is wrong
WORDS = {"work": True, "off": False}


@dataclass(frozen=True, slots=True)
class Day:
    """A day whose work differs from the official calendar, or stands before that is known."""

    date: date
    is_workday: bool
    note: str = ""


class Calendar(Protocol):
    """The enterprise's own days in the store."""

    def put(self, day: Day) -> None:
        """Add a day, or replace what was known of it."""

    def workdays(self) -> Mapping[date, bool]:
        """Whether people work, for each day that is known."""

    def has_year(self, year: int) -> bool:
        """Whether any day of a year is known."""


class WrongCalendar(ValueError):  # noqa: N818 - named for what is wrong
    """A file that cannot be used; its text names the line or the entry."""


def read_csv(text: str) -> list[Day]:
    """The days of a CSV file: `2027-01-01,off,New Year`, the note may be missing. Raises WrongCalendar."""
    rows = enumerate(csv.reader(text.replace("\0", "").splitlines()), 1)  # U+0000: PostgreSQL takes none
    cells = ((f"line {number}", [cell.strip() for cell in row]) for number, row in rows if any(row))
    try:
        return [_day(where, row) for where, row in cells if row[0] != "date"]
    except csv.Error as error:
        raise WrongCalendar(str(error)) from error


def read_toml(text: str) -> list[Day]:
    """The days of a TOML file: `off = [2027-01-01]`, `work = [2027-02-14]`. Raises WrongCalendar."""
    try:
        lists = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise WrongCalendar(str(error)) from error
    if not lists.keys() <= WORDS.keys() or not all(isinstance(days, list) for days in lists.values()):
        raise WrongCalendar("only the lists off and work are known, for example off = [2027-01-01]")
    return [_day(f"{word}: {day}", [str(day), word]) for word, days in lists.items() for day in days]


def _day(where: str, cells: Sequence[str]) -> Day:
    try:
        day, word, note = (*cells, "")[:3]
        return Day(date.fromisoformat(day), WORDS[word], note)
    except (ValueError, KeyError) as error:
        raise WrongCalendar(f"{where}: not a date and work or off, for example 2027-01-01,off") from error


def load(stores: Stores, *, days: Iterable[Day]) -> int:
    """Add days; how many."""
    added = list(days)
    for day in added:
        stores.calendar.put(day)
    return len(added)


def known_workdays(stores: Stores) -> Callable[[date], bool | None]:
    """Whether people work on a day, by the enterprise's own days and the official ones; `None` where nobody knows.

    In a year of which the enterprise has entered days, all others are those of the week and the law.
    """
    own, official = stores.calendar.workdays(), stores.enterprise.official
    years = {day.year for day in own}

    def works(day: date) -> bool | None:
        if day in own:
            return own[day]
        known = official(day)
        return law.is_workday(day) if known is None and day.year in years else known

    return works


def workdays(stores: Stores) -> Callable[[date], bool]:
    """The same. For a year that is not known yet: Monday to Friday, without the days off that the law fixes."""
    works = known_workdays(stores)

    def counts(day: date) -> bool:
        known = works(day)
        return law.is_workday(day) if known is None else known

    return counts


def nearest_workday(day: date, is_workday: Callable[[date], bool], step: timedelta) -> date:
    """The first workday from a day on, forwards or backwards by `step`; the day itself if there is none for a month."""
    near = (day + number * step for number in range(MAX_DAYS_OFF))
    return next((one for one in near if is_workday(one)), day)


def next_workday(day: date, is_workday: Callable[[date], bool]) -> date:
    """The first workday after a day; the day after it if there is none for a month."""
    return nearest_workday(day + A_DAY, is_workday, A_DAY)


def count_workdays(stores: Stores, first: date, last: date) -> int:
    """How many workdays a stretch has, both ends included."""
    works = workdays(stores)
    return sum(works(first + timedelta(days=number)) for number in range((last - first).days + 1))


def alarm(stores: Stores, slot: datetime) -> None:
    """Tell administrators that a year's days are missing: this one's or, in December, the next's.

    They hear it where they have opened a private chat.
    """
    zone, knows = stores.enterprise.locale.zone, stores.enterprise.knows_year
    local = slot.astimezone(ZoneInfo(zone))
    year = local.year + (local.month == DECEMBER)
    if knows(year) or stores.calendar.has_year(year):
        return
    for member, chat in private_chats(stores):
        key = f"calendar.missing:{local:%F}:{member}"
        stores.outbox.send(chat, Message("calendar.missing", {"year": year}), key=key, if_unknown=IfUnknown.AGAIN)


# Once a week, from the first of a month on.
MISSING = Schedule("calendar.missing", cron="0 9 1,8,15,22,29 * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("calendar", jobs=(EnterpriseJob(MISSING, alarm),))
