"""What is changed about the sample's open tasks last: more time is asked for one, and another was postponed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people.actor import Actor
from domain.work.task import amending, extending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId
    from domain.work.features import Stores
    from domain.work.task import Task

AN_HOUR, TWO_DAYS, FOUR_DAYS = timedelta(hours=1), timedelta(days=2), timedelta(days=4)


def amend(stores: Stores, groups: Sequence[ChatId], until: datetime) -> None:
    """Of the open tasks that others gave the first one's owner asks for more time, and the next one is postponed.

    Nobody is told. The request waits for its answer on the giver's card of today.
    """
    at = until - AN_HOUR
    found = stores.amendments.open_among(groups, 100)
    tasks = [one for one in found if one.due_at > until and one.is_begun and one.earns]
    for task, change in zip(tasks, (_ask, _postpone), strict=False):
        change(stores, task, at)


def _ask(stores: Stores, task: Task, at: datetime) -> None:
    owner = Actor(task.owner, stores.chats.get(task.group), at)
    later = task.due_at + FOUR_DAYS
    extending.ask(stores, owner, batch=task.batch, due_at=later, reason="设备还在检修")


def _postpone(stores: Stores, task: Task, at: datetime) -> None:
    giver = Actor(task.giver, stores.chats.get(task.group), at)
    later = task.due_at + TWO_DAYS
    amending.postpone(stores, giver, batch=task.batch, due_at=later, reason="等上级材料")
