"""What a message says in a chat's language, and when it may be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import plain
from domain.messaging.message import DeepLink

if TYPE_CHECKING:
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.messaging.message import (
        Action,
        Button,
        Buttons,
        Document,
        Message,
        Picture,
        Poll,
        Storable,
        Text,
        Thread,
    )
    from domain.messaging.quiet import Quiets

PICTURE = "picture"  # in a body: what is painted when the message is sent
ATTACHED = "attached"  # in a body: the file that the platform keeps
ALBUM = "album"  # in a body: the photos that the platform keeps
LINK = "start:"  # before the payload of a button that opens the private chat


class Renderer(Protocol):
    """Who finds the words for a text by its name, in a chat's language."""

    def text(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        """A message, as the chat's HTML."""

    def label(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        """What stands on a button: no markup."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When something is meant to be said, and the moment before which it may not be, where there is one."""

    put_at: datetime
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes what a row of the outbox holds; `Delivery` tells how a body looks.

    `at` is now; `meant` is when what is said was to be said, where that is not now.
    """

    renderer: Renderer
    quiets: Quiets
    at: datetime
    meant: datetime | None = None

    def message(self, chat: Chat, message: Message) -> dict[str, Any]:
        """The body of a message, in its chat's language."""
        body: dict[str, Any] = {
            "text": self.renderer.text(chat, message.text, message.values),
            "buttons": self._buttons(chat, message.buttons),
        }
        if message.prompt is not None:
            body["prompt"] = self.renderer.label(chat, message.prompt.text, message.prompt.values)
        if message.keys:
            body["keys"] = [[self.renderer.label(chat, key.text, key.values) for key in row] for row in message.keys]
        if message.picture is not None:
            body[PICTURE] = _picture(chat, message.picture)
        if message.attached is not None:
            body[ATTACHED] = {"kind": message.attached.kind.value, "id": message.attached.id}
        if message.album:
            body[ALBUM] = list(message.album)
        silent = message.silent or (chat.is_group and not message.sounds)
        marks = {"silent": silent, "veiled": message.veiled}
        return body | {name: True for name, is_so in marks.items() if is_so}

    def poll(self, chat: Chat, poll: Poll) -> dict[str, Any]:
        """The body of a poll, in its chat's language as far as its words are the program's."""
        options = tuple(
            one if isinstance(one, str) else self.renderer.label(chat, one.text, one.values) for one in poll.options
        )
        body = poll_body(replace(poll, options=options))
        return body | {"buttons": self._buttons(chat, poll.buttons)} if poll.buttons else body

    def _buttons(self, chat: Chat, buttons: Buttons) -> list[list[tuple[str, str]]]:
        return [[self._button(chat, button) for button in row] for row in buttons]

    def _button(self, chat: Chat, button: Button) -> tuple[str, str]:
        return self.renderer.label(chat, button.text, button.values), _carried(button.action)

    def file_name(self, chat: Chat, document: Document) -> str:
        """What a file is called."""
        return f"{self.renderer.label(chat, document.text, document.values)}.{document.ending}"

    def above(self, chat: Chat, text: Text, words: str) -> str:
        """What is said, with another text above it."""
        return f"{self.renderer.text(chat, text.text, text.values)}\n{words}"

    def at_once(self) -> Turn:
        """Somebody waits for it."""
        return Turn(self.at)

    def not_before(self, moment: datetime) -> Turn:
        """Somebody waits for it, and it comes no earlier than a moment."""
        return Turn(self.at, moment if moment > self.at else None)

    def by_the_clock(self, chat: Chat) -> Turn:
        """Nobody asked for it: it comes when it was meant for, or once the chat's quiet hours are over."""
        end = self.quiets.of(chat.id).end(chat, self.at)
        return Turn(end, end) if end > self.at else Turn(self.meant or self.at)


def poll_body(poll: Poll) -> dict[str, Any]:
    """The body of a poll, which makes no sound. Its words go to the platform as they are, with no text around them."""
    return {
        "question": plain.clean(poll.question),
        "options": tuple(plain.clean(str(option)) for option in poll.options),
        "anonymous": poll.anonymous,
        "multiple": poll.multiple,
        "correct": poll.correct,
        "explanation": plain.clean(poll.explanation),
        "closes_at": poll.closes_at and int(poll.closes_at.timestamp()),
        "silent": True,
    }


def _picture(chat: Chat, picture: Picture) -> dict[str, Any]:
    """What a picture is painted from, with the language and the time zone of its chat."""
    values = _cleaned(picture.values)
    return {"kind": picture.kind, "values": values, "language": chat.language, "zone": chat.zone}


def _cleaned(value: Storable) -> Any:
    """A value as the store keeps it; names are cleaned as in texts."""
    if isinstance(value, str):
        return plain.clean(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, Sequence) else value


def place(thread: Thread) -> dict[str, int | None]:
    """Where in a chat something belongs, as bodies have it."""
    return {"reply_to": thread.reply_to, "topic": thread.topic}


def _carried(action: Action | DeepLink) -> str:
    """What a button does, as the store keeps it until the platform's side reads it."""
    return f"{LINK}{action.payload}" if isinstance(action, DeepLink) else str(action)
