"""Overdue tasks go on to the next level after agreed workdays; their owners read so in an earlier morning's digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from domain.clock.calendar import next_workday
from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.messaging.message import Action, Button, Message, Subject
from domain.work.follow.chain import Chains
from domain.work.follow.model import FollowUp, Item
from domain.work.task.history import Happening, TaskEvent
from domain.work.task.rules import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.follow.model import Followed
    from domain.work.task.model import Task
    from domain.work.task.rules import Rules

A_DAY = timedelta(days=1)
LISTED = 10  # tasks of one message
# Before any group's morning, so that the digest says it; and when most of them have had theirs.
WARNING = Schedule("follow.warn", cron="0 6 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS)
ESCALATING = Schedule(
    "follow.escalate", cron="40 8 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY
)


def late_days(task: Task, day: date, rules: Rules) -> int:
    """How many workdays a task is late on a day: those after the day of its deadline, this one included."""
    due = rules.group.day(task.due_at)
    return sum(rules.lamp.is_workday(due + number * A_DAY) for number in range(1, (day - due).days + 1))


def _kept(one: Followed) -> FollowUp:
    """A task's follow-up; one for another deadline counts no more."""
    known = one.follow_up
    if known is not None and known.due_at == one.task.due_at:
        return known
    return FollowUp(one.task.id, one.task.due_at)


def _overdue(stores: Stores, book: Rulebook, slot: datetime) -> Iterator[tuple[Rules, list[tuple[Task, FollowUp]]]]:
    """By group: tasks that have a level left to go to, and whose owners are at work."""
    found = stores.follow_ups.candidates(slot + A_DAY)
    for group_id, some in groupby(found, key=lambda one: one.task.group):
        rules = book.of(group_id)
        if not (rules.group.active and rules.group.is_admitted and rules.delays):
            continue
        tasks = [(one.task, _kept(one)) for one in some]
        away = stores.people.away({task.owner.id for task, _ in tasks}, rules.group.day(slot))
        left = [
            (task, kept)
            for task, kept in tasks
            if kept.step < len(rules.delays) and kept.closed_at is None and task.owner.id not in away
        ]
        yield rules, left


def warn(stores: Stores, slot: datetime) -> None:
    """Note which tasks go on to the next level on the next workday; the digest of this morning says so."""
    book, chains = Rulebook(stores), Chains(stores)
    for rules, tasks in _overdue(stores, book, slot):
        day = rules.group.day(slot)
        warned = []
        for task, kept in tasks:
            speaks = task.remind_at is not None and rules.group.day(task.remind_at) <= day
            if (
                speaks
                and not _is_warned(kept, day, rules)
                and late_days(task, day, rules) >= rules.delays[kept.step] - 1
            ):
                levels = chains.of(task, rules.group)
                if kept.step < len(levels):
                    warned.append(replace(kept, warned_on=day, next_level=levels[kept.step][0]))
        stores.follow_ups.put(warned)


def _is_warned(kept: FollowUp, day: date, rules: Rules) -> bool:
    """Whether the owner was told, and the day that was named has not passed."""
    if kept.warned_on is None:
        return False
    return next_workday(kept.warned_on, rules.lamp.is_workday) >= day


def escalate(stores: Stores, slot: datetime) -> None:
    """Report what is still open to its next level, once; each superior reads of all of it in one message."""
    book, chains = Rulebook(stores), Chains(stores)
    told: dict[MemberId, tuple[Member, list[Item]]] = {}
    for rules, tasks in _overdue(stores, book, slot):
        day, reported = rules.group.day(slot), []
        for task, kept in tasks:
            late, levels = late_days(task, day, rules), chains.of(task, rules.group)
            is_warned = kept.warned_on is not None and kept.warned_on < day
            if not is_warned or late < rules.delays[kept.step] or kept.step >= len(levels):
                continue
            level, people = levels[kept.step]
            up = replace(kept, step=kept.step + 1, level=level, escalated_at=slot, warned_on=None, next_level=None)
            reported.append(up)
            stores.tasks.note(TaskEvent(task.id, Happening.ESCALATED, None, slot, level))
            for one in people:
                item = Item(task, rules.group, late, level, kept.measure)
                told.setdefault(one.id, (one, []))[1].append(item)
        stores.follow_ups.put(reported)
    for member, items in told.values():
        _report(stores, member, items, slot)


def report_to(member: MemberId) -> Subject:
    """What the one message is about in which a superior reads of overdue tasks."""
    return Subject("follow", member)


def _report(stores: Stores, member: Member, items: Sequence[Item], slot: datetime) -> None:
    if member.private is None:
        return
    about = report_to(member.id)
    key, first = f"{about}:{slot.timestamp()}", items[:LISTED]
    values = {"items": first, "more": len(items) - len(first)}
    buttons = [[item_button(item, "follow.open")] for item in first]
    stores.outbox.delete(about, key=f"{key}:before")
    stores.outbox.send(member.private, Message("follow.report", values, buttons, about), key=key)


def item_button(item: Item, action: str) -> Button:
    """The button that opens the page of a follow-up."""
    return Button("follow.item_button", Action(action, item.task.id), {"task": item.task})
