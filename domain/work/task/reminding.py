"""Reminders of what is close or overdue: one message for each group, and one for each person with a private chat.

They come in the morning's digest of a workday, and two hours before a deadline.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from domain.admin.setting import Name, Reminding
from domain.clock.calendar import nearest_workday
from domain.work.task.cards import (
    digest_message,
    digest_of,
    formerly,
    going,
    refresh_round,
    round_in,
    round_message,
    take_down,
    to_tell,
)
from domain.work.task.model import Listed
from domain.work.task.reminders import A_DAY, Reminder
from domain.work.task.rules import Rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.ids import ChatId, MemberId, TaskId
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.cards import Goes
    from domain.work.task.model import Task
    from domain.work.task.rules import Rules

AT_ONCE = 100  # groups of one transaction; the sender needs longer for what they are told


@dataclass(slots=True)
class Run:
    """One run of the reminders. What is the same for many people and groups is read once."""

    stores: Stores
    at: datetime
    book: Rulebook
    own: Mapping[MemberId, str]  # what people have set about their reminders
    told: Mapping[ChatId, date]  # the day of each group's last digest
    goes: Mapping[TaskId, Goes]  # what is going to be reported: that is told whatever was set
    _known: dict[tuple[MemberId, bool], bool] = field(default_factory=dict)

    def wants(self, task: Task, rules: Rules) -> bool:
        """Whether its owner is to be reminded, by the settings. Past the week's cap only overdue tasks remind."""
        key = task.owner.id, task.due_at <= self.at
        if task.id in self.goes:
            return True
        if key not in self._known:
            self._known[key] = self._wants(*key, rules)
        return self._known[key]

    def _wants(self, owner: MemberId, is_overdue: bool, rules: Rules) -> bool:
        reminding = Reminding(self.own.get(owner, rules.reminding))
        if reminding is Reminding.OFF or is_overdue:
            return reminding is not Reminding.OFF
        group = rules.group
        since = group.start_of(group.week(self.at))
        return reminding is Reminding.ALL and self.stores.burdens.of_member(owner, since, self.at) < rules.cap


def remind(stores: Stores, slot: datetime) -> None:
    """Tell what is close or overdue, each group by one message that replaces the one before.

    People with a private chat are told there instead, also by one message, and are not named in the group. People on
    leave are not told: each workday morning looks again, so that they are told on the first one after they are back.
    Of more than `AT_ONCE` groups the others come with the next slot.
    """
    due = stores.tasks.to_remind(slot, AT_ONCE)
    if not due:
        return
    told, book = stores.task_digests.last_of({task.group for task in due}), Rulebook(stores)
    own, goes = stores.settings.of_members(Name.REMINDERS), going(stores, due, slot, book)
    run = Run(stores, slot, book, own, told, goes)
    in_private: list[Task] = []
    for group, some in groupby(run.book.lit(due), key=lambda task: task.group):
        in_private += _remind_group(run, run.book.of(group), list(some))
    _send_digests(run, in_private)


def _remind_group(run: Run, rules: Rules, due: Sequence[Task]) -> list[Task]:
    """Remind a group. Returns the tasks of which their owners are to be told in private."""
    stores, group, slot = run.stores, rules.group, run.at
    later = rules.hours.end(group, slot)
    if later > slot:  # the hours have changed, or the program was away: look again then
        stores.tasks.save_reminders([replace(task, remind_at=later) for task in due])
        return []
    if not (group.active and group.is_admitted):  # its tasks are no longer ours to follow up
        stores.tasks.save_reminders([_planned(task, rules, slot) for task in due])
        return []
    away = stores.people.away({task.owner.id for task in due}, group.day(slot))
    back = _next_morning(rules, slot)
    stores.tasks.save_reminders([replace(task, remind_at=back) for task in due if task.owner.id in away])
    there = [task for task in due if task.owner.id not in away]
    now = [task for task in there if task.reminder is Reminder.TWO_HOURS or _has_digest(run, rules)]
    stores.tasks.save_reminders([_planned(task, rules, slot) for task in there if task not in now])
    return _tell(run, rules, now) if now else []


def _has_digest(run: Run, rules: Rules) -> bool:
    """Whether the group gets a digest now: once a workday, however its time was changed meanwhile."""
    day = rules.group.day(run.at)
    return rules.lamp.is_workday(day) and run.told.get(rules.group.id) != day


def _next_morning(rules: Rules, slot: datetime) -> datetime:
    local = rules.group.local(slot)
    first = local.date() if rules.morning > local.time() else local.date() + A_DAY
    day = nearest_workday(first, rules.lamp.is_workday, A_DAY)
    return datetime.combine(day, rules.morning, local.tzinfo)


def _planned(task: Task, rules: Rules, slot: datetime) -> Task:
    """A task with its next reminder; mornings from tomorrow on."""
    return rules.planned(task, slot, since=rules.group.day(slot) + A_DAY)


def _tell(run: Run, rules: Rules, due: Sequence[Task]) -> list[Task]:
    wanted = {task.id for task in due if run.wants(task, rules)}
    listed = [
        replace(_planned(task, rules, run.at), listed_at=run.at, listed=_how(task, called=task.id in wanted))
        for task in due
    ]
    _list(run, rules, listed)
    if any(task.reminder is not Reminder.TWO_HOURS for task in due):
        run.stores.task_digests.sent([rules.group.id], rules.group.day(run.at))
    return [task for task in due if task.id in wanted and task.owner.private is not None]


def _how(task: Task, *, called: bool) -> Listed:
    return Listed.CALLED if called and task.owner.private is None else Listed.COUNTED


def _list(run: Run, rules: Rules, listed: Sequence[Task]) -> None:
    """Send a group's new reminder if it calls somebody; if not, correct the one that stands.

    Tasks of the earlier reminder stay listed, but nobody is notified of them again.
    """
    stores, group, slot = run.stores, rules.group.id, run.at
    key, fresh = f"task.round:{group}:{slot.timestamp()}", {task.id for task in listed}
    calls = any(task.listed is Listed.CALLED for task in listed)
    before = [task for task in stores.tasks.round(group) if task.id not in fresh] if calls else []
    kept = [replace(task, listed_at=slot, listed=_again(task)) for task in run.book.lit(before)]
    stores.tasks.save_reminders([*listed, *kept])
    for task in {task.owner.id: task for task in listed}.values():
        stores.outbox.delete(formerly(task), key=f"{key}:{task.owner.id}:formerly")
    if not calls:
        refresh_round(stores, group, slot, run.book, key=key)
        return
    take_down(stores, group, round_in(group), slot, key=f"{key}:before")
    shown = sorted((*listed, *kept), key=lambda task: (task.due_at, task.batch, task.id))
    stores.outbox.send(group, round_message(group, shown, slot, run.goes), key=key)


def _again(task: Task) -> Listed | None:
    return Listed.NAMED if task.listed is Listed.CALLED else task.listed


def _send_digests(run: Run, due: Sequence[Task]) -> None:
    """Tell people in private, each by one message: in the morning once a day, whatever groups their tasks are in."""
    stores, at = run.stores, run.at
    hasty = {task.owner.id: task.owner for task in due if task.reminder is Reminder.TWO_HOURS}
    people = hasty | _first_today(run, [task for task in due if task.reminder is not Reminder.TWO_HOURS])
    texts = to_tell(stores, people.keys(), at, run.book)
    goes = going(stores, [task for some in texts.values() for task in some], at, run.book)
    for owner, member in people.items():
        key = f"task.digest:{owner}:{at.timestamp()}"
        if texts[owner] and member.private is not None:
            take_down(stores, member.private, digest_of(owner), at, key=f"{key}:before")
            stores.outbox.send(member.private, digest_message(texts[owner], at, goes), key=key)


def _first_today(run: Run, due: Sequence[Task]) -> dict[MemberId, Member]:
    """The owners of tasks who have had no digest on this day in the task's group; now it is noted that they have."""
    digests, people = run.stores.task_digests, {task.owner.private: task for task in due if task.owner.private}
    last = digests.last_of(people)
    days = {chat: run.book.of(task.group).group.day(run.at) for chat, task in people.items()}
    new = [chat for chat, day in days.items() if last.get(chat) != day]
    for day in set(days.values()):
        digests.sent([chat for chat in new if days[chat] == day], day)
    return {people[chat].owner.id: people[chat].owner for chat in new}
