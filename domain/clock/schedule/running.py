"""What the clock has to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.clock.schedule.model import Planned, Schedule
    from domain.stores import Stores


def needs_planning(stores: Stores, *, schedules: Sequence[Schedule]) -> bool:
    """Whether rows are missing; looked at without holding up the writer."""
    return bool(stores.schedules.missing(schedules))


def plan(stores: Stores, *, schedules: Sequence[Schedule], zone: str) -> None:
    """Give every group, and the enterprise, the rows that it lacks."""
    stores.schedules.add_missing(schedules, zone)


def due(stores: Stores, *, at: datetime, limit: int) -> list[Planned]:
    """What the clock has to start now."""
    return stores.schedules.due(at, limit)
