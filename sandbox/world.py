"""Everything that there is in one sandbox: people, bots, chats, files, and how to find them."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Any

from sandbox.chats import Chat, Kind, Member, Status
from sandbox.clock import Clock
from sandbox.errors import Refusal
from sandbox.events import Events
from sandbox.files import Files
from sandbox.limits import Limits
from sandbox.messages import Message
from sandbox.people import Bot, User
from sandbox.pressing import Query
from sandbox.views import chat_view, message_view
from sandbox.webhooks import Webhooks

Json = dict[str, Any]

# Ids as large as Telegram's own: they need more than 32 bits.
FIRST_PERSON = 7_000_000_001
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


class World:
    """The state of a sandbox. Ids are Telegram's; a private chat is found by its person and its bot."""

    def __init__(self, clock: Clock, limits: Limits, webhooks: Webhooks) -> None:
        self.clock = clock
        self.limits = limits
        self.webhooks = webhooks
        self.closing = False
        self.events = Events()
        self.files = Files()
        self.users: dict[int, User] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.queries: dict[str, Query] = {}
        self._people_ids = count(FIRST_PERSON)
        self._group_ids = count(FIRST_GROUP, -1)
        self._supergroup_ids = count(FIRST_SUPERGROUP, -1)
        # Outside of supergroups Telegram numbers messages per account, not per chat.
        self._message_ids = count(1)
        self._numbers = count(1)

    # People and bots

    def people(self) -> Iterator[User]:
        """All people."""
        return (user for user in self.users.values() if not user.is_bot)

    def bots(self) -> Iterator[Bot]:
        """All bots."""
        return (user for user in self.users.values() if isinstance(user, Bot))

    def user(self, user: int | User) -> User:
        """A person or a bot by id. Raises Refusal 404."""
        found = self.users.get(user.id if isinstance(user, User) else user)
        if found is None:
            raise Refusal(f"There is nobody with the id {user}.", 404)
        return found

    def person(self, person: int | User) -> User:
        """A person by id. Raises Refusal 404."""
        found = self.user(person)
        if found.is_bot:
            raise Refusal(f"{found.full_name} is a bot.", 404)
        return found

    def bot(self, bot: int | User) -> Bot:
        """A bot by id. Raises Refusal 404."""
        found = self.user(bot)
        if not isinstance(found, Bot):
            raise Refusal(f"{found.full_name} is no bot.", 404)
        return found

    def named(self, username: str) -> User | None:
        """The person or bot with a username, whatever its case."""
        name = username.removeprefix("@").casefold()
        return next((user for user in self.users.values() if (user.username or "").casefold() == name), None)

    def new_person_id(self) -> int:
        """An id that nobody has."""
        return next(number for number in self._people_ids if number not in self.users)

    # Chats

    def new_group(self, kind: Kind, title: str, *, is_forum: bool = False) -> Chat:
        """A group without members."""
        number = next(self._group_ids if kind is Kind.GROUP else self._supergroup_ids)
        chat = Chat(id=number, alias=number, kind=kind, title=title, is_forum=is_forum, instance=_instance(number))
        self.groups[number] = chat
        return chat

    def open_private(self, person: User, bot: Bot) -> Chat:
        """The chat of a person with a bot, made if need be."""
        found = self.private.get((person.id, bot.id))
        if found is None:
            first = not any(key[0] == person.id for key in self.private)
            found = Chat(
                id=person.id,
                kind=Kind.PRIVATE,
                person=person,
                bot=bot,
                alias=person.id if first else bot.id,
                members={user.id: Member(user, Status.MEMBER) for user in (person, bot)},
                instance=_instance(person.id, bot.id),
            )
            self.private[person.id, bot.id] = found
        return found

    def chat(self, chat: int | Chat, person: User | None = None) -> Chat:
        """A chat by its id under /sandbox/; the person tells apart chats with several bots. Raises Refusal 404."""
        if isinstance(chat, Chat):
            return chat
        found = self.groups.get(chat) or self._private_by_alias(chat, person)
        if found is None:
            raise Refusal(f"There is no chat {chat}.", 404)
        return found

    def chats_of(self, person: User) -> list[Chat]:
        """A person's chats, the one with the newest message first."""
        groups = (chat for chat in self.groups.values() if chat.member(person).present and not chat.migrated_to)
        private = (chat for (owner, _), chat in self.private.items() if owner == person.id)
        return sorted([*groups, *private], key=_newest, reverse=True)

    def share_a_group(self, first: User, second: User) -> bool:
        """Whether both are in one group."""
        return any(chat.member(first).present and chat.member(second).present for chat in self.groups.values())

    def _private_by_alias(self, alias: int, person: User | None) -> Chat | None:
        mine = (chat for chat in self.private.values() if chat.alias == alias and person in {chat.person, None})
        return next(mine, None)

    # Numbers

    def next_message_id(self, chat: Chat) -> int:
        """The id of a chat's next message."""
        if chat.kind is Kind.SUPERGROUP:
            return chat.next_message_id()
        return next(self._message_ids)

    def number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def give_up_queries(self) -> None:
        """Leave every press on a button that still waits without an answer."""
        for query in self.queries.values():
            if not query.answer.done():
                query.answer.set_result({"timeout": True})
        self.queries.clear()

    # Telling the page

    def tell_message(self, kind: str, message: Message, audience: set[int] | None = None) -> None:
        """Tell a chat's windows, or those of some people, about a message that is new (`message`) or `edited`."""
        chat = message.chat
        self.events.tell(
            self.audience(chat) if audience is None else audience,
            lambda person: {"type": kind, "chat_id": chat.alias, "message": message_view(message, self.users[person])},
        )

    def tell_chat(self, chat: Chat) -> None:
        """Tell the windows of a chat that it is new or has changed."""
        self.events.tell(
            self.audience(chat), lambda person: {"type": "chat", "chat": chat_view(chat, self.users[person])}
        )

    def audience(self, chat: Chat) -> set[int]:
        """The ids of the people in a chat."""
        return {person.id for person in chat.people()}


def _newest(chat: Chat) -> tuple[int, int]:
    last = chat.last_message()
    return (last.date, last.id) if last else (0, 0)


def _instance(*numbers: int) -> str:
    return str(int.from_bytes(sha256(repr(numbers).encode()).digest()[:8], "big", signed=True))
