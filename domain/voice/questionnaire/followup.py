"""大家说的，我们做的: the tasks that follow from a round's results, and that they are done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.messaging.message import Message, Thread
from domain.people.permission import Permission, require
from domain.voice.questionnaire.links import follow_ups
from domain.voice.questionnaire.results import as_in_group, closed, shown, subject_of
from domain.work.task import TaskNotFound

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import RoundId, TaskId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.questionnaire.results import Shown
    from domain.voice.questionnaire.round import Round
    from domain.work.task import Task

LINKED = AuditAction("round.linked")
OFFERED = 10  # tasks to choose from
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that is about to be given: in which group, and the source by which it is found later."""

    round: Round
    group: Chat
    source: str
    shown: Shown


def offer(stores: Stores, actor: Actor, *, number: RoundId) -> tuple[Round, list[Task]]:
    """The group's open tasks that do not follow from the round yet, one of each command.

    Raises NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted.
    """
    one = _responsible(stores, actor, number)
    linked = {each.task.batch for each in follow_ups(stores, one)}
    open_ones = {task.batch: task for task in reversed(stores.tasks.open_in(one.group, LOOKED_AT))}
    free = [task for batch, task in open_ones.items() if batch not in linked]
    return one, sorted(free, key=lambda task: task.due_at)[:OFFERED]


def link(stores: Stores, actor: Actor, *, number: RoundId, task: TaskId) -> Shown:
    """Say that a task of the group follows from a round.

    Raises TaskNotFound, NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted.
    """
    one, known = _responsible(stores, actor, number), stores.tasks.get(task)
    if known is None or known.group != one.group:
        raise TaskNotFound(number=task)
    if known.batch not in {each.task.batch for each in follow_ups(stores, one)}:
        stores.results.link(one.id, known.source)
        stores.audit.note(actor.member.id, LINKED, str(one.subject), old=None, new=known.source, at=actor.heard_at)
        stores.outbox.refresh(subject_of(one.id), key=f"{subject_of(one.id)}:{known.source}")
    return shown(stores, one, actor.heard_at)


def begin_task(stores: Stores, actor: Actor, *, number: RoundId, cause: str) -> Wanted:
    """A new task is about to be given; once it is, it follows from the round. `cause` is what was pressed.

    Raises NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted.
    """
    one = _responsible(stores, actor, number)
    source = f"round:{one.id}:{cause}"
    stores.results.link(one.id, source)
    return Wanted(one, stores.chats.get(one.group), source, shown(stores, one, actor.heard_at))


def _responsible(stores: Stores, actor: Actor, number: RoundId) -> Round:
    one = closed(stores, actor, number)
    require(stores, as_in_group(stores, actor, one), Permission.GIVE_TASKS)
    return one


def follow(stores: Stores, slot: datetime) -> None:
    """Tell groups what was done, once all that follows from a round is: in what was published, if that stands."""
    for number in stores.results.unfollowed():
        one, kept = stores.rounds.get(number), stores.results.kept(number)
        done = [] if one is None else follow_ups(stores, one)
        if one is None or kept is None or not done or not all(each.done for each in done):
            continue
        stores.results.keep(number, replace(kept, followed_at=slot))
        subject = subject_of(number)
        if stores.outbox.stands(subject):
            stores.outbox.refresh(subject, key=f"{subject}:followed")
            continue
        message = Message("results.followed", {"round": one, "follow_ups": done}, subject=subject)
        thread = Thread(reply_to=stores.outbox.message_about(one.subject))
        stores.outbox.send(one.group, message, key=f"{subject}:followed", thread=thread)
