"""Who asks for something: from where, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.refusal import WrongPlace

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.messaging.chat import Chat
    from domain.people.member import Member


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, in which chat, and when they asked.

    `now` is when they wrote it: what they do counts from then (deadlines, days, caps, ranks). A press and a vote carry
    no time, and count from when they came in. `heard` is when that was, where it is another moment: what the program
    does itself keeps to it, so that records, invitations and what waits to be sent stay in their order.

    `is_root_admin`: the program's own settings name them an administrator. `is_platform_admin`: the platform says that
    they administrate the chat; it is asked only where that may matter. `left_on` is the first day without them, where
    the roster says that they have left.
    """

    member: Member
    chat: Chat
    now: datetime
    is_root_admin: bool = False
    is_platform_admin: bool = False
    left_on: date | None = None
    heard: datetime | None = None

    @property
    def heard_at(self) -> datetime:
        """When it came in, by the program's clock."""
        return self.heard or self.now

    @property
    def reader(self) -> Chat:
        """The chat as it reads to them: on its clock, in their language."""
        language = self.member.reads(self.chat.language)
        return self.chat if language == self.chat.language else replace(self.chat, language=language)

    @property
    def group(self) -> Chat:
        """The group that they are in. Raises WrongPlace in private."""
        if not self.chat.is_group:
            raise WrongPlace
        return self.chat

    @property
    def today(self) -> date:
        """The day, on the chat's clock."""
        return self.chat.day(self.now)

    @property
    def has_left(self) -> bool:
        """Whether they have left, by the roster."""
        return self.left_on is not None and self.left_on <= self.today
