"""What can be wrong with a deadline that was recognised. The words for people live in `texts/`, by `reason`."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class Reason(StrEnum):
    """Why a deadline cannot be kept; the value is stable and may be stored."""

    PAST = "past"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    UNCLEAR = "unclear"
    JUST_GONE = "just_gone"
    NO_CALENDAR = "no_calendar"


class DeadlineError(ValueError):
    """A deadline was recognised but cannot be one. `written` is the part of the text that says it."""

    reason: ClassVar[Reason]

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


class Past(DeadlineError):  # noqa: N818  (named for what is wrong)
    """The moment is not after now; `due` is that moment, aware, in the group's zone."""

    reason = Reason.PAST

    def __init__(self, written: str, due: datetime) -> None:
        super().__init__(written)
        self.due = due


class NoSuchDay(DeadlineError):  # noqa: N818  (named for what is wrong)
    """The calendar has no such day: 2月30日, 31号 in a short month, a date that is not the weekday beside it."""

    reason = Reason.NO_SUCH_DAY


class NoSuchTime(DeadlineError):  # noqa: N818  (named for what is wrong)
    """The clock has no such time: 25:00, 18:75, 24:30."""

    reason = Reason.NO_SUCH_TIME


class Unclear(DeadlineError):  # noqa: N818  (named for what is wrong)
    """It may mean several moments, or only a part of it is understood: 周五左右, 三五天内, 周五和周六."""

    reason = Reason.UNCLEAR


class JustGone(DeadlineError):  # noqa: N818  (named for what is wrong)
    """A date without its year that has just gone by: this year's `day`, or the next one, `later`?"""

    reason = Reason.JUST_GONE

    def __init__(self, written: str, day: date, later: date) -> None:
        super().__init__(written)
        self.day = day
        self.later = later


class NoCalendar(DeadlineError):  # noqa: N818  (named for what is wrong)
    """Which days are worked, or when a feast is, is not known yet for the year that is meant."""

    reason = Reason.NO_CALENDAR
