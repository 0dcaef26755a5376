"""Results of questionnaires in chat, in private: /results, and the buttons under what it shows."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import RoundId, TaskId
from domain.messaging.message import Document, Message
from domain.people.permission import Permission
from domain.voice.questionnaire import followup, publishing, reporting, results
from domain.work.task import Plan
from handlers import access, pages
from handlers.access import Needs
from handlers.arguments import after_command
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context, nothing
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.messaging import asking
from handlers.origin import text_of
from handlers.voice import results_pages
from handlers.voice.results_pages import View, say_list, say_results, say_tasks, say_view
from handlers.work import task_form
from handlers.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message as Incoming
    from telegram import Update

    from domain.people.actor import Actor
    from domain.voice.questionnaire.results import Text
    from handlers.form import AllStores as Stores

SEE = Needs(in_private=Permission.TAKE_PART)
LIST = {"list", "results", "result", "结果", "列表"}
TAGGED = 300  # texts
TOPICS = 5


def asks_for_list(message: Incoming) -> bool:
    """Whether /survey is asked for what there is already."""
    return after_command(text_of(message)).strip().lower() in LIST


async def show_list(_: Update, context: Context) -> None:
    """/results: the rounds whose results one may see."""
    led = await access.where_allowed(context, Permission.SEE_RESULTS)
    await pages.show(context, partial(results.listed, actor=context.actor, led=led), say_list)


async def press_look(_: Update, context: Context) -> None:
    """Button: the results of a round."""
    there, number = await in_charge(context, 1)
    topics = await topics_of(context, there, number)
    await pages.show(context, partial(results.look, actor=there, number=number), partial(say_results, topics=topics))
    context.acknowledge()


async def in_charge(context: Context, words: int) -> tuple[Actor, RoundId]:
    """The presser as an actor in the group of the round that a button names; results are shown in private alone.

    Raises ButtonExpired.
    """
    number = RoundId(context.pressed.having(words).number())
    if context.actor.chat.is_group:
        raise ButtonExpired
    group = await context.read(partial(results.place, actor=context.actor, number=number))
    return await access.in_group(context, group, Permission.SEE_RESULTS), number


async def topics_of(context: Context, there: Actor, number: RoundId) -> list[tuple[str, int]]:
    """What the texts of a round are most about."""
    _, written = await context.read(partial(results.read_texts, actor=there, number=number))
    return await _topics(context, written)


async def _topics(context: Context, written: Sequence[Text]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for one in written[:TAGGED]:
        tagging = await context.services.tag(one.words)
        counted.update(tagging.tags or tagging.keywords[:1])
    return sorted(counted.items(), key=lambda topic: (-topic[1], topic[0]))[:TOPICS]


async def press_open(_: Update, context: Context) -> None:
    """Button: all questions, or branches, or texts, as a message of its own."""
    there, number = await in_charge(context, 2)
    view = context.pressed.member(View, 1)
    if view is View.TEXTS:
        await pages.show(context, partial(results.read_texts, actor=there, number=number), results_pages.say_texts)
    else:
        await pages.show(context, partial(results.look, actor=there, number=number), partial(say_view, view=view))
    context.acknowledge()


async def press_page(_: Update, context: Context) -> None:
    """Button: another page of it."""
    there, number = await in_charge(context, 3)
    view, page = context.pressed.member(View, 1), context.pressed.number(2)
    if view is View.TEXTS:
        turned = partial(results_pages.say_texts, page=page)
        await pages.turn(context, partial(results.read_texts, actor=there, number=number), turned)
    else:
        shown = partial(say_view, view=view, page=page)
        await pages.turn(context, partial(results.look, actor=there, number=number), shown)


async def press_publish(_: Update, context: Context) -> None:
    """Button: show what the group would get."""
    there, number = await in_charge(context, 1)
    use_case = partial(publishing.preview, actor=there, number=number)
    await pages.show(context, use_case, partial(results_pages.say_preview, number=number))
    context.acknowledge()


async def press_send(_: Update, context: Context) -> None:
    """Button: publish it. The preview goes, so that pressing twice publishes once."""
    there, number = await in_charge(context, 1)

    def use_case(stores: Stores) -> None:
        one = publishing.announce(stores, there, number=number)
        sent = Message("results.sent", {"group": there.group, "round": one})
        stores.outbox.send(context.actor.chat.id, sent, key=context.key, urgent=True)

    await pages.close(context, use_case)


async def press_drop(_: Update, context: Context) -> None:
    """Button: do not publish it."""
    context.pressed.having(0)
    await pages.close(context, nothing)


async def press_file(_: Update, context: Context) -> None:
    """Button: the results as a file."""
    there, number = await in_charge(context, 1)
    one, tables = await context.services.database.write(partial(reporting.gather, actor=there, number=number))
    book = Workbook(context.services, context.actor.reader, "results.sheet", "results.column")
    content = await asyncio.to_thread(book.write, tables)
    document = Document("results.file_name", "xlsx", content, {"round": one})
    key = f"results:{context.update_id}"
    await context.run(partial(reporting.deliver, actor=there, number=number, document=document, key=key))
    context.acknowledge()


async def press_task(_: Update, context: Context) -> None:
    """Button: give a task that follows from the results; its form begins with the title filled in."""
    there, number = await in_charge(context, 1)

    def unit(stores: Stores) -> None:
        wanted = followup.begin_task(stores, there, number=number, cause=str(context.update_id))
        title = context.label("results.task_title", shown=wanted.shown)
        values = {
            asking.PLACE: str(wanted.group.id),
            task_form.WHAT.name: task_form.PLAN.keep(Plan(title)),
            task_form.SOURCE: wanted.source,
        }
        asking.begin(stores, context=context, form=task_form.FORM, values=values)

    await context.run(unit)
    context.acknowledge()


async def press_tasks(_: Update, context: Context) -> None:
    """Button: choose a task of the group that follows from the results."""
    there, number = await in_charge(context, 1)
    await pages.show(context, partial(followup.offer, actor=there, number=number), say_tasks)
    context.acknowledge()


async def press_link(_: Update, context: Context) -> None:
    """Button: this task follows from the results."""
    there, number = await in_charge(context, 2)
    task = TaskId(context.pressed.number(1))
    use_case = partial(followup.link, actor=there, number=number, task=task)
    await pages.turn(context, use_case, results_pages.say_linked)


FEATURE = Feature(
    "results",
    handlers=(
        Command("results", show_list, SEE, costly=True),
        Command("survey", show_list, SEE, when=asks_for_list, costly=True),
        Press("results.look", press_look),
        Press("results.open", press_open),
        Press("results.page", press_page),
        Press("results.publish", press_publish),
        Press("results.send", press_send),
        Press("results.drop", press_drop),
        Press("results.file", press_file),
        Press("results.task", press_task),
        Press("results.tasks", press_tasks),
        Press("results.link", press_link),
    ),
    entries=(Entry("results", "results", SEE, 25, frozenset({Audience.NOBODY}), help=Help(25, Section.IN_CHARGE)),),
)
