"""Chats: the groups where work happens, and private chats with people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from domain.feature import Feature
from domain.ids import BranchId, ChatId
from domain.messaging.message import Subject

if TYPE_CHECKING:
    from domain.ids import MemberId
    from domain.messaging.encryption import KeyId
    from domain.stores import Stores


NOTICE: Final = "notice"


class ChatKind(StrEnum):
    """What sort of chat it is."""

    GROUP = "group"
    PRIVATE = "private"
    CHANNEL = "channel"


class Admission(StrEnum):
    """Whether the bot works in a group; elsewhere it does not matter."""

    PENDING = "pending"  # nobody has decided yet
    ADMITTED = "admitted"
    REFUSED = "refused"


UNASKED: Final = Admission.PENDING  # what a group is at first sight: a stranger may have made it


@dataclass(frozen=True, slots=True)
class ChatProfile:
    """A chat as the platform shows it."""

    platform_id: int
    kind: ChatKind
    title: str


@dataclass(frozen=True, slots=True)
class Locale:
    """What holds where a chat has not chosen for itself: the enterprise's zone and language."""

    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as the store knows it.

    `zone` is an IANA name; `active` is false once the bot was removed or blocked; `branch` is whose group it is, where
    somebody has said so; `admission_at` is when its admission became what it is; `under` is the key that it is under.
    """

    id: ChatId
    platform_id: int
    kind: ChatKind
    title: str
    zone: str
    language: str
    active: bool
    branch: BranchId | None = None
    admission: Admission = Admission.PENDING
    admission_at: datetime | None = None
    under: KeyId | None = None

    @property
    def is_group(self) -> bool:
        """Whether people work together here."""
        return self.kind is ChatKind.GROUP

    @property
    def is_admitted(self) -> bool:
        """Whether the bot does anything here: in a group once somebody has admitted it, elsewhere always."""
        return not self.is_group or self.admission is Admission.ADMITTED

    def local(self, at: datetime) -> datetime:
        """A moment on this chat's wall clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def day(self, at: datetime) -> date:
        """The chat's calendar day at a moment."""
        return self.local(at).date()

    def week(self, at: datetime) -> date:
        """The Monday of the chat's week at a moment."""
        return monday(self.day(at))

    def start_of(self, day: date) -> datetime:
        """Midnight at the start of a day, on this chat's wall clock."""
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))


def requests_for(group: ChatId) -> Subject:
    """What the messages are about that ask administrators to admit a group."""
    return Subject("admission", group)


def notice_for(group: ChatId) -> Subject:
    """What the message is about in which a group reads that it is not admitted yet: the only one it gets until then."""
    return Subject(NOTICE, group)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


class Chats(Protocol):
    """Chats in the store."""

    def get(self, chat: ChatId) -> Chat:
        """One chat; it is there, or the program is wrong."""

    def look_up(self, chat: ChatId) -> Chat | None:
        """One chat, if there is such a one."""

    def find(self, platform_id: int) -> Chat | None:
        """The chat with the platform's id."""

    def add(self, profile: ChatProfile, locale: Locale, at: datetime) -> Chat:
        """Remember a chat that was not known."""

    def save(self, chat: Chat) -> None:
        """Remember what has changed about a chat."""

    def set_private_zone(self, zone: str) -> None:
        """Private chats are on the enterprise's clock: on this one from now on."""

    def decide(self, chat: Chat, admission: Admission, by: MemberId | None, at: datetime) -> bool:
        """Change whether a group is admitted; false where that is not what `chat` says any more: others were first."""

    def decided_by(self, chat: ChatId) -> MemberId | None:
        """Who has decided whether a group is admitted; `None` where nobody has."""

    def waiting(self, most: int) -> list[Chat]:
        """The active groups that wait to be admitted, the newest first."""

    def groups(self) -> list[Chat]:
        """All active groups that are admitted."""

    def bound(self) -> list[Chat]:
        """All chats that are a branch's."""

    def of_branch(self, branch: BranchId) -> list[Chat]:
        """The groups that are bound to a branch itself."""


def _called(stores: Stores, number: int) -> str | None:
    return stores.chats.get(ChatId(number)).title


FEATURE = Feature("chat", named={"chat": _called})
