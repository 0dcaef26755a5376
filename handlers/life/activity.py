"""Activities in chat: /activity, the buttons of the group's card and of the private ones, codes, photos."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ActivityId
from domain.life.activity import after, approving, attending, overview, signing
from domain.life.activity.attending import Checked
from domain.life.activity.card import PHOTO_LINK
from domain.life.activity.model import Place, State
from domain.life.activity.planning import approval
from domain.life.checking import Tried
from domain.messaging.message import Action, Button, DeepLink, Message, Reaction, Text
from domain.people.permission import Permission
from handlers import access, pages
from handlers.access import TAKE_PART, Needs
from handlers.command import Callback, Command, Press, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.life import activity_album, activity_desk, activity_photos
from handlers.life import meeting as meeting_chat
from handlers.life.activity_form import FORM
from handlers.life.activity_forms import ABOUT, FORMS, RETURN, WISH
from handlers.links import number_in
from handlers.messaging import form
from language import meeting as spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.activity.model import Activity
    from domain.life.activity.overview import Overview
    from domain.life.activity.signing import Joined
    from domain.life.meeting.attending import Checked as AtMeeting
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
PLANS = Needs(PLAN, PLAN)
NEW_LINK = "activity_new"
GROUPS, MANAGED = 4, 8


async def show(_: Update, context: Context) -> None:
    """/activity: the activities to come, and the way to propose one."""
    if context.actor.chat.is_group:
        await context.answer(partial(overview.overview, actor=context.actor), say_overview)
        return
    there = await access.where_allowed(context, PLAN)

    def found(stores: Stores) -> Message:
        own = replace(overview.overview(stores, context.actor), may_propose=bool(there))
        managed = [one for actor in there for one in overview.managing(stores, actor)]
        return say_private(own, managed[:MANAGED], there[:GROUPS])

    await pages.show(context, found, lambda message: message)


def say_overview(found: Overview) -> Message:
    """In a group: the activities to come; the form is filled in in private."""
    rows = [[Button("activity.new_button", DeepLink(NEW_LINK))]] if found.may_propose else []
    return Message("activity.overview", {"found": found}, rows)


def say_private(found: Overview, managed: Sequence[Activity], there: Sequence[Actor]) -> Message:
    """In private: those of one's groups, with a button each to sign up; those that one runs."""
    rows = [
        [Button("activity.join_button_of", Action("activity.join", sheet.activity.id, 0), {"activity": sheet.activity})]
        for sheet, mine in found.activities
        if sheet.activity.state is State.OPEN and (mine is None or mine.place is Place.OUT)
    ]
    rows += [[Button("activity.manage_button", Action("activity.desk", one.id), {"activity": one})] for one in managed]
    if there:
        new, ask = Action("activity.new"), Action("activity.ask")
        rows.append([Button("activity.new_button", new), Button("activity.ask_button", ask)])
    rows += [
        [Button("activity.quarter_button", Action("activity.quarter", one.chat.id, 0), {"group": one.chat})]
        for one in there
    ]
    return Message("activity.overview", {"found": found}, rows)


def begins(a_form: Form) -> Callback:
    """The handler of a button that begins a form for one of the presser's groups."""

    async def press(_: Update, context: Context) -> None:
        context.pressed.having(0)
        await form.begin_for_group(context, a_form, pressed=True)
        context.acknowledge()

    return press


async def start(context: Context, payload: str) -> bool:
    """A deep link from a group: to propose an activity, or to send photos of one (`activity_photo_7`)."""
    if context.actor.chat.is_group:
        return False
    if payload == NEW_LINK:
        await form.begin_for_group(context, FORM)
        return True
    number = number_in(payload, PHOTO_LINK)
    if number is None:
        return False
    await activity_photos.begin_photos(context, ActivityId(number))
    return True


def _number(context: Context) -> ActivityId:
    return ActivityId(context.pressed.numbers(1)[0])


async def press_join(_: Update, context: Context) -> None:
    """Button: sign up, with so many of one's family."""
    number, family = context.pressed.numbers(2)
    use_case = partial(signing.join, actor=context.actor, number=ActivityId(number), family=family)
    await context.notify(use_case, notice_joined)


def notice_joined(joined: Joined) -> Text:
    """The notice to whoever has signed up."""
    return Text("activity.joined", {"joined": joined})


async def press_leave(_: Update, context: Context) -> None:
    """Button: sign off."""
    use_case = partial(signing.leave, actor=context.actor, number=_number(context))
    await context.notify(use_case, lambda activity: Text("activity.left", {"activity": activity}))


async def press_check_in(_: Update, context: Context) -> None:
    """Button of the group's card: check in."""
    use_case = partial(attending.check_in, actor=context.actor, number=_number(context))
    await context.notify(use_case, lambda checked: Text("activity.checked_in", {"checked": checked}))


async def hears(context: Context) -> bool:
    """Four digits while somebody may check in at an activity; a photo as a reply to its card. Whether it was that."""
    if context.incoming.message is None:
        return False
    if await activity_album.hears(context):
        return True
    found = spoken.code(context.text)
    if found is None or not await context.read(partial(attending.open_to, actor=context.actor)):
        return False
    await context.answer(partial(attending.check_in_by_code, actor=context.actor, code=found[0]), say_checked)
    return True


def say_checked(found: Checked | AtMeeting | Tried) -> Message | Reaction:
    """What came of a code."""
    if isinstance(found, Checked):
        return Reaction(Message("activity.checked_in", {"checked": found}))
    return meeting_chat.say_checked(found)


async def press_approve(_: Update, context: Context) -> None:
    """Button: approve a proposal."""
    use_case = partial(approving.approve, actor=context.actor, number=_number(context))
    await context.notify(use_case, lambda activity: Text("activity.approved", {"activity": activity}))


async def press_give_back(_: Update, context: Context) -> None:
    """Button: return it; the reason is asked for."""
    number = _number(context)
    await context.read(partial(approving.asked, actor=context.actor, number=number))
    await form.begin(context, RETURN, {ABOUT: str(number)})
    context.acknowledge()


async def press_look(_: Update, context: Context) -> None:
    """Button of today's card: the proposal, at the end of the chat, in place of the card before."""
    number, actor = _number(context), context.actor

    def unit(stores: Stores) -> None:
        activity = approving.asked(stores, actor, number=number)
        stores.outbox.delete(activity.asked(actor.member.id), key=f"{context.key}:before")
        stores.outbox.send(actor.chat.id, approval(stores, activity, actor.member.id), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_rate(_: Update, context: Context) -> None:
    """Button: an answer to a question about an activity."""
    number, question, mark = context.pressed.numbers(3)
    use_case = partial(after.rate, actor=context.actor, number=ActivityId(number), question=question, mark=mark)
    await context.run(use_case)
    context.acknowledge()


FEATURE = Feature(
    "activity",
    handlers=(
        Command("activity", show, TAKE_PART),
        PrivatePress("activity.new", begins(FORM), OWN),
        PrivatePress("activity.ask", begins(WISH), OWN),
        Press("activity.join", press_join),
        Press("activity.leave", press_leave),
        Press("activity.check_in", press_check_in),
        PrivatePress("activity.approve", press_approve, OWN),
        PrivatePress("activity.give_back", press_give_back, OWN),
        PrivatePress("activity.look", press_look, OWN),
        PrivatePress("activity.rate", press_rate),
        *activity_desk.PRESSES,
        *activity_album.PRESSES,
    ),
    entries=(
        Entry(
            "activity",
            "activity",
            PLANS,
            29,
            frozenset({Audience.SECRETARIES, Audience.PRIVATE}),
            help=Help(29, Section.IN_CHARGE),
        ),
    ),
    start=start,
    replies=activity_album.REPLIES,
    hears=hears,
    forms=(FORM, *FORMS, activity_photos.TAKES_PHOTOS),
)
