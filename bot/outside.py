"""Files for the command line that are no tables: how a child process reads them (`sheets.process`)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from domain.clock import calendar
from domain.clock.calendar import Day, WrongCalendar
from sheets.reader import Progress, Reader
from sheets.reading import Reason, WrongFile


@dataclass(frozen=True, slots=True)
class NoCalendar:
    """See `WrongCalendar`."""

    reason: str


def calendar_csv(data: bytes, _: Progress) -> Iterator[Day | NoCalendar]:
    """The days of a CSV file. Raises WrongFile."""
    return _days(data, calendar.read_csv)


def calendar_toml(data: bytes, _: Progress) -> Iterator[Day | NoCalendar]:
    """The days of a TOML file. Raises WrongFile."""
    return _days(data, calendar.read_toml)


MAX_WRONG_CHARS = 200


def _days(data: bytes, read: Callable[[str], list[Day]]) -> Iterator[Day | NoCalendar]:
    try:
        yield from read(_text(data))
    except WrongCalendar as wrong:
        yield NoCalendar(str(wrong)[:MAX_WRONG_CHARS])


def _text(data: bytes) -> str:
    """Raises WrongFile."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongFile(Reason.ENCODING) from error


def _all_days(found: Sequence[Day | NoCalendar]) -> list[Day]:
    """Raises WrongCalendar."""
    for one in found:
        if isinstance(one, NoCalendar):
            raise WrongCalendar(one.reason)
    return [one for one in found if isinstance(one, Day)]


CALENDAR_CSV = Reader("bot.outside:calendar_csv", (Day, NoCalendar), _all_days)
CALENDAR_TOML = Reader("bot.outside:calendar_toml", (Day, NoCalendar), _all_days)
