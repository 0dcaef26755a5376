"""When a step is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock.calendar import nearest_workday, next_workday
from domain.work.procedure.template import OF_EVENT, Anchor

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from domain.work.procedure.template import Step

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """What the due moments of a run are counted with: its first day, the day of its event, workdays, the day's end."""

    start: date
    event: date | None
    is_workday: Callable[[date], bool]
    ends: time
    zone: str

    def day(self, step: Step, turn: date) -> date:
        """The workday on which a step is due whose turn comes on a day; it may have passed.

        What has to be ready before an event moves forward from a day off, all else back.
        """
        if step.anchor in OF_EVENT and self.event is not None:
            before = step.anchor is Anchor.BEFORE
            day = self.event - timedelta(days=step.days) if before else self.event + timedelta(days=step.days)
            if before and not step.days:
                return day  # the event's own day, whatever it is
            return nearest_workday(day, self.is_workday, -A_DAY if before else A_DAY)
        first = self.start if step.anchor is Anchor.START else turn
        return nearest_workday(first + timedelta(days=step.days), self.is_workday, A_DAY)

    def due(self, step: Step, at: datetime) -> datetime:
        """The moment at which a step is due whose turn comes now.

        Where that has passed, since a step before was late, there is time until the end of the next workday.
        """
        zone = ZoneInfo(self.zone)
        turn = at.astimezone(zone).date()
        due = datetime.combine(self.day(step, turn), self.ends, zone)
        if due > at:
            return due
        return datetime.combine(next_workday(turn, self.is_workday), self.ends, zone)
