"""Where people and bots talk: chats, their members and topics."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from sandbox.people import Bot, User

if TYPE_CHECKING:
    from sandbox.messages import Message

Json = dict[str, Any]

# What an administrator may do who was made one without any choice of rights.
RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
}
PERMISSIONS = {
    "can_send_messages": True,
    "can_send_audios": True,
    "can_send_documents": True,
    "can_send_photos": True,
    "can_send_videos": True,
    "can_send_video_notes": True,
    "can_send_voice_notes": True,
    "can_send_polls": True,
    "can_send_other_messages": True,
    "can_add_web_page_previews": True,
    "can_change_info": False,
    "can_invite_users": True,
    "can_pin_messages": False,
    "can_manage_topics": False,
}


class Kind(StrEnum):
    """Bot API's types of chats that the sandbox has."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Status(StrEnum):
    """Bot API's statuses of a member."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER})
RULING = frozenset({Status.CREATOR, Status.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Member:
    """What somebody is in a chat at one moment."""

    user: User
    status: Status
    is_anonymous: bool = False

    @property
    def present(self) -> bool:
        """Whether they are in the chat."""
        return self.status in PRESENT

    @property
    def rules(self) -> bool:
        """Whether they are its owner or an administrator."""
        return self.status in RULING

    def as_dict(self) -> Json:
        """Bot API's ChatMember."""
        member: Json = {"user": self.user.as_dict(), "status": self.status.value}
        match self.status:
            case Status.CREATOR:
                return member | {"is_anonymous": self.is_anonymous}
            case Status.ADMINISTRATOR:
                return member | {"can_be_edited": False, "is_anonymous": self.is_anonymous} | RIGHTS
            case Status.KICKED:
                return member | {"until_date": 0}
        return member


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a forum; its id is that of the service message which created it."""

    message_thread_id: int
    name: str


@dataclass(slots=True, eq=False, kw_only=True)
class Chat:
    """A group, or one person's chat with one bot (`person`, `bot`; its `id` is the person's, as bots see it).

    `alias` is its id under /sandbox/: the same, but for a person's second and further bots the bot's id.
    """

    id: int
    kind: Kind
    title: str = ""
    is_forum: bool = False
    person: User | None = None
    bot: Bot | None = None
    alias: int = 0
    started: bool = False
    blocked: bool = False
    migrated_to: "Chat | None" = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)
    pinned: "list[Message]" = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)
    last_bot: Bot | None = None
    instance: str = ""
    _message_ids: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def is_private(self) -> bool:
        """Whether one person talks with one bot here."""
        return self.kind is Kind.PRIVATE

    def as_dict(self) -> Json:
        """Bot API's Chat."""
        if self.person is not None:
            person = self.person.as_dict()
            names = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
            return {"id": self.id, "type": self.kind.value} | names
        chat: Json = {"id": self.id, "type": self.kind.value, "title": self.title}
        return chat | ({"is_forum": True} if self.is_forum else {})

    def member(self, user: User) -> Member:
        """What a user is here; somebody who never was here has left."""
        return self.members.get(user.id) or Member(user, Status.LEFT)

    def present(self) -> Iterator[Member]:
        """Everybody who is here, the owner first, in the order of joining."""
        return (member for member in self.members.values() if member.present)

    def bots(self) -> Iterator[Bot]:
        """The bots that are here."""
        return (member.user for member in self.present() if isinstance(member.user, Bot))

    def people(self) -> Iterator[User]:
        """The people who are here."""
        return (member.user for member in self.present() if not member.user.is_bot)

    def next_message_id(self) -> int:
        """The next id of the chat's own row, which only supergroups have."""
        return next(self._message_ids)

    def last_message(self) -> "Message | None":
        """The newest message, or None."""
        return next(reversed(self.messages.values()), None)
