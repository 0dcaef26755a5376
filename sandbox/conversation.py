"""What people of a sandbox say, and do with what was said."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sandbox import pressing, reacting, speaking, voting
from sandbox.accounts import SomeUser
from sandbox.chats import Topic
from sandbox.errors import Refusal
from sandbox.files import Upload
from sandbox.gatherings import Gatherings, SomeChat
from sandbox.messages import Message

Json = dict[str, Any]
Content = bytes | Path | Upload


class Conversation(Gatherings):
    """Writing, reading and answering messages."""

    def say(
        self,
        chat: SomeChat,
        person: SomeUser,
        text: str = "",
        *,
        photo: Content | None = None,
        document: Content | None = None,
        reply_to: int | Json | None = None,
        thread: int | Topic | None = None,
        anonymous: bool = False,
        mentions: Iterable[SomeUser] = (),
    ) -> Json:
        """Let a person write; with `photo` or `document` the text is the caption. Gives the message.

        `reply_to` is a message or its id. `anonymous` speaks as the group, which takes an anonymous administrator.
        `mentions` are people whose name in the text becomes a mention, as clients do for those without a username.
        """
        speaker = self.world.person(person)
        message = speaking.say(
            self.world,
            self.chat(chat, speaker),
            speaker,
            text,
            speaking.Place(
                reply_to=reply_to["message_id"] if isinstance(reply_to, dict) else reply_to,
                thread=thread.message_thread_id if isinstance(thread, Topic) else thread,
                anonymous=anonymous,
            ),
            photo=_upload(photo, "photo.jpg"),
            document=_upload(document, "file"),
            mentions=[self.world.user(user) for user in mentions],
        )
        return message.as_dict(speaker)

    def edit(self, chat: SomeChat, person: SomeUser, message: int | Json, text: str) -> Json:
        """Let a person change the text or caption of their message; gives it."""
        editor = self.world.person(person)
        return speaking.edit(self.world, self.message(chat, message, editor), editor, text).as_dict(editor)

    def delete(self, chat: SomeChat, person: SomeUser, message: int | Json) -> None:
        """Let a person delete a message."""
        deleter = self.world.person(person)
        speaking.delete(self.world, self.message(chat, message, deleter), deleter)

    def forward(self, chat: SomeChat, person: SomeUser, message: int | Json, to: SomeChat) -> Json:
        """Let a person forward a message to another chat; gives the new one."""
        forwarder = self.world.person(person)
        original = self.message(chat, message, forwarder)
        return speaking.forward(self.world, original, forwarder, self.chat(to, forwarder)).as_dict(forwarder)

    def start(self, person: SomeUser, bot: SomeUser, payload: str = "") -> Json:
        """Let a person press a bot's start button or follow its deep link; gives the message."""
        starter = self.world.person(person)
        return self.start_in(self.open_private(starter, bot), starter, payload).as_dict(starter)

    def start_in(self, chat: SomeChat, person: SomeUser, payload: str = "") -> Message:
        """The same in a chat that is open already, which may also be a group with one bot (`startgroup`)."""
        starter = self.world.person(person)
        return speaking.start(self.world, self.chat(chat, starter), starter, payload)

    def messages(self, chat: SomeChat, person: SomeUser | None = None) -> list[Json]:
        """All messages of a chat in order, as its bot sees them."""
        found = self.chat(chat, person)
        viewer = next(found.bots(), None)
        return [message.as_dict(viewer) for message in found.messages.values()]

    def message(self, chat: SomeChat, message: int | Json, person: SomeUser | None = None) -> Message:
        """One message as the sandbox keeps it. Raises Refusal 404."""
        number = message["message_id"] if isinstance(message, dict) else message
        found = self.chat(chat, person).messages.get(number)
        if found is None:
            raise Refusal(f"There is no message {number} in this chat.", 404)
        return found

    async def wait_for_message(
        self, chat: SomeChat, *, after: int | Json = 0, person: SomeUser | None = None, within: float = 5.0
    ) -> Json:
        """The first message of a bot after the given one, waiting for it if need be.

        Raises TimeoutError after so many real seconds.
        """
        last = after["message_id"] if isinstance(after, dict) else after
        found = self.chat(chat, person)
        async with asyncio.timeout(within):
            while True:
                for message in list(found.messages.values()):
                    if message.id > last and message.sender.is_bot and not message.is_service:
                        return message.as_dict(message.sender)
                await self.world.events.next()

    async def press(self, chat: SomeChat, person: SomeUser, message: int | Json, row: int = 0, column: int = 0) -> Json:
        """Let a person press a button under a message: `{text?, show_alert, url?}`, or `{timeout: True}` after 10 s."""
        presser = self.world.person(person)
        return await pressing.press(self.world, self.message(chat, message, presser), presser, row, column)

    def vote(self, chat: SomeChat, person: SomeUser, message: int | Json, options: Sequence[int]) -> Json:
        """Let a person vote in a poll; no options retract the vote. Gives the message."""
        voter = self.world.person(person)
        target = self.message(chat, message, voter)
        voting.vote(self.world, target, voter, options)
        return target.as_dict(voter)

    def react(self, chat: SomeChat, person: SomeUser, message: int | Json, emoji: str = "") -> Json:
        """Let a person react to a message; an empty emoji takes the reaction back. Gives the message."""
        reactor = self.world.person(person)
        target = self.message(chat, message, reactor)
        reacting.react(self.world, target, reactor, [{"type": "emoji", "emoji": emoji}] if emoji else [])
        return target.as_dict(reactor)

    def read(self, chat: SomeChat, person: SomeUser, up_to: int) -> None:
        """Mark a chat as read by a person, up to a message's id."""
        reader = self.world.person(person)
        speaking.mark_read(self.world, self.chat(chat, reader), reader, up_to)


def _upload(given: Content | None, name: str) -> Upload | None:
    match given:
        case bytes():
            return Upload(name, "", given)
        case Path():
            return Upload(given.name, "", given.read_bytes())
    return given
