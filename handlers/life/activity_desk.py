"""Activities for whoever runs them, in chat: the private card, the list, the quarter."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Protocol

from domain.ids import ActivityId, ChatId
from domain.life.activity import looking, overview, running
from domain.life.activity.card import desk
from domain.life.activity.model import State
from domain.life.activity.reporting import tables
from domain.messaging.message import Action, Button, Document, Message, Text, in_rows
from domain.people.permission import Permission
from handlers import documents, pages
from handlers.command import Callback, PrivatePress
from handlers.life.activity_form import FORM, kept_of
from handlers.life.activity_forms import ABOUT, CANCEL, COST, MOVE
from handlers.life.groups import in_group, in_group_of
from handlers.messaging import asking, form
from handlers.messaging.asking import PLACE
from handlers.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telegram import Update

    from domain.life.activity.model import Sheet, Signup
    from domain.life.activity.overview import Quarter
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form

OWN = Permission.SEE_OWN
PAGE, QUARTERS = 20, 8
UNTIL_THE_END = (State.PROPOSED, State.RETURNED, State.OPEN, State.HELD)


def _number(context: Context) -> ActivityId:
    return ActivityId(context.pressed.numbers(1)[0])


async def _manager(context: Context, number: ActivityId) -> Actor:
    """The presser as an actor in the group of an activity. Raises ActivityNotFound, NotSureWho."""
    return await in_group_of(context, partial(looking.group_of, number=number))


async def press_desk(_: Update, context: Context) -> None:
    """Button: the private card of an activity, at the end of the chat."""
    number = _number(context)
    actor, private = await _manager(context, number), context.actor.chat.id

    def unit(stores: Stores) -> None:
        sheet = overview.desk(stores, actor, number=number)
        stores.outbox.delete(sheet.activity.desk, key=f"{context.key}:before")
        stores.outbox.send(private, desk(sheet), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


class Step(Protocol):
    """A use case of whoever runs an activity."""

    def __call__(self, stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
        """The activity as it is then."""


def managing(use_case: Step, notice: str) -> Callback:
    """The handler of a button of the private card."""

    async def press(_: Update, context: Context) -> None:
        number = _number(context)
        actor = await _manager(context, number)
        await context.notify(
            partial(use_case, actor=actor, number=number), lambda sheet: Text(notice, {"sheet": sheet})
        )

    return press


def asking_for(a_form: Form, *stages: State) -> Callback:
    """The handler of a button of the private card that begins a form about its activity."""

    async def press(_: Update, context: Context) -> None:
        number = _number(context)
        actor = await _manager(context, number)
        await context.read(lambda stores: looking.at_stage(stores, actor, number, *stages))
        await form.begin_at(context, a_form, actor, known={ABOUT: str(number)})
        context.acknowledge()

    return press


async def press_revise(_: Update, context: Context) -> None:
    """Button: propose anew what was returned; the form knows what was said."""
    number = _number(context)
    actor = await _manager(context, number)

    def unit(stores: Stores) -> None:
        activity = looking.at_stage(stores, actor, number, State.RETURNED).activity
        known: Mapping[str, str] = kept_of(activity, stores.activities.resources(number), actor.chat)
        values = {PLACE: str(actor.chat.id), **known}
        asking.begin(stores, context=context, form=FORM, values=values)

    await context.run(unit)
    context.acknowledge()


async def press_list(_: Update, context: Context) -> None:
    """Button: who comes, in a message of its own."""
    number = _number(context)
    actor = await _manager(context, number)
    await pages.show(context, partial(overview.desk, actor=actor, number=number), partial(say_list, page=0))
    context.acknowledge()


async def press_page(_: Update, context: Context) -> None:
    """Button: another page of the list."""
    number, page = context.pressed.numbers(2)
    actor = await _manager(context, ActivityId(number))
    use_case = partial(overview.desk, actor=actor, number=ActivityId(number))
    await pages.turn(context, use_case, partial(say_list, page=page))


class Marking(Protocol):
    """A use case that notes whether somebody was there."""

    def __call__(self, stores: Stores, actor: Actor, *, number: ActivityId, who: int) -> Sheet:
        """The activity as it is then."""


def marking(use_case: Marking) -> Callback:
    """The handler of a button for somebody who was there, or was not after all."""

    async def press(_: Update, context: Context) -> None:
        number, who, page = context.pressed.numbers(3)
        actor = await _manager(context, ActivityId(number))
        noted = partial(use_case, actor=actor, number=ActivityId(number), who=who)
        await pages.turn(context, noted, partial(say_list, page=page))

    return press


def say_list(sheet: Sheet, *, page: int) -> Message:
    """Who comes; once check-in has begun, a button for each to mark them."""
    number = sheet.activity.id
    if sheet.activity.state not in (State.HELD, State.ENDED):
        return Message("activity.list", {"sheet": sheet})
    listed = [*sheet.coming, *sheet.waiting]
    shown: Sequence[Signup] = listed[page * PAGE : (page + 1) * PAGE]
    marks = [
        Button(
            "activity.there_button",
            Action("activity.unmark" if one.is_present else "activity.mark", number, one.id, page),
            {"who": one},
        )
        for one in shown
    ]
    turns = pages.page_buttons(
        first=Action("activity.page", number, 0) if page else None,
        further=Action("activity.page", number, page + 1) if len(listed) > (page + 1) * PAGE else None,
    )
    return Message("activity.list", {"sheet": sheet}, [*in_rows(marks, 2), *turns])


async def press_quarter(_: Update, context: Context) -> None:
    """Button: what a group has done in a quarter."""
    group, back = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    shown = partial(say_quarter, back=min(back, QUARTERS))
    await pages.turn(context, partial(overview.quarter, actor=actor, back=min(back, QUARTERS)), shown)


def say_quarter(found: Quarter, *, back: int) -> Message:
    """The list of a quarter, with the way to the one before and after."""
    number = found.group.id
    row = [Button("activity.before_button", Action("activity.quarter", number, back + 1))] if back < QUARTERS else []
    row += [Button("activity.later_button", Action("activity.quarter", number, back - 1))] if back else []
    table = [[Button("activity.table_button", Action("activity.table", number, back))]] if found.sheets else []
    return Message("activity.quarter", {"found": found}, [*table, row])


async def press_table(_: Update, context: Context) -> None:
    """Button: the list of a quarter as a table, with who had signed up."""
    group, back = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    found = await context.read(partial(overview.quarter, actor=actor, back=min(back, QUARTERS)))
    book = Workbook(context.services, context.actor.reader, "export.work_sheet", "export.work_column")
    content = await asyncio.to_thread(book.write, tables(found.sheets))
    document = Document("activity.file_name", "xlsx", content, {"found": found})
    await documents.send(context, document, Message("activity.file_sent", {"found": found}))
    context.acknowledge()


PRESSES = (
    PrivatePress("activity.desk", press_desk, OWN),
    PrivatePress("activity.begin", managing(running.begin, "activity.begun"), OWN),
    PrivatePress("activity.code", managing(running.change_code, "activity.new_code"), OWN),
    PrivatePress("activity.by_button", managing(running.put_button, "activity.button_put"), OWN),
    PrivatePress("activity.end", managing(running.end, "activity.ended"), OWN),
    PrivatePress("activity.move", asking_for(MOVE, State.OPEN), OWN),
    PrivatePress("activity.cost", asking_for(COST, State.HELD, State.ENDED), OWN),
    PrivatePress("activity.revise", press_revise, OWN),
    PrivatePress("activity.cancel", asking_for(CANCEL, *UNTIL_THE_END), OWN),
    PrivatePress("activity.list", press_list, OWN),
    PrivatePress("activity.page", press_page, OWN),
    PrivatePress("activity.mark", marking(running.mark), OWN),
    PrivatePress("activity.unmark", marking(running.unmark), OWN),
    PrivatePress("activity.quarter", press_quarter, OWN),
    PrivatePress("activity.table", press_table, OWN),
)
