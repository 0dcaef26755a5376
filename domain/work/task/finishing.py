"""Owners finish their tasks, or hand them to a reviewer; for ten minutes they can take that back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.work.task import states
from domain.work.task.cards import moment, refresh_card
from domain.work.task.evidence import gathered
from domain.work.task.finding import missing_to
from domain.work.task.history import Happening, LinkKind, TaskEvent
from domain.work.task.model import Finished, NotAmongOwners, NotYourTask, State
from domain.work.task.reviewing import ask, refresh_inbox, reviewer_of
from domain.work.task.rules import replanned
from domain.work.task.worth import award, take_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import TaskId
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task.model import Task

UNDO_FOR = timedelta(minutes=10)
FOLLOWED = frozenset({LinkKind.STEP, LinkKind.SUGGESTION})  # what is begun or told when the task is done
REACHED = {
    Happening.GIVEN: State.GIVEN,
    Happening.ACCEPTED: State.ACCEPTED,
    Happening.RETURNED: State.RETURNED,
    Happening.REASSIGNED: State.GIVEN,  # whoever has it now has not said that they do it
}


class NothingToUndo(Refusal):
    """Nothing of somebody's was finished within the last ten minutes."""

    text = "task_review.nothing_to_undo"


class Reviewed(Refusal):
    """A task that was reviewed is not opened again by its owner."""

    text = "task_review.undo_reviewed"


class MovedOn(Refusal):
    """Something has followed from its being done: a procedure's next step, or news to who had suggested it."""

    text = "task_review.undo_moved_on"


@dataclass(frozen=True, slots=True)
class Reopened:
    """A task whose 完成 was taken back."""

    task: Task


def finish(stores: Stores, actor: Actor, *, number: TaskId) -> Finished:
    """Mark one's own task done and credit its owner; where it has a reviewer, hand it in instead.

    On time earns more than late, one's own task nothing. Raises TaskNotFound, NotYourTask, AlreadyDone, WaitsForReview.
    """
    require(stores, actor, Permission.TAKE_PART)
    return _finish(stores, actor, _own(stores, actor, number))


def _own(stores: Stores, actor: Actor, number: TaskId) -> Task:
    """One's own task. Raises TaskNotFound, NotYourTask."""
    task, by = stores.tasks.get(number), actor.member.id
    if task is None or not (task.owner.id == by or stores.members.is_in(task.group, by)):
        raise missing_to(stores, number, by)  # what other groups do is not told
    if task.owner.id == by:
        return task
    shared = stores.tasks.own_in(task.batch, by) if task.together else []
    if not shared:
        raise NotYourTask(task=task)
    return shared[0]


def finish_mine(stores: Stores, actor: Actor, *, batch: TaskId) -> Finished:
    """Mark one's own task of a command done, as `finish` does.

    Raises TaskNotFound, NotAmongOwners, AlreadyDone, WaitsForReview.
    """
    require(stores, actor, Permission.TAKE_PART)
    own, by = stores.tasks.own_in(batch, actor.member.id), actor.member.id
    if own:
        return _finish(stores, actor, next((task for task in own if task.is_begun), own[0]))
    first = stores.tasks.get(batch)
    if first is None or not stores.members.is_in(first.group, by):
        raise missing_to(stores, batch, by)  # what other groups do is not told
    raise NotAmongOwners


def alike(stores: Stores, task: Task) -> list[Task]:
    """The tasks that end with one: those of all who do it together, the one itself first."""
    if not task.together:
        return [task]
    return [task, *(one for one in stores.tasks.batch(task.batch) if one.id != task.id)]


def _finish(stores: Stores, actor: Actor, task: Task) -> Finished:
    task.check_begun()
    rows = [one for one in alike(stores, task) if one.is_begun]
    if task.reviewer is not None:
        return _hand_in(stores, actor, rows)
    found = [end(stores, one, one.finished(actor.now), actor) for one in rows]
    return found[0]


def end(stores: Stores, before: Task, done: Task, actor: Actor, note: str = "") -> Finished:
    """Note that a task is done: its owner is credited, its card refreshed, whatever waits for it told."""
    stores.tasks.save(done)
    stores.tasks.note(TaskEvent(done.id, Happening.DONE, actor.member.id, done.done_at or actor.now, note))
    refresh_card(stores, before, actor.heard_at)
    stores.outbox.delete(gathered(done.id, done.owner.id), key=f"task_evidence:{moment(stores, done)}")
    credit = award(stores, done, actor.now)
    if credit is None:  # else the credit has refreshed it
        stores.hooks.changed(done.owner.id, f"done:{moment(stores, done)}", actor.heard_at)
    stores.hooks.task_ended(done, actor.heard_at)
    return Finished(done, credit)


def _hand_in(stores: Stores, actor: Actor, rows: Sequence[Task]) -> Finished:
    at, reviewer = actor.heard_at, reviewer_of(stores, rows[0], actor.heard_at)
    handed = [
        replace(states.submitted(one, actor.now), reviewer=one.reviewer if reviewer is None else reviewer.id)
        for one in rows
    ]
    for before, one in zip(rows, handed, strict=True):
        stores.tasks.save(one)
        stores.tasks.note(TaskEvent(one.id, Happening.SUBMITTED, actor.member.id, one.submitted_at or actor.now))
        refresh_card(stores, before, at)
        stores.hooks.changed(one.owner.id, f"submitted:{moment(stores, one)}", at)
        for about in (news(one), gathered(one.id, one.owner.id)):
            stores.outbox.delete(about, key=f"{about}:{moment(stores, one)}:before")
    ask(stores, handed[0], at)
    return Finished(handed[0], None, reviewer)


def news(task: Task) -> Subject:
    """The subject of what an owner is told about their result."""
    return Subject("task_news", task.id)


def answer(task: Task) -> Subject:
    """The subject of the answer to 完成, which can take it back."""
    return Subject("task_end", task.id)


def say_finished(finished: Finished) -> Message:
    """The answer to 完成, with its button for ten minutes."""
    task = finished.task
    undo = [[Button("task_review.undo_button", Action("task.undo", task.id))]]
    if task.done_at is None:
        waits = {"task": task, "reviewer": finished.reviewer}
        return Message("task_review.handed_in", waits, undo, answer(task), silent=True)
    return Message("task.done", {"task": task, "credit": finished.credit}, undo, answer(task), silent=True)


def tell_finished(stores: Stores, finished: Finished) -> None:
    """Say in private what a press of 完成 came to, where it can be taken back; silently."""
    private, about = finished.task.owner.private, answer(finished.task)
    if private is not None:
        key = f"{about}:{moment(stores, finished.task)}"
        stores.outbox.delete(about, key=f"{key}:before")
        stores.outbox.send(private, say_finished(finished), key=key)


def undo(stores: Stores, actor: Actor, *, number: TaskId) -> Reopened:
    """Take back one's 完成 of the last ten minutes: it is open again, and what it earned is reversed.

    Raises TaskNotFound, NotYourTask, NothingToUndo, Reviewed, MovedOn.
    """
    require(stores, actor, Permission.TAKE_PART)
    return _undo(stores, actor, _own(stores, actor, number))


def may_undo(stores: Stores, actor: Actor) -> bool:
    """Whether one has finished something within the last ten minutes."""
    require(stores, actor, Permission.TAKE_PART)
    return bool(stores.tasks.ended_of(actor.member.id, actor.now - UNDO_FOR))


def undo_last(stores: Stores, actor: Actor) -> Reopened:
    """The same, of the task that one has finished last. Raises NothingToUndo, Reviewed, MovedOn."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.tasks.ended_of(actor.member.id, actor.now - UNDO_FOR)
    if not found:
        raise NothingToUndo
    return _undo(stores, actor, found[0])


def _undo(stores: Stores, actor: Actor, task: Task) -> Reopened:
    if task.ended_at is None or task.is_begun or actor.now - task.ended_at > UNDO_FOR:
        raise NothingToUndo
    if task.grade is not None:
        raise Reviewed
    if task.done_at is not None and any(link.kind in FOLLOWED for link in stores.tasks.links(task.batch)):
        raise MovedOn
    rows = [_reopen(stores, actor, one) for one in alike(stores, task) if one.ended_at == task.ended_at]
    if task.reviewer is not None:
        refresh_inbox(stores, task.reviewer, f"undone:{moment(stores, task)}", actor.heard_at)
    return Reopened(rows[0])


def _reopen(stores: Stores, actor: Actor, task: Task) -> Task:
    at = actor.heard_at
    before = states.before_end(stores.tasks.history(task.id), REACHED)
    opened = replanned(stores, states.reopened(task, before), at)
    stores.tasks.save(opened)
    stores.tasks.note(TaskEvent(task.id, Happening.REOPENED, actor.member.id, actor.now))
    take_back(stores, task, actor.now)
    refresh_card(stores, opened, at)
    stores.hooks.changed(task.owner.id, f"reopened:{moment(stores, task)}", at)
    about = answer(task)
    stores.outbox.edit(
        about, Message("task_review.reopened", {"task": opened}), key=f"{about}:{moment(stores, task)}:over"
    )
    return opened
