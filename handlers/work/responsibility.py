"""Lists of responsibilities in chat: /responsibilities, its pages, sample lists, and lists in files."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from domain.ids import ChatId, RecurringId
from domain.messaging.message import Action, Button, Document, Message
from domain.people.permission import Permission
from domain.work import responsibility
from domain.work.responsibility import Adopted, Difference, Duty, Overview, RoleShown, Way
from handlers import access, documents, pages
from handlers.access import TAKE_PART
from handlers.action import ButtonExpired
from handlers.command import Command, Key, Press, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.work import responsibility_files as files
from handlers.work.responsibility_files import NoListFile
from sheets import Reason, WrongFile
from sheets.process import Busy
from sheets.responsibility import LIST, Row, samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from handlers.context import Context

PLAN = Permission.PLAN_WORK
PATIENCE = 50  # seconds for a file to come and to be read
MAX_GROUPS = 12
TITLE_CHARS = 24


# --- the pages -------------------------------------------------------------------------------------------------------


async def show(_: Update, context: Context) -> None:
    """/responsibilities: in a group its branch's lists; in private one's own duties, and the groups one plans for."""
    if context.actor.chat.is_group:
        await pages.show(context, partial(responsibility.overview, actor=context.actor), say_overview)
        return
    groups = [one.group for one in await access.where_allowed(context, PLAN)][:MAX_GROUPS]
    await pages.show(context, partial(responsibility.mine, actor=context.actor), partial(say_mine, groups))


def say_mine(groups: Sequence[Chat], duties: Sequence[Duty]) -> Message:
    """One's own duties, and a button for each group that one plans for."""
    rows = [
        [Button("responsibility.group_button", Action("responsibility.at", one.id), {"group": one})] for one in groups
    ]
    return Message(
        "responsibility.mine", {"duties": duties[:15], "more": len(duties[15:]), "plans": bool(groups)}, rows
    )


async def _there(context: Context, number: int) -> Actor:
    """The sender as an actor in a group of theirs. Raises ButtonExpired."""
    if context.actor.chat.is_group:
        if context.actor.chat.id != number:
            raise ButtonExpired
        return context.actor
    there = [one for one in await access.where_allowed(context, PLAN) if one.group.id == number]
    if not there:
        raise ButtonExpired
    return there[0]


async def press_at(_: Update, context: Context) -> None:
    """Button: the lists of a group's branch."""
    actor = await _there(context, context.pressed.having(1).number())
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
    return await _there(context, one.group)


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
    actor = await _there(context, context.pressed.having(1).number())
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
    actor = await _there(context, context.pressed.having(1).number())
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
    actor, entries = await _there(context, place), _sample(number)
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
    actor, entries = await _there(context, place), _sample(number)
    use_case = partial(
        responsibility.adopt, actor=actor, entries=entries, way=Way.ADD, source=f"press:{context.update_id}"
    )
    await pages.turn(context, use_case, say_adopted)


def say_adopted(adopted: Adopted) -> Message:
    """What was adopted, with a way back to the lists."""
    back = [Button("responsibility.back_button", Action("responsibility.at", adopted.overview.group.id))]
    return Message("responsibility.adopted", {"adopted": adopted}, [back])


# --- files -----------------------------------------------------------------------------------------------------------


async def press_files(_: Update, context: Context) -> None:
    """Button: how lists go in and out as files."""
    place = context.pressed.having(1).number()
    actor = await _there(context, place)
    await pages.turn(context, partial(responsibility.overview, actor=actor), say_files)


def say_files(found: Overview) -> Message:
    """The ways in and out; a file can be sent in private alone."""
    place = found.group.id
    out = Button("responsibility.export_button", Action("responsibility.export", place))
    into = Button("responsibility.import_button", Action("responsibility.import", place))
    back = Button("responsibility.back_button", Action("responsibility.at", place))
    return Message("responsibility.files", {"overview": found}, [[out, into], [back]])


async def press_export(_: Update, context: Context) -> None:
    """Button: the branch's lists as a file; without any, a form to be filled in."""
    actor = await _there(context, context.pressed.having(1).number())
    entries = await context.read(partial(responsibility.lists, actor=actor))
    content = await asyncio.to_thread(files.write, entries, context.label)
    document = Document("responsibility.file_name", "xlsx", content)
    caption = Message("responsibility.file_caption", {"count": len(entries)})
    await documents.send(context, document, caption)
    context.acknowledge()


async def press_import(_: Update, context: Context) -> None:
    """Button, in private: ask for the file."""
    actor = await _there(context, context.pressed.having(1).number())
    await form.begin_at(context, FORM, actor, pressed=True)
    context.acknowledge()


def ask_file(_: Stores, __: Filled) -> Message:
    """Ask for the file."""
    return Message("responsibility.ask_file")


async def hear_file(context: Context) -> Fill:
    """Read a list. Raises NoListFile, FaultyList, and what `responsibility.compare` does."""
    document = context.message and context.message.document
    if not document:
        raise NoListFile(wrong=Reason.EMPTY, detail="")
    entries = files.as_entries(await _rows(context, document.file_id, document.file_size))
    await context.read(partial(responsibility.compare, actor=context.actor, entries=entries, way=Way.REPLACE))
    return lambda _, filled: filled.with_(FILE, entries)


async def _rows(context: Context, file_id: str, size: int | None) -> Sequence[Row]:
    try:
        async with asyncio.timeout(PATIENCE):
            content = await documents.download(context, file_id, size)
            return await context.services.files.read(LIST, content, owner=context.actor.member.id)
    except (Busy, TimeoutError) as error:
        raise NoListFile(wrong=Reason.TOO_COSTLY, detail="") from error
    except BadRequest as error:
        raise NoListFile(wrong=Reason.EMPTY, detail="") from error
    except WrongFile as error:
        raise NoListFile(wrong=error.reason, detail=error.detail) from error


def preview(stores: Stores, filled: Filled) -> Message:
    """What the file would change."""
    group = stores.chats.get(ChatId(int(filled.draft.values["place"])))
    held = stores.recurring.held_in(group.branch, group.id) if group.branch is not None else []
    found = responsibility.difference(held, filled[FILE], Way.REPLACE)
    return Message("responsibility.preview", {"difference": found, "group": group})


async def adopt_file(context: Context, filled: Filled) -> Ending:
    """Adopt what was shown."""
    use_case = partial(
        responsibility.adopt,
        actor=context.actor,
        entries=filled[FILE],
        way=Way.REPLACE,
        source=f"draft:{filled.draft.id}",
    )
    return ending(use_case, say_adopted_here)


def say_adopted_here(adopted: Adopted) -> Message:
    """What was adopted, said in the group whose branch it is."""
    return Message("responsibility.adopted", {"adopted": adopted}, silent=True)


FILE: Field[Sequence[responsibility.Entry]] = Field(
    "file", Codec(files.keep, files.load), "responsibility.field_file", ask_file, hear_file, takes_files=True
)
FORM = Form("responsibility_file", (FILE,), PLAN, adopt_file, preview, for_groups=True)
FEATURE = Feature(
    "responsibility",
    handlers=(
        Command("responsibilities", show, TAKE_PART),
        Key("responsibility.key", show, PLAN, 55),
        Press("responsibility.at", press_at),
        Press("responsibility.role", press_role),
        Press("responsibility.others", press_others),
        Press("responsibility.samples", press_samples),
        Press("responsibility.sample", press_sample),
        Press("responsibility.adopt", press_adopt),
        Press("responsibility.files", press_files),
        Press("responsibility.export", press_export),
        PrivatePress("responsibility.import", press_import),
    ),
    entries=(
        Entry(
            "responsibilities",
            "responsibility",
            TAKE_PART,
            16,
            frozenset({Audience.SECRETARIES}),
            help=Help(16, Section.IN_CHARGE),
        ),
    ),
    forms=(FORM,),
)
