"""The edited command: its tasks change to what it says now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require
from domain.work.task import changes
from domain.work.task.amending import Amended, amendable, check_deadline, move, reconcile, tell
from domain.work.task.cards import refresh_cards
from domain.work.task.model import TaskNotFound
from domain.work.task.review import hand_review
from domain.work.task.reviewing import refresh_inboxes
from domain.work.task.service import helpers_named, leader_named, meant, reviewer_named
from domain.work.task.terms import PLAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from domain.ids import MemberId, TaskId
    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from domain.work.task.history import TaskEvent
    from domain.work.task.model import Plan, Task
    from domain.work.task.terms import Terms


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
    terms: Terms = PLAIN,
) -> Amended:
    """Change what a command has given to what it says since it was edited; `None` is the deadline that it had.

    Its reviewer and further helpers follow; who was to help stays, and so does who shares the work.
    Raises TaskNotFound, AlreadyDone, PastDeadline, TooManyOwners, ReviewerOwns, and what `naming.meant` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    given = stores.tasks.given_by(source)
    if not given:
        raise TaskNotFound(number=0)
    tasks = amendable(stores, actor, batch=given[0].batch)
    owners = [leader_named(stores, actor, mentions)] if terms.by_branch else meant(stores, actor, mentions)
    if due_at is not None:
        check_deadline(actor, due_at)
    events = _reword(stores, actor, tasks, plan)
    changed = [replace(one, plan=plan) for one in tasks]
    later = [one for one in changed if due_at is not None and one.due_at != due_at]
    if due_at is not None and later:
        events += move(stores, later, due_at, by=actor.member.id, at=actor.heard_at)
        changed = [replace(one, due_at=due_at) for one in changed]
    others = reconcile(stores, actor, changed, owners)
    own = {one.id for one in owners}
    batch = given[0].batch
    others_help = [_review_by(stores, actor, batch, terms, own), _help_by(stores, actor, batch, terms, own)]
    if not (events or others or any(others_help)):
        return Amended((), ())
    tell(stores, actor, [one for one in changed if one.owner.id in own], events)
    told = changes.latest(stores, changed[0].batch) if events or others else ()
    return Amended(changed, told, at=actor.heard_at)


def _review_by(stores: Stores, actor: Actor, batch: TaskId, terms: Terms, owners: Collection[MemberId]) -> bool:
    """Let the named one review what is open. A result that waits keeps its reviewer if nobody is named.

    Whether anything changes.
    """
    named = reviewer_named(stores, actor, terms, owners)
    other = [one for one in stores.tasks.batch(batch) if one.done_at is None and one.reviewer != named]
    if named is None:
        other = [one for one in other if one.is_begun]
        for one in other:
            stores.tasks.save(replace(one, reviewer=None))
        if other:
            refresh_cards(stores, other, actor.heard_at)
    else:
        for one in other:
            hand_review(stores, one, stores.members.get(named), actor.heard_at)
    return bool(other)


def _help_by(stores: Stores, actor: Actor, batch: TaskId, terms: Terms, owners: Collection[MemberId]) -> bool:
    """Let those help, too, who are named. Whether there are new ones."""
    known = {one.id for one in stores.evidence.helpers(batch)}
    new = [one for one in helpers_named(stores, actor, terms, owners) if one not in known]
    stores.evidence.add_helpers(batch, new)
    if new:
        refresh_cards(stores, stores.tasks.batch(batch)[:1], actor.heard_at)
    return bool(new)


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
