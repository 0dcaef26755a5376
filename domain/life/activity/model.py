"""What an activity is, who has signed up, what it needs, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.life.checking import OPENS_BEFORE
from domain.messaging.message import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ActivityId, BranchId, ChatId, MemberId, SurveyId

MAX_TITLE_CHARS, MAX_PLACE_CHARS, MAX_AIM_CHARS, MAX_NAME_CHARS, MAX_REASON_CHARS = 40, 60, 200, 40, 200
MAX_RESOURCES, MAX_FAMILY, MAX_CAPACITY, MAX_YUAN = 10, 3, 5_000, 10_000_000
MAX_LENGTH = timedelta(days=7)  # of one activity
REMINDS_BEFORE = timedelta(hours=18)  # the afternoon before one of the next morning
ENDS_AFTER = timedelta(hours=6)  # one that nobody has ended ends by itself
PHOTOS_FOR = timedelta(days=7)  # after the end
FEWEST = 3  # answers, before an average of them is told
QUESTIONS = 3  # of the feedback: pleased with it, well prepared, worth doing again
BEST = 5  # marks


class State(StrEnum):
    """How far an activity is."""

    PROPOSED = "proposed"  # waits for approval
    RETURNED = "returned"
    OPEN = "open"  # one can sign up, until the sign-up ends
    HELD = "held"  # check-in has begun
    ENDED = "ended"
    CANCELLED = "cancelled"


OVER = (State.ENDED, State.CANCELLED)


class Place(StrEnum):
    """Whether somebody has a seat."""

    IN = "in"
    WAITING = "waiting"
    OUT = "out"  # has signed off


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that is needed for a time: a room, a bus, somebody who leads."""

    name: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of a group.

    `capacity` counts people with their families, 0 is without a limit; `family` is how many one may bring. `budget` and
    `spent` are whole yuan. `survey` asked people before what they wish. `code` opens check-in, empty before.
    `reason` is that of its return, or of its being called off.
    """

    id: ActivityId
    group: ChatId
    branch: BranchId | None
    title: str
    aim: str
    starts_at: datetime
    ends_at: datetime
    place: str
    capacity: int
    family: int
    sign_up_until: datetime
    sign_off_until: datetime
    budget: int
    survey: SurveyId | None
    proposer: MemberId
    proposed_at: datetime
    state: State = State.PROPOSED
    reason: str = ""
    approver: MemberId | None = None
    code: str = ""
    by_button: bool = False
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    reminded_at: datetime | None = None
    spent: int | None = None
    album_at: datetime | None = None

    @property
    def opens_at(self) -> datetime:
        """When check-in can begin."""
        return self.starts_at - OPENS_BEFORE

    @property
    def is_over(self) -> bool:
        """Whether it has ended or was called off."""
        return self.state in OVER

    @property
    def is_held(self) -> bool:
        """Whether one can check in."""
        return self.state is State.HELD

    def takes(self, at: datetime) -> bool:
        """Whether one can sign up."""
        return self.state is State.OPEN and at < self.sign_up_until

    def lets_go(self, at: datetime) -> bool:
        """Whether one can sign off."""
        return self.state is State.OPEN and at < self.sign_off_until

    @property
    def card(self) -> Subject:
        """What the group's card is about."""
        return Subject("activity", self.id)

    @property
    def desk(self) -> Subject:
        """What the private card is about of whoever has proposed it."""
        return Subject("activity_desk", self.id)

    def told(self, member: MemberId) -> Subject:
        """What the private message is about that tells somebody of a change."""
        return Subject("activity_told", self.id, member)

    def asked(self, member: MemberId) -> Subject:
        """What the private card is about of one who is asked to approve it."""
        return Subject("activity_approval", self.id, member)


@dataclass(frozen=True, slots=True)
class Signup:
    """Somebody who has signed up, with so many of their family.

    `at` is when; of those who wait the earliest moves up first. `tries` counts wrong codes; `marks` are the answers to
    the questions of the feedback, 0 where there is none yet.
    """

    id: int
    activity: ActivityId
    member: MemberId
    name: str
    family: int
    place: Place
    at: datetime
    present_at: datetime | None = None
    tries: int = 0
    marks: tuple[int, int, int] = (0, 0, 0)

    @property
    def seats(self) -> int:
        """How many seats they need."""
        return 1 + self.family

    @property
    def is_present(self) -> bool:
        """Whether they have checked in."""
        return self.present_at is not None

    @property
    def has_answered(self) -> bool:
        """Whether they have said how it was."""
        return self.marks[0] > 0


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that somebody has sent of an activity, as the platform keeps it; only `chosen` ones are posted."""

    id: int
    activity: ActivityId
    member: MemberId
    file: str
    same: str  # what the platform calls the same photo, whoever sends it
    chosen: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """An activity with those who have signed up, the earliest first, and how many photos there are."""

    activity: Activity
    people: Sequence[Signup]
    photos: int = 0

    def of(self, member: MemberId) -> Signup | None:
        """Somebody's line, also once they have signed off."""
        return next((one for one in self.people if one.member == member), None)

    @property
    def coming(self) -> Sequence[Signup]:
        """Who has a seat."""
        return [one for one in self.people if one.place is Place.IN]

    @property
    def waiting(self) -> Sequence[Signup]:
        """Who waits for one, the first in the queue first."""
        return [one for one in self.people if one.place is Place.WAITING]

    @property
    def present(self) -> Sequence[Signup]:
        """Who has checked in."""
        return [one for one in self.people if one.is_present]

    @property
    def missing(self) -> Sequence[Signup]:
        """Who has a seat and is not there."""
        return [one for one in self.coming if not one.is_present]

    @property
    def taken(self) -> int:
        """How many seats are taken, with the families."""
        return sum(one.seats for one in self.coming)

    @property
    def family(self) -> int:
        """How many of them are family."""
        return sum(one.family for one in self.coming)

    @property
    def effect(self) -> Effect:
        """What came of it."""
        marks = [one.marks for one in self.people if one.has_answered]
        pleased = None if len(marks) < FEWEST else sum(one[0] for one in marks) / len(marks)
        came = sum(one.seats for one in self.present)
        return Effect(self.taken, came, len(marks), pleased, self.activity.budget, self.activity.spent)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an activity has brought and cost: people `signed` up and who `came`, both with families.

    `pleased` is the average of the first question, where enough have answered.
    """

    signed: int
    came: int
    answers: int
    pleased: float | None
    planned: int
    spent: int | None

    @property
    def a_head(self) -> float | None:
        """Yuan for each who came."""
        return None if self.spent is None or not self.came else self.spent / self.came
