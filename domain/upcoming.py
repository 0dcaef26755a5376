"""What features put on the calendar of the coming two weeks, which a group and its people can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.message import Subject, Text
    from domain.report.features import Stores


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a calendar shows: from `since` on, before `until`. What began earlier is not shown any more."""

    since: datetime
    until: datetime

    def has(self, at: datetime) -> bool:
        """Whether a moment is among them."""
        return self.since <= at < self.until


class Shown(StrEnum):
    """How the time of day stands before a line."""

    AT = "at"  # it begins then
    BY = "by"  # it is to be ready by then
    DAY = "day"  # it has no time of day


@dataclass(frozen=True, slots=True)
class Coming:
    """A line of the calendar: when, and one line of text without date and time of day.

    Lines that are `about` the same are shown once, as it is for whoever leads a group and takes part in it.
    """

    at: datetime
    text: Text
    about: Subject
    shown: Shown = Shown.AT


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A feature's lines of the calendar; at the same moment those of a low `order` come first.

    `in_group` gets a group and gives what everybody there may read; `of_member` gives what somebody takes part in, or
    has to finish, in any group. Both only read, and permission is asked before. They may give lines of other days,
    which are left out.
    """

    order: int
    in_group: Callable[[Stores, ChatId, Days], Sequence[Coming]]
    of_member: Callable[[Stores, MemberId, Days], Sequence[Coming]]
