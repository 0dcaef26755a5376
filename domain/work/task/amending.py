"""Tasks are changed after they were given: another deadline, other owners, other words; or they are withdrawn.

All that a command has given is changed at once, or one of its tasks. Only open tasks change: what is done stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import NOWHERE, Message, Thread
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.work.task import changes
from domain.work.task.cards import card, refresh_cards
from domain.work.task.extension import over
from domain.work.task.finding import missing
from domain.work.task.handing import check_other, give_also, reassign_to, withdraw_all
from domain.work.task.model import AlreadyDone, PastDeadline, SameOwner
from domain.work.task.reviewing import refresh_inboxes
from domain.work.task.rules import replanned
from domain.work.task.service import meant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, TaskId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from domain.work.task.changes import Change
    from domain.work.task.history import TaskEvent
    from domain.work.task.model import Task

MAX_REASON_CHARS = 200


class SameDeadline(Refusal):
    """The tasks have that deadline already."""

    text = "amending.same_deadline"


class LongReason(Refusal):
    """A reason of too many words."""

    text = "amending.long_reason"


@dataclass(frozen=True, slots=True)
class Amended:
    """Tasks that were changed, as they are now, and what was changed about them; nothing where both are empty.

    `untold` are owners who could not be told in private.
    """

    tasks: Sequence[Task]
    changes: Sequence[Change]
    untold: Sequence[Member] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Tasks of one command that were withdrawn, at least one."""

    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class Handed:
    """The tasks of a command after its owners were changed, and who has open ones of them now."""

    tasks: Sequence[Task]
    owners: Sequence[Member]


class Amendments(Protocol):
    """What has changed about tasks, and where they are found again, in the store."""

    def latest(self, batch: TaskId) -> list[tuple[TaskEvent, int]]:
        """What was last changed about the tasks of a command, all of one moment; each with how many it befell."""

    def source(self, number: TaskId) -> str:
        """The command that gave a task."""

    def withdrawn(self, number: TaskId) -> Task | None:
        """A task that was taken back."""

    def given_by(self, giver: MemberId, limit: int) -> list[Task]:
        """The open tasks that somebody has given, the next deadline first."""

    def open_among(self, groups: Sequence[ChatId], limit: int) -> list[Task]:
        """The open tasks of groups, the next deadline first."""


class HasAmendments(Protocol):
    """Stores with this one among them."""

    @property
    def amendments(self) -> Amendments:
        """See `Amendments`."""


def amendable(stores: Stores, actor: Actor, *, batch: TaskId, number: TaskId | None = None) -> list[Task]:
    """The open tasks of a command of the group, or one of them.

    Raises TaskNotFound, TaskWithdrawn, AlreadyDone.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    tasks = [one for one in stores.tasks.batch(batch) if number in (None, one.id)]
    if not tasks or tasks[0].group != actor.group.id:
        raise missing(stores, number or batch, group=actor.group.id)
    open_ones = [one for one in tasks if one.done_at is None]
    if not open_ones:
        raise AlreadyDone(task=tasks[0])
    return open_ones


def postpone(
    stores: Stores, actor: Actor, *, batch: TaskId, due_at: datetime, number: TaskId | None = None, reason: str = ""
) -> Amended:
    """Give the tasks of a command another deadline, or one of them; owners who work together have the same one.

    Raises PastDeadline, SameDeadline, LongReason, and what `amendable` does.
    """
    tasks = amendable(stores, actor, batch=batch, number=number)
    if tasks[0].together:
        tasks = amendable(stores, actor, batch=batch)
    check_deadline(actor, due_at)
    check_reason(reason)
    other = [one for one in tasks if one.due_at != due_at]
    if not other:
        raise SameDeadline(task=tasks[0])
    events = move(stores, other, due_at, by=actor.member.id, at=actor.heard_at, reason=reason)
    moved = [replace(one, due_at=due_at) for one in other]
    untold = tell(stores, actor, moved, events)
    found = changes.distinct(stores, events)
    amended = Amended(moved, found, untold, actor.heard_at)
    if untold:
        _tell_group(stores, actor, amended)
    return amended


def check_deadline(actor: Actor, due_at: datetime) -> None:
    """Raises PastDeadline."""
    if due_at <= actor.now:
        raise PastDeadline


def check_reason(reason: str) -> None:
    """Raises LongReason."""
    if len(reason) > MAX_REASON_CHARS:
        raise LongReason(most=MAX_REASON_CHARS)


def move(
    stores: Stores, tasks: Sequence[Task], due_at: datetime, *, by: MemberId, at: datetime, reason: str = ""
) -> list[TaskEvent]:
    """Move the deadline of open tasks of one command: reminders follow. Returns the lines of their histories.

    Permission is asked by the caller.
    """
    events = [changes.postponed(one, by, at, reason) for one in tasks]
    for one in tasks:
        later = replace(one, due_at=due_at, listed_at=None, listed=None)
        stores.tasks.save(replanned(stores, later, at))
    stores.tasks.note(*events)
    refresh_cards(stores, tasks, at)
    refresh_inboxes(stores, tasks, "moved", at)
    for one in tasks:
        over(stores, one, at)
        stores.hooks.changed(one.owner.id, f"postponed:{one.id}:{at.timestamp()}", at)
    return events


def take_back(stores: Stores, actor: Actor, *, batch: TaskId, number: TaskId | None = None) -> TakenBack:
    """Withdraw the open tasks of a command, or one of them. Raises what `amendable` does."""
    tasks = amendable(stores, actor, batch=batch, number=number)
    withdraw_all(stores, actor, tasks)
    return TakenBack(tasks)


def hand(stores: Stores, actor: Actor, *, batch: TaskId, to: Sequence[Wanted], number: TaskId | None = None) -> Handed:
    """Give one task of a command to somebody else, or make other people the owners of all that are open.

    Raises SameOwner, OwnerToo, TooManyOwners, and what `amendable` and `naming.meant` do.
    """
    tasks = amendable(stores, actor, batch=batch, number=number)
    owners = meant(stores, actor, to)
    if number is not None:
        if len(owners) != 1:
            raise SameOwner(task=tasks[0])
        check_other(stores, tasks[0], owners[0])
    if not reconcile(stores, actor, tasks, owners):
        raise SameOwner(task=tasks[0])
    return Handed(tasks, owners)


def reconcile(stores: Stores, actor: Actor, tasks: Sequence[Task], owners: Sequence[Member]) -> bool:
    """Make people the owners of a command's tasks. Returns whether they were others before.

    Who stays keeps theirs; what others had goes to who is new, one after another; what is left over is withdrawn, and
    who is left over is given a task of their own. Whoever has done theirs has done it.
    """
    wanted, all_of_it = {one.id for one in owners}, stores.tasks.batch(tasks[0].batch)
    had = {one.owner.id for one in all_of_it}
    leaving = [one for one in tasks if one.owner.id not in wanted]
    new = [one for one in owners if one.id not in had]
    for task, owner in zip(leaving, new, strict=False):
        reassign_to(stores, actor, task, owner)
    for owner in new[len(leaving) :]:
        give_also(stores, actor, tasks[0], owner)
    if leaving[len(new) :]:
        withdraw_all(stores, actor, leaving[len(new) :])
    return bool(leaving or new)


def tell(stores: Stores, actor: Actor, tasks: Sequence[Task], events: Sequence[TaskEvent]) -> list[Member]:
    """Tell each owner quietly in private what was changed about their task. Returns those who cannot be told there."""
    untold = []
    for task in tasks:
        own = changes.distinct(stores, (event for event in events if event.task == task.id))
        if not own or task.owner.id == actor.member.id:
            continue
        if task.owner.private is None:
            untold.append(task.owner)
            continue
        message = Message("amending.told", {"task": task, "changes": own, "at": actor.heard_at}, silent=True)
        stores.outbox.send(task.owner.private, message, key=f"task.amended:{task.id}:{actor.heard_at.timestamp()}")
    return untold


def _tell_group(stores: Stores, actor: Actor, amended: Amended) -> None:
    """Say in the group, in one quiet line under the card, what was changed."""
    first = amended.tasks[0]
    key = f"task.amended_in:{first.id}:{actor.heard_at.timestamp()}"
    stores.outbox.send(first.group, said(amended), key=key, thread=under_card(stores, first))


def said(amended: Amended) -> Message:
    """One line about tasks that have another deadline."""
    first, at = amended.tasks[0], amended.at
    values = {"task": first, "count": len(amended.tasks), "changes": amended.changes, "at": at}
    return Message("amending.said", values, silent=True)


def under_card(stores: Stores, task: Task) -> Thread:
    """The place of a line that answers the card of a task, where that stands."""
    number = stores.outbox.message_about(card(task))
    return NOWHERE if number is None else Thread(number)
