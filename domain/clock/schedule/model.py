"""What a schedule is: when a job runs, on which days, and what becomes of a moment that passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from domain.admin.audit import AuditAction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.ids import ChatId

SCHEDULE_CHANGED = AuditAction("schedule.changed")
DAYS_A_WEEK = 7


class Days(StrEnum):
    """On which days a schedule's moments count."""

    ANY = "any"
    WORKDAYS = "workdays"  # with 调休: official holidays and the weekends that are worked for them


class Late(StrEnum):
    """What becomes of a moment that passed while the program was away, or that falls into quiet hours."""

    WITHIN_THE_DAY = "within_the_day"  # said late on the same day, dropped on the next
    MERGE = "merge"  # only the newest of the missed moments, however late
    SKIP = "skip"  # dropped: late it would do more harm than good, and it comes again soon


class Scope(StrEnum):
    """For whom a schedule runs."""

    GROUP = "group"  # once for each group, on its own wall clock
    ENTERPRISE = "enterprise"  # once for all


@dataclass(frozen=True, slots=True)
class When:
    """A time of day to the minute, on every day or on one weekday (0 is Monday): what people change in a schedule."""

    clock: time
    weekday: int | None = None

    @property
    def cron(self) -> str:
        """As five-field cron text."""
        day = "*" if self.weekday is None else str((self.weekday + 1) % DAYS_A_WEEK)
        return f"{self.clock.minute} {self.clock.hour} * * {day}"

    @classmethod
    def of(cls, cron: str) -> When | None:
        """What cron text says, where it says no more than this."""
        fields = cron.split()
        if len(fields) != len("mhdmw") or fields[2:4] != ["*", "*"]:
            return None
        minute, hour, day = fields[0], fields[1], fields[4]
        if not (minute.isdecimal() and hour.isdecimal() and (day == "*" or day.isdecimal())):
            return None
        weekday = None if day == "*" else (int(day) - 1) % DAYS_A_WEEK
        return cls(time(int(hour), int(minute)), weekday)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job runs, as it ships: five-field cron text on the wall clock of its scope."""

    name: str
    cron: str
    scope: Scope
    days: Days = Days.ANY
    late: Late = Late.WITHIN_THE_DAY


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule's row, for one group or for the enterprise.

    `next_at` is missing until it is first computed, `last_at` (when it last ran) until it has run. A group that has
    `chosen` for itself does not follow the enterprise's default.
    """

    id: int
    name: str
    group: ChatId | None
    cron: str
    zone: str
    days: Days
    late: Late
    next_at: datetime | None
    last_at: datetime | None = None
    paused: bool = False
    chosen: bool = False

    def is_due(self, at: datetime) -> bool:
        """Whether its moment has come, or is not known yet."""
        return not self.paused and (self.next_at is None or self.next_at <= at)

    def local_day(self, moment: datetime) -> date:
        """The day of a moment on its wall clock."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def start_of_day(self, moment: datetime) -> datetime:
        """Midnight before a moment on its wall clock."""
        return datetime.combine(self.local_day(moment), time(), ZoneInfo(self.zone))

    def ran_on(self, moment: datetime) -> bool:
        """Whether it last ran on the local day of a moment."""
        return self.last_at is not None and self.local_day(self.last_at) == self.local_day(moment)

    def next_after(self, at: datetime, next_moment: NextMoment, own: Mapping[date, bool]) -> datetime:
        """When it runs next: never twice on one day, however its time was changed meanwhile."""
        moment = next_moment(self, at, own)
        if When.of(self.cron) is not None and self.ran_on(moment):
            return next_moment(self, moment, own)
        return moment


class NextMoment(Protocol):
    """Whoever can read cron text, for which the domain has no library."""

    def __call__(self, planned: Planned, after: datetime, own: Mapping[date, bool], /) -> datetime:
        """A schedule's first moment after another; `own` are the enterprise's own days off and on."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What the program's clock knows: the schedules that every group has, as they ship, and how to read cron text."""

    schedules: Sequence[Schedule]
    next_moment: NextMoment


@dataclass(frozen=True, slots=True)
class Default:
    """What the enterprise has chosen for the groups that choose nothing."""

    cron: str
    paused: bool = False


class Schedules(Protocol):
    """Schedules in the store."""

    def missing(self, schedules: Sequence[Schedule]) -> Sequence[Schedule]:
        """Those of which some active group, or the enterprise, lacks the row."""

    def add_missing(self, schedules: Sequence[Schedule], zone: str) -> None:
        """Give every active group (or the enterprise) the rows that it lacks."""

    def plan_anew(self, at: datetime) -> None:
        """Let all rows that are due later than `at` be computed anew; none has run later than that."""

    def get(self, schedule: int) -> Planned | None:
        """One row, if its group is still active."""

    def due(self, at: datetime, limit: int) -> list[Planned]:
        """Rows of active groups whose moment has come or is not known yet, the oldest moment first."""

    def recompute(self, group: ChatId) -> None:
        """A group's clock has changed: when its rows are due next is to be found anew."""

    def begin(self, moments: Mapping[int, datetime]) -> None:
        """Note when rows, by their ids, are due first."""

    def set_next(self, planned: Planned, next_at: datetime) -> None:
        """Note when a row is due next."""

    def ran(self, planned: Planned, at: datetime, next_at: datetime) -> None:
        """Note when a row has run, and is due next."""

    def of(self, group: ChatId, name: str) -> Planned | None:
        """A group's row of a schedule."""

    def change(self, planned: Planned) -> None:
        """Remember a row's time, whether it is paused and chosen, and when it is due next."""

    def default(self, name: str) -> Default | None:
        """The enterprise's default for a schedule, where it has one."""

    def set_default(self, name: str, default: Default) -> None:
        """Remember the enterprise's default for a schedule."""

    def zones(self, name: str) -> list[str]:
        """The zones of the groups that follow the default of a schedule."""

    def follow(self, name: str, default: Default, zone: str, next_at: datetime, since: datetime | None = None) -> None:
        """Change the rows that follow the default in a zone; with `since` those alone that have run then."""

    def groups(self, name: str) -> tuple[int, int]:
        """How many active groups follow the default of a schedule, and how many have chosen for themselves."""
