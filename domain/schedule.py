"""What the clock starts: each schedule of a job is a row, so it survives, can be seen and can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from domain.chat import Chat
    from domain.ids import ChatId
    from domain.stores import Stores


class Days(StrEnum):
    """On which days a schedule's moments count."""

    ANY = "any"
    WORKDAYS = "workdays"  # with 调休: official holidays and the weekends that are worked for them


class Late(StrEnum):
    """What becomes of a moment that passed while the program was away."""

    WITHIN_THE_DAY = "within_the_day"  # said late on the same day, dropped on the next
    MERGE = "merge"  # only the newest of the missed moments, however late


class Scope(StrEnum):
    """For whom a schedule runs."""

    GROUP = "group"  # once for each group, on its own wall clock
    ENTERPRISE = "enterprise"  # once for all


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job runs, as it ships: five-field cron text on the wall clock of its scope."""

    name: str
    cron: str
    scope: Scope
    days: Days = Days.ANY
    late: Late = Late.WITHIN_THE_DAY


@dataclass(frozen=True, slots=True)
class GroupJob:
    """What a schedule runs for each group: `run(stores, group, slot)`."""

    schedule: Schedule
    run: Callable[[Stores, Chat, datetime], object]


@dataclass(frozen=True, slots=True)
class EnterpriseJob:
    """What a schedule runs once for all: `run(stores, slot)`."""

    schedule: Schedule
    run: Callable[[Stores, datetime], object]


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule's row, for one group or for the enterprise. `next_at` is missing until it is first computed."""

    id: int
    name: str
    group: ChatId | None
    cron: str
    zone: str
    days: Days
    late: Late
    next_at: datetime | None


class Schedules(Protocol):
    """Schedules in the store."""

    def add_missing(self, schedule: Schedule, zone: str) -> None:
        """Give every active group (or the enterprise) that has no row for a schedule one."""

    def due(self, at: datetime) -> list[Planned]:
        """Rows of active groups whose moment has come or is not known yet, the oldest moment first."""

    def set_next(self, planned: Planned, next_at: datetime) -> None:
        """Note when a row is due next."""


def plan(stores: Stores, *, schedules: Sequence[Schedule], zone: str) -> None:
    """Give every group, and the enterprise, the rows that it lacks."""
    for schedule in schedules:
        stores.schedules.add_missing(schedule, zone)


def due(stores: Stores, *, at: datetime) -> list[Planned]:
    """What the clock has to start now."""
    return stores.schedules.due(at)
