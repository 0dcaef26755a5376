"""What forms about given tasks have in common: whose group it is, and deadlines by buttons and in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import plain
from domain.clock.calendar import nearest_workday, workdays
from domain.ids import TaskId
from domain.messaging.message import Text
from domain.people.permission import Permission
from domain.work.task import TaskNotFound
from domain.work.task.reminders import A_DAY
from handlers import access
from handlers.arguments import due, working_in
from handlers.form import MOMENT, Choice, Filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task import Task
    from handlers.context import Context

GIVE = Permission.GIVE_TASKS
BATCH = "batch"  # the draft's key for the command
LATER = (1, 3, 7)  # days after the deadline, or after today where that has passed


async def acting(context: Context, batch: TaskId) -> Actor:
    """The presser as an actor in the group of a command's tasks. Raises TaskNotFound, NotSureWho."""
    found = await context.read(lambda stores: stores.tasks.batch(batch))
    gone = None if found else await context.read(lambda stores: stores.amendments.withdrawn(batch))
    known = found[0] if found else gone
    if known is None:
        raise TaskNotFound(number=batch)
    group = await context.read(lambda stores: stores.chats.get(known.group))
    return await access.in_group(context, group, GIVE)


async def acting_on(context: Context, number: TaskId) -> Actor:
    """The presser as an actor in the group of a task. Raises TaskNotFound, NotSureWho."""
    task = await context.read(lambda stores: stores.tasks.get(number))
    return await acting(context, number if task is None else task.batch)


def batch_of(filled: Filled) -> TaskId:
    """The command that a form is about."""
    return TaskId(int(filled.draft.values[BATCH]))


def later(stores: Stores, actor: Actor, task: Task) -> Sequence[Choice]:
    """Deadlines after a task's own, or after today where it has passed, on workdays."""
    group = stores.chats.get(task.group)
    due_at, now = group.local(task.due_at), group.local(actor.now)
    base = due_at if due_at > now else due_at.replace(year=now.year, month=now.month, day=now.day)
    is_workday = workdays(stores)
    days = dict.fromkeys(nearest_workday(base.date() + timedelta(days=number), is_workday, A_DAY) for number in LATER)
    moments = [base.replace(year=day.year, month=day.month, day=day.day) for day in days]
    return [
        Choice(Text("task.deadline_button", {"due_at": one, "now": actor.now}), MOMENT.keep(one))
        for one in moments
        if one > actor.now
    ]


def read_due(stores: Stores, filled: Filled, text: str, now: datetime) -> tuple[datetime, str]:
    """A deadline on the clock of the task's group, and the words after it on one line. Raises BadArguments."""
    group = stores.chats.get(stores.tasks.batch(batch_of(filled))[0].group)
    due_at, rest = due(text, group, now, working_in(stores, chat=group))
    return due_at, plain.line(rest).lstrip("，,。；;：: ")
