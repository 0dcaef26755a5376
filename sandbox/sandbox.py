"""The sandbox itself: what tests and scripts use, and what the HTTP side is a thin layer over."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from sandbox import membership, pressing, reacting, speaking, voting
from sandbox.calls import Call, Calls
from sandbox.chats import Chat, Status, Topic
from sandbox.chats import Kind as ChatKind
from sandbox.clock import Clock
from sandbox.errors import Refusal
from sandbox.faults import Fault, Faults
from sandbox.faults import Kind as FaultKind
from sandbox.files import Upload
from sandbox.limits import Limits
from sandbox.messages import Message
from sandbox.people import TOKEN, Bot, User
from sandbox.server import Server
from sandbox.webhooks import Webhooks
from sandbox.world import World

Json = dict[str, Any]
Content = bytes | Path | Upload
SomeUser = int | User
SomeChat = int | Chat


class Sandbox:
    """A local Telegram: an async context manager that serves while it is open.

    `port` 0 is any free port. `clock` is real time unless another one is given; `zone` is the IANA zone that the page
    shows times in. `limits` are Telegram's flood limits, which hold only where `Limits(enforced=True)` is given.
    `pause` is how many seconds the first new try of a webhook's delivery waits.

    Methods take chats and users as objects or as ids, and raise Refusal (with one sentence) for what can't be.
    Messages that they give are Bot API's Message as a dict.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        clock: Clock | None = None,
        zone: str | None = None,
        limits: Limits | None = None,
        pause: float = 0.5,
    ) -> None:
        self.clock = clock or Clock()
        self.zone = zone
        self.limits = limits or Limits()
        self.faults = Faults()
        self.record = Calls()
        self.webhooks = Webhooks(self.clock, pause)
        self.world = World(self.clock, self.limits, self.webhooks)
        self._server = Server(self, host, port)
        self._closed: asyncio.Event | None = None
        self._deaf: Callable[[], None] = lambda: None

    # Running

    async def __aenter__(self) -> Self:
        """Start serving. Raises OSError when the port is taken."""
        self._closed = asyncio.Event()
        self.world.closing = False
        await self._server.start()
        self.clock.start()
        self._deaf = self.clock.listen(self._tell_time)
        return self

    async def __aexit__(self, *exc: object) -> None:
        """End whatever waits, then stop serving."""
        self.world.closing = True
        if self._closed is not None:
            self._closed.set()
        self.clock.stop()
        self._deaf()
        self.world.events.end()
        for bot in self.world.bots():
            bot.inbox.interrupt()
        self.world.give_up_queries()
        await self.webhooks.close()
        await self._server.stop()

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end: the page, and the root of the Bot API."""
        return self._server.url

    async def pause(self, seconds: float | None) -> None:
        """Wait so many seconds (None: for ever), but no longer than the sandbox runs."""
        if self._closed is not None:
            try:
                async with asyncio.timeout(seconds):
                    await self._closed.wait()
            except TimeoutError:
                pass

    def reset(self) -> None:
        """Forget people, chats, calls and faults. Bots keep their accounts, and the clock its time."""
        bots = list(self.world.bots())
        self.clock.forget_alarms()
        self.world.events.end()
        self.world.give_up_queries()
        self.world = World(self.clock, self.limits, self.webhooks)
        self.world.users = {bot.id: bot for bot in bots}
        for bot in bots:
            bot.inbox.clear()
        self.faults.clear()
        self.record.clear()
        self.limits.forget()

    def _tell_time(self, now: datetime) -> None:
        self.world.events.tell_all({"type": "clock", "now": now.isoformat()})

    # Accounts

    def add_bot(
        self,
        token: str,
        *,
        username: str | None = None,
        first_name: str | None = None,
        can_read_all_group_messages: bool = False,
    ) -> Bot:
        """A bot with a token such as `123456:test`, whose number is its id.

        Raises Refusal: the token is of another form, or its number or the username is taken.
        """
        if not TOKEN.fullmatch(token):
            raise Refusal("A token is a number, a colon and anything, e.g. 123456:test.")
        number = int(token.partition(":")[0])
        self._check_free(number, username)
        bot = Bot(
            id=number,
            token=token,
            username=username or f"bot{number}_bot",
            first_name=first_name or f"Bot {number}",
            can_read_all_group_messages=can_read_all_group_messages,
        )
        self.world.users[bot.id] = bot
        self.world.events.tell_all({"type": "people"})
        return bot

    def bot_with(self, token: str) -> Bot | None:
        """The bot with a token, made if need be; None if the number is another token's, or it is no token at all."""
        if not TOKEN.fullmatch(token):
            return None
        found = self.world.users.get(int(token.partition(":")[0]))
        if found is None:
            return self.add_bot(token)
        return found if isinstance(found, Bot) and found.token == token else None

    def change_bot(
        self,
        bot: SomeUser,
        *,
        first_name: str | None = None,
        username: str | None = None,
        can_read_all_group_messages: bool | None = None,
    ) -> Bot:
        """Rename a bot, or switch its privacy mode (which `can_read_all_group_messages` ends)."""
        changed = self.world.bot(bot)
        if username and username != changed.username:
            self._check_free(None, username)
        changed.first_name = first_name or changed.first_name
        changed.username = username or changed.username
        if can_read_all_group_messages is not None:
            changed.can_read_all_group_messages = can_read_all_group_messages
        self.world.events.tell_all({"type": "people"})
        return changed

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        id: int | None = None,  # noqa: A002
    ) -> User:
        """A person. Raises Refusal: no name, or the id or the username is taken."""
        if not first_name.strip():
            raise Refusal("A person needs a first name.")
        self._check_free(id, username)
        person = User(
            id=self.world.new_person_id() if id is None else id,
            first_name=first_name.strip(),
            last_name=last_name,
            username=username,
            language_code=language_code,
        )
        self.world.users[person.id] = person
        self.world.events.tell_all({"type": "people"})
        return person

    def _check_free(self, number: int | None, username: str | None) -> None:
        if number is not None and number <= 0:
            raise Refusal("The id of a person or a bot is above 0.")
        if number in self.world.users:
            raise Refusal(f"The id {number} is taken.", 409)
        if username and self.world.named(username):
            raise Refusal(f"The username {username} is taken.", 409)

    # Chats

    def add_group(
        self,
        title: str,
        *,
        by: SomeUser,
        members: Iterable[SomeUser] = (),
        bots: Iterable[SomeUser] = (),
        kind: Literal["supergroup", "group"] = "supergroup",
        is_forum: bool = False,
    ) -> Chat:
        """A group whose owner is `by`, who adds the members and the bots; bots hear of it."""
        if not title.strip():
            raise Refusal("A group needs a title.")
        if is_forum and kind != "supergroup":
            raise Refusal("Only a supergroup can be a forum.")
        world = self.world
        owner, people = world.person(by), [world.person(member) for member in members]
        added = [world.bot(bot) for bot in bots]
        chat = world.new_group(ChatKind(kind), title.strip(), is_forum=is_forum)
        membership.found(world, chat, owner, people, added)
        return chat

    def open_private(self, person: SomeUser, bot: SomeUser) -> Chat:
        """A person's chat with a bot. The bot can't write in it before the person has."""
        chat = self.world.open_private(self.world.person(person), self.world.bot(bot))
        self.world.tell_chat(chat)
        return chat

    def chat(self, chat: SomeChat, person: SomeUser | None = None) -> Chat:
        """A chat by its id; the person tells apart their chats with several bots."""
        return self.world.chat(chat, None if person is None else self.world.person(person))

    def add_member(self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None) -> None:
        """Bring a person or a bot into a group; without `by` they join by themselves."""
        joining = self.world.user(user)
        membership.add(self.world, self.chat(chat), joining, joining if by is None else self.world.user(by))

    def remove_member(self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None) -> None:
        """Remove somebody from a group; without `by` they leave by themselves."""
        leaving = self.world.user(user)
        membership.remove(self.world, self.chat(chat), leaving, leaving if by is None else self.world.user(by))

    def promote(
        self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None, is_anonymous: bool = False
    ) -> None:
        """Make somebody an administrator; `by` is the owner unless given."""
        self.change_member(chat, user, by=by, status="administrator", is_anonymous=is_anonymous)

    def demote(self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None) -> None:
        """Make an administrator a plain member again; `by` is the owner unless given."""
        self.change_member(chat, user, by=by, status="member")

    def change_member(
        self,
        chat: SomeChat,
        user: SomeUser,
        *,
        by: SomeUser | None = None,
        status: Literal["administrator", "member"] | None = None,
        is_anonymous: bool | None = None,
    ) -> None:
        """Change what a member is; `by` is the owner unless given. What is None stays as it is."""
        group = self.chat(chat)
        membership.require_group(group)
        membership.change(
            self.world,
            group,
            self.world.user(user),
            next(group.present()).user if by is None else self.world.user(by),
            status=Status(status) if status else None,
            is_anonymous=is_anonymous,
        )

    def add_topic(self, chat: SomeChat, name: str, *, by: SomeUser) -> Topic:
        """Open a topic in a forum."""
        return membership.add_topic(self.world, self.chat(chat), self.world.person(by), name)

    def migrate(self, chat: SomeChat, *, by: SomeUser) -> Chat:
        """Make a supergroup of a group; gives the new chat."""
        return membership.migrate(self.world, self.chat(chat), self.world.person(by))

    # Messages

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

    # Acting on messages

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

    def block(self, person: SomeUser, bot: SomeUser) -> None:
        """Let a person block a bot, which hears of it and gets 403 from then on."""
        speaking.block(self.world, self.open_private(person, bot))

    def unblock(self, person: SomeUser, bot: SomeUser) -> None:
        """Let a person take a block back."""
        speaking.unblock(self.world, self.open_private(person, bot))

    # Control

    @property
    def calls(self) -> list[Call]:
        """Every call of the Bot API so far (the newest 50,000), oldest first."""
        return self.record.after()

    def fault(
        self,
        method: str,
        *,
        kind: Literal["timeout_before", "timeout_after", "flood", "error", "refuse", "slow"],
        times: int = 1,
        token: str | None = None,
        seconds: float = 1.0,
        status: int = 502,
        description: str = "Bad Gateway",
        retry_after: int = 1,
    ) -> Fault:
        """Let the next `times` calls of a method ("*" is any; of one token, if given) go wrong.

        `timeout_before`: no effect, no answer. `timeout_after`: effect, no answer. `flood`: 429 with `retry_after`.
        `error`: `status` and `description`. `refuse`: the connection is closed. `slow`: `seconds`, then as usual.
        """
        return self.faults.add(
            Fault(method, FaultKind(kind), times, token, seconds, status, description, retry_after),
        )


def _upload(given: Content | None, name: str) -> Upload | None:
    match given:
        case bytes():
            return Upload(name, "", given)
        case Path():
            return Upload(given.name, "", given.read_bytes())
    return given
