"""The traffic light of a task: how many workdays are left until its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock import law

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

BLUE_DAYS, YELLOW_DAYS = 5, 2  # workdays, today's and the deadline's included; unless the settings have others
A_DAY = timedelta(days=1)


class Light(StrEnum):
    """How near a deadline is: white far, blue near, yellow close, red once it has passed."""

    WHITE = "white"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"

    @property
    def speaks(self) -> bool:
        """Whether a morning's digest tells of it."""
        return self in (Light.YELLOW, Light.RED)


@dataclass(frozen=True, slots=True)
class Lamp:
    """What decides a group's lights: up to how many workdays before its deadline a task is blue, and yellow.

    Days are those of `zone`.
    """

    zone: str = "Asia/Shanghai"
    blue: int = BLUE_DAYS
    yellow: int = YELLOW_DAYS
    is_workday: Callable[[date], bool] = law.is_workday

    def light(self, due_at: datetime, at: datetime) -> Light:
        """The light of a deadline at a moment."""
        if due_at < at:
            return Light.RED
        zone = ZoneInfo(self.zone)
        most = max(self.blue, self.yellow)
        left = self._left(at.astimezone(zone).date(), due_at.astimezone(zone).date(), most)
        if left <= self.yellow:
            return Light.YELLOW
        return Light.BLUE if left <= self.blue else Light.WHITE

    def _left(self, day: date, last: date, most: int) -> int:
        """How many workdays there are from a day to another, both included; it stops counting past `most`."""
        left = 0
        while day <= last and left <= most:
            left += self.is_workday(day)
            day += A_DAY
        return left


USUAL = Lamp()
