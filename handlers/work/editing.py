"""The edited command /task: its tasks change to what it says now, and their card says what has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Message, Reaction
from domain.people import naming
from domain.people.naming import Unclear
from domain.refusal import Refusal
from domain.work.task import editing
from handlers.arguments import working
from handlers.work import arguments, task_form

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Message as Incoming

    from domain.work.features import Stores
    from domain.work.task.amending import Amended
    from domain.work.task.editing import Earlier
    from handlers.context import Context
    from handlers.work.arguments import TaskArguments


async def revised(context: Context, message: Incoming) -> bool:
    """Change what an edited command has given. Returns whether it has given anything.

    An edit that changes nothing is not answered: the platform also tells of one when it has loaded a link's preview.
    """
    earlier = await context.read(partial(editing.earlier, actor=context.actor, source=context.source))
    if earlier is None:
        return False
    wanted, due_at = await _read(context, message, earlier)
    use_case = partial(
        editing.revise,
        actor=context.actor,
        mentions=wanted.owners,
        plan=wanted.plan,
        due_at=due_at,
        source=context.source,
        terms=wanted.terms,
    )

    def unit(stores: Stores) -> None:
        amended = use_case(stores)
        if amended.tasks:
            here = context.actor.group.id
            stores.outbox.react(here, say_revised(amended), key=context.key, thread=context.thread)

    try:
        await context.run(unit)
    except Unclear:
        await task_form.ask_who(context, replace(wanted, due_at=due_at or earlier.due_at))
    return True


async def _read(context: Context, message: Incoming, earlier: Earlier) -> tuple[TaskArguments, datetime | None]:
    """What a command says, and its deadline if that is another than before.

    Words like 明天 mean what they meant when the command was written, if that is the deadline that it had: who only
    mends a title on the next day changes no date. Else they are read as of the edit.
    """
    group = context.actor.group
    names = await context.read(lambda stores: naming.directory(stores, group))
    read = partial(arguments.task, message, group, names=names, working=await working(context))
    try:
        then = read(now=message.date)
    except Refusal:
        then = None
    if then is not None and then.due_at == earlier.due_at:
        return then, None
    now = read(now=context.now)
    return now, now.due_at


def say_revised(amended: Amended) -> Reaction:
    """The sign under the edited command; the card says what has changed."""
    values = {"tasks": amended.tasks, "changes": amended.changes, "at": amended.at}
    return Reaction(Message("amending.revised", values))
