"""Converts the platform's chats and users to the domain's types."""

from datetime import datetime

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType

import plain
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.member import Origin, PersonProfile

KINDS: dict[str, ChatKind] = {ChatType.PRIVATE: ChatKind.PRIVATE, ChatType.CHANNEL: ChatKind.CHANNEL}


def text_of(message: Message | None) -> str:
    """A message's text or caption, as it was written; the platform counts places in it from its beginning."""
    return plain.bounded((message and (message.text or message.caption)) or "")


def chat_profile(chat: Chat) -> ChatProfile:
    """A chat as the domain's type."""
    return ChatProfile(chat.id, KINDS.get(chat.type, ChatKind.GROUP), chat.title or chat.full_name or "")


def person_profile(user: User) -> PersonProfile:
    """A user as the domain's type; a Chinese family and given name are joined without a space.

    Names are compared, so invisible marks are no part of them, unless there is nothing else.
    """
    last = user.last_name or ""
    space = " " if last and (user.first_name + last).isascii() else ""
    name = f"{user.first_name}{space}{last}"
    name = plain.clean(name) or name
    return PersonProfile(user.id, name, user.username, user.language_code, not user.is_bot)


def sender_profile(message: Message | None, chat: Chat, user: User | None) -> PersonProfile | None:
    """The sender: for an anonymous administrator the group, for a channel's post the channel."""
    voice = message.sender_chat if message else None
    if voice is not None:
        return PersonProfile(voice.id, voice.title or chat.title or "", voice.username, is_person=False)
    return person_profile(user) if user else None


def sender_id(message: Message | None, user: User | None) -> int | None:
    """The platform's id of the same sender."""
    sender = (message and message.sender_chat) or user
    return sender.id if sender else None


def incoming_message(update: Update) -> Message | None:
    """The update's message, new or edited; `None` for a pressed button or a vote."""
    return update.message or update.edited_message or update.channel_post


def written_at(update: Update) -> datetime | None:
    """When the message of an update was written or edited; `None` if the update has no such time."""
    message = incoming_message(update)
    return (message.edit_date or message.date) if message else None


def is_group(chat: Chat) -> bool:
    """Whether people talk with each other there."""
    return KINDS.get(chat.type, ChatKind.GROUP) is ChatKind.GROUP


def is_secondhand(message: Message) -> bool:
    """Whether a message has another's words: it was forwarded, or is a bot's.

    Anonymous administrators and channels speak through bots of the platform's own, under the name of a chat.
    """
    sender = message.from_user
    by_bot = sender is not None and sender.is_bot and message.sender_chat is None
    return bool(message.forward_origin or message.is_automatic_forward or message.via_bot or by_bot)


def says_nothing(update: Update) -> bool:
    """Whether an update has only others' words: its sender is not met by it, and it asks for nothing.

    People who forward a command, or anything in private, are told to write it themselves.
    """
    message = incoming_message(update)
    if message is None or changes_membership(update) or not is_secondhand(message):
        return False
    by_person = message.from_user is not None and not message.from_user.is_bot and not message.is_automatic_forward
    command = message.forward_origin is not None and _looks_like_a_command(message)
    return not (by_person and (command or not is_group(message.chat)))


def _looks_like_a_command(message: Message) -> bool:
    return text_of(message).lstrip().startswith(("/", "／"))


def origin_of(update: Update) -> Origin | None:
    """The sender and the chat; `None` if the platform does not tell one of them, or they say nothing themselves."""
    chat = update.effective_chat
    if says_nothing(update):
        return None
    speaker = sender_profile(incoming_message(update), chat, update.effective_user) if chat else None
    return Origin(speaker, chat_profile(chat), written_at(update)) if chat and speaker else None


def changes_membership(update: Update) -> bool:
    """Whether an update changes memberships or chat ids: somebody joins or leaves, or a group gets a new id."""
    message = update.message
    if message is None:
        return update.my_chat_member is not None or update.chat_member is not None
    joined_or_left = message.new_chat_members or message.left_chat_member
    return bool(joined_or_left or message.migrate_to_chat_id or message.migrate_from_chat_id)


def deep_link(bot: str, payload: str) -> str:
    """The address that opens the private chat with a bot (its user name) and sends `/start PAYLOAD` there."""
    return f"https://t.me/{bot}?start={payload}"
