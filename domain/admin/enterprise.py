"""What the program's own settings say of the enterprise; it is the same for every transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.chat import Locale

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def no_year(_: int) -> bool:
    """A calendar without official days off."""
    return False


def no_day(_: date) -> bool | None:
    """A calendar without official days off: nobody knows whether a day is worked."""
    return None


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The enterprise as its operator has set it up.

    `root_admins` are the platform's ids of the first administrators, `keep_leavers` is how long names of people who
    left are kept (nothing: until somebody asks), `knows_year` tells whether a year's official days off are known, and
    `official` whether a day is officially worked (`None`: not known). `honours` are the titles for people, and
    `team_honours` those for branches.
    """

    locale: Locale = field(default_factory=lambda: Locale("Asia/Shanghai", "zh"))
    root_admins: frozenset[int] = frozenset()
    keep_leavers: timedelta = timedelta()
    knows_year: Callable[[int], bool] = no_year
    official: Callable[[date], bool | None] = no_day
    honours: tuple[str, ...] = ()
    team_honours: tuple[str, ...] = ()


DEFAULT = Enterprise()
