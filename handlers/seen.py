"""The platform's chats and people, as the domain sees them."""

from telegram import Chat, Message, User
from telegram.constants import ChatType

from domain.chat import ChatKind, ChatSeen
from domain.member import PersonSeen

KINDS: dict[str, ChatKind] = {ChatType.PRIVATE: ChatKind.PRIVATE, ChatType.CHANNEL: ChatKind.CHANNEL}


def see_chat(chat: Chat) -> ChatSeen:
    """A chat as the domain sees it."""
    return ChatSeen(chat.id, KINDS.get(chat.type, ChatKind.GROUP), chat.title or chat.full_name or "")


def see_person(user: User) -> PersonSeen:
    """A person as the domain sees them; Chinese names are written together."""
    last = user.last_name or ""
    space = " " if last and (user.first_name + last).isascii() else ""
    return PersonSeen(user.id, f"{user.first_name}{space}{last}", user.username, user.language_code, not user.is_bot)


def see_sender(message: Message | None, chat: Chat, user: User | None) -> PersonSeen | None:
    """Who speaks: an anonymous administrator speaks as the group, a channel's post as the channel."""
    voice = message.sender_chat if message else None
    if voice is not None:
        return PersonSeen(voice.id, voice.title or chat.title or "", voice.username, is_person=False)
    return see_person(user) if user else None
