"""/tags in private: the tag table, looked at by pages, changed by words or by a file."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from zlib import crc32

from telegram import Update
from telegram.error import BadRequest

from domain.ids import DraftId
from domain.messaging.message import Action, Button, Document, Message, Text, in_rows
from domain.people.permission import Permission
from domain.refusal import Refusal
from domain.voice import tag_table
from domain.voice.tag_table import Changed, Proposed
from domain.voice.tags import CUES, Table, cue_of
from handlers import documents, pages
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, PrivatePress
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import Form, ends_elsewhere
from handlers.voice.tag_files import Fault, as_file, as_tags, shipped
from sheets import Reason, WrongFile
from sheets.process import Busy
from sheets.tags import TAGS, Row

CHANGE = Permission.CHANGE_SETTINGS
NEEDS = Needs(in_private=CHANGE)
BETWEEN = re.compile(r"[\s,，、;；]+")
SIGNED = re.compile(r"[+＋\-－−]")
PLUS = "+＋"
PATIENCE = 40  # seconds for a file to come and to be read: less than a handler is given
CUES_A_PAGE, TAGS_A_ROW = 80, 3


class What(Enum):
    """What is done with a tag."""

    CHANGE = auto()
    NEW = auto()
    DROP = auto()


WHAT = {"新建": What.NEW, "new": What.NEW, "删除": What.DROP, "drop": What.DROP}


@dataclass(frozen=True, slots=True)
class Order:
    """What is done with a tag: words to add and to remove; `english` is a new one's other name."""

    what: What
    name: str
    english: str
    add: Sequence[str]
    remove: Sequence[str]


class NoTagFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason."""

    text = "tags.no_file"


class FaultyTags(Refusal):
    """Rows with mistakes; then nothing of the file is taken over."""

    text = "tags.faults"


class TagFilesWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "tags.files_wait"


async def tags(_: Update, context: Context) -> None:
    """/tags [[新建|删除] TAG +WORD -WORD]: show or change the table; a file with this caption is all of it."""
    words = after_command(context.text)
    document = context.message.document if context.message else None
    if document is not None:
        await _propose(context, document.file_id, document.file_size)
    elif words:
        await _change(context, read_order(words))
    else:
        await pages.show(context, _look(context), say_table)


def _look(context: Context) -> partial[Table]:
    return partial(tag_table.show, actor=context.actor, shipped=shipped())


async def _change(context: Context, order: Order) -> None:
    actor = context.actor
    if order.what is What.DROP:
        use_case = partial(tag_table.drop, actor=actor, shipped=shipped(), name=order.name)
    elif order.what is What.NEW:
        new = partial(tag_table.create, actor=actor, shipped=shipped(), name=order.name, english=order.english)
        use_case = partial(new, add=order.add)
    else:
        change = partial(tag_table.change, actor=actor, shipped=shipped(), name=order.name)
        use_case = partial(change, add=order.add, remove=order.remove)
    await context.answer(use_case, say_changed)


def read_order(words: str) -> Order:
    """What is to be done with which tag. Raises BadArguments."""
    given = [one for one in BETWEEN.split(words) if one]
    what = WHAT.get(given[0].lower(), What.CHANGE) if given else What.CHANGE
    rest = given if what is What.CHANGE else given[1:]
    names = [one for one in rest if not SIGNED.match(one)]
    signed = [one for one in rest if SIGNED.match(one)]
    add = [cue_of(one[1:]) for one in signed if one[0] in PLUS]
    remove = [cue_of(one[1:]) for one in signed if one[0] not in PLUS]
    if not names or bool(signed) == (what is What.DROP) or (what is What.NEW and remove):
        raise BadArguments("tags.usage")
    return Order(what, names[0], " ".join(names[1:]), add, remove)


def say_table(table: Table) -> Message:
    """The tags with the numbers of their cues; a button for each."""
    each = [Button("tags.tag_button", Action("tags.page", code_of(one.name), 0), {"tag": one}) for one in table.tags]
    buttons = [*in_rows(each, TAGS_A_ROW), [Button("tags.file_button", Action("tags.file"))]]
    return Message("tags.table", {"table": table}, buttons)


def code_of(name: str) -> int:
    """What a button calls a tag: its name may be longer than a button can hold."""
    return crc32(name.encode())


def tag_named(names: Iterable[str], code: int) -> str:
    """The name that a button means. Raises ButtonExpired."""
    found = next((name for name in names if code_of(name) == code), None)
    if found is None:
        raise ButtonExpired
    return found


async def press_list(_: Update, context: Context) -> None:
    """Button: back to the table."""
    context.pressed.having(0)
    await pages.turn(context, _look(context), say_table)


async def press_page(_: Update, context: Context) -> None:
    """Button: some cues of a tag."""
    code, first = context.pressed.numbers(2)
    await pages.turn(context, _look(context), partial(say_tag, code=code, first=first))


def say_tag(table: Table, code: int, first: int) -> Message:
    """A page of a tag's cues, by kinds. Raises ButtonExpired."""
    tag = table.tag(tag_named((one.name for one in table.tags), code))
    every = [(kind, cue) for kind in CUES for cue in sorted(tag.cues[kind])]
    shown = every[first : first + CUES_A_PAGE]
    if not shown and first:
        raise ButtonExpired
    kinds = [(kind, [cue for own, cue in shown if own is kind]) for kind in CUES]
    after = first + CUES_A_PAGE
    further = Action("tags.page", code, after) if after < len(every) else None
    back = Button("tags.back_button", Action("tags.list"))
    values = {"tag": tag, "kinds": [(kind, some) for kind, some in kinds if some], "first": first, "shown": len(shown)}
    start = Action("tags.page", code, 0) if first else None
    return Message("tags.cues", values, [*pages.page_buttons(first=start, further=further), [back]])


def say_changed(changed: Changed) -> Message:
    """What has changed."""
    return Message("tags.changed", {"changed": changed})


async def press_file(_: Update, context: Context) -> None:
    """Button: the table as a spreadsheet, to be changed and sent back."""
    context.pressed.having(0)
    table = await context.read(_look(context))

    content = await asyncio.to_thread(as_file, table.tags, context.label)
    document = Document("tags.file_name", "xlsx", content)
    await documents.send(context, document, Message("tags.file_caption"), use_case=_look(context))
    context.acknowledge()


async def _propose(context: Context, file_id: str, size: int | None) -> None:
    """Show what a file would change, with buttons. Raises NoTagFile, TagFilesWait, FaultyTags, and as `propose`."""
    await context.read(_look(context))
    rows = await _fetch(context, file_id, size)
    new, faults = await asyncio.to_thread(as_tags, rows)
    if faults:
        found: list[Fault] = faults
        raise FaultyTags(faults=found)
    if not new:
        raise NoTagFile(wrong=Reason.EMPTY)
    propose = partial(tag_table.propose, actor=context.actor, shipped=shipped(), new=new)
    await context.answer(propose, say_proposed)


async def _fetch(context: Context, file_id: str, size: int | None) -> list[Row]:
    try:
        async with asyncio.timeout(PATIENCE):
            content = await documents.download(context, file_id, size)
            return await context.services.files.read(TAGS, content, owner=context.actor.member.id)
    except Busy as error:
        raise TagFilesWait from error
    except (BadRequest, TimeoutError) as error:
        raise NoTagFile(wrong=Reason.TOO_COSTLY) from error
    except WrongFile as error:
        raise NoTagFile(wrong=error.reason) from error


def say_proposed(proposed: Proposed) -> Message:
    """The preview of what changes."""
    number = proposed.draft.id
    row = [
        Button("tags.keep_button", Action("tags.keep", number)),
        Button("tags.leave_button", Action("tags.leave", number)),
    ]
    return Message("tags.preview", {"counts": proposed.counts}, [row], subject=proposed.draft.subject)


async def press_keep(_: Update, context: Context) -> None:
    """Button: take a file's table over."""
    agree = partial(tag_table.agree, actor=context.actor, shipped=shipped(), number=_draft(context))
    await context.run(agree)
    context.acknowledge()


async def press_leave(_: Update, context: Context) -> None:
    """Button: leave the table as it is."""
    await context.run(partial(tag_table.decline, actor=context.actor, number=_draft(context)))
    context.show_notice(Text("tags.left"))


def _draft(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


FORM = Form(tag_table.FORM, (), CHANGE, ends_elsewhere, awaits_press="tags.awaits_button_press")
FEATURE = Feature(
    "tags",
    handlers=(
        Command("tags", tags, NEEDS),
        PrivatePress("tags.list", press_list, CHANGE),
        PrivatePress("tags.page", press_page, CHANGE),
        PrivatePress("tags.file", press_file, CHANGE),
        PrivatePress("tags.keep", press_keep, CHANGE),
        PrivatePress("tags.leave", press_leave, CHANGE),
    ),
    forms=(FORM,),
    entries=(Entry("tags", "tags", NEEDS, 96, frozenset({Audience.NOBODY}), help=Help(46, Section.ADMINISTRATORS)),),
)
