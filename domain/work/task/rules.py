"""What holds for a group's tasks by its settings: their lights, when they speak up, and how much people may get."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name, Reminding
from domain.clock.calendar import workdays
from domain.work.task.light import Lamp
from domain.work.task.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from domain.ids import ChatId
    from domain.messaging.chat import Chat
    from domain.messaging.quiet import QuietHours
    from domain.work.features import Stores
    from domain.work.task.model import Task


@dataclass(frozen=True, slots=True)
class Rules:
    """A group's rules. `cap` is how many prompts a week its people get at most.

    `delays` are the numbers of overdue workdays after which a task is reported to the next level, one for each.
    """

    group: Chat
    hours: QuietHours
    morning: time
    lamp: Lamp
    reminding: Reminding
    cap: int
    delays: tuple[int, ...] = ()

    def planned(self, task: Task, at: datetime, *, since: date | None = None) -> Task:
        """A task with its next reminder after a moment; mornings count from a day on."""
        return task.reminded_after(
            at,
            self.group,
            self.hours.quiet,
            self.morning,
            self.lamp.is_workday,
            yellow=self.lamp.yellow,
            since=since,
        )


def rules_of(stores: Stores, group: Chat, is_workday: Callable[[date], bool] | None = None) -> Rules:
    """A group's rules; `is_workday` is the enterprise's calendar, where it was read already."""
    values = setting.values_of(stores, group)
    blue, yellow = int(values[Name.TASK_BLUE]), int(values[Name.TASK_YELLOW])
    return Rules(
        group,
        stores.quiet.of(group.id),
        time.fromisoformat(values[Name.MORNING]),
        Lamp(group.zone, blue, yellow, is_workday or workdays(stores)),
        Reminding(values[Name.REMINDERS]),
        int(values[Name.CAP]),
        _delays(values[Name.TASK_ESCALATION]),
    )


def _delays(value: str) -> tuple[int, ...]:
    return () if value == "off" else tuple(map(int, value.split()))


def replanned(stores: Stores, task: Task, at: datetime) -> Task:
    """A task with its next reminder by the rules of its group; one that waits for its reviewer has none."""
    if task.state is State.SUBMITTED:
        return replace(task, reminder=None, remind_at=None)
    return rules_of(stores, stores.chats.get(task.group)).planned(task, at)


class Rulebook:
    """The rules of several groups, each read once."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._works = workdays(stores)
        self._days: dict[date, bool] = {}
        self._rules: dict[ChatId, Rules] = {}

    def of(self, group: ChatId) -> Rules:
        """A group's rules."""
        if group not in self._rules:
            self._rules[group] = rules_of(self._stores, self._stores.chats.get(group), self.is_workday)
        return self._rules[group]

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day."""
        if day not in self._days:
            self._days[day] = self._works(day)
        return self._days[day]

    def lit(self, tasks: Iterable[Task]) -> list[Task]:
        """Tasks, each with the lamp of its group."""
        return [replace(task, lamp=self.of(task.group).lamp) for task in tasks]


def lit(stores: Stores, tasks: Iterable[Task]) -> list[Task]:
    """Tasks whose lights follow the settings of their groups."""
    return Rulebook(stores).lit(tasks)
