"""What the clock has to do now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.clock.schedule.model import Planned, Schedule
    from domain.stores import Stores

TOLERANCE = timedelta(hours=1)  # that a clock may be set back without anything being planned anew


def needs_planning(stores: Stores, *, schedules: Sequence[Schedule], at: datetime) -> bool:
    """Whether rows are missing, or were run by a clock that was far ahead; looked at without holding up the writer."""
    return stores.schedules.is_any_missing(schedules) or stores.schedules.ran_after(at + TOLERANCE)


def plan(stores: Stores, *, schedules: Sequence[Schedule], zone: str, at: datetime) -> None:
    """Give every group, and the enterprise, the rows that it lacks; forget what a clock far ahead has planned."""
    for schedule in schedules:
        stores.schedules.add_missing(schedule, zone)
    stores.schedules.forget_after(at + TOLERANCE)


def due(stores: Stores, *, at: datetime, limit: int) -> list[Planned]:
    """What the clock has to start now."""
    return stores.schedules.due(at, limit)
