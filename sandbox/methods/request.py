"""One call of the Bot API, and the chat that it is about."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sandbox.chats import Chat, Kind, Member, Status
from sandbox.errors import bad_request, forbidden
from sandbox.messages import Message
from sandbox.parameters import INTEGER, Parameters
from sandbox.people import Bot, User
from sandbox.world import World

Json = dict[str, Any]


class Access(IntEnum):
    """What a method wants to do in a chat."""

    READ = 1
    READ_MEMBERS = 2
    EDIT = 3
    WRITE = 4


@dataclass(frozen=True, slots=True)
class Request:
    """Who calls, with which parameters, in which world."""

    world: World
    bot: Bot
    given: Parameters

    def chat(self, access: Access, name: str = "chat_id") -> Chat:
        """The chat that a parameter names. Raises ApiError 400 or 403 as Telegram does."""
        text = self.given.text(name).strip()
        if not text:
            raise bad_request("chat_id is empty" if name == "chat_id" else "chat identifier is empty")
        chat = self._found(text)
        if chat is None:
            raise bad_request("chat not found")
        if chat.is_private:
            self._check_private(chat, access)
        else:
            _check_group(chat, chat.members.get(self.bot.id), access)
        return chat

    def message(self, chat: Chat, what: str, name: str = "message_id") -> Message:
        """The message of a chat that a parameter names. Raises ApiError 400: "<what> not found"."""
        number = self.given.integer(name)
        if not number:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(number)
        if message is None:
            raise bad_request(f"{what} not found")
        return message

    def own(self, chat: Chat, what: str, refused: str = "message can't be edited") -> Message:
        """A message that the bot has sent. Raises ApiError 400: not found, or not its own."""
        message = self.message(chat, what)
        if message.sender is not self.bot or message.is_service or message.origin is not None:
            raise bad_request(refused)
        return message

    def _found(self, text: str) -> Chat | None:
        if not INTEGER.fullmatch(text):
            return None
        number = int(text)
        known = self.world.private.get((number, self.bot.id)) or self.world.groups.get(number)
        return known or self._stranger(number)

    def _stranger(self, number: int) -> Chat | None:
        """The chat with a person whom the bot knows from a group only."""
        user = self.world.users.get(number)
        if user is None or user is self.bot or not self.world.share_a_group(user, self.bot):
            return None
        return Chat(id=user.id, kind=Kind.PRIVATE, person=user, bot=self.bot, members=_both(user, self.bot))

    def _check_private(self, chat: Chat, access: Access) -> None:
        if access < Access.WRITE:
            return
        if chat.person is not None and chat.person.is_bot:
            raise forbidden("bot can't send messages to bots")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")


def _both(user: User, bot: Bot) -> dict[int, Member]:
    return {someone.id: Member(someone, Status.MEMBER) for someone in (user, bot)}


def _check_group(chat: Chat, member: Member | None, access: Access) -> None:
    if member is None:
        # A bot that never was in a group does not know it.
        raise bad_request("chat not found")
    if chat.kind is Kind.GROUP:
        if chat.migrated_to is not None:
            if access in {Access.WRITE, Access.READ_MEMBERS}:
                words = "group chat was upgraded to a supergroup chat"
                raise bad_request(words, migrate_to_chat_id=chat.migrated_to.id)
            return
        if access < Access.EDIT and access is not Access.READ_MEMBERS:
            return
    if member.status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if not member.present:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
