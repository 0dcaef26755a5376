"""An item as a message: its text, with its picture or document above it where one message has room for both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Attached, AttachedKind, Button, Message

if TYPE_CHECKING:
    from domain.ids import ChatId
    from domain.messaging.message import Buttons
    from domain.study.features import Stores
    from domain.study.item import Lesson
    from domain.study.study import Prompt

ROOM = 960  # UTF-16 units of a caption, without what the program writes beside the item


def file_of(lesson: Lesson) -> Attached | None:
    """An item's picture or document."""
    return None if lesson.media is None else Attached(AttachedKind(lesson.media.kind.value), lesson.media.id)


def fits(lesson: Lesson) -> bool:
    """Whether an item may be the caption of its file."""
    words = "".join((lesson.title, lesson.text, lesson.source, lesson.url))
    return len(words.encode("utf-16-le", "surrogatepass")) // 2 <= ROOM


def with_file(message: Message, lesson: Lesson) -> Message:
    """An item's message with its file, where it has one and there is room."""
    return replace(message, attached=file_of(lesson)) if fits(lesson) else message


def send_file(stores: Stores, given: Prompt, chat: ChatId, *, key: str, urgent: bool) -> None:
    """Send an item's file behind it, where the item was too long for a caption; it goes when the item does."""
    lesson = given.item.lesson
    if lesson.media is not None and not fits(lesson):
        stores.outbox.send(chat, file_message(given), key=key, urgent=urgent)


def file_message(given: Prompt) -> Message:
    """An item's file alone."""
    lesson = given.item.lesson
    return Message("day.file", {"lesson": lesson}, subject=given.file, silent=True, attached=file_of(lesson))


def file_buttons(given: Prompt) -> Buttons:
    """A button that brings an item's file, where it has one: a page that is edited cannot have it."""
    if given.item.lesson.media is None:
        return ()
    return [[Button("day.file_button", Action("day.file", given.id))]]
