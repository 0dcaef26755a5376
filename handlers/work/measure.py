"""Measures of improvement in chat: /improve in private, their cards, and the buttons to decide."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from domain.ids import MeasureId
from domain.messaging.message import Action, Button, Message
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.work.measure import service as measure
from domain.work.measure.card import card
from domain.work.measure.model import CHOICES, MeasureNotFound, State
from handlers import access, pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Command, PrivatePress
from handlers.feature import Entry, Feature, Help, Section
from handlers.messaging import asking, form
from handlers.work import measure_task
from handlers.work.measure_check import CHOICE, DECIDE, NUMBER, REPORT
from handlers.work.measure_form import FORM, PREVIOUS, known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.measure.model import Measure
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
NEEDS, SHOWN = Needs(in_private=OWN), Needs(in_private=PLAN)
BUTTONS, LISTED = 8, 16


async def show(_: Update, context: Context) -> None:
    """/improve in private: the measures of one's groups, and the way to a new one."""
    there = await access.where_allowed(context, PLAN)
    await pages.show(context, partial(_listed, there=there), say_list)


def _listed(stores: Stores, *, there: Sequence[Actor]) -> Sequence[tuple[Actor, Sequence[Measure]]]:
    return [(one, measure.listing(stores, one)) for one in there]


def say_list(found: Sequence[tuple[Actor, Sequence[Measure]]]) -> Message:
    """The measures by group, as many as one message holds; a button for each of the first, and one to begin another."""
    every = [(actor.group, one) for actor, measures in found for one in measures]
    groups = [
        (group, [one for _, one in measures]) for group, measures in groupby(every[:LISTED], key=lambda one: one[0])
    ]
    rows = [
        [Button("measure.show_button", Action("measure.show", one.id), {"measure": one})] for _, one in every[:BUTTONS]
    ]
    new = [[Button("measure.new_button", Action("measure.begin"))]] if found else []
    values = {"groups": groups, "more": len(every[LISTED:]), "leads": bool(found)}
    return Message("measure.list", values, [*rows, *new])


async def press_begin(_: Update, context: Context) -> None:
    """Button under /improve: begin a measure for one of one's groups."""
    await form.begin_for_group(context, FORM, pressed=True)
    context.acknowledge()


async def press_new(_: Update, context: Context) -> None:
    """Button under the figures of a group: begin a measure there. Raises ButtonExpired for a group of others."""
    number = context.pressed.having(1).number()
    await _ask(context, FORM, await access.where_pressed(context, PLAN, number), {})


async def _ask(context: Context, wanted: Form, there: Actor, values: Mapping[str, str]) -> None:
    """Begin a form in private for a group."""
    kept = {asking.PLACE: str(there.group.id), **values}
    await context.run(partial(asking.begin, context=context, form=wanted, values=kept))
    context.acknowledge()


async def _pressed(context: Context, count: int) -> tuple[Actor, MeasureId]:
    """The sender as an actor in the group of a pressed measure. Raises MeasureNotFound where it is not theirs."""
    number = MeasureId(context.pressed.having(count).number())
    group = await context.read(lambda stores: stores.chats.get(measure.group_of(stores, number=number)))
    there = await access.in_group(context, group, PLAN)
    if not await context.read(partial(permissions.allows, actor=there, permission=PLAN)):
        raise MeasureNotFound
    return there, number


async def press_show(_: Update, context: Context) -> None:
    """Button: a measure, in a message of its own."""
    there, number = await _pressed(context, 1)
    private = context.actor.chat.id

    def unit(stores: Stores) -> None:
        found = measure.show(stores, there, number=number)
        stores.outbox.send(private, card(stores, found.measure), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_check(_: Update, context: Context) -> None:
    """Button: check it now."""
    there, number = await _pressed(context, 1)
    await context.run(partial(measure.check_now, actor=there, number=number))
    context.acknowledge()


async def press_report(_: Update, context: Context) -> None:
    """Button: say what a figure of one's own is now."""
    there, number = await _pressed(context, 1)
    await context.read(partial(measure.undecided, actor=there, number=number))
    await _ask(context, REPORT, there, {NUMBER: str(number)})


async def press_task(_: Update, context: Context) -> None:
    """Button: give a task for it in its group."""
    there, number = await _pressed(context, 1)
    await _ask(
        context, measure_task.FORM, there, await context.read(partial(measure_task.known, actor=there, number=number))
    )


async def press_decide(_: Update, context: Context) -> None:
    """Button: 固化, 再改 or 放弃; the reason is asked for. Raises ButtonExpired for another word."""
    there, number = await _pressed(context, 2)
    choice = context.pressed.word(1)
    if choice not in {one.value for one in CHOICES}:
        raise ButtonExpired
    await context.read(partial(measure.undecided, actor=there, number=number))
    await _ask(context, DECIDE, there, {NUMBER: str(number), CHOICE: choice})


async def press_again(_: Update, context: Context) -> None:
    """Button after 再改: the next round, with the same figure. Raises ButtonExpired where it was not revised."""
    there, number = await _pressed(context, 1)
    before = (await context.read(partial(measure.show, actor=there, number=number))).measure
    if before.state is not State.REVISED:
        raise ButtonExpired
    values = await context.read(lambda stores: known(stores, there, before))
    await _ask(context, FORM, there, {**values, PREVIOUS: str(number)})


FEATURE = Feature(
    "measure",
    handlers=(
        Command("improve", show, NEEDS),
        PrivatePress("measure.begin", press_begin, OWN),
        PrivatePress("measure.new", press_new, OWN),
        PrivatePress("measure.show", press_show, OWN),
        PrivatePress("measure.check", press_check, OWN),
        PrivatePress("measure.report", press_report, OWN),
        PrivatePress("measure.task", press_task, OWN),
        PrivatePress("measure.decide", press_decide, OWN),
        PrivatePress("measure.again", press_again, OWN),
    ),
    entries=(Entry("improve", "measure", SHOWN, 26, help=Help(26, Section.IN_CHARGE)),),
    forms=(FORM, REPORT, DECIDE, measure_task.FORM),
)
