"""Lists of responsibilities in chat: /responsibilities, its pages, sample lists, and lists in files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import RecurringId
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission
from domain.work import responsibility
from domain.work.responsibility import Adopted, Difference, Duty, Overview, RoleShown, Way
from handlers import access, pages
from handlers.access import TAKE_PART, Needs
from handlers.action import ButtonExpired
from handlers.command import Command, Press
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.work import responsibility_exchange as exchange
from handlers.work import responsibility_files as files
from handlers.work.responsibility_exchange import there
from sheets.responsibility import samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from telegram import Update

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from handlers.context import Context

PLAN = Permission.PLAN_WORK
MAX_GROUPS = 12


# --- the pages -------------------------------------------------------------------------------------------------------


async def show(_: Update, context: Context) -> None:
    """/responsibilities: in a group its branch's lists; in private one's own duties, and the groups one plans for."""
    if context.actor.chat.is_group:
        await pages.show(context, partial(responsibility.overview, actor=context.actor), say_overview)
        return
    groups = [one.group for one in await access.where_allowed(context, PLAN)][:MAX_GROUPS]
    await pages.show(context, partial(responsibility.mine, actor=context.actor), partial(say_mine, groups, context.now))


def say_mine(groups: Sequence[Chat], at: datetime, duties: Sequence[Duty]) -> Message:
    """One's own duties, and a button for each group that one plans for."""
    rows = [
        [Button("responsibility.group_button", Action("responsibility.at", one.id), {"group": one})] for one in groups
    ]
    values = {"duties": duties[:15], "more": len(duties[15:]), "plans": bool(groups), "at": at}
    return Message("responsibility.mine", values, rows)


async def press_at(_: Update, context: Context) -> None:
    """Button: the lists of a group's branch."""
    actor = await there(context, context.pressed.having(1).number())
    await pages.turn(context, partial(responsibility.overview, actor=actor), say_overview)


def say_overview(found: Overview) -> Message:
    """A branch's lists, a button each, and what can be done about them."""
    place = found.group.id
    rows = [
        [Button("responsibility.role_button", Action("responsibility.role", one.handle, 0), {"role": one})]
        for one in found.roles
    ]
    if found.others:
        rows.append([Button("responsibility.others_button", Action("responsibility.others", place))])
    if found.may_plan and found.branch:
        more = [Button("responsibility.samples_button", Action("responsibility.samples", place))]
        more.append(Button("responsibility.files_button", Action("responsibility.files", place)))
        rows.append(more)
    return Message("responsibility.overview", {"overview": found}, rows)


PAGE_OF_ROLE = 8


async def press_role(_: Update, context: Context) -> None:
    """Button: the list of a role."""
    number, offset = context.pressed.numbers(2)
    actor = await _of_entry(context, RecurringId(number))
    present = partial(say_role, offset)
    await pages.turn(context, partial(responsibility.role_list, actor=actor, number=RecurringId(number)), present)


async def _of_entry(context: Context, number: RecurringId) -> Actor:
    """The sender as an actor in the group of an entry. Raises ButtonExpired."""
    one = await context.read(lambda stores: stores.recurring.get(number))
    if one is None:
        raise ButtonExpired
    return await there(context, one.group)


def say_role(offset: int, found: RoleShown) -> Message:
    """A role's list, a button for each entry of the page."""
    shown = found.entries[offset : offset + PAGE_OF_ROLE] or found.entries[:PAGE_OF_ROLE]
    rows = [
        [Button("responsibility.entry_button", Action("recurring.show", one.id), {"title": one.plan.title})]
        for one in shown
    ]
    further = offset + PAGE_OF_ROLE
    following = Action("responsibility.role", found.handle, further) if further < len(found.entries) else None
    first = Action("responsibility.role", found.handle, 0) if offset else None
    back = [Button("responsibility.back_button", Action("responsibility.at", found.entries[0].group))]
    values = {"role": found, "entries": shown}
    return Message("responsibility.role", values, [*rows, *pages.page_buttons(first=first, further=following), back])


async def press_others(_: Update, context: Context) -> None:
    """Button: the recurring tasks that are named people's."""
    actor = await there(context, context.pressed.having(1).number())
    await pages.turn(context, partial(responsibility.overview, actor=actor), say_others)


def say_others(found: Overview) -> Message:
    """The recurring tasks of a group, a button each."""
    shown = found.others[:PAGE_OF_ROLE]
    rows = [
        [Button("responsibility.entry_button", Action("recurring.show", one.id), {"title": one.plan.title})]
        for one in shown
    ]
    back = [Button("responsibility.back_button", Action("responsibility.at", found.group.id))]
    return Message("responsibility.others", {"entries": shown, "more": len(found.others) - len(shown)}, [*rows, back])


# --- sample lists ----------------------------------------------------------------------------------------------------


async def press_samples(_: Update, context: Context) -> None:
    """Button: the sample lists."""
    actor = await there(context, context.pressed.having(1).number())
    await pages.turn(context, partial(responsibility.overview, actor=actor), say_samples)


def say_samples(found: Overview) -> Message:
    """The sample lists with their sources, a button each."""
    rows = [
        [
            Button(
                "responsibility.sample_button",
                Action("responsibility.sample", found.group.id, number),
                {"sample": one},
            )
        ]
        for number, one in enumerate(samples())
    ]
    back = [Button("responsibility.back_button", Action("responsibility.at", found.group.id))]
    return Message("responsibility.samples", {"samples": samples()}, [*rows, back])


def _sample(number: int) -> list[responsibility.Entry]:
    found = files.sample(number)
    if found is None:
        raise ButtonExpired
    return found[1]


async def press_sample(_: Update, context: Context) -> None:
    """Button: what a sample list would add."""
    place, number = context.pressed.numbers(2)
    actor, entries = await there(context, place), _sample(number)
    use_case = partial(responsibility.compare, actor=actor, entries=entries, way=Way.ADD)
    await pages.turn(context, use_case, partial(ask_adopt, place, number))


def ask_adopt(place: int, number: int, found: Difference) -> Message:
    """What a sample list would add, to be confirmed."""
    back = [Button("responsibility.back_button", Action("responsibility.samples", place))]
    rows = [back]
    if not found.is_empty:
        rows.insert(0, [Button("responsibility.adopt_button", Action("responsibility.adopt", place, number))])
    return Message("responsibility.sample", {"sample": samples()[number], "difference": found}, rows)


async def press_adopt(_: Update, context: Context) -> None:
    """Button: adopt it."""
    place, number = context.pressed.numbers(2)
    actor, entries = await there(context, place), _sample(number)
    use_case = partial(
        responsibility.adopt, actor=actor, entries=entries, way=Way.ADD, source=f"press:{context.update_id}"
    )
    await pages.turn(context, use_case, say_adopted)


def say_adopted(adopted: Adopted) -> Message:
    """What was adopted, with a way back to the lists."""
    back = [Button("responsibility.back_button", Action("responsibility.at", adopted.overview.group.id))]
    return Message("responsibility.adopted", {"adopted": adopted}, [back])


FEATURE = Feature(
    "responsibility",
    handlers=(
        Command("responsibilities", show, TAKE_PART),
        Press("responsibility.at", press_at),
        Press("responsibility.role", press_role),
        Press("responsibility.others", press_others),
        Press("responsibility.samples", press_samples),
        Press("responsibility.sample", press_sample),
        Press("responsibility.adopt", press_adopt),
        *exchange.PRESSES,
    ),
    entries=(
        Entry(
            "responsibilities",
            "responsibility",
            Needs(Permission.PLAN_WORK, Permission.PLAN_WORK),  # who finds it in their menu; everybody may look
            16,
            frozenset({Audience.SECRETARIES}),
            help=Help(16, Section.IN_CHARGE),
        ),
    ),
    forms=(exchange.FORM,),
)
