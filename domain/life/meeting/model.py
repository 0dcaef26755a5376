"""What a meeting is, who is to come, and what may be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.ids import MeetingId
from domain.life.checking import OPENS_BEFORE
from domain.life.meeting.kinds import RULES, Rule
from domain.life.meeting.quorum import Quorum
from domain.messaging.message import Subject
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, ChatId, MemberId, PersonId
    from domain.life.meeting.kinds import Audience, Kind
    from domain.life.meeting.preparing import Preparer

MAX_PLACE_CHARS, MAX_LINE_CHARS, MAX_LINES, MAX_REASON_CHARS = 60, 120, 20, 200
GRACE = timedelta(minutes=5)  # who checks in later than this after the beginning is late
ENDS_AFTER = timedelta(hours=12)  # a meeting that nobody has ended ends by itself
REMINDS_BEFORE = timedelta(hours=1)
CLASHES_WITHIN = timedelta(hours=2)  # two meetings of one person that begin so close are told


class MeetingNotFound(Refusal):
    """There is no such meeting, or it is another group's."""

    text = "meeting.not_found"


class MeetingOver(Refusal):
    """The meeting has ended or was called off."""

    text = "meeting.over"
    helper = Helper.SECRETARY


class InThePast(Refusal):
    """A meeting has to begin in the future."""

    text = "meeting.past"


class NobodyToCome(Refusal):
    """Nobody in the group belongs to those who are to come."""

    text = "meeting.nobody"
    helper = Helper.SECRETARY


class NotInvited(Refusal):
    """Somebody is not among those who are to come."""

    text = "meeting.not_invited"
    helper = Helper.SECRETARY


class NotOpen(Refusal):
    """Check-in has not begun, or is over."""

    text = "meeting.not_open"


class HasBegun(Refusal):
    """Once check-in has begun, time and place stay as they are."""

    text = "meeting.has_begun"


class TooEarly(Refusal):
    """Check-in begins two hours before the meeting at the earliest."""

    text = "meeting.too_early"


class WrongCode(Refusal):
    """No meeting that somebody is to attend has that code now."""

    text = "meeting.wrong_code"
    helper = Helper.SECRETARY


class NoReason(Refusal):
    """Leave takes a reason."""

    text = "meeting.no_reason"


class NotOnRoster(Refusal):
    """Standing in the party is kept for people on the roster alone."""

    text = "meeting.no_roster"


class State(StrEnum):
    """How far a meeting is."""

    CALLED = "called"
    OPEN = "open"  # check-in has begun
    ENDED = "ended"
    CANCELLED = "cancelled"


class Reply(StrEnum):
    """What somebody has said to the notice."""

    NONE = "none"
    COMING = "coming"
    AWAY = "away"


class Standing(StrEnum):
    """Somebody's standing in the party; only full members vote."""

    FULL = "full"
    PROBATIONARY = "probationary"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a group.

    `code` is what opens check-in, empty before; with `by_button` the group's card has a button for it, too. `branch`
    is that of the group when it was called. `revision` counts how often the notice was changed since.
    """

    id: MeetingId
    group: ChatId
    branch: BranchId | None
    kind: Kind
    starts_at: datetime
    place: str
    agenda: tuple[str, ...]
    audience: Audience
    caller: MemberId
    called_at: datetime
    state: State = State.CALLED
    code: str = ""
    by_button: bool = False
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    reminded_at: datetime | None = None
    minutes: str = ""
    revision: int = 0

    @property
    def opens_at(self) -> datetime:
        """When check-in can begin."""
        return self.starts_at - OPENS_BEFORE

    @property
    def rule(self) -> Rule:
        """What holds for its kind."""
        return RULES[self.kind]

    @property
    def is_over(self) -> bool:
        """Whether it has ended or was called off."""
        return self.state in (State.ENDED, State.CANCELLED)

    @property
    def is_open(self) -> bool:
        """Whether one can check in."""
        return self.state is State.OPEN

    @property
    def card(self) -> Subject:
        """What the group's card is about."""
        return Subject("meeting", self.id)

    @property
    def desk(self) -> Subject:
        """What the private card is about of whoever has called it."""
        return Subject("meeting_desk", self.id)


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to come: a person on the roster, else an account. `member` is the account, where it is known.

    `entitled` tells whether they vote; it is fixed when check-in begins. `tries` counts wrong codes.
    """

    id: int
    meeting: MeetingId
    person: PersonId | None
    member: MemberId | None
    name: str
    entitled: bool
    reply: Reply = Reply.NONE
    reason: str = ""
    present_at: datetime | None = None
    tries: int = 0

    @property
    def is_present(self) -> bool:
        """Whether they have checked in."""
        return self.present_at is not None


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many were to come to a meeting, came, and were on leave."""

    invited: int
    present: int
    away: int

    @property
    def missing(self) -> int:
        """How many were absent without leave."""
        return self.invited - self.present - self.away


@dataclass(frozen=True, slots=True)
class Roll:
    """A meeting with those who are to come, by name as the store has them, and who prepares its items."""

    meeting: Meeting
    people: Sequence[Invited]
    preparers: Sequence[Preparer] = ()

    @property
    def agenda(self) -> Sequence[tuple[str, Sequence[Preparer]]]:
        """Each item with those who prepare it."""
        every = enumerate(self.meeting.agenda, 1)
        return [(item, [one for one in self.preparers if one.item == place]) for place, item in every]

    def of(self, member: MemberId) -> Invited | None:
        """Somebody by their account."""
        return next((one for one in self.people if one.member == member), None)

    @property
    def coming(self) -> Sequence[Invited]:
        """Who has said that they come."""
        return [one for one in self.people if one.reply is Reply.COMING]

    @property
    def away(self) -> Sequence[Invited]:
        """Who has taken leave and did not come after all."""
        return [one for one in self.people if one.reply is Reply.AWAY and not one.is_present]

    @property
    def silent(self) -> Sequence[Invited]:
        """Who has said nothing."""
        return [one for one in self.people if one.reply is Reply.NONE]

    @property
    def present(self) -> Sequence[Invited]:
        """Who has checked in."""
        return [one for one in self.people if one.is_present]

    @property
    def late(self) -> Sequence[Invited]:
        """Who has checked in after the beginning."""
        begins = self.meeting.starts_at + GRACE
        return [one for one in self.people if one.present_at is not None and one.present_at > begins]

    @property
    def missing(self) -> Sequence[Invited]:
        """Who is neither there nor on leave."""
        return [one for one in self.people if not one.is_present and one.reply is not Reply.AWAY]

    @property
    def quorum(self) -> Quorum:
        """Whether enough of those entitled to vote are there."""
        entitled = [one for one in self.people if one.entitled]
        return Quorum(len(entitled), sum(one.is_present for one in entitled), self.meeting.rule.quorum)
