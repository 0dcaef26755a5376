"""Front-line actions in chat: /action, the group's card, the page of whoever runs one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ActionId
from domain.life.action import overview, service
from domain.life.action.service import REPORT_LINK
from domain.messaging.message import Action, Button, DeepLink, Message
from domain.people.permission import Permission, require
from domain.points import honour
from handlers import access, pages
from handlers.access import TAKE_PART, Needs
from handlers.command import Callback, Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.life.action_form import ABOUT, FINISH, FORM, FORMS, REPORT, STOP, there
from handlers.links import number_in
from handlers.messaging import asking, form
from handlers.messaging.asking import PLACE
from handlers.points import honour_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.action.model import Page
    from domain.life.action.overview import Overview
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
PLANS = Needs(PLAN, PLAN)
NEW_LINK = "action_new"
MANAGED = 8


async def show(_: Update, context: Context) -> None:
    """/action: the front-line actions that go on, and the way to open one."""
    if context.actor.chat.is_group:
        await context.answer(partial(overview.overview, actor=context.actor), say_overview)
        return
    led = await access.where_allowed(context, PLAN)

    def found(stores: Stores) -> Message:
        own = replace(overview.overview(stores, context.actor), may_open=bool(led))
        managed = [one for actor in led for one in overview.managing(stores, actor)][:MANAGED]
        mine = [one for one in own.pages if one.action.lead == context.actor.member.id]
        return say_private(overview.with_managed(own, managed), managed, mine)

    await pages.show(context, found, lambda message: message)


def say_overview(found: Overview) -> Message:
    """In a group: those that go on; the form is filled in in private."""
    rows = [[Button("action.new_button", DeepLink(NEW_LINK))]] if found.may_open else []
    return Message("action.overview", {"found": found}, rows)


def say_private(found: Overview, managed: Sequence[Page], mine: Sequence[Page]) -> Message:
    """In private: one's own, with a button each to report; those of the groups whose work one plans."""
    run = {one.action.id for one in managed}
    rows = [
        [Button("action.report_button_of", Action("action.report", one.action.id), {"page": one})]
        for one in mine
        if one.action.id not in run
    ]
    rows += [[Button("action.manage_button", Action("action.open", one.action.id), {"page": one})] for one in managed]
    if found.may_open:
        rows.append([Button("action.new_button", Action("action.new"))])
    return Message("action.overview", {"found": found}, rows)


async def press_new(_: Update, context: Context) -> None:
    """Button: open an action."""
    context.pressed.having(0)
    await form.begin_for_group(context, FORM, pressed=True)
    context.acknowledge()


async def start(context: Context, payload: str) -> bool:
    """A deep link from a group: to open an action, or to report a figure of one (`action_report_7`)."""
    if context.actor.chat.is_group:
        return False
    if payload == NEW_LINK:
        await form.begin_for_group(context, FORM)
        return True
    number = number_in(payload, REPORT_LINK)
    if number is None:
        return False
    await _begin_report(context, ActionId(number))
    return True


async def _begin_report(context: Context, number: ActionId) -> None:
    actor = replace(await there(context, number), chat=context.actor.chat)
    await context.read(partial(service.reporting, actor=actor, number=number))
    await form.begin(context, REPORT, {ABOUT: str(number)})


def _number(context: Context) -> ActionId:
    return ActionId(context.pressed.numbers(1)[0])


async def press_report(_: Update, context: Context) -> None:
    """Button: report a figure."""
    await _begin_report(context, _number(context))
    context.acknowledge()


async def press_open(_: Update, context: Context) -> None:
    """Button: the page of an action that one runs."""
    number = _number(context)
    actor = await there(context, number)
    await pages.show(context, partial(service.managed, actor=actor, number=number), say_page)
    context.acknowledge()


def say_page(page: Page) -> Message:
    """An action with its figures, and what can be done."""
    number = page.action.id
    report = [Button("action.report_button", Action("action.report", number))]
    close = [
        Button("action.finish_button", Action("action.finish", number)),
        Button("action.stop_button", Action("action.stop", number)),
    ]
    return Message("action.page", {"page": page}, [report, close])


def closes(a_form: Form) -> Callback:
    """The handler of a button that begins a form which ends an action."""

    async def press(_: Update, context: Context) -> None:
        number = _number(context)
        actor = await there(context, number)
        await context.read(partial(service.managed, actor=actor, number=number))
        await form.begin_at(context, a_form, actor, known={ABOUT: str(number)})
        context.acknowledge()

    return press


async def press_honour(_: Update, context: Context) -> None:
    """Button: propose an honour for what was reached; the citation is filled in."""
    number = _number(context)
    actor = await there(context, number)
    page = await context.read(partial(service.look, actor=actor, number=number))
    citation = context.label("action.citation", page=page)

    def unit(stores: Stores) -> None:
        require(stores, actor, Permission.GIVE_HONOURS)
        honour.titles(stores, actor)
        values = {PLACE: str(actor.chat.id), honour_form.CITATION.name: citation}
        asking.begin(stores, context=context, form=honour_form.FORM, values=values)

    await context.run(unit)
    context.acknowledge()


FEATURE = Feature(
    "action",
    handlers=(
        Command("action", show, TAKE_PART),
        PrivatePress("action.new", press_new, OWN),
        PrivatePress("action.report", press_report),
        PrivatePress("action.open", press_open, OWN),
        PrivatePress("action.finish", closes(FINISH), OWN),
        PrivatePress("action.stop", closes(STOP), OWN),
        PrivatePress("action.honour", press_honour, OWN),
    ),
    entries=(
        Entry(
            "action",
            "action",
            PLANS,
            30,
            frozenset({Audience.SECRETARIES, Audience.PRIVATE}),
            help=Help(30, Section.IN_CHARGE),
        ),
    ),
    start=start,
    forms=FORMS,
)
