"""Tasks in chat: /task, /tasks, /done, and the button under a task."""

from telegram import Update
from telegram.ext import BaseHandler

from domain.ids import TaskId
from domain.messaging.message import Button, Buttons
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import Given, Listing
from handlers import arguments
from handlers.access import TAKE_PART, Needs
from handlers.command import Command, Pressed
from handlers.context import Context
from handlers.messaging.draft import task as guided


async def give(_: Update, context: Context) -> None:
    """/task @name … DEADLINE TITLE [| 标准：…] [| 成果：…]: give a task."""
    group = context.group()
    message = context.message
    if message is None or not arguments.after_command(context.text):
        await guided.begin(context)
        return
    wanted = arguments.task(message, group, context.now)
    await context.answer(
        "task.given",
        task.give,
        buttons=lambda given: task.card_buttons(given.tasks),
        about=card_of,
        group=group,
        giver=context.actor.member,
        mentions=wanted.mentions,
        plan=wanted.plan,
        due_at=wanted.due_at,
        source=context.source,
        at=context.now,
    )


def card_of(given: Given) -> str:
    """The name of a task's message."""
    return f"tasks:{given.task.batch}"


async def listing(_: Update, context: Context) -> None:
    """/tasks: what is open here."""
    await context.answer("task.list", task.listing, actor=context.actor, at=context.now)


async def done(_: Update, context: Context) -> None:
    """/done <number>: finish one of your own tasks; without a number, choose one."""
    words = arguments.after_command(context.text)
    if not words:
        await context.answer(
            "task.choose_done", task.own_open, buttons=choices, owner=context.actor.member.id, at=context.now
        )
        return
    number = arguments.number(words, usage="task.done_usage")
    await context.answer("task.done", task.finish, number=number, by=context.actor.member.id, at=context.now)


def choices(listing: Listing) -> Buttons:
    """A button for each open task."""
    return [[Button("task.choose_button", f"task.done:{one.id}", {"task": one})] for one in listing.tasks]


async def press_done(_: Update, context: Context) -> None:
    """The button under a task."""
    number = TaskId(context.pressed()[0])
    await context.notify("task.done_toast", task.finish, number=number, by=context.actor.member.id, at=context.now)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [
        Command("task", give, Needs(in_group=Permission.GIVE_TASKS)),
        Command("tasks", listing, TAKE_PART),
        Command("done", done, TAKE_PART),
        Pressed("task.done", press_done),
    ]
