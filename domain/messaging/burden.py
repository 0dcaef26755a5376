"""The burden meter: how many prompts people get in a week, and when it is enough.

A prompt is a message or a poll that nobody there asked for: study items, reminders, results, the summary. Answers are
none. It is counted where it is put into the outbox, for everybody in the group, and for the person in private.

Past the cap of a week, study items are left out (`/study` still shows them) and of reminders only those come that name
what is overdue. Results and the summary always come: people have taken part in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.admin import setting

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.stores import Stores


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a group got, and its members together in private; `members` are those who are known to be in it."""

    in_group: int
    in_private: int
    members: int

    @property
    def each(self) -> int:
        """What each person got on average, rounded."""
        return self.in_group + (round(self.in_private / self.members) if self.members else 0)


class Burdens(Protocol):
    """Prompts in the store."""

    def in_group(self, group: ChatId, since: datetime, until: datetime) -> int:
        """What a group got between two moments."""

    def of_group(self, group: ChatId, since: datetime, until: datetime) -> Pushed:
        """What a group and its members got between two moments."""

    def of_member(self, member: MemberId, since: datetime, until: datetime) -> int:
        """What one person got, in private and in all groups that they are in."""


def is_spent(stores: Stores, group: Chat, at: datetime) -> bool:
    """Whether a group has had its week's prompts."""
    since = group.start_of(group.week(at))
    return stores.burdens.in_group(group.id, since, at) >= setting.cap_of(stores, group)


def is_spent_for(stores: Stores, member: MemberId, group: Chat, at: datetime) -> bool:
    """Whether a person has had the week's prompts that a group's people may get."""
    since = group.start_of(group.week(at))
    return stores.burdens.of_member(member, since, at) >= setting.cap_of(stores, group)
