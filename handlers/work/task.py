"""Tasks in chat: /task, /tasks, /done, and the button under a task."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.ids import TaskId
from domain.messaging.message import Action, Button, Message, Reaction, Text
from domain.people import naming
from domain.people.member import Mention
from domain.people.naming import Unclear
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import Finished, Listing
from domain.work.task.gathering import OF_TASK
from handlers.access import TAKE_PART, Needs
from handlers.arguments import after_command, number, working
from handlers.command import Command, Key, Press
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.messaging import form
from handlers.work import arguments, browsing, editing, evidence, leaving, recurring, reviewing
from handlers.work.task_form import DUE, FORM, OWNERS, ask_who, call_owners, say_given
from language import result

if TYPE_CHECKING:
    from domain.work.features import Stores

GIVE = Needs(in_group=Permission.GIVE_TASKS)


async def give(_: Update, context: Context) -> None:
    """/task NAME … DEADLINE TITLE [| 标准：…] [| 成果：…]: give a task.

    [| 资源：…] [| 验收：NAME] [| 协同：NAME …] [| 一起]. /task NAME … RHYTHM TITLE: give one again and again.
    /task 撤回 NUMBER: withdraw one.
    """
    message = context.message
    if message is None or not after_command(context.text):
        await form.begin(context, FORM)
        return
    withdrawn = leaving.withdrawn_number(after_command(context.text))
    if withdrawn is not None:
        await leaving.withdraw_here(context, withdrawn)
        return
    if context.incoming.edited_message is not None and await editing.revised(context, message):
        return
    group = context.actor.group
    names = await context.read(lambda stores: naming.directory(stores, group))
    if await recurring.begin_here(context, names):
        return
    wanted = arguments.task(message, group, context.now, names, working=await working(context))
    use_case = partial(
        task.give,
        actor=context.actor,
        mentions=wanted.owners,
        plan=wanted.plan,
        due_at=wanted.due_at,
        source=context.source,
        terms=wanted.terms,
    )
    all_rang = all(isinstance(one, Mention) for one in wanted.owners)  # the command itself has called them
    try:
        await context.answer(use_case, say_given if all_rang else call_owners)
    except Unclear:
        await ask_who(context, wanted)


async def give_in_group(_: Update, context: Context) -> None:
    """The key of the fixed keyboard: give a task in one of the sender's groups, from private."""
    await form.begin_for_group(context, FORM)


async def done(_: Update, context: Context) -> None:
    """/done NUMBER: finish one of the sender's own tasks; without a number, choose one."""
    words = after_command(context.text)
    if not words:
        await context.answer(partial(task.own_begun, actor=context.actor), say_choices)
        return
    undone = result.undone(words)
    if undone is not None:
        await reviewing.undo_said(context, undone)
        return
    task_id = number(words, usage="task.done_usage")
    await context.answer(partial(task.finish, actor=context.actor, number=task_id), say_done)


def say_choices(listing: Listing) -> Message:
    """A button for each open task."""
    rows = [[Button("task.choose_button", Action("task.done", one.id), {"task": one})] for one in listing.tasks]
    return Message("task.choose_done", {"listing": listing}, rows)


def say_done(finished: Finished) -> Reaction:
    """The answer after a task was finished: in a group its card shows it."""
    return Reaction(task.say_finished(finished))


async def press_done(_: Update, context: Context) -> None:
    """Button: finish a task."""
    number = TaskId(context.pressed.having(1).number())
    await context.notify(_telling(context, partial(task.finish, actor=context.actor, number=number)), notice_done)


async def press_done_mine(_: Update, context: Context) -> None:
    """Button: finish one's own task of those that a command has given to many."""
    batch = TaskId(context.pressed.having(1).number())
    await context.notify(_telling(context, partial(task.finish_mine, actor=context.actor, batch=batch)), notice_done)


def _telling(context: Context, use_case: Callable[[Stores], Finished]) -> Callable[[Stores], Finished]:
    """A use case whose outcome is also said in private, where a press of the wrong button is taken back."""

    def unit(stores: Stores) -> Finished:
        finished = use_case(stores)
        if context.actor.chat.is_group or _is_of_one(stores, context):
            task.tell_finished(stores, finished)
        return finished

    return unit


def _is_of_one(stores: Stores, context: Context) -> bool:
    """Whether the pressed message was about one task, and goes; a list of several shows what is left."""
    place = context.place
    about = stores.outbox.subject(context.actor.chat.id, place.message_id) if place else None
    return about is not None and about.kind in OF_TASK


def notice_done(finished: Finished) -> Text:
    """The notice after a task was finished, or handed in."""
    if finished.task.done_at is None:
        return Text("task_review.handed_in_notice", {"task": finished.task, "reviewer": finished.reviewer})
    return Text("task.done_toast", {"task": finished.task, "credit": finished.credit})


async def press_owner(_: Update, context: Context) -> None:
    """A button of an earlier version: choose an owner."""
    await form.choose_formerly(context, OWNERS.name)


async def press_due(_: Update, context: Context) -> None:
    """A button of an earlier version: choose a deadline."""
    await form.choose_formerly(context, DUE.name)


FEATURE = Feature(
    "task",
    handlers=(
        Command("task", give, GIVE),
        Command("tasks", browsing.listing, TAKE_PART),
        Command("done", done, TAKE_PART),
        Press("task.done", press_done),
        Press("task.done_mine", press_done_mine),
        Key("task.key_give", give_in_group, Permission.GIVE_TASKS, 50, command="task"),
        Key("task.key", browsing.listing, Permission.TAKE_PART, 20),
        *leaving.PRESSES,
        *reviewing.PRESSES,
        *evidence.PRESSES,
        Press("draft.owner", press_owner),
        Press("draft.due", press_due),
    ),
    entries=(
        Entry("task", "task", GIVE, 10, frozenset({Audience.SECRETARIES}), help=Help(10, Section.IN_CHARGE)),
        Entry("tasks", "task", TAKE_PART, 110, frozenset({Audience.EVERYBODY}), help=Help(20)),
        Entry("done", "task", TAKE_PART, 120, frozenset({Audience.EVERYBODY}), help=Help(30)),
    ),
    hears=evidence.hears,
    forms=(FORM, leaving.FORM, reviewing.FORM),
)
