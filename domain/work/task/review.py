"""A reviewer accepts a result with a grade, or returns it with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.work.task import states
from domain.work.task.cards import moment, refresh_card
from domain.work.task.evidence import MAX_SHOWN, EvidenceKind, current
from domain.work.task.finishing import alike, end, news
from domain.work.task.history import Happening, TaskEvent
from domain.work.task.model import State
from domain.work.task.reviewing import ask, inbox, may_review, refresh_inbox, reviewer_of, show_next
from domain.work.task.rules import replanned

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId, TaskId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.evidence import Evidence
    from domain.work.task.model import Finished, Grade, Task

MAX_REASON_CHARS = 300


class ReviewOver(Refusal):
    """There is no such result any more: its task was withdrawn, or is another group's."""

    text = "task_review.over"


class ReviewDone(Refusal):
    """Somebody was faster; or the owner has taken the result back."""

    text = "task_review.already"


class NotYourReview(Refusal):
    """Somebody else reviews it."""

    text = "task_review.not_yours"


class OwnReview(Refusal):
    """Nobody reviews what they have done themselves."""

    text = "task_review.own"


class NoReturnReason(Refusal):
    """No words, or too many."""

    text = "task_review.no_reason"


class NoFiles(Refusal):
    """No picture or file came with the result."""

    text = "task_review.no_files"


@dataclass(frozen=True, slots=True)
class Returned:
    """A result that was returned to its owner, and why."""

    task: Task
    reason: str


def reviewable(stores: Stores, actor: Actor, *, number: TaskId) -> Task:
    """A result that waits, for who may review it. The actor acts in the task's group.

    Raises ReviewOver, OwnReview, NotYourReview, ReviewDone.
    """
    require(stores, actor, Permission.TAKE_PART)
    task = stores.tasks.get(number)
    if task is None or task.group != actor.group.id:
        raise ReviewOver
    if actor.member.id in {one.owner.id for one in alike(stores, task)}:
        raise OwnReview
    if not may_review(stores, task, actor):
        if not stores.members.is_in(task.group, actor.member.id):
            raise ReviewOver  # what other groups do is not told
        raise NotYourReview(reviewer=None if task.reviewer is None else stores.members.get(task.reviewer))
    if task.state is not State.SUBMITTED:
        raise ReviewDone(task=task, by=_last_by(stores, task))
    return task


def _last_by(stores: Stores, task: Task) -> Member | None:
    """Who moved a task last."""
    by = next((one.by for one in reversed(stores.tasks.history(task.id)) if one.by is not None), None)
    return None if by is None else stores.members.get(by)


def accept(stores: Stores, actor: Actor, *, number: TaskId, grade: Grade) -> Finished:
    """Accept a result: the task is done, and its owner credited. Raises what `reviewable` does."""
    require(stores, actor, Permission.TAKE_PART)
    task = reviewable(stores, actor, number=number)
    rows = [one for one in alike(stores, task) if one.state is State.SUBMITTED]
    found = [end(stores, one, states.approved(one, grade, actor.now), actor, grade.value) for one in rows]
    for one in found:
        values = {"task": one.task, "by": actor.member, "credit": one.credit}
        _tell_owner(stores, one.task, Message("task_review.accepted", values, subject=news(one.task)))
    _reviewed(stores, actor, task, "accepted")
    return found[0]


def give_back(stores: Stores, actor: Actor, *, number: TaskId, reason: str) -> Returned:
    """Return a result with a reason; its owner hands it in again. Raises NoReturnReason, and what `reviewable` does."""
    require(stores, actor, Permission.TAKE_PART)
    task, words = reviewable(stores, actor, number=number), check_reason(reason)
    rows = [one for one in alike(stores, task) if one.state is State.SUBMITTED]
    back = [_return(stores, actor, one, words) for one in rows]
    _reviewed(stores, actor, task, "returned")
    return Returned(back[0], words)


def check_reason(reason: str) -> str:
    """A reason as it is kept. Raises NoReturnReason."""
    words = plain.tidy(reason)
    if not words or len(words) > MAX_REASON_CHARS:
        raise NoReturnReason(most=MAX_REASON_CHARS)
    return words


def _return(stores: Stores, actor: Actor, task: Task, reason: str) -> Task:
    at = actor.heard_at
    back = replanned(stores, states.returned(task), at)
    stores.tasks.save(back)
    stores.tasks.note(TaskEvent(back.id, Happening.RETURNED, actor.member.id, actor.now, reason))
    refresh_card(stores, back, at)
    stores.hooks.changed(back.owner.id, f"returned:{moment(stores, back)}", at)
    again = [[Button("task_review.again_button", Action("task.done", back.id))]]
    values = {"task": back, "by": actor.member, "reason": reason, "at": at}
    message = Message("task_review.returned", values, again, news(back), sounds=True)
    _tell_owner(stores, back, message, in_group=True)
    return back


def _tell_owner(stores: Stores, task: Task, message: Message, *, in_group: bool = False) -> None:
    """Tell an owner in private; where that is not open, in the group only what they have to act on."""
    about, key = news(task), f"{news(task)}:{moment(stores, task)}"
    stores.outbox.delete(about, key=f"{key}:before")
    chat = task.owner.private or (task.group if in_group else None)
    if chat is not None:
        stores.outbox.send(chat, message, key=key)


def _reviewed(stores: Stores, actor: Actor, task: Task, cause: str) -> None:
    """What waits next is shown to who has reviewed; the message of another reviewer is corrected."""
    at, own, cause = actor.heard_at, actor.member, f"{cause}:{moment(stores, task)}"
    stores.hooks.changed(own.id, cause, at)
    if stores.outbox.stands(inbox(own.id)):
        show_next(stores, own, key=f"{inbox(own.id)}:{cause}")
    if task.reviewer not in (None, own.id):
        refresh_inbox(stores, task.reviewer, cause, at)


def show_files(stores: Stores, actor: Actor, *, number: TaskId, key: str) -> int:
    """Send a reviewer the pictures and files of a result; how many. Raises NoFiles, and what `reviewable` does."""
    require(stores, actor, Permission.TAKE_PART)
    task, private = reviewable(stores, actor, number=number), actor.member.private
    files = [one for one in current(stores, task) if one.kind is not EvidenceKind.TEXT][-MAX_SHOWN:]
    if not files or private is None:
        raise NoFiles
    for place, one in enumerate(files, 1):
        stores.outbox.send(private, _file(task, one, place, len(files)), key=f"{key}:{one.id}", urgent=True)
    return len(files)


def _file(task: Task, evidence: Evidence, place: int, count: int) -> Message:
    values = {"task": task, "evidence": evidence, "place": place, "count": count}
    return Message("task_review.file", values, silent=True, attached=evidence.file)


def ended(stores: Stores, task: Task, at: datetime) -> None:
    """A task was done or withdrawn: it waits for nobody any more."""
    if task.reviewer is not None and task.state is State.SUBMITTED:
        refresh_inbox(stores, task.reviewer, f"ended:{task.id}", at)


def reviewer_left(stores: Stores, member: MemberId, at: datetime) -> None:
    """Somebody has left: what they were to review is somebody else's, who hears of what waits."""
    for task in stores.tasks.reviewed_by(member):
        other = reviewer_of(stores, task, at)
        if other is not None and other.id != member:
            hand_review(stores, task, other, at)


def hand_review(stores: Stores, task: Task, reviewer: Member, at: datetime) -> None:
    """Let somebody else review a task: they are asked at once where its result waits."""
    moved = replace(task, reviewer=reviewer.id)
    stores.tasks.save(moved)
    refresh_card(stores, moved, at)
    if moved.state is State.SUBMITTED:
        if task.reviewer is not None:
            refresh_inbox(stores, task.reviewer, f"left:{task.id}", at)
        ask(stores, moved, at)
