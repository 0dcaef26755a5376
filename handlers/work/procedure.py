"""/procedure in private: a group's procedures and runs; start, look at, stop, take out as a file."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, ProcedureId
from domain.messaging.message import Action, Button, Document, Message
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.refusal import Refusal
from domain.work.procedure import keeping
from handlers import access, documents, pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Command, PrivatePress
from handlers.context import always, nothing
from handlers.feature import Entry, Feature, Help, Section
from handlers.messaging import asking
from handlers.work import procedure_retro, procedure_runs, procedure_taking
from handlers.work.procedure_files import FORMATS, XLSX, samples, write
from handlers.work.procedure_form import FORM, known
from handlers.work.procedure_runs import back, there

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.procedure.keeping import Overview, Shown
    from domain.work.procedure.model import Kept
    from domain.work.procedure.template import Procedure
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
NEEDS = Needs(in_private=Permission.TAKE_PART)
SHOWN = Needs(in_private=PLAN)


class NoGroup(Refusal):
    """In none of the groups of the sender may they plan work."""

    text = "procedure.no_group"


async def show(_: Update, context: Context) -> None:
    """/procedure: the procedures of the sender's group; asks which one if there are several. Raises NoGroup."""
    groups = await access.where_allowed(context, PLAN)
    if not groups:
        raise NoGroup
    if len(groups) > 1:
        await pages.show(context, nothing, always(_choose_group(groups)))
        return
    await pages.show(context, _overview(context, groups[0]), say_overview)


def _choose_group(groups: Sequence[Actor]) -> Message:
    rows = [
        [Button("procedure.group_button", Action("procedure.list", one.group.id), {"group": one.group})]
        for one in groups
    ]
    return Message("procedure.choose_group", buttons=rows)


def _overview(context: Context, actor: Actor) -> partial[Overview]:
    return partial(keeping.overview, actor=actor, samples=samples(context.actor.chat.language))


async def press_list(_: Update, context: Context) -> None:
    """Button: the procedures of a group."""
    actor = await there(context, context.pressed.numbers(1)[0])
    await pages.turn(context, _overview(context, actor), say_overview)


def say_overview(found: Overview) -> Message:
    """Runs, procedures and samples, a button each."""
    runs = [[Button("procedure.run_button", Action("procedure.run", one.id), {"run": one})] for one in found.runs]
    kept = [
        [Button("procedure.kept_button", Action("procedure.show", found.group, one.id), {"kept": one})]
        for one in found.kept
    ]
    ready = [
        [Button("procedure.sample_button", Action("procedure.sample", found.group, place), {"procedure": one})]
        for place, one in found.samples
    ]
    blank = [[Button("procedure.blank_button", Action("procedure.blank"))]]
    return Message("procedure.overview", {"overview": found}, [*runs, *kept, *ready, *blank])


async def press_show(_: Update, context: Context) -> None:
    """Button: a procedure with its steps."""
    group, number = context.pressed.numbers(2)
    actor = await there(context, group)
    find = partial(keeping.show, actor=actor, number=ProcedureId(number))
    await pages.turn(context, find, partial(say_procedure, group=ChatId(group)))


def say_procedure(shown: Shown, group: ChatId) -> Message:
    """A procedure, the way to start it, its files, and what is proposed."""
    kept = shown.kept
    start = [Button("procedure.start_button", Action("procedure.start", group, kept.id))]
    files = [
        Button("procedure.file_button", Action("procedure.file", group, kept.id, ending), {"ending": ending})
        for ending in FORMATS
    ]
    if shown.may_remove:
        files.append(Button("procedure.remove_button", Action("procedure.remove", group, kept.id)))
    several = len(shown.proposals) > 1
    decide = [
        row
        for number, one in enumerate(shown.proposals, 1)
        for row in procedure_retro.decide_row(one, number if several else 0)
    ]
    values = {"kept": kept, "procedure": kept.procedure, "proposals": shown.proposals}
    return Message("procedure.shown", values, [start, *decide, files, back(group)])


def _sample(context: Context, place: int) -> tuple[str, Procedure]:
    """A sample by its place. Raises ButtonExpired."""
    ready = samples(context.actor.chat.language)
    if not 0 <= place < len(ready):
        raise ButtonExpired
    return ready[place]


async def press_sample(_: Update, context: Context) -> None:
    """Button: a sample with its steps."""
    group, place = context.pressed.numbers(2)
    await there(context, group)
    _name, made = _sample(context, place)
    await pages.turn(context, nothing, always(say_sample(made, ChatId(group), place)))


def say_sample(made: Procedure, group: ChatId, place: int) -> Message:
    """A sample, the way to start it, and its files."""
    start = [Button("procedure.start_button", Action("procedure.start_sample", group, place))]
    files = [
        Button("procedure.file_button", Action("procedure.sample_file", place, ending), {"ending": ending})
        for ending in FORMATS
    ]
    values = {"kept": None, "procedure": made, "proposals": ()}
    return Message("procedure.shown", values, [start, files, back(group)])


async def press_start(_: Update, context: Context) -> None:
    """Button: start a run of a procedure."""
    group, number = context.pressed.numbers(2)
    actor = await there(context, group)
    await _begin(context, actor, partial(keeping.find, actor=actor, number=ProcedureId(number)))


async def press_start_sample(_: Update, context: Context) -> None:
    """Button: take a sample over, and start a run of it."""
    group, place = context.pressed.numbers(2)
    actor = await there(context, group)
    name, made = _sample(context, place)
    await _begin(context, actor, partial(keeping.take, actor=actor, sample=name, procedure=made))


async def _begin(context: Context, actor: Actor, find: partial[Kept]) -> None:
    """Begin the form of a run, in place of the page."""

    def unit(stores: Stores) -> None:
        subject = pages.pressed_page(stores, context)
        values = {asking.PLACE: str(actor.group.id), **known(find(stores))}
        stores.outbox.delete(subject, key=f"{subject}:{context.update_id}")
        asking.begin(stores, context=context, form=FORM, values=values)

    await context.run(unit)
    context.acknowledge()


async def press_remove(_: Update, context: Context) -> None:
    """Button: ask whether a procedure is to be removed."""
    group, number = context.pressed.numbers(2)
    actor = await there(context, group)
    find = partial(keeping.find, actor=actor, number=ProcedureId(number))
    await pages.turn(context, find, partial(ask_remove, group=ChatId(group)))


def ask_remove(kept: Kept, group: ChatId) -> Message:
    """The question whether a procedure is to be removed."""
    yes = Button("procedure.remove_button", Action("procedure.removed", group, kept.id))
    no = Button("procedure.keep_on_button", Action("procedure.show", group, kept.id))
    return Message("procedure.ask_remove", {"kept": kept}, [[yes, no]])


async def press_removed(_: Update, context: Context) -> None:
    """Button: remove it."""
    group, number = context.pressed.numbers(2)
    actor = await there(context, group)
    use_case = partial(keeping.remove, actor=actor, number=ProcedureId(number))
    await pages.turn(context, use_case, partial(say_removed, group=ChatId(group)))


def say_removed(kept: Kept, group: ChatId) -> Message:
    """The answer after a procedure was removed."""
    return Message("procedure.removed", {"kept": kept}, [back(group)])


async def press_file(_: Update, context: Context) -> None:
    """Button: a procedure as a file, which can be changed and sent again."""
    ending = context.pressed.having(3).word(2)
    actor = await there(context, context.pressed.number(0))
    kept = await context.read(partial(keeping.find, actor=actor, number=ProcedureId(context.pressed.number(1))))
    await _send(context, kept.procedure, ending)


async def press_sample_file(_: Update, context: Context) -> None:
    """Button: a sample as a file."""
    ending = context.pressed.having(2).word(1)
    await _send(context, _sample(context, context.pressed.number())[1], ending)


async def press_blank(_: Update, context: Context) -> None:
    """Button: an empty form."""
    await _send(context, None, XLSX)


async def _send(context: Context, made: Procedure | None, ending: str) -> None:
    """Send a procedure as a file, or an empty form. Raises ButtonExpired."""
    if ending not in FORMATS:
        raise ButtonExpired
    named = context.label("procedure.table_sheet")
    content = await asyncio.to_thread(write, made, ending, named, context.actor.chat.language)
    values = {"title": made.title if made else ""}
    document = Document("procedure.file_name", ending, content, values)
    check = partial(permissions.require, actor=context.actor, permission=Permission.TAKE_PART)
    await documents.send(context, document, Message("procedure.file_caption"), use_case=check)
    context.acknowledge()


PRESSES = {
    "list": press_list,
    "show": press_show,
    "sample": press_sample,
    "start": press_start,
    "start_sample": press_start_sample,
    "remove": press_remove,
    "removed": press_removed,
    "file": press_file,
    "sample_file": press_sample_file,
    "blank": press_blank,
}
FEATURE = Feature(
    "procedure",
    handlers=(
        Command("procedure", show, NEEDS),
        *(PrivatePress(f"procedure.{name}", press, OWN) for name, press in PRESSES.items()),
        *procedure_runs.PRESSES,
        *procedure_retro.PRESSES,
        *procedure_taking.PRESSES,
    ),
    entries=(Entry("procedure", "procedure", SHOWN, 24, help=Help(24, Section.IN_CHARGE)),),
    forms=(FORM, procedure_retro.FORM, procedure_taking.FORM),
    start=procedure_retro.start,
    takes=procedure_taking.take,
)
