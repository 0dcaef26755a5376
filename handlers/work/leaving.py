"""Buttons under a leaver's tasks, 改派 and 撤回; and `/task 撤回 3` for a task that was given by mistake."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import TaskId
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.naming import Chosen
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import TaskNotFound
from handlers import access
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.command import Press
from handlers.form import WORDS, Choice, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.people import drafted
from handlers.work import unclear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task import Reassigned, Task, Withdrawn
    from handlers.context import Context

GIVE = Permission.GIVE_TASKS
NUMBER, MAX_OFFERED = "task", 12
WITHDRAW = re.compile(r"(?:撤回|撤销|withdraw) ?[#号]? ?(\d{1,15}) ?号?", re.IGNORECASE)


def withdrawn_number(words: str) -> TaskId | None:
    """The number in `撤回 3`; `None` for other words."""
    match = WITHDRAW.fullmatch(plain.line(words))
    return TaskId(int(match[1])) if match else None


async def withdraw_here(context: Context, number: TaskId) -> None:
    """/task 撤回 NUMBER: withdraw a task of the group."""
    await context.answer(partial(task.withdraw, actor=context.actor, number=number), say_withdrawn)


def say_withdrawn(withdrawn: Withdrawn) -> Message:
    """The answer after a task was withdrawn."""
    return Message("task.taken_back", {"task": withdrawn.task})


async def _found(context: Context, number: TaskId) -> tuple[Task, Actor]:
    """A task, and the presser as an actor in its group. Raises TaskNotFound, and refusals if they may not."""
    found = await context.read(lambda stores: stores.tasks.get(number))
    if found is None:
        raise TaskNotFound(number=number)
    group = await context.read(lambda stores: stores.chats.get(found.group))
    return found, await access.in_group(context, group, GIVE)


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: withdraw a leaver's task."""
    number = TaskId(context.pressed.having(1).number())
    _task, actor = await _found(context, number)
    await context.notify(partial(task.withdraw, actor=actor, number=number), notice_withdrawn)


def notice_withdrawn(withdrawn: Withdrawn) -> Text:
    """The notice after a task was withdrawn."""
    return Text("task.taken_back", {"task": withdrawn.task})


async def press_reassign(_: Update, context: Context) -> None:
    """Button: ask for the new owner of a leaver's task."""
    number = TaskId(context.pressed.having(1).number())
    _task, actor = await _found(context, number)
    await context.read(partial(task.movable, actor=actor, number=number))
    await form.begin(context, FORM, {NUMBER: str(number)})
    context.acknowledge()


def _number(filled: Filled) -> TaskId:
    return TaskId(int(filled.draft.values[NUMBER]))


def _task(stores: Stores, filled: Filled) -> Task:
    """The task that is to be somebody else's. Raises TaskNotFound."""
    number = _number(filled)
    found = stores.tasks.get(number)
    if found is None:
        raise TaskNotFound(number=number)
    return found


def ask_to(stores: Stores, filled: Filled) -> Message:
    """Ask for the new owner, or whom an unclear name means."""
    which = drafted.unclear(filled)
    return unclear.ask_which(which) if which else Message("task.ask_reassign", {"task": _task(stores, filled)})


def offer_people(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """People of the task's group, or those whom an unclear name may mean."""
    found, which = _task(stores, filled), drafted.unclear(filled)
    if which:
        return unclear.offer_which(stores, which, stores.chats.get(found.group), actor.now)
    people = naming.directory(stores, stores.chats.get(found.group)).people
    there = [one for one in people if not one.gone and (one.member is None or one.member.id != found.owner.id)]
    return [Choice(Text("task.owner_button", {"member": one}), str(one.chosen)) for one in there[:MAX_OFFERED]]


async def hear_to(context: Context) -> Fill:
    """Read a name of somebody of the task's group; one that several have is asked about. Raises BadArguments."""
    message = context.message
    if message is None:
        raise BadArguments("task.no_owner")

    def choose(stores: Stores, filled: Filled) -> Filled:
        group = stores.chats.get(_task(stores, filled).group)
        return unclear.with_one(stores, filled, TO, message, group=group, at=context.now)

    return choose


def pick_to(actor: Actor, value: str) -> Fill:
    """A person was tapped. Raises ButtonExpired if they are not in the task's group any more."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_people(stores, actor, filled)}:
            raise ButtonExpired
        return filled.with_(TO, value)

    return choose


async def give_on(context: Context, filled: Filled) -> Ending:
    """Give the task to the chosen person."""
    number, to = _number(filled), naming.Chosen.read(filled[TO])
    _task, actor = await _found(context, number)
    chosen: list[Chosen] = [] if to is None else [to]
    present = nothing_more if context.actor.chat.is_group else say_reassigned
    return ending(partial(task.reassign, actor=actor, number=number, to=chosen), present)


def nothing_more(_: Reassigned) -> None:
    """In the group its new owner is told."""


def say_reassigned(reassigned: Reassigned) -> Message:
    """The answer after a task was given to somebody else."""
    return Message("task.reassigned", {"task": reassigned.task, "before": reassigned.before})


TO = Field("to", WORDS, "task.field_owner", ask_to, hear_to, offer_people, pick_to, a_row=3)
FORM = Form("task_reassign", (TO,), Permission.TAKE_PART, give_on)
PRESSES = (Press("task.withdraw", press_withdraw), Press("task.reassign", press_reassign))
