"""The edited command: its tasks change to what it says now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require
from domain.work.task import changes
from domain.work.task.amending import Amended, amendable, check_deadline, meant, move, reconcile, tell
from domain.work.task.cards import refresh_cards
from domain.work.task.model import TaskNotFound
from domain.work.task.reviewing import refresh_inboxes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from domain.work.task.model import Plan, Task, TaskEvent


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an edited command has given before: its tasks, and the deadline that it named."""

    tasks: Sequence[Task]
    due_at: datetime


def earlier(stores: Stores, actor: Actor, *, source: str) -> Earlier | None:
    """What a command has given, for whoever edits it; `None` where that is nothing, or all of it was withdrawn."""
    require(stores, actor, Permission.GIVE_TASKS)
    tasks = stores.tasks.given_by(source)
    if not tasks:
        return None
    events = (changes.read(stores, one) for one in stores.tasks.history(tasks[0].id))
    return Earlier(tasks, next((one.due_at for one in events if one.due_at is not None), tasks[0].due_at))


def revise(
    stores: Stores,
    actor: Actor,
    *,
    mentions: Sequence[Wanted],
    plan: Plan,
    due_at: datetime | None,
    source: str,
) -> Amended:
    """Change what a command has given to what it says since it was edited; `None` is the deadline that it had.

    Raises TaskNotFound, AlreadyDone, PastDeadline, TooManyOwners, and what `naming.meant` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    given = stores.tasks.given_by(source)
    if not given:
        raise TaskNotFound(number=0)
    tasks = amendable(stores, actor, batch=given[0].batch)
    owners = meant(stores, actor, mentions)
    if due_at is not None:
        check_deadline(actor, due_at)
    events = _reword(stores, actor, tasks, plan)
    changed = [replace(one, plan=plan) for one in tasks]
    later = [one for one in changed if due_at is not None and one.due_at != due_at]
    if due_at is not None and later:
        events += move(stores, later, due_at, by=actor.member.id, at=actor.heard_at)
        changed = [replace(one, due_at=due_at) for one in changed]
    others = reconcile(stores, actor, changed, owners)
    if not events and not others:
        return Amended((), ())
    tell(stores, actor, [one for one in changed if one.owner.id in {who.id for who in owners}], events)
    return Amended(changed, changes.latest(stores, changed[0].batch), at=actor.heard_at)


def _reword(stores: Stores, actor: Actor, tasks: Sequence[Task], plan: Plan) -> list[TaskEvent]:
    """Give tasks other words. Returns the lines of their histories."""
    events = [event for one in tasks for event in changes.reworded(one, plan, actor.member.id, actor.heard_at)]
    if events:
        for one in tasks:
            stores.tasks.save(replace(one, plan=plan))
        stores.tasks.note(*events)
        refresh_cards(stores, tasks, actor.heard_at)
        refresh_inboxes(stores, tasks, "reworded", actor.heard_at)
    return events
