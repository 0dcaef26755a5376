"""Owners are told what is due or overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Reminding
from domain.messaging import burden
from domain.messaging.message import Message
from domain.work.task.cards import LISTED, PRESSING, card_buttons, digest, reminder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.work.features import Stores
    from domain.work.task.model import Task

A_DAY = timedelta(days=1)


def remind(stores: Stores, slot: datetime) -> None:
    """Tell owners what is due or overdue: one message for each owner and group, in place of the one before.

    Who is on leave, or has left, hears nothing: each morning asks anew, and their first one back tells.
    """
    due = stores.tasks.to_remind(slot)
    owners = {task.owner.id for task in due}
    away: dict[date, set[MemberId]] = {}  # by the group's day: groups may have zones of their own
    for _, tasks in groupby(due, key=reminder):
        mine = list(tasks)
        group = stores.chats.get(mine[0].group)
        day = group.day(slot)
        if day not in away:
            away[day] = stores.people.away(owners, day)
        if mine[0].owner.id in away[day]:
            _postpone(stores, mine, group, slot)
        else:
            _remind_owner(stores, mine, group, slot)


def _postpone(stores: Stores, due: Sequence[Task], group: Chat, slot: datetime) -> None:
    clock = setting.morning_of(stores, group)
    today = group.local(slot).replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    morning = today if today > slot else today + A_DAY
    for task in due:
        stores.tasks.save(replace(task, remind_at=morning))


def _remind_owner(stores: Stores, due: Sequence[Task], group: Chat, slot: datetime) -> None:
    first, about = due[0], reminder(due[0])
    hours = stores.quiet.of(group.id)
    later = hours.end(group, slot)
    morning = setting.morning_of(stores, group)
    for task in due:
        waits = replace(task, remind_at=later)  # the hours have changed, or the program was away: look again then
        stores.tasks.save(waits if later > slot else task.reminded_after(slot, group, hours.quiet, morning))
    if later > slot or not (group.active and group.is_admitted):  # else its tasks are no longer ours to follow up
        return
    if not _wanted(stores, due, group, slot):
        return
    pressing = stores.tasks.pressing(first.owner.id, first.group, slot + PRESSING)
    key = f"task.remind:{first.id}:{first.reminder}"
    stores.outbox.delete(about, key=f"{key}:before")
    stores.outbox.send(
        first.owner.private or group.id,
        Message("task.reminder", digest(group, pressing, slot), buttons=card_buttons(pressing[:LISTED]), subject=about),
        key=key,
    )


def _wanted(stores: Stores, due: Sequence[Task], group: Chat, slot: datetime) -> bool:
    """Whether the owner is to be reminded: as the settings say; past the week's cap, of what is overdue alone."""
    owner = due[0].owner.id
    reminding = setting.reminding_of(stores, chat=group, member=owner)
    if reminding is Reminding.OFF:
        return False
    if any(task.due_at <= slot for task in due):
        return True
    return reminding is Reminding.ALL and not burden.is_spent_for(stores, owner, group, slot)
