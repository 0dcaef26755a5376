"""Meetings in chat: /meeting, the buttons of the notice and of the private card, the code that people type."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from domain.ids import MeetingId
from domain.life.checking import Tried
from domain.life.meeting import attending, calling, holding, looking, overview
from domain.life.meeting.attending import Checked
from domain.life.meeting.card import AWAY_LINK, CALENDAR_LINK, desk
from domain.messaging.message import Action, Button, DeepLink, Message, Reaction, Text
from domain.people.permission import Permission
from handlers import access, pages
from handlers.access import TAKE_PART, Needs
from handlers.arguments import after_command
from handlers.command import Callback, Command, Press, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.life import decision, meeting_list, meeting_moving, standings
from handlers.life.meeting_form import ABOUT, AWAY, FORM
from handlers.life.meeting_list import manager
from handlers.links import number_in
from handlers.messaging import form
from language import meeting as spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.meeting.model import Meeting, Roll
    from domain.life.meeting.overview import Overview
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
PLANS = Needs(PLAN, PLAN)
NEW_LINK = "meeting_new"
GROUPS, MANAGED = 4, 8


async def show(_: Update, context: Context) -> None:
    """/meeting: the meetings to come, and the way to call one; with words, what was decided about something."""
    words = after_command(context.text)
    if words:
        await decision.search(context, words)
        return
    if context.actor.chat.is_group:
        await context.answer(partial(overview.overview, actor=context.actor), say_overview)
        return
    there = await access.where_allowed(context, PLAN)

    def found(stores: Stores) -> Message:
        own = replace(overview.overview(stores, context.actor), may_call=bool(there))
        managed = [one for actor in there for one in overview.managing(stores, actor)][:MANAGED]
        return say_private(overview.with_managed(own, managed), managed, there[:GROUPS])

    await pages.show(context, found, lambda message: message)


def say_overview(found: Overview) -> Message:
    """In a group: the meetings to come; the form is filled in in private."""
    rows = [[Button("meeting.new_button", DeepLink(NEW_LINK))]] if found.may_call else []
    rows.append([decision.list_button()])
    return Message("meeting.overview", {"found": found}, rows)


def say_private(found: Overview, managed: Sequence[Meeting], there: Sequence[Actor]) -> Message:
    """In private: one's own meetings, those that one runs, who votes."""
    rows = [[Button("meeting.manage_button", Action("meeting.desk", one.id), {"meeting": one})] for one in managed]
    if found.may_call:
        rows.append([Button("meeting.new_button", Action("meeting.new"))])
    rows.append([decision.list_button()])
    rows += [
        [
            Button("meeting.ledger_button", Action("meeting.ledger", one.chat.id), {"group": one.chat}),
            Button("meeting.standings_button", Action("meeting.standings", one.chat.id, 0), {"group": one.chat}),
        ]
        for one in there
        if one.chat.branch is not None
    ]
    return Message("meeting.overview", {"found": found}, rows)


async def press_new(_: Update, context: Context) -> None:
    """Button: call a meeting."""
    context.pressed.having(0)
    await form.begin_for_group(context, FORM, pressed=True)
    context.acknowledge()


async def start(context: Context, payload: str) -> bool:
    """A deep link from a group: to call a meeting, to take leave from one (`meeting_away_7`), to get it as a file."""
    if context.actor.chat.is_group:
        return False
    if payload == NEW_LINK:
        await form.begin_for_group(context, FORM)
        return True
    away, calendar = number_in(payload, AWAY_LINK), number_in(payload, CALENDAR_LINK)
    if away is not None:
        await _ask_away(context, MeetingId(away))
    elif calendar is not None:
        await meeting_moving.send_calendar(context, MeetingId(calendar))
    return away is not None or calendar is not None


async def _ask_away(context: Context, number: MeetingId) -> None:
    await context.read(partial(attending.asked_away, actor=context.actor, number=number))
    await form.begin(context, AWAY, {ABOUT: str(number)})


def _number(context: Context) -> MeetingId:
    return MeetingId(context.pressed.numbers(1)[0])


async def press_come(_: Update, context: Context) -> None:
    """Button: somebody comes."""
    await context.notify(partial(attending.come, actor=context.actor, number=_number(context)), notice_coming)


def notice_coming(meeting: Meeting) -> Text:
    """The notice to whoever comes."""
    return Text("meeting.coming", {"meeting": meeting})


async def press_away(_: Update, context: Context) -> None:
    """Button of today's card: take leave."""
    await _ask_away(context, _number(context))
    context.acknowledge()


async def press_check_in(_: Update, context: Context) -> None:
    """Button of the group's card: check in."""
    use_case = partial(attending.check_in, actor=context.actor, number=_number(context))
    await context.notify(use_case, lambda checked: Text("meeting.checked_in", {"checked": checked}))


async def hears(context: Context) -> bool:
    """Four digits while somebody may check in, or after the word for it. Whether it was that."""
    found = spoken.code(context.text) if context.incoming.message else None
    if found is None:
        return False
    code, is_said = found
    if not is_said and not await context.read(partial(attending.open_to, actor=context.actor)):
        return False
    await context.answer(partial(attending.check_in_by_code, actor=context.actor, code=code), say_checked)
    return True


def say_checked(found: Checked | Tried) -> Message | Reaction:
    """What came of a code."""
    if isinstance(found, Tried):
        return Message("meeting.tried", {"left": found.left}, silent=True)
    return Reaction(Message("meeting.checked_in", {"checked": found}))


async def press_desk(_: Update, context: Context) -> None:
    """Button: the private card of a meeting, at the end of the chat."""
    number = _number(context)
    actor, private = await manager(context, number), context.actor.chat.id

    def unit(stores: Stores) -> None:
        roll = overview.roll(stores, actor, number=number)
        stores.outbox.delete(roll.meeting.desk, key=f"{context.key}:before")
        stores.outbox.send(private, desk(roll), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


class Step(Protocol):
    """A use case of whoever runs a meeting."""

    def __call__(self, stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
        """The meeting as it is then."""


def managing(use_case: Step, notice: str) -> Callback:
    """The handler of a button of the private card."""

    async def press(_: Update, context: Context) -> None:
        number = _number(context)
        actor = await manager(context, number)
        await context.notify(
            partial(use_case, actor=actor, number=number),
            lambda roll: Text(notice, {"roll": roll, "meeting": roll.meeting}),
        )

    return press


async def press_cancel(_: Update, context: Context) -> None:
    """Button: ask whether a meeting is called off."""
    number = _number(context)
    actor = await manager(context, number)
    await pages.show(context, partial(looking.running, actor=actor, number=number), ask_whether)
    context.acknowledge()


def ask_whether(roll: Roll) -> Message:
    """The question whether a meeting is called off."""
    yes = Button("meeting.cancelled_button", Action("meeting.cancelled", roll.meeting.id))
    keep = Button("meeting.keep_button", Action("meeting.keep"))
    return Message("meeting.ask_cancel", {"roll": roll}, [[yes, keep]])


async def press_cancelled(_: Update, context: Context) -> None:
    """Button: call it off."""
    number = _number(context)
    actor = await manager(context, number)
    await pages.close(context, partial(calling.cancel, actor=actor, number=number))


async def press_keep(_: Update, context: Context) -> None:
    """Button: it is not called off."""
    await pages.close(context, lambda _: None)


OWN = Permission.SEE_OWN
FEATURE = Feature(
    "meeting",
    handlers=(
        Command("meeting", show, TAKE_PART),
        PrivatePress("meeting.new", press_new, OWN),
        Press("meeting.come", press_come),
        PrivatePress("meeting.away", press_away),
        Press("meeting.check_in", press_check_in),
        PrivatePress("meeting.desk", press_desk, OWN),
        PrivatePress("meeting.open", managing(holding.open_, "meeting.opened"), OWN),
        PrivatePress("meeting.code", managing(holding.change_code, "meeting.new_code"), OWN),
        PrivatePress("meeting.by_button", managing(holding.put_button, "meeting.button_put"), OWN),
        PrivatePress("meeting.end", managing(holding.end, "meeting.ended"), OWN),
        PrivatePress("meeting.cancel", press_cancel, OWN),
        PrivatePress("meeting.cancelled", press_cancelled, OWN),
        PrivatePress("meeting.keep", press_keep, OWN),
        *meeting_list.PRESSES,
        *meeting_moving.PRESSES,
        *standings.PRESSES,
    ),
    entries=(
        Entry(
            "meeting",
            "meeting",
            PLANS,
            28,
            frozenset({Audience.SECRETARIES, Audience.PRIVATE}),
            help=Help(28, Section.IN_CHARGE),
        ),
    ),
    start=start,
    hears=hears,
    forms=(FORM, AWAY, meeting_list.EXCUSE, meeting_moving.FORM),
)
