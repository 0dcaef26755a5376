"""Lists of responsibilities go out of a chat and come into one as files."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from domain.ids import ChatId
from domain.messaging.message import Action, Button, Document, Message
from domain.people.permission import Permission
from domain.work import responsibility
from domain.work.responsibility import Adopted, Overview, Way
from handlers import access, documents, pages
from handlers.action import ButtonExpired
from handlers.command import Press, PrivatePress
from handlers.form import Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import asking, form
from handlers.work import responsibility_files as files
from handlers.work.responsibility_files import NoListFile
from sheets import Reason, WrongFile
from sheets.process import Busy
from sheets.responsibility import LIST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from handlers.context import Context
    from sheets.responsibility import Row

PLAN = Permission.PLAN_WORK
PATIENCE = 50  # seconds for a file to come and to be read


async def there(context: Context, number: int) -> Actor:
    """The sender as an actor in a group of theirs. Raises ButtonExpired."""
    if context.actor.chat.is_group:
        if context.actor.chat.id != number:
            raise ButtonExpired
        return context.actor
    return await access.where_pressed(context, PLAN, number)


async def press_files(_: Update, context: Context) -> None:
    """Button: how lists go in and out as files."""
    actor = await there(context, context.pressed.having(1).number())
    present = say_files_in_group if context.actor.chat.is_group else say_files
    await pages.turn(context, partial(responsibility.overview, actor=actor), present)


def say_files(found: Overview) -> Message:
    """The ways in and out."""
    into = Button("responsibility.import_button", Action("responsibility.import", found.group.id))
    return Message("responsibility.files", {"overview": found}, [[_export(found), into], [_back(found)]])


def say_files_in_group(found: Overview) -> Message:
    """The way out: a file is sent to the bot in private alone."""
    return Message("responsibility.files", {"overview": found}, [[_export(found)], [_back(found)]])


def _export(found: Overview) -> Button:
    return Button("responsibility.export_button", Action("responsibility.export", found.group.id))


def _back(found: Overview) -> Button:
    return Button("responsibility.back_button", Action("responsibility.at", found.group.id))


async def press_export(_: Update, context: Context) -> None:
    """Button: the branch's lists as a file; without any, a form to be filled in."""
    actor = await there(context, context.pressed.having(1).number())
    entries = await context.read(partial(responsibility.lists, actor=actor))
    content = await asyncio.to_thread(files.write, entries, context.label)
    document = Document("responsibility.file_name", "xlsx", content)
    caption = Message("responsibility.file_caption", {"count": len(entries)})
    await documents.send(context, document, caption)
    context.acknowledge()


async def press_import(_: Update, context: Context) -> None:
    """Button, in private: ask for the file."""
    actor = await there(context, context.pressed.having(1).number())
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
    group = stores.chats.get(ChatId(int(filled.draft.values[asking.PLACE])))
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
PRESSES = (
    Press("responsibility.files", press_files),
    Press("responsibility.export", press_export),
    PrivatePress("responsibility.import", press_import),
)
