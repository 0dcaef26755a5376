"""The list of a meeting in chat: who comes, who is there, and marking those without a telephone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MeetingId
from domain.life.meeting import holding, looking, overview
from domain.messaging.message import Action, Button, Message, in_rows
from domain.people.permission import Permission
from handlers import pages
from handlers.command import PrivatePress
from handlers.life.standings import in_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.meeting.model import Invited, Roll
    from domain.people.actor import Actor
    from handlers.context import Context

OWN, PAGE = Permission.SEE_OWN, 20


async def manager(context: Context, number: MeetingId) -> Actor:
    """The presser as an actor in the group of a meeting. Raises MeetingNotFound, NotSureWho."""
    group = await context.read(partial(looking.group_of, number=number))
    return await in_group(context, group)


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


async def press_mark(_: Update, context: Context) -> None:
    """Button: somebody is there, or is not after all."""
    number, who, page = context.pressed.numbers(3)
    actor = await manager(context, MeetingId(number))
    use_case = partial(holding.mark, actor=actor, number=MeetingId(number), who=who)
    await pages.turn(context, use_case, partial(say_list, page=page))


def say_list(roll: Roll, *, page: int) -> Message:
    """Who comes; while the meeting is open, a button for each to mark them."""
    number = roll.meeting.id
    if not roll.meeting.is_open:
        return Message("meeting.list", {"roll": roll})
    shown: Sequence[Invited] = roll.people[page * PAGE : (page + 1) * PAGE]
    marks = [Button("meeting.mark_button", Action("meeting.mark", number, one.id, page), {"who": one}) for one in shown]
    more = len(roll.people) > (page + 1) * PAGE
    turns = pages.page_buttons(
        first=Action("meeting.page", number, 0) if page else None,
        further=Action("meeting.page", number, page + 1) if more else None,
    )
    return Message("meeting.list", {"roll": roll}, [*in_rows(marks, 2), *turns])


PRESSES = (
    PrivatePress("meeting.list", press_list, OWN),
    PrivatePress("meeting.page", press_page, OWN),
    PrivatePress("meeting.mark", press_mark, OWN),
)
