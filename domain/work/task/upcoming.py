"""Deadlines of tasks on the calendar of the coming two weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.upcoming import Coming, Shown, Upcoming
from domain.work.task.cards import card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.upcoming import Days
    from domain.work.features import Stores
    from domain.work.task.model import Task

LOOKED_AT = 300  # the first deadlines


def _in_group(stores: Stores, group: ChatId, days: Days) -> Sequence[Coming]:
    return _lines(stores.tasks.open_in(group, LOOKED_AT), days)


def _of_member(stores: Stores, member: MemberId, days: Days) -> Sequence[Coming]:
    return _lines(stores.tasks.open_of(member, LOOKED_AT), days)


def _lines(tasks: Sequence[Task], days: Days) -> list[Coming]:
    """A line for the tasks of a command that have the same deadline: their title, and how many are still open."""
    found: dict[tuple[object, ...], list[Task]] = {}
    for one in tasks:
        if one.is_begun and days.has(one.due_at):
            found.setdefault((one.batch, one.due_at), []).append(one)
    return [_line(same) for same in found.values()]


def _line(same: Sequence[Task]) -> Coming:
    first = same[0]
    values = {"title": first.plan.title, "owner": first.owner, "open": len(same)}
    return Coming(first.due_at, Text("task.upcoming", values), card(first), Shown.BY)


UPCOMING = Upcoming(40, _in_group, _of_member)
