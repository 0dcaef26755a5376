"""What features tell of who has not done something yet, for whoever is in charge of a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Text
    from domain.report.features import Stores


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody of a group: by the roster, where it has a branch, else by what they are called there.

    `member` is their account, where it is known.
    """

    name: str
    member: MemberId | None


@dataclass(frozen=True, slots=True)
class Company:
    """Who belongs to a group and is there on the day of a moment: nobody who has left or is on leave."""

    group: Chat
    at: datetime
    people: Sequence[Someone]

    @property
    def day(self) -> date:
        """The group's day."""
        return self.group.day(self.at)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that people have not done; `who` is empty where only a number is known, which `text` tells."""

    text: Text
    who: Sequence[Someone]


@dataclass(frozen=True, slots=True)
class Missing:
    """A feature's part of 谁还没; those of a low `order` come first."""

    order: int
    find: Callable[[Stores, Company], Sequence[Gap]]
