"""A picture or document for an item of the library, sent in private."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram import Document

from domain.ids import StudyItemId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.study import keeping
from domain.study.item import Media, MediaKind
from handlers import documents
from handlers.arguments import BadArguments
from handlers.command import PrivatePress
from handlers.form import Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message as Incoming
    from telegram import Update

    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.keeping import Opened
    from handlers.context import Context

KEEP = Permission.KEEP_LIBRARY
ITEM = "item"  # the draft's key for the item
NONE = "-"
SEPARATOR = "\n"  # neither the platform's names of files nor plain ones have it


def _keep(media: Media | None) -> str:
    return NONE if media is None else SEPARATOR.join((media.kind, media.id, media.name, str(media.size)))


def _load(kept: str) -> Media | None:
    if kept == NONE:
        return None
    kind, id_, name, size = kept.split(SEPARATOR)
    return Media(MediaKind(kind), id_, name, int(size))


MEDIA: Codec[Media | None] = Codec(_keep, _load)


def button(item: StudyItemId) -> Button:
    """Asks for a picture or document."""
    return Button("library.attach_button", Action("library.attach", item))


async def press_attach(_: Update, context: Context) -> None:
    """Button: ask for a picture or document."""
    number = StudyItemId(context.pressed.having(1).number())
    await context.read(partial(keeping.show, actor=context.actor, number=number))
    await form.begin(context, FORM, {ITEM: str(number)})
    context.acknowledge()


def _number(filled: Filled) -> StudyItemId:
    return StudyItemId(int(filled.draft.values[ITEM]))


def ask_media(stores: Stores, filled: Filled) -> Message:
    """Ask for a picture or document."""
    found = stores.studies.shelved(_number(filled))
    return Message("library.ask_media", {"name": "" if found is None else found.item.lesson.title})


def offer_none(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """The item without what it has now."""
    found = stores.studies.shelved(_number(filled))
    has_one = found is not None and found.item.lesson.media is not None
    return [Choice(Text("library.no_media_button"), NONE)] if has_one else []


async def hear_media(context: Context) -> Fill:
    """Take a picture or document. Raises BadArguments."""
    media = media_in(context.message)
    return lambda _, filled: filled.with_(FILE, media)


def media_in(message: Incoming | None) -> Media:
    """The picture or document of a message. Raises BadArguments where there is none, or one that is too big."""
    found = documents.attached(message, too_big="library.media_too_big")
    if found is None:
        raise BadArguments("library.no_media")
    size = found.file_size or 0
    if not isinstance(found, Document):
        return Media(MediaKind.PICTURE, found.file_id, size=size)
    return Media(MediaKind.DOCUMENT, found.file_id, documents.plain_name(found.file_name or ""), size)


def pick_none(_: Actor, __: str) -> Fill:
    """Without one."""
    return lambda _, filled: filled.with_(FILE, None)


async def attach(context: Context, filled: Filled) -> Ending:
    """Keep it with the item."""
    return ending(
        partial(keeping.attach, actor=context.actor, number=_number(filled), media=filled[FILE]), say_attached
    )


def say_attached(opened: Opened) -> Message:
    """What the item has now."""
    return Message("library.attached", {"lesson": opened.item.lesson})


FILE = Field("file", MEDIA, "library.media_field", ask_media, hear_media, offer_none, pick_none, takes_files=True)
FORM = Form("library_attach", (FILE,), KEEP, attach)
PRESSES = (PrivatePress("library.attach", press_attach, KEEP),)
