"""Rectification in chat: /rectify in private, the page of a finding, looking back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from domain.ids import ChatId, FindingId
from domain.life.rectification import looking_back, overview, planning, seeing
from domain.life.rectification.card import looks, looks_of, show_button, shown_to
from domain.life.rectification.overview import DAYS
from domain.life.rectification.shared import shared
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from handlers import access, pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Callback, Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.life import rectification_document, rectification_sources
from handlers.life.groups import in_group, in_group_of
from handlers.life.rectification_form import ABOUT, REPORT
from handlers.life.rectification_plan import MEASURES
from handlers.life.rectification_words import BACK, DROP, EXTEND
from handlers.messaging import form
from language import similar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.life.rectification.model import Entry as Round
    from domain.life.rectification.model import Finding
    from domain.life.rectification.overview import Listing, Overview
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form

PLAN, SEE, PART, OWN = Permission.PLAN_WORK, Permission.SEE_SUMMARY, Permission.TAKE_PART, Permission.SEE_OWN
NEEDS = Needs(in_private=PART)
MINE, BRANCH, FIGURES = "mine", "branch", "figures"
BUTTONS, GROUPS, LISTED = 6, 3, 15
COUNTED = ("open", "overdue", "closed", "repeated")


async def show(_: Update, context: Context) -> None:
    """/rectify in private: what is open in one's groups, else what concerns oneself."""
    there = await access.where_allowed(context, SEE)
    await pages.show(context, _listing(context, there, BRANCH if there else MINE), partial(say_list, there=there))


def _listing(context: Context, there: Sequence[Actor], view: str) -> Callable[[Stores], Listing]:
    actor = context.actor
    if view == MINE:
        return partial(overview.mine, actor=actor)
    return partial(overview.of_groups, actor=actor, there=there)


def say_list(found: Listing, *, there: Sequence[Actor]) -> Message:
    """What is open, a button for each of the first; below them the other views and the way to write one down."""
    rows = [[show_button(line.finding)] for line in found.lines[:BUTTONS]]
    if found.looks:
        rows.append([Button("rectification.look_button", Action("rectification.looks"))])
    views = [MINE, BRANCH, FIGURES] if there else []
    now = MINE if found.own else BRANCH
    rows.append([_view(one) for one in views if one != now])
    if there:
        rows.append([Button("rectification.new_button", Action("rectification.new"))])
    return Message("rectification.list", {"found": found, "leads": bool(there)}, [row for row in rows if row])


def _view(view: str, days: int = DAYS[0]) -> Button:
    return Button("rectification.view_button", Action("rectification.view", view, days), {"view": view})


async def press_list(_: Update, context: Context) -> None:
    """Button of today's card: the list, in a message of its own."""
    context.pressed.having(0)
    there = await access.where_allowed(context, SEE)
    await pages.show(context, _listing(context, there, BRANCH if there else MINE), partial(say_list, there=there))
    context.acknowledge()


async def press_view(_: Update, context: Context) -> None:
    """Button: another view in place of the page. Raises ButtonExpired for one that there is not."""
    pressed = context.pressed.having(2)
    view, days = pressed.word(0), pressed.number(1)
    there = await access.where_allowed(context, SEE)
    if view == FIGURES:
        await pages.turn(context, await _figures(context, there, days), partial(say_figures, there=there))
        return
    if view not in (MINE, BRANCH):
        raise ButtonExpired
    await pages.turn(context, _listing(context, there, view), partial(say_list, there=there))


@dataclass(frozen=True, slots=True)
class Told:
    """The figures, and what several branches have in common."""

    overview: Overview
    shared: Sequence[object]


async def _figures(context: Context, there: Sequence[Actor], days: int) -> Callable[[Stores], Told]:
    if days not in DAYS:
        raise ButtonExpired
    found = await context.read(partial(overview.figures_for, actor=context.actor, there=there, days=days))
    common = await asyncio.to_thread(shared, found.entries, found.names, similar.are_similar)
    return lambda _: Told(found, common)


def say_figures(told: Told, *, there: Sequence[Actor]) -> Message:
    """Figures of all, by branch and by kind; a button opens what each counts."""
    found = told.overview
    rows = [
        [
            Button("rectification.entries_button", Action("rectification.entries", one, found.days), {"what": one})
            for one in COUNTED
        ],
        [_days(days) for days in DAYS if days != found.days],
        *(
            [Button("rectification.ledger_button", Action("rectification.ledger", one.group.id), {"group": one.group})]
            for one in there[:GROUPS]
        ),
        [_view(MINE), _view(BRANCH)],
    ]
    return Message("rectification.figures", {"found": found, "shared": told.shared}, rows)


def _days(days: int) -> Button:
    return Button("rectification.days_button", Action("rectification.view", FIGURES, days), {"days": days})


async def press_entries(_: Update, context: Context) -> None:
    """Button: what a figure counts, in place of the figures. Raises ButtonExpired."""
    pressed = context.pressed.having(2)
    what, days = pressed.word(0), pressed.number(1)
    if what not in COUNTED or days not in DAYS:
        raise ButtonExpired
    there = await access.where_allowed(context, SEE)
    use_case = partial(overview.figures_for, actor=context.actor, there=there, days=days)
    await pages.turn(context, use_case, partial(say_entries, what=what))


def say_entries(found: Overview, *, what: str) -> Message:
    """What a figure counts, the newest first."""
    entries = overview.counted_as(found, what)[::-1]
    values = {
        "what": what,
        "days": found.days,
        "lines": [(one, _branch(found, one)) for one in entries[:LISTED]],
        "more": len(entries[LISTED:]),
        "at": found.until,
    }
    return Message("rectification.entries", values, [[_view(FIGURES, found.days)]])


def _branch(found: Overview, one: Round) -> str:
    return "" if one.branch is None else found.names.get(one.branch, "")


async def press_new(_: Update, context: Context) -> None:
    """Button: write a finding down for one of one's groups."""
    context.pressed.having(0)
    await form.begin_for_group(context, REPORT, pressed=True)
    context.acknowledge()


async def _there(context: Context, number: FindingId) -> Actor:
    """The presser as an actor in the group of a finding. Raises FindingNotFound, NotSureWho."""
    return await in_group_of(context, partial(seeing.group_of, number=number))


def _number(context: Context) -> FindingId:
    return FindingId(context.pressed.numbers(1)[0])


async def press_show(_: Update, context: Context) -> None:
    """Button: the page of a finding, in a message of its own; one that stands already goes."""
    number = _number(context)
    there, private = await _there(context, number), context.actor.chat.id

    def unit(stores: Stores) -> None:
        found = planning.show(stores, there, number=number)
        stores.outbox.send(private, shown_to(stores, there, found), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


class Check(Protocol):
    """A use case that says whether somebody may take a step."""

    def __call__(self, stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
        """The finding. Raises why they may not."""


def asking(check: Check, wanted: Form) -> Callback:
    """The handler of a button that begins a form about a finding, in private, where the presser may."""

    async def press(_: Update, context: Context) -> None:
        number = _number(context)
        there = await _there(context, number)
        await context.read(partial(check, actor=there, number=number))
        await form.begin_at(context, wanted, there, known={ABOUT: str(number)})
        context.acknowledge()

    return press


async def press_holds(_: Update, context: Context) -> None:
    """Button of looking back: it is still so."""
    number = _number(context)
    there = await _there(context, number)
    await context.notify(partial(looking_back.holds, actor=there, number=number), notice_holds)


def notice_holds(finding: Finding) -> Text:
    """The notice to who has looked back."""
    return Text("rectification.held", {"finding": finding})


async def press_looks(_: Update, context: Context) -> None:
    """Button of today's card: what is to be looked at again, at the end of the chat."""
    context.pressed.having(0)
    own, private = context.actor.member.id, context.actor.chat.id

    def unit(stores: Stores) -> None:
        message = looks(stores, own) or Message("rectification.looked", subject=looks_of(own))
        stores.outbox.delete(looks_of(own), key=f"{context.key}:before")
        stores.outbox.send(private, message, key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_ledger(_: Update, context: Context) -> None:
    """Button: the ledger of a group as a document."""
    there = await in_group(context, ChatId(context.pressed.numbers(1)[0]))
    await rectification_document.send(context, there)
    context.acknowledge()


FEATURE = Feature(
    "rectification",
    handlers=(
        Command("rectify", show, NEEDS),
        PrivatePress("rectification.list", press_list, OWN),
        PrivatePress("rectification.view", press_view, OWN),
        PrivatePress("rectification.entries", press_entries, OWN),
        PrivatePress("rectification.new", press_new, OWN),
        PrivatePress("rectification.show", press_show, OWN),
        PrivatePress("rectification.plan", asking(seeing.to_plan, MEASURES), OWN),
        PrivatePress("rectification.drop", asking(planning.to_drop, DROP), OWN),
        PrivatePress("rectification.extend", asking(planning.to_extend, EXTEND), OWN),
        PrivatePress("rectification.again", asking(looking_back.to_reopen, BACK), OWN),
        PrivatePress("rectification.back", asking(looking_back.to_answer, BACK), OWN),
        PrivatePress("rectification.holds", press_holds, OWN),
        PrivatePress("rectification.looks", press_looks, OWN),
        PrivatePress("rectification.ledger", press_ledger, OWN),
        *rectification_sources.HANDLERS,
    ),
    entries=(Entry("rectify", "rectification", NEEDS, 33, frozenset({Audience.PRIVATE}), help=Help(33)),),
    forms=(REPORT, MEASURES, EXTEND, DROP, BACK),
)
