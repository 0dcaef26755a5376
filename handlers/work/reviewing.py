"""Reviewing results in chat: the grades and 退回 under a result, and 撤销 under the answer to 完成."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import TaskId
from domain.messaging.message import Message, Reaction, Text
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import Grade
from domain.work.task.review import ReviewOver, check_reason
from domain.work.task.reviewing import STANDS_IN
from handlers import access
from handlers.action import ButtonExpired
from handlers.command import Press, PrivatePress
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form

if TYPE_CHECKING:
    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task import Finished, Reopened, Returned
    from handlers.context import Context

NUMBER = "task"  # the draft's key for the task whose result is returned
GRADES = {grade.value: grade for grade in Grade}


async def undo_said(context: Context, number: int) -> None:
    """/done 撤销 [NUMBER]: take a 完成 of the last ten minutes back. Raises what `task.undo` does."""
    if number:
        await context.answer(partial(task.undo, actor=context.actor, number=TaskId(number)), say_reopened)
    else:
        await context.answer(partial(task.undo_last, actor=context.actor), say_reopened)


def say_reopened(reopened: Reopened) -> Reaction:
    """The answer after a 完成 was taken back: in a group the card shows it."""
    return Reaction(Message("task_review.reopened", {"task": reopened.task}))


async def press_undo(_: Update, context: Context) -> None:
    """Button: take a 完成 of the last ten minutes back."""
    number = TaskId(context.pressed.having(1).number())
    await context.notify(partial(task.undo, actor=context.actor, number=number), notice_reopened)


def notice_reopened(reopened: Reopened) -> Text:
    """The notice after a 完成 was taken back."""
    return Text("task_review.reopened", {"task": reopened.task})


async def _there(context: Context, number: TaskId) -> Actor:
    """The presser as an actor in a task's group. Raises ReviewOver, NotSureWho."""
    found = await context.read(lambda stores: stores.tasks.get(number))
    if found is None:
        raise ReviewOver
    group = await context.read(lambda stores: stores.chats.get(found.group))
    return await access.in_group(context, group, STANDS_IN)


async def press_grade(_: Update, context: Context) -> None:
    """Button: accept a result with a grade. Raises ButtonExpired for a grade that is none."""
    pressed = context.pressed.having(2)
    number, grade = TaskId(pressed.number()), GRADES.get(pressed.word(1))
    if grade is None:
        raise ButtonExpired
    actor = await _there(context, number)
    await context.notify(partial(task.accept, actor=actor, number=number, grade=grade), notice_accepted)


def notice_accepted(finished: Finished) -> Text:
    """The notice after a result was accepted."""
    return Text("task_review.accepted_notice", {"task": finished.task})


async def press_return(_: Update, context: Context) -> None:
    """Button: ask why a result is returned."""
    number = TaskId(context.pressed.having(1).number())
    actor = await _there(context, number)
    await context.read(partial(task.reviewable, actor=actor, number=number))
    await form.begin(context, FORM, {NUMBER: str(number)})
    context.acknowledge()


async def press_files(_: Update, context: Context) -> None:
    """Button: the pictures and files that came with a result."""
    number = TaskId(context.pressed.having(1).number())
    actor = await _there(context, number)
    await context.run(partial(task.show_files, actor=actor, number=number, key=context.key))
    context.acknowledge()


async def press_reviews(_: Update, context: Context) -> None:
    """Button of today's card: the results that wait, again."""
    context.pressed.having(0)
    await context.run(partial(task.show_waiting, actor=context.actor, key=context.key))
    context.acknowledge()


def _number(filled: Filled) -> TaskId:
    return TaskId(int(filled.draft.values[NUMBER]))


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why. Raises ReviewOver."""
    found = stores.tasks.get(_number(filled))
    if found is None:
        raise ReviewOver
    return Message("task_review.ask_reason", {"task": found})


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises NoReturnReason."""
    reason = check_reason(context.text)
    return lambda _, filled: filled.with_(REASON, reason)


async def give_back(context: Context, filled: Filled) -> Ending:
    """Return the result."""
    number = _number(filled)
    actor = await _there(context, number)
    return ending(partial(task.give_back, actor=actor, number=number, reason=filled[REASON]), say_returned)


def say_returned(returned: Returned) -> Message:
    """The confirmation to the reviewer."""
    return Message("task_review.given_back", {"task": returned.task, "reason": returned.reason}, silent=True)


REASON = Field("reason", WORDS, "task_review.field_reason", ask_reason, hear_reason)
FORM = Form("task_return", (REASON,), Permission.TAKE_PART, give_back)
PRESSES = (
    Press("task.undo", press_undo),
    Press("task.grade", press_grade),
    Press("task.return", press_return),
    PrivatePress("task.files", press_files),
    PrivatePress("task.reviews", press_reviews),
)
