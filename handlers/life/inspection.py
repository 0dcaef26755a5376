"""Cross-inspection in chat: /inspect, the rounds of the office, and all buttons of inspectors and branches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import InspectionId, InspectionRoundId, MemberId
from domain.life.inspection import assigning, cards, overview, progress
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission
from handlers import pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.life import inspection_answers, inspection_correcting, inspection_scoring, rubric_files
from handlers.life.inspection_form import CONFLICTS, FORM
from handlers.life.inspection_round import (
    press_call_off,
    press_called_off,
    press_file,
    press_finish,
    press_finished,
    press_keep,
    press_round,
    put_bureau,
)
from handlers.life.inspection_scoring import ABOUT, about
from handlers.messaging import form

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.inspection.cards import Progress
    from domain.life.inspection.model import Sheet
    from domain.life.inspection.overview import Overview
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
NEEDS, SEES = Needs(in_private=Permission.TAKE_PART), Needs(in_private=PLAN)
A_PAGE = 10
MEMBER: Codec[MemberId] = Codec(str, lambda kept: MemberId(int(kept)))


async def show(_: Update, context: Context) -> None:
    """/inspect: what waits for somebody, and the rounds that they run."""
    await pages.show(context, partial(overview.overview, actor=context.actor), say_overview)


def say_overview(found: Overview) -> Message:
    """A button for each."""
    rows = [
        *(
            [Button("inspection.resume_button", Action("inspection.resume", one.inspection.id), {"sheet": one})]
            for one in found.mine
        ),
        *(
            [Button("inspection.look_button", Action("inspection.look", one.inspection.id), {"sheet": one})]
            for one in found.answers
        ),
        *(
            [Button("inspection.round_button", Action("inspection.round", one.id), {"round_": one})]
            for one in found.rounds
        ),
    ]
    if found.may_open:
        begin = [Button("inspection.new_button", Action("inspection.new"))] if found.has_rubric else []
        rows.append([*begin, Button("inspection.sample_button", Action("inspection.sample"))])
    values = {
        "mine": found.mine,
        "answers": found.answers,
        "rounds": found.rounds,
        "may_open": found.may_open,
        "has_rubric": found.has_rubric,
    }
    return Message("inspection.overview", values, rows)


async def press_new(_: Update, context: Context) -> None:
    """Button: open a round."""
    context.pressed.having(0)
    barred = await context.read(partial(overview.remembered, actor=context.actor))
    await form.begin(context, FORM, {CONFLICTS.name: CONFLICTS.codec.keep(barred)})
    context.acknowledge()


def _number(context: Context) -> InspectionId:
    return InspectionId(context.pressed.numbers(1)[0])


async def press_manage(_: Update, context: Context) -> None:
    """Button: choose an inspection of a round."""
    number, page = context.pressed.numbers(2)
    use_case = partial(progress.progress, actor=context.actor, number=InspectionRoundId(number))
    turn = pages.turn if await _is_page(context) else pages.show
    await turn(context, use_case, partial(say_manage, page=page))
    context.acknowledge()


async def _is_page(context: Context) -> bool:
    """Whether the pressed message is a page that can be turned."""
    place, chat = context.place, context.actor.chat.id
    if place is None:
        return False
    subject = await context.read(lambda stores: stores.outbox.subject(chat, place.message_id))
    return subject is not None and subject.kind == pages.PAGE


def say_manage(found: Progress, *, page: int) -> Message:
    """A button for each inspection."""
    shown = found.sheets[page * A_PAGE : (page + 1) * A_PAGE]
    rows = [
        [
            Button(
                "inspection.manage_one_button",
                Action("inspection.one", one.inspection.id),
                {"inspection": one.inspection},
            )
        ]
        for one in shown
    ]
    more = len(found.sheets) > (page + 1) * A_PAGE
    turns = pages.page_buttons(
        first=Action("inspection.manage", found.round.id, 0) if page else None,
        further=Action("inspection.manage", found.round.id, page + 1) if more else None,
    )
    return Message("inspection.manage", {"progress": found, "page": page}, [*rows, *turns])


async def press_one(_: Update, context: Context) -> None:
    """Button: one inspection of a round."""
    await pages.turn(context, partial(assigning.looked_at, actor=context.actor, number=_number(context)), say_one)


def say_one(found: Sheet) -> Message:
    """What can be done about it."""
    number = found.inspection.id
    row = [Button("inspection.drop_button", Action("inspection.drop", number))]
    if not found.inspection.is_scored:
        row.insert(0, Button("inspection.change_button", Action("inspection.assign", number)))
    back = [Button("inspection.manage_back_button", Action("inspection.manage", found.round.id, 0))]
    return Message("inspection.managed", {"sheet": found}, [row, back])


async def press_drop(_: Update, context: Context) -> None:
    """Button: an inspection does not count."""
    use_case = partial(assigning.drop, actor=context.actor, number=_number(context))

    def unit(stores: Stores) -> None:
        put_bureau(stores, context, use_case(stores))

    await pages.close(context, unit)


async def press_assign(_: Update, context: Context) -> None:
    """Button: somebody else is to inspect."""
    number = _number(context)
    await context.read(partial(assigning.looked_at, actor=context.actor, number=number))
    await form.begin(context, ASSIGN, {ABOUT: str(number)})
    context.acknowledge()


def ask_inspector(stores: Stores, filled: Filled) -> Message:
    """Ask who. Raises ButtonExpired where it is gone."""
    found = stores.inspections.get(about(filled))
    if found is None:
        raise ButtonExpired
    return Message("inspection.ask_inspector", {"inspection": found})


async def hear_inspector(context: Context) -> Fill:
    """Read a name or a number. Raises BadArguments."""
    words, actor = plain.tidy(visible(context.text)), context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = overview.called(stores, actor, words=words)
        if len(found) != 1:
            raise BadArguments("inspection.no_person", words=words)
        return filled.with_(INSPECTOR, found[0])

    return fill


async def assign(context: Context, filled: Filled) -> Ending:
    """Name them."""
    use_case = partial(assigning.assign, actor=context.actor, number=about(filled), member=filled[INSPECTOR])

    def unit(stores: Stores) -> Progress:
        found = use_case(stores)
        cards.show_bureau(stores, found.round.id, key=context.key)
        return found

    return ending(unit, say_assigned)


def say_assigned(_: Progress) -> Message:
    """The confirmation."""
    return Message("inspection.assigned")


INSPECTOR = Field("inspector", MEMBER, "inspection.field_inspector", ask_inspector, hear_inspector)
ASSIGN = Form("inspection_assign", (INSPECTOR,), PLAN, assign)


FEATURE = Feature(
    "inspection",
    handlers=(
        Command("inspect", show, NEEDS),
        PrivatePress("inspection.new", press_new, PLAN),
        PrivatePress("inspection.round", press_round, PLAN),
        PrivatePress("inspection.manage", press_manage, PLAN),
        PrivatePress("inspection.one", press_one, PLAN),
        PrivatePress("inspection.drop", press_drop, PLAN),
        PrivatePress("inspection.assign", press_assign, PLAN),
        PrivatePress("inspection.finish", press_finish, PLAN),
        PrivatePress("inspection.finished", press_finished, PLAN),
        PrivatePress("inspection.call_off", press_call_off, PLAN),
        PrivatePress("inspection.called_off", press_called_off, PLAN),
        PrivatePress("inspection.keep", press_keep, PLAN),
        PrivatePress("inspection.file", press_file, PLAN),
        *inspection_scoring.PRESSES,
        *inspection_correcting.PRESSES,
        *inspection_answers.PRESSES,
        *rubric_files.PRESSES,
    ),
    entries=(
        Entry("inspect", "inspection", SEES, 32, frozenset({Audience.PRIVATE}), help=Help(32, Section.IN_CHARGE)),
    ),
    forms=(
        FORM,
        ASSIGN,
        inspection_answers.OBJECT,
        *inspection_scoring.FORMS,
        *inspection_correcting.FORMS,
        rubric_files.FORM,
    ),
    takes=rubric_files.take,
)
