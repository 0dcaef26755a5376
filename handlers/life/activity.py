"""Activities in chat: /activity, the buttons of the group's card and of the private ones, codes, photos."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ActivityId, ChatId
from domain.life.activity import after, approving, attending, looking, overview, running, signing
from domain.life.activity.attending import Checked
from domain.life.activity.card import PHOTO_LINK, desk
from domain.life.activity.model import Place, State
from domain.life.activity.planning import approval
from domain.life.activity.reporting import tables
from domain.life.checking import Tried
from domain.messaging.message import Action, Button, DeepLink, Document, Message, Reaction, Text, in_rows
from domain.people.permission import Permission
from handlers import access, documents, pages
from handlers.access import TAKE_PART, Needs
from handlers.command import Callback, Command, Press, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.life import activity_album, activity_forms
from handlers.life import meeting as meeting_chat
from handlers.life.activity_form import FORM, kept_of
from handlers.life.activity_forms import ABOUT, CANCEL, COST, FORMS, MOVE, RETURN, WISH
from handlers.life.standings import in_group
from handlers.links import number_in
from handlers.messaging import asking, form
from handlers.messaging.asking import PLACE
from handlers.workbook import Workbook
from language import meeting as spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from telegram import Update

    from domain.life.activity.model import Activity, Sheet, Signup
    from domain.life.activity.overview import Overview, Quarter
    from domain.life.activity.signing import Joined
    from domain.life.meeting.attending import Checked as AtMeeting
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
PLANS = Needs(PLAN, PLAN)
NEW_LINK = "activity_new"
PAGE, GROUPS, MANAGED, QUARTERS = 20, 4, 8, 8
UNTIL_THE_END = (State.PROPOSED, State.RETURNED, State.OPEN, State.HELD)


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
    await activity_forms.begin_photos(context, ActivityId(number))
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


async def _manager(context: Context, number: ActivityId) -> Actor:
    """The presser as an actor in the group of an activity. Raises ActivityNotFound, NotSureWho."""
    group = await context.read(partial(looking.group_of, number=number))
    return await in_group(context, group)


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


def managing(use_case: Callable[..., Sheet], notice: str) -> Callback:
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
        values = {PLACE: str(actor.chat.id), ABOUT: str(number)}
        await context.run(partial(asking.begin, context=context, form=a_form, values=values))
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


async def press_mark(_: Update, context: Context) -> None:
    """Button: somebody was there, or was not after all."""
    number, who, page = context.pressed.numbers(3)
    actor = await _manager(context, ActivityId(number))
    use_case = partial(running.mark, actor=actor, number=ActivityId(number), who=who)
    await pages.turn(context, use_case, partial(say_list, page=page))


def say_list(sheet: Sheet, *, page: int) -> Message:
    """Who comes; once check-in has begun, a button for each to mark them."""
    number = sheet.activity.id
    if sheet.activity.state not in (State.HELD, State.ENDED):
        return Message("activity.list", {"sheet": sheet})
    listed = [*sheet.coming, *sheet.waiting]
    shown: Sequence[Signup] = listed[page * PAGE : (page + 1) * PAGE]
    marks = [
        Button("activity.there_button", Action("activity.mark", number, one.id, page), {"who": one}) for one in shown
    ]
    turns = pages.page_buttons(
        first=Action("activity.page", number, 0) if page else None,
        further=Action("activity.page", number, page + 1) if len(listed) > (page + 1) * PAGE else None,
    )
    return Message("activity.list", {"sheet": sheet}, [*in_rows(marks, 2), *turns])


async def press_rate(_: Update, context: Context) -> None:
    """Button: an answer to a question about an activity."""
    number, question, mark = context.pressed.numbers(3)
    use_case = partial(after.rate, actor=context.actor, number=ActivityId(number), question=question, mark=mark)
    await context.run(use_case)
    context.acknowledge()


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


FEATURE = Feature(
    "activity",
    handlers=(
        Command("activity", show, TAKE_PART),
        PrivatePress("activity.new", begins(FORM), OWN),
        PrivatePress("activity.ask", begins(WISH), OWN),
        Press("activity.join", press_join),
        Press("activity.leave", press_leave),
        Press("activity.check_in", press_check_in),
        PrivatePress("activity.desk", press_desk, OWN),
        PrivatePress("activity.begin", managing(running.begin, "activity.begun"), OWN),
        PrivatePress("activity.code", managing(running.change_code, "activity.new_code"), OWN),
        PrivatePress("activity.by_button", managing(running.put_button, "activity.button_put"), OWN),
        PrivatePress("activity.end", managing(running.end, "activity.ended"), OWN),
        PrivatePress("activity.move", asking_for(MOVE, State.OPEN), OWN),
        PrivatePress("activity.cost", asking_for(COST, State.HELD, State.ENDED), OWN),
        PrivatePress("activity.revise", press_revise, OWN),
        PrivatePress("activity.cancel", asking_for(CANCEL, *UNTIL_THE_END), OWN),
        PrivatePress("activity.approve", press_approve, OWN),
        PrivatePress("activity.give_back", press_give_back, OWN),
        PrivatePress("activity.look", press_look, OWN),
        PrivatePress("activity.list", press_list, OWN),
        PrivatePress("activity.page", press_page, OWN),
        PrivatePress("activity.mark", press_mark, OWN),
        PrivatePress("activity.rate", press_rate),
        PrivatePress("activity.quarter", press_quarter, OWN),
        PrivatePress("activity.table", press_table, OWN),
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
    forms=(FORM, *FORMS),
)
