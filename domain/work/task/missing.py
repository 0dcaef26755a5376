"""People who have not finished a task that is due today or overdue."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.missing import Gap, Someone
from domain.work.task.rules import lit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import MemberId
    from domain.missing import Company
    from domain.work.features import Stores
    from domain.work.task.model import Task

LOOKED_AT = 200  # open tasks of a group


def find(stores: Stores, company: Company) -> Sequence[Gap]:
    """The owners of due tasks, card by card, without those who are away or have left the group."""
    tomorrow = company.group.start_of(company.day + timedelta(days=1))
    open_ones = stores.tasks.open_in(company.group.id, LOOKED_AT)
    due = lit(stores, (one for one in open_ones if one.due_at < tomorrow and one.is_begun))
    known = {one.member: one for one in company.people}
    others = {one.owner.id for one in due} - set(known)
    away = stores.people.away(others, company.day) if others else set()
    gone = {one for one in others if one in away or not stores.members.is_in(company.group.id, one)}
    there = [one for one in due if one.owner.id not in gone]
    cards = groupby(there, key=lambda one: (one.due_at, one.batch))
    return [_gap(list(tasks), known, company) for _, tasks in cards]


def _gap(tasks: Sequence[Task], known: Mapping[MemberId | None, Someone], company: Company) -> Gap:
    who = [known.get(one.owner.id) or Someone(one.owner.name, one.owner.id) for one in tasks]
    return Gap(Text("task.missing", {"task": tasks[0], "at": company.at}), who)
