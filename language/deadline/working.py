"""When people work: the end of their day, and the official days off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

END_OF_WORK = timedelta(hours=18)


class UnknownYear(ValueError):  # noqa: N818  (named for what is wrong)
    """The days off of this year are not known yet."""


def official(day: date) -> bool | None:
    """Whether people work on a day; `None` while the State Council has not published its year's days."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@dataclass(frozen=True, slots=True)
class Working:
    """The end of the working day, as time since midnight, and whether a day is worked (`None`: not known)."""

    day_end: timedelta = END_OF_WORK
    is_workday: Callable[[date], bool | None] = official

    def works(self, day: date) -> bool:
        """Whether a day is worked. Raises UnknownYear."""
        known = self.is_workday(day)
        if known is None:
            raise UnknownYear(day)
        return known

    def after(self, day: date, count: int) -> date:
        """The workday that is so many workdays after a day. Raises UnknownYear."""
        while count:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def last(self, first: date, last: date) -> date:
        """The last workday of a period. Raises UnknownYear, and ValueError if there is none."""
        while not self.works(last):
            last -= timedelta(days=1)
        if last < first:
            raise ValueError(last)
        return last


USUAL = Working()
