"""Runs of procedures in private: all steps of one, and stopping it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, RunId
from domain.messaging.message import Action, Button, Message
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.work.procedure import running
from domain.work.procedure.model import RunNotFound, RunState
from handlers import access, pages
from handlers.action import ButtonExpired
from handlers.command import PrivatePress

if TYPE_CHECKING:
    from telegram import Update

    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.work.procedure.card import Card
    from domain.work.procedure.model import Run
    from handlers.context import Context

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN


async def there(context: Context, number: int) -> Actor:
    """The presser as an actor in a group in which they plan work. Raises ButtonExpired for any other."""
    group = await context.read(lambda stores: stores.chats.look_up(ChatId(number)))
    if group is None or not group.is_group:
        raise ButtonExpired
    actor = await access.in_group(context, group, PLAN)
    if not await context.read(partial(permissions.allows, actor=actor, permission=PLAN)):
        raise ButtonExpired
    return actor


async def run_there(context: Context, number: int) -> tuple[Run, Actor]:
    """A run, and the presser as an actor in its group. Raises RunNotFound."""
    run = await context.read(lambda stores: stores.procedures.run(RunId(number)))
    if run is None:
        raise RunNotFound
    try:
        return run, await there(context, run.group)
    except ButtonExpired as error:
        raise RunNotFound from error


def back(group: ChatId) -> list[Button]:
    """The way back to the procedures of a group."""
    return [Button("procedure.back_button", Action("procedure.list", group))]


async def press_run(_: Update, context: Context) -> None:
    """Button: a run, with all its steps."""
    run, actor = await run_there(context, context.pressed.numbers(1)[0])

    look = partial(running.look, actor=actor, number=run.id)
    await pages.turn(context, look, partial(say_run, context=context))


def say_run(found: Card, context: Context) -> Message:
    """A run, and the way to stop it."""
    run = found.run
    stop = [Button("procedure.stop_button", Action("procedure.stop", run.id))]
    rows: Buttons = [stop, back(run.group)] if run.state is RunState.GOING else [back(run.group)]
    return Message("procedure.run", {"card": found, "at": context.now}, rows)


async def press_stop(_: Update, context: Context) -> None:
    """Button: ask whether a run is to be stopped."""
    run, actor = await run_there(context, context.pressed.numbers(1)[0])
    await pages.turn(context, partial(running.stoppable, actor=actor, number=run.id), ask_stop)


def ask_stop(run: Run) -> Message:
    """The question whether a run is to be stopped."""
    yes = Button("procedure.stop_button", Action("procedure.stopped", run.id))
    no = Button("procedure.go_on_button", Action("procedure.run", run.id))
    return Message("procedure.ask_stop", {"run": run}, [[yes, no]])


async def press_stopped(_: Update, context: Context) -> None:
    """Button: stop it."""
    run, actor = await run_there(context, context.pressed.numbers(1)[0])
    await pages.turn(context, partial(running.stop, actor=actor, number=run.id), say_stopped)


def say_stopped(run: Run) -> Message:
    """The answer after a run was stopped."""
    return Message("procedure.stopped", {"run": run}, [back(run.group)])


PRESSES = (
    PrivatePress("procedure.run", press_run, OWN),
    PrivatePress("procedure.stop", press_stop, OWN),
    PrivatePress("procedure.stopped", press_stopped, OWN),
)
