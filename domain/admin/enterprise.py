"""What the program's own settings say of the enterprise; it is the same for every transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.chat import Locale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

SATURDAY = 5


def no_year(_: int) -> bool:
    """A calendar without official days off."""
    return False


def usual_workday(day: date, own: Mapping[date, bool]) -> bool:
    """Whether people work on a day, where nothing official is known: as the enterprise says, else Monday to Friday."""
    return own.get(day, day.weekday() < SATURDAY)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The enterprise as its operator has set it up.

    `root_admins` are the platform's ids of the first administrators, `keep_leavers` is how long names of people who
    left are kept (nothing: until somebody asks), `knows_year` tells whether a year's official days off are known,
    `is_workday` whether people work on a day; the enterprise's own days, which go first, are given to it.
    """

    locale: Locale = field(default_factory=lambda: Locale("Asia/Shanghai", "zh"))
    root_admins: frozenset[int] = frozenset()
    keep_leavers: timedelta = timedelta()
    knows_year: Callable[[int], bool] = no_year
    is_workday: Callable[[date, Mapping[date, bool]], bool] = usual_workday


DEFAULT = Enterprise()
