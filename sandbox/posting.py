"""Putting messages into chats, changing and deleting them; whoever does it, the page and the bots hear of it here."""

from typing import Any

from sandbox import delivery
from sandbox.chats import Chat, Kind
from sandbox.messages import Message
from sandbox.people import Bot, User
from sandbox.world import Json, World


def post(world: World, chat: Chat, sender: User, content: Json, **more: Any) -> Message:
    """Put a message into a chat. `more` are further fields of Message."""
    reply_to: Message | None = more.get("reply_to")
    if more.get("thread") is None:
        more["thread"] = _thread_of(chat, reply_to)
    message = Message(
        id=more.pop("id", None) or world.next_message_id(chat),
        chat=chat,
        date=world.clock.timestamp(),
        sender=sender,
        content=content,
        **more,
    )
    chat.messages[message.id] = message
    if message.poll is not None:
        message.poll.messages.append(message)
    _mark(chat, message)
    world.tell_message("message", message)
    delivery.message(chat, message)
    return message


def edited(world: World, message: Message, *, quietly: bool = False) -> None:
    """Tell everybody that a message has changed; `quietly` changes no date and tells no bot, as a new keyboard does."""
    if not quietly:
        message.edit_date = world.clock.timestamp()
        delivery.message(message.chat, message, "edited_message")
    world.tell_message("edited", message)


def delete(world: World, chat: Chat, messages: list[Message]) -> None:
    """Take messages out of a chat. Bots are not told, as with Telegram."""
    for message in messages:
        message.deleted = True
        del chat.messages[message.id]
        if message in chat.pinned:
            chat.pinned.remove(message)
    ids = [message.id for message in messages]
    event = {"type": "deleted", "chat_id": chat.alias, "message_ids": ids}
    world.events.tell(world.audience(chat), lambda _: event)


def _thread_of(chat: Chat, reply_to: Message | None) -> int | None:
    """In a supergroup a reply belongs to the thread of what it replies to, which the first message names."""
    if reply_to is None or chat.kind is not Kind.SUPERGROUP:
        return None
    if reply_to.thread is not None or chat.is_forum:
        return reply_to.thread
    return reply_to.id


def _mark(chat: Chat, message: Message) -> None:
    if isinstance(message.sender, Bot):
        chat.last_bot = message.sender if not message.is_service else chat.last_bot
    elif chat.member(message.sender).present:
        chat.read[message.sender.id] = message.id
