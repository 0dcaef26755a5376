"""Extensions: before the deadline an owner asks for a later one, with a reason; who gave the task grants or refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.feature import Feature
from domain.ids import ExtensionId
from domain.messaging import administrators
from domain.messaging.message import Action, Button, Message, Text
from domain.people.actor import Actor
from domain.people.permission import Permission, powers, require
from domain.refusal import Refusal
from domain.today import Part, Today
from domain.work.task.amending import MAX_REASON_CHARS, check_deadline, move, under_card
from domain.work.task.extension import Extension, Shown, State, card, over, refresh_card, shown, subject_of
from domain.work.task.finding import missing_to
from domain.work.task.model import AlreadyDone, NotAmongOwners, TaskNotFound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, TaskId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.model import Task

SHOWN = 5  # requests on today's card
LOOKED_AT = 200


class TooLate(Refusal):
    """An extension is asked for before the deadline."""

    text = "extending.too_late"


class OwnGiver(Refusal):
    """Who gave a task to themselves changes its deadline without asking."""

    text = "extending.own_giver"


class NotLater(Refusal):
    """An extension is to a later deadline than there is."""

    text = "extending.not_later"


class AlreadyAsked(Refusal):
    """They have asked for it, and nobody has answered yet."""

    text = "extending.already_asked"


class NoReason(Refusal):
    """No reason, or one of too many words."""

    text = "extending.no_reason"


class Settled(Refusal):
    """Somebody else has answered, or there is nothing to answer any more."""

    text = "extending.settled"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was just made; those who were told of it, nobody where the group was."""

    shown: Shown
    told: Sequence[Member]


def mine(stores: Stores, actor: Actor, *, batch: TaskId) -> Task:
    """The actor's own open task of a command, for which they may ask for an extension.

    Raises TaskNotFound, TaskWithdrawn, NotAmongOwners, AlreadyDone, TooLate, OwnGiver, AlreadyAsked.
    """
    require(stores, actor, Permission.TAKE_PART)
    own, by = stores.tasks.own_in(batch, actor.member.id), actor.member.id
    if not own:
        first = next(iter(stores.tasks.batch(batch)), None)
        if first is None or not stores.members.is_in(first.group, by):
            raise missing_to(stores, batch, by)
        raise NotAmongOwners
    task = next((one for one in own if one.done_at is None), own[0])
    _check(stores, actor, task)
    return task


def _check(stores: Stores, actor: Actor, task: Task) -> None:
    if task.done_at is not None:
        raise AlreadyDone(task=task)
    if task.due_at < actor.now:
        raise TooLate(task=task)
    if task.giver.id == task.owner.id:
        raise OwnGiver(task=task)
    asked = stores.extensions.open_for(task.id)
    if asked is not None:
        raise AlreadyAsked(task=task, due_at=asked.due_at)


def check_reason(words: str) -> str:
    """A reason as it is kept. Raises NoReason."""
    found = plain.line(words)
    if not found or len(found) > MAX_REASON_CHARS:
        raise NoReason(most=MAX_REASON_CHARS)
    return found


def check_wish(actor: Actor, task: Task, due_at: datetime) -> None:
    """Raises PastDeadline, NotLater."""
    check_deadline(actor, due_at)
    if due_at <= task.due_at:
        raise NotLater(task=task)


def ask(stores: Stores, actor: Actor, *, batch: TaskId, due_at: datetime, reason: str) -> Asked:
    """Ask for a later deadline of one's own task. Whoever answers gets one message, in private where possible.

    Raises NoReason, and what `mine` and `check_wish` do.
    """
    require(stores, actor, Permission.TAKE_PART)
    task = mine(stores, actor, batch=batch)
    check_wish(actor, task, due_at)
    new = Extension(ExtensionId(0), task.id, actor.member.id, task.due_at, due_at, check_reason(reason), actor.heard_at)
    made = stores.extensions.add(new)
    return Asked(shown(stores, made), _put(stores, made, task, actor.heard_at))


def _put(stores: Stores, extension: Extension, task: Task, at: datetime) -> list[Member]:
    """Tell those who answer: each by one message in private, or else the group. Returns those who are told there."""
    group = stores.chats.get(task.group)
    people = [one for one in answerers(stores, task, group, at) if one.id != extension.member]
    places = list(dict.fromkeys(one.private for one in people if one.private is not None)) or [group.id]
    for place in places:
        key = f"{subject_of(extension.id)}:{place}:{at.timestamp()}"
        stores.outbox.send(place, card(stores, extension), key=key)
    for one in people:
        stores.hooks.changed(one.id, f"extension:{extension.id}:{at.timestamp()}", at)
    return [one for one in people if one.private is not None]


def giver_left_group(stores: Stores, group: ChatId, giver: MemberId, at: datetime) -> None:
    """Who gave tasks has left the group: what waits for their answer there goes to those who answer now."""
    for extension in stores.extensions.waiting(giver, LOOKED_AT):
        task = stores.tasks.get(extension.task)
        if task is not None and task.group == group:
            about = subject_of(extension.id)
            stores.outbox.delete(about, key=f"{about}:{at.timestamp()}:before")
            _put(stores, extension, task, at)


def giver_left(stores: Stores, giver: MemberId, _: MemberId | None, at: datetime) -> None:
    """The same for who has left by the roster."""
    waiting = stores.extensions.waiting(giver, LOOKED_AT)
    found = (stores.tasks.get(one.task) for one in waiting)
    for group in dict.fromkeys(task.group for task in found if task is not None):
        giver_left_group(stores, group, giver, at)


def answerers(stores: Stores, task: Task, group: Chat, at: datetime) -> list[Member]:
    """Who answers: the giver; where they have left, lost the role or are not known, the secretaries.

    Where there is no secretary either, the administrators.
    """
    if _may_answer(stores, task, group, at):
        return [task.giver]
    secretaries = list({one.id: one for one in administrators.secretaries(stores, group)}.values())
    return secretaries or administrators.administrators(stores)


def _may_answer(stores: Stores, task: Task, group: Chat, at: datetime) -> bool:
    """Whether the giver still may; of a group without a secretary the platform tells when they press."""
    giver = task.giver
    if not giver.is_person or giver.id in stores.members.gone(group.id):
        return False
    person = stores.people.of_member(giver.id)
    if person is not None and person.left_on is not None and person.left_on <= group.day(at):
        return False
    found = powers(stores, Actor(giver, group, at))
    return found.allow(Permission.GIVE_TASKS) or not found.has_secretary


def place(stores: Stores, actor: Actor, *, number: ExtensionId) -> Chat:
    """The group of a request's task, where the answer takes its permission. Raises TaskNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    extension = stores.extensions.get(number)
    task = extension and stores.tasks.get(extension.task)
    if not task:
        raise TaskNotFound(number=number)
    return stores.chats.get(task.group)


def answerable(stores: Stores, actor: Actor, *, number: ExtensionId) -> Shown:
    """A request of the group that waits for its answer. Raises TaskNotFound, Settled."""
    require(stores, actor, Permission.GIVE_TASKS)
    extension = stores.extensions.get(number)
    task = extension and stores.tasks.get(extension.task)
    if not extension or not task or task.group != actor.group.id:
        raise TaskNotFound(number=number)
    if extension.state is not State.OPEN:
        raise Settled(shown=shown(stores, extension, task))
    return shown(stores, extension, task)


def grant(stores: Stores, actor: Actor, *, number: ExtensionId) -> Shown:
    """Grant a request: the task has the deadline that was asked for; of a task done together all owners have it.

    Raises PastDeadline, and what `answerable` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    asked = answerable(stores, actor, number=number)
    extension, task = asked.extension, asked.task
    check_deadline(actor, extension.due_at)
    batch = stores.tasks.batch(task.batch) if task.together else [task]
    tasks = [one for one in batch if one.done_at is None]
    _end(stores, extension, State.GRANTED, actor)
    move(stores, tasks, extension.due_at, by=actor.member.id, at=actor.heard_at, reason=extension.reason)
    return _answered(stores, actor, number)


def refuse(stores: Stores, actor: Actor, *, number: ExtensionId, reason: str) -> Shown:
    """Refuse a request, with a reason. Raises NoReason, and what `answerable` does."""
    require(stores, actor, Permission.GIVE_TASKS)
    asked = answerable(stores, actor, number=number)
    _end(stores, replace(asked.extension, answer=check_reason(reason)), State.REFUSED, actor)
    return _answered(stores, actor, number)


def _end(stores: Stores, extension: Extension, state: State, actor: Actor) -> None:
    stores.extensions.save(replace(extension, state=state, by=actor.member.id, answered_at=actor.heard_at))


def _answered(stores: Stores, actor: Actor, number: ExtensionId) -> Shown:
    """Show the answer where it was asked for, and tell who has asked quietly: in private, else under the card."""
    extension = stores.extensions.get(number)
    if extension is None:
        raise TaskNotFound(number=number)
    found = shown(stores, extension)
    refresh_card(stores, extension)
    told = Message("extending.answered", {"shown": found}, silent=True)
    key = f"extension.answered:{number}"
    if found.member.private is not None:
        stores.outbox.send(found.member.private, told, key=key)
    else:
        stores.outbox.send(found.task.group, told, key=key, thread=under_card(stores, found.task))
    stores.hooks.changed(found.task.giver.id, f"extension:{number}:{extension.state}", actor.heard_at)
    return found


def waiting(stores: Stores, actor: Actor) -> Part | None:
    """Requests about tasks that the actor has given, each with the buttons of its answer."""
    found = stores.extensions.waiting(actor.member.id, SHOWN)
    if not found:
        return None
    asked = [shown(stores, one) for one in found]
    rows = [
        [Button("extending.show_button", Action("extension.show", one.extension.id), {"shown": one})] for one in asked
    ]
    return Part(Text("extending.today", {"waiting": asked}), rows)


FEATURE = Feature("extending", task_ended=over, today=(Today(22, waiting),), left=giver_left, departed=giver_left_group)
