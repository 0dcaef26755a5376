"""Messages, as they are kept and as the Bot API writes them."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.chats import Chat
from sandbox.people import ANONYMOUS, User
from sandbox.polls import Poll

Json = dict[str, Any]

SERVICE = frozenset(
    {
        "group_chat_created",
        "new_chat_members",
        "left_chat_member",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "pinned_message",
    }
)


@dataclass(slots=True, eq=False, kw_only=True)
class Message:
    """A message. `content` holds the fields of Bot API's Message that never depend on who looks."""

    id: int
    chat: Chat
    date: int
    sender: User
    content: Json
    anonymous: bool = False
    thread: int | None = None
    reply_to: "Message | None" = None
    quote: Json | None = None
    poll: Poll | None = None
    markup: Json | None = None
    pinned: "Message | None" = None
    origin: Json | None = None
    edit_date: int | None = None
    media_group_id: str | None = None
    protected: bool = False
    silent: bool = False
    deleted: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        """Whether it tells what happened in the chat, rather than what somebody said."""
        return self.pinned is not None or not SERVICE.isdisjoint(self.content)

    @property
    def entities(self) -> list[Json]:
        """The entities of its text or caption."""
        found: list[Json] = self.content.get("entities") or self.content.get("caption_entities") or []
        return found

    @property
    def words(self) -> str:
        """Its text or caption, or nothing."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    def as_dict(self, viewer: User | None = None, *, nested: bool = False) -> Json:
        """Bot API's Message as one user sees it; `nested` leaves out what it replies to, as Telegram does."""
        message = self._head() | self._thread()
        if self.reply_to is not None and not self.reply_to.deleted and not nested:
            message["reply_to_message"] = self.reply_to.as_dict(viewer, nested=True)
            if self.quote:
                message["quote"] = self.quote
        return message | self.content | self._tail(viewer)

    def _head(self) -> Json:
        chat = self.chat.as_dict()
        sender: Json = {"from": dict(ANONYMOUS), "sender_chat": chat} if self.anonymous else {}
        sender = sender or {"from": self.sender.as_dict()}
        head = {"message_id": self.id, **sender, "chat": chat, "date": self.date}
        optional = {
            "edit_date": self.edit_date,
            "forward_origin": self.origin,
            "media_group_id": self.media_group_id,
            "has_protected_content": self.protected or None,
        }
        return head | {name: value for name, value in optional.items() if value is not None}

    def _thread(self) -> Json:
        if self.thread is None:
            return {}
        thread: Json = {"message_thread_id": self.thread}
        return thread | ({"is_topic_message": True} if self.chat.is_forum else {})

    def _tail(self, viewer: User | None) -> Json:
        tail: Json = {}
        if self.poll is not None:
            tail["poll"] = self.poll.as_dict(viewer)
        if self.pinned is not None:
            tail["pinned_message"] = pinned_dict(self.pinned, viewer)
        if self.markup is not None and "inline_keyboard" in self.markup:
            tail["reply_markup"] = self.markup
        return tail


def pinned_dict(message: Message, viewer: User | None) -> Json:
    """Bot API's MaybeInaccessibleMessage."""
    if message.deleted:
        return {"chat": message.chat.as_dict(), "message_id": message.id, "date": 0}
    return message.as_dict(viewer, nested=True)
