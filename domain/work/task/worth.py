"""What a finished task earns: an event with its punctuality and, where somebody has reviewed it, its grade."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.clock.calendar import workdays
from domain.points import points
from domain.points.event import Event, EventName, Fact

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from domain.messaging.chat import Chat
    from domain.points.event import FactValue
    from domain.points.points import Credit
    from domain.work.features import Stores
    from domain.work.task.model import Task

UNGRADED = "none"  # the grade of a task that nobody reviews
DONE = Event(EventName("task.done"), facts=(Fact("on_time", bool), Fact("grade", str), Fact("late_workdays", int)))
A_DAY = timedelta(days=1)


def late_workdays(task: Task, group: Chat, is_workday: Callable[[date], bool]) -> int:
    """How many workdays after the day of its deadline a task was handed in; 0 where it was on time.

    One that was late on the same day, or within days off behind it, counts as one workday late.
    """
    if task.ended_at is None or task.on_time:
        return 0
    due, ended = group.day(task.due_at), group.day(task.ended_at)
    days = (due + number * A_DAY for number in range(1, (ended - due).days + 1))
    return max(1, sum(1 for day in days if is_workday(day)))


def award(stores: Stores, done: Task, at: datetime) -> Credit | None:
    """Credit a task's owner; `None` for one's own task, and where nothing is given."""
    if not done.earns:
        return None
    group = stores.chats.get(done.group)
    facts: dict[str, FactValue] = {
        "on_time": done.on_time,
        "grade": UNGRADED if done.grade is None else done.grade.value,
        "late_workdays": 0 if done.on_time else late_workdays(done, group, workdays(stores)),
    }
    return points.award(stores, done.owner.id, group, DONE, facts, source=done.source, cause=done.plan.title, at=at)


def take_back(stores: Stores, task: Task, at: datetime) -> None:
    """Reverse what a task has earned; nothing happens where it earned nothing."""
    points.reverse(stores, task.owner.id, DONE, source=task.source, at=at)
