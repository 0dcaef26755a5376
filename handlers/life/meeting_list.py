"""The list of a meeting in chat: who comes, who is there, and marking those without a telephone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MeetingId
from domain.life.meeting import excusing, holding, looking, overview
from domain.life.meeting.model import State
from domain.messaging.message import Action, Button, Message, in_rows
from domain.people.permission import Permission
from handlers import pages
from handlers.action import ButtonExpired
from handlers.command import Callback, PrivatePress
from handlers.form import WORDS, Ending, Field, Filled, Form, Told
from handlers.life.groups import in_group_of
from handlers.life.meeting_form import hear_reason
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.life.meeting.model import Invited, Roll
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

OWN, PAGE, MAX_EXCUSED = Permission.SEE_OWN, 20, 40
ABOUT, WHO = "about", "who"  # the draft's keys for the meeting, and for whom a reason is noted


async def manager(context: Context, number: MeetingId) -> Actor:
    """The presser as an actor in the group of a meeting. Raises MeetingNotFound, NotSureWho."""
    return await in_group_of(context, partial(looking.group_of, number=number))


async def press_list(_: Update, context: Context) -> None:
    """Button: who comes, in a message of its own."""
    number = MeetingId(context.pressed.numbers(1)[0])
    actor = await manager(context, number)
    await pages.show(context, partial(overview.roll, actor=actor, number=number), partial(say_list, page=0))
    context.acknowledge()


async def press_page(_: Update, context: Context) -> None:
    """Button: another page of the list."""
    number, page = context.pressed.numbers(2)
    actor = await manager(context, MeetingId(number))
    await pages.turn(
        context, partial(overview.roll, actor=actor, number=MeetingId(number)), partial(say_list, page=page)
    )


def marking(use_case: Callable[..., Roll]) -> Callback:
    """The handler of a button for somebody who is there, or is not after all."""

    async def press(_: Update, context: Context) -> None:
        number, who, page = context.pressed.numbers(3)
        actor = await manager(context, MeetingId(number))
        noted = partial(use_case, actor=actor, number=MeetingId(number), who=who)
        await pages.turn(context, noted, partial(say_list, page=page))

    return press


def say_list(roll: Roll, *, page: int) -> Message:
    """Who comes; while the meeting is open, a button for each to mark them."""
    number = roll.meeting.id
    reasons = [Button("meeting.reasons_button", Action("meeting.reasons", number))]
    noting = [reasons] if roll.meeting.state is not State.CANCELLED and excusing.without_reason(roll) else []
    if not roll.meeting.is_open:
        return Message("meeting.list", {"roll": roll}, noting)
    shown: Sequence[Invited] = roll.people[page * PAGE : (page + 1) * PAGE]
    marks = [
        Button(
            "meeting.mark_button",
            Action("meeting.unmark" if one.is_present else "meeting.mark", number, one.id, page),
            {"who": one},
        )
        for one in shown
    ]
    more = len(roll.people) > (page + 1) * PAGE
    turns = pages.page_buttons(
        first=Action("meeting.page", number, 0) if page else None,
        further=Action("meeting.page", number, page + 1) if more else None,
    )
    return Message("meeting.list", {"roll": roll}, [*in_rows(marks, 2), *turns, *noting])


async def press_reasons(_: Update, context: Context) -> None:
    """Button of the list: choose about whom a reason is noted."""
    number = MeetingId(context.pressed.numbers(1)[0])
    actor = await manager(context, number)
    await pages.turn(context, partial(excusing.ready, actor=actor, number=number), say_reasons)


def say_reasons(roll: Roll) -> Message:
    """Who is absent or late without a reason, a button each."""
    buttons = [
        Button("meeting.excuse_button", Action("meeting.excuse", roll.meeting.id, one.id), {"who": one})
        for one in excusing.without_reason(roll)[:MAX_EXCUSED]
    ]
    back = Button("meeting.list_button", Action("meeting.page", roll.meeting.id, 0))
    return Message("meeting.ask_whom", {"roll": roll}, [*in_rows(buttons, 2), [back]])


async def press_excuse(_: Update, context: Context) -> None:
    """Button: ask for somebody's reason."""
    number, who = context.pressed.numbers(2)
    there = await manager(context, MeetingId(number))
    await context.read(partial(excusing.asked, actor=there, number=MeetingId(number), who=who))
    await form.begin_at(context, EXCUSE, there, known={ABOUT: str(number), WHO: str(who)})
    context.acknowledge()


def _about(filled: Filled) -> tuple[MeetingId, int]:
    return MeetingId(filled.number(ABOUT)), filled.number(WHO)


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why somebody is absent or late."""
    number, who = _about(filled)
    found = next((one for one in stores.meetings.people(number) if one.id == who), None)
    if found is None:
        raise ButtonExpired
    return Message("meeting.ask_excuse", {"who": found})


async def excuse(context: Context, filled: Filled) -> Ending:
    """Note it; the group does not hear of it."""
    (number, who), actor, private = _about(filled), context.actor, filled.draft.chat

    def unit(stores: Stores) -> Told:
        found = excusing.excuse(stores, actor, number=number, who=who, reason=filled[REASON])
        stores.outbox.send(private, Message("meeting.excused", {"found": found}), key=context.key, urgent=True)
        return Told()

    return unit


REASON = Field("reason", WORDS, "meeting.field_reason", ask_reason, hear_reason)
EXCUSE = Form("meeting_excuse", (REASON,), Permission.PLAN_WORK, excuse)
PRESSES = (
    PrivatePress("meeting.reasons", press_reasons, OWN),
    PrivatePress("meeting.excuse", press_excuse, OWN),
    PrivatePress("meeting.list", press_list, OWN),
    PrivatePress("meeting.page", press_page, OWN),
    PrivatePress("meeting.mark", marking(holding.mark), OWN),
    PrivatePress("meeting.unmark", marking(holding.unmark), OWN),
)
