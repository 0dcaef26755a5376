"""Follow-up in private: /follow, the page of an overdue task, measures, and its document."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import TaskId
from domain.messaging.message import Action, Button, Document, Message
from domain.people.permission import Permission
from domain.work import follow
from domain.work.follow import Listing, Shown
from domain.work.follow.escalating import item_button
from domain.work.follow.model import check_measure
from handlers import pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Command, Press
from handlers.feature import Entry, Feature, Help, Section
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from sheets.documents import form as paper

if TYPE_CHECKING:
    from telegram import Update

    from domain.work.features import Stores
    from handlers.context import Context

SEE = Permission.SEE_SUMMARY
NEEDS = Needs(in_private=SEE)
NUMBER = "task"


async def show(_: Update, context: Context) -> None:
    """/follow: the overdue tasks that were reported, each with a button to its page."""
    await pages.show(context, partial(follow.listing, actor=context.actor), say_listing)


def say_listing(listing: Listing) -> Message:
    """The list."""
    return Message("follow.list", {"listing": listing}, [[item_button(item, "follow.show")] for item in listing.items])


def say_page(shown: Shown) -> Message:
    """The page of a follow-up, with what may be done about it."""
    number = shown.item.task.id
    act = [
        Button("follow.measure_button", Action("follow.measure", number)),
        Button("follow.close_button", Action("follow.close", number)),
    ]
    last = [
        Button("follow.sheet_button", Action("follow.sheet", number)),
        Button("follow.back_button", Action("follow.list")),
    ]
    return Message("follow.page", {"shown": shown}, [*([act] if shown.may_act else []), last])


def _number(context: Context) -> TaskId:
    """The task of a button. Raises ButtonExpired in a group: it is about single people."""
    if context.actor.chat.is_group:
        raise ButtonExpired
    return TaskId(context.pressed.having(1).number())


async def press_list(_: Update, context: Context) -> None:
    """Button: back to the list."""
    context.pressed.having(0)
    await pages.turn(context, partial(follow.listing, actor=context.actor), say_listing)


async def press_open(_: Update, context: Context) -> None:
    """Button of a report: the page of a follow-up, as a message of its own."""
    number = _number(context)
    await pages.show(context, partial(follow.show, actor=context.actor, number=number), say_page)
    context.acknowledge()


async def press_show(_: Update, context: Context) -> None:
    """Button of the list: the page of a follow-up, in its place."""
    number = _number(context)
    await pages.turn(context, partial(follow.show, actor=context.actor, number=number), say_page)


async def press_close(_: Update, context: Context) -> None:
    """Button: end a follow-up, and show the list."""
    number, actor = _number(context), context.actor

    def close(stores: Stores) -> Listing:
        follow.close(stores, actor, number=number)
        return follow.rest(stores, actor)

    await pages.turn(context, close, say_listing)


async def press_measure(_: Update, context: Context) -> None:
    """Button: ask what is to be done."""
    number = _number(context)
    await context.read(partial(follow.show, actor=context.actor, number=number))
    await form.begin(context, FORM, {NUMBER: str(number)})
    context.acknowledge()


def ask_measure(stores: Stores, filled: Filled) -> Message:
    """Ask what is to be done. Raises FollowUpNotFound."""
    number = TaskId(int(filled.draft.values[NUMBER]))
    task = stores.tasks.get(number)
    if task is None:
        raise follow.FollowUpNotFound(number=number)
    return Message("follow.ask_measure", {"task": task})


async def hear_measure(context: Context) -> Fill:
    """Read the measure. Raises NoMeasure."""
    words = check_measure(context.text)
    return lambda _, filled: filled.with_(MEASURE, words)


async def measure(context: Context, filled: Filled) -> Ending:
    """Note the measure, and tell the owner."""
    number = TaskId(int(filled.draft.values[NUMBER]))
    use_case = partial(follow.measure, actor=context.actor, number=number, words=filled[MEASURE])
    return ending(use_case, say_measured)


def say_measured(shown: Shown) -> Message:
    """The confirmation to who has said it."""
    return Message("follow.measured", {"shown": shown})


async def press_sheet(_: Update, context: Context) -> None:
    """Button: the document of a follow-up, as a file in private."""
    number = _number(context)
    shown = await context.read(partial(follow.show, actor=context.actor, number=number))
    content = await asyncio.to_thread(paper.write, _paper(context, shown))
    file = Document("follow.file_name", "docx", content, {"task": shown.item.task})
    key = f"follow.sheet:{context.update_id}"
    await context.run(partial(follow.deliver, actor=context.actor, number=number, document=file, key=key))
    context.acknowledge()


def _paper(context: Context, shown: Shown) -> paper.Paper:
    task, reader = shown.item.task, context.actor.reader

    def part(name: str) -> str:
        return context.label("follow.document", part=name)

    reports = [
        f"{reader.local(one.at):%Y-%m-%d} {context.label('follow.level', level=one.note)}" for one in shown.reports
    ]
    rows = {
        "task": f"{task.plan.title} ({task.id})",
        "owner": context.label("export.member", member=task.owner),
        "group": shown.item.group.title,
        "giver": context.label("export.member", member=task.giver),
        "given": f"{reader.local(task.given_at):%Y-%m-%d}",
        "due": f"{reader.local(task.due_at):%Y-%m-%d %H:%M}",
        "late": str(shown.item.late),
        "standard": task.plan.standard,
        "outcome": task.plan.outcome,
        "reports": "\n".join(reports),
        "measure": shown.follow_up.measure,
        "answer": "",
    }
    kept = [(part(name), words) for name, words in rows.items() if words or name in ("measure", "answer")]
    made = f"{part('made')}: {reader.local(shown.at):%Y-%m-%d}"
    return paper.Paper(part("heading"), kept, [f"{part('signed')}: ", f"{part('checked')}: ", made])


MEASURE = Field("measure", WORDS, "follow.field_measure", ask_measure, hear_measure)
FORM = Form("follow_measure", (MEASURE,), Permission.TAKE_PART, measure)
FEATURE = Feature(
    "follow",
    handlers=(
        Command("follow", show, NEEDS),
        Press("follow.list", press_list),
        Press("follow.open", press_open),
        Press("follow.show", press_show),
        Press("follow.measure", press_measure),
        Press("follow.close", press_close),
        Press("follow.sheet", press_sheet),
    ),
    entries=(Entry("follow", "follow", NEEDS, 36, help=Help(36, Section.IN_CHARGE)),),
    forms=(FORM,),
)
