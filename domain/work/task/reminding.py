"""Reminders of what is due or overdue: one message for each group, and one for each person with a private chat."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Reminding
from domain.clock.calendar import workdays
from domain.messaging import burden
from domain.work.task.cards import digest_message, digest_of, formerly, refresh_round, round_in, round_message
from domain.work.task.model import Listed
from domain.work.task.reminders import A_DAY, nearest_workday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.work.features import Stores
    from domain.work.task.model import Task


@dataclass(slots=True)
class Wishes:
    """Whether each person of a group is to be reminded at a moment. Each is looked up once, when needed."""

    stores: Stores
    group: Chat
    at: datetime
    _known: dict[tuple[MemberId, bool], bool] = field(default_factory=dict)

    def wants(self, task: Task) -> bool:
        """Whether its owner is to be reminded, by the settings. Past the week's cap only overdue tasks remind."""
        key = task.owner.id, task.due_at <= self.at
        if key not in self._known:
            self._known[key] = self._wants(*key)
        return self._known[key]

    def _wants(self, owner: MemberId, is_overdue: bool) -> bool:
        reminding = setting.reminding_of(self.stores, chat=self.group, member=owner)
        if reminding is Reminding.OFF or is_overdue:
            return reminding is not Reminding.OFF
        return reminding is Reminding.ALL and not burden.is_spent_for(self.stores, owner, self.group, self.at)


def remind(stores: Stores, slot: datetime) -> None:
    """Tell what is due or overdue, each group by one message that replaces the one before.

    People with a private chat are told there instead, also by one message, and are not named in the group. People on
    leave are not told: each workday morning looks again, so that they are told on the first one after they are back.
    """
    is_workday = workdays(stores)
    told: list[MemberId] = []
    due = sorted(stores.tasks.to_remind(slot), key=lambda task: task.group)
    for group_id, some in groupby(due, key=lambda task: task.group):
        group, tasks = stores.chats.get(group_id), list(some)
        away = stores.people.away({task.owner.id for task in tasks}, group.day(slot))
        _postpone(stores, (task for task in tasks if task.owner.id in away), group, slot, is_workday)
        there = [task for task in tasks if task.owner.id not in away]
        told += _remind_group(stores, there, group, slot, is_workday) if there else []
    for owner in dict.fromkeys(told):
        _send_digest(stores, owner, slot)


def _postpone(
    stores: Stores, due: Iterable[Task], group: Chat, slot: datetime, is_workday: Callable[[date], bool]
) -> None:
    clock, local = setting.morning_of(stores, group), group.local(slot)
    first = local.date() if clock > local.time() else local.date() + A_DAY
    day = nearest_workday(first, is_workday, A_DAY)
    for task in due:
        stores.tasks.save(replace(task, remind_at=datetime.combine(day, clock, local.tzinfo)))


def _remind_group(
    stores: Stores, due: Sequence[Task], group: Chat, slot: datetime, is_workday: Callable[[date], bool]
) -> list[MemberId]:
    """Remind a group. Returns the people who are to be told in private."""
    hours = stores.quiet.of(group.id)
    later = hours.end(group, slot)
    if later > slot:  # the hours have changed, or the program was away: look again then
        for task in due:
            stores.tasks.save(replace(task, remind_at=later))
        return []
    morning = setting.morning_of(stores, group)
    planned = [task.reminded_after(slot, group, hours.quiet, morning, is_workday) for task in due]
    if not (group.active and group.is_admitted):  # its tasks are no longer ours to follow up
        for task in planned:
            stores.tasks.save(task)
        return []
    wishes = Wishes(stores, group, slot)
    wanted = {task.id for task in due if wishes.wants(task)}
    listed = [replace(task, listed_at=slot, listed=_how(task, called=task.id in wanted)) for task in planned]
    _list(stores, listed, group, slot)
    return [task.owner.id for task in listed if task.id in wanted and task.owner.private is not None]


def _how(task: Task, *, called: bool) -> Listed:
    return Listed.CALLED if called and task.owner.private is None else Listed.COUNTED


def _list(stores: Stores, listed: Sequence[Task], group: Chat, slot: datetime) -> None:
    """Send a group's new reminder if it calls somebody; if not, correct the one that stands.

    Tasks of the earlier reminder stay listed until they are overdue for a day, but nobody is notified of them again.
    """
    key, fresh = f"task.round:{group.id}:{slot.timestamp()}", {task.id for task in listed}
    before = [task for task in stores.tasks.round(group.id) if task.id not in fresh]
    for task in listed:
        stores.tasks.save(task)
        stores.outbox.delete(formerly(task), key=f"{key}:{task.owner.id}:formerly")
    if all(task.listed is not Listed.CALLED for task in listed):
        refresh_round(stores, group.id, slot, key=key)
        return
    for task in before:
        if slot - task.due_at < timedelta(days=1):
            stores.tasks.save(replace(task, listed_at=slot, listed=_again(task)))
    stores.outbox.delete(round_in(group.id), key=f"{key}:before")
    stores.outbox.send(group.id, round_message(group.id, stores.tasks.round(group.id), slot), key=key)


def _again(task: Task) -> Listed | None:
    return Listed.NAMED if task.listed is Listed.CALLED else task.listed


def _send_digest(stores: Stores, owner: MemberId, slot: datetime) -> None:
    private = stores.members.get(owner).private
    tasks = [task for task in stores.tasks.told(owner) if stores.chats.get(task.group).is_admitted]
    if private is None or not tasks:
        return
    key = f"task.digest:{owner}:{slot.timestamp()}"
    stores.outbox.delete(digest_of(owner), key=f"{key}:before")
    stores.outbox.send(private, digest_message(tasks, slot), key=key)
