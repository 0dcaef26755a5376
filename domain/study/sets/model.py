"""Sets of questions and challenges, and what they need of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import Subject
from domain.study.attempt import Occasion, OccasionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import ChallengeId, ChatId, MemberId, QuestionId, QuestionSetId

MIN_WEEKLY_QUESTIONS, MAX_WEEKLY_QUESTIONS = 5, 10
MAX_SPECIAL_QUESTIONS = 20
MAX_CHALLENGE_QUESTIONS = 100


class SetKind(StrEnum):
    """Where a set comes from."""

    WEEKLY = "weekly"
    SPECIAL = "special"
    TEST = "test"  # for some people alone, see `testing`


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions for a group, to be answered before `closes_at`; the first moment after its last day.

    `maker` gave it out; the week's has none. `closed_at` is set when its results were told.
    """

    id: QuestionSetId
    kind: SetKind
    group: ChatId
    title: str
    questions: Sequence[QuestionId]
    opens_at: datetime
    closes_at: datetime
    maker: MemberId | None = None
    closed_at: datetime | None = None

    @property
    def occasion(self) -> Occasion:
        """What its questions are asked for."""
        return Occasion(OccasionKind(self.kind.value), self.id, self.group)

    @property
    def subject(self) -> Subject:
        """What its line in the group is about."""
        return Subject("question_set", self.id)

    def is_open(self, at: datetime) -> bool:
        """Whether it can be answered at a moment."""
        return self.closed_at is None and self.opens_at <= at < self.closes_at


class QuestionSets(Protocol):
    """Sets in the store."""

    def get(self, number: QuestionSetId) -> QuestionSet | None:
        """One of them."""

    def add(self, one: QuestionSet, source: str) -> QuestionSet:
        """Remember a set; its id is given now. `source` is unique."""

    def made_by(self, source: str) -> QuestionSet | None:
        """The set of a source."""

    def open_of(self, group: ChatId, at: datetime) -> Sequence[QuestionSet]:
        """The sets of a group that can be answered at a moment, those that close first before others; no tests."""

    def put_people(self, number: QuestionSetId, members: Collection[MemberId]) -> None:
        """A test is for these people."""

    def is_for(self, number: QuestionSetId, member: MemberId) -> bool:
        """Whether a test is for somebody."""

    def tests_of(self, member: MemberId, at: datetime) -> Sequence[QuestionSet]:
        """The tests for somebody that can be answered at a moment, those that close first before others."""

    def to_close(self, at: datetime) -> Sequence[QuestionSet]:
        """Sets whose time is over and whose results were not told."""

    def close(self, number: QuestionSetId, at: datetime) -> None:
        """The results of a set were told."""

    def is_there_a_question(self) -> bool:
        """Whether there is anything to ask at all."""

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member has given out is now another's."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """Questions until the first wrong answer, or the last of them; chosen when it begins.

    `length` is how many were right. It belongs to the day on which it began.
    """

    id: ChallengeId
    member: MemberId
    group: ChatId
    day: date
    began_at: datetime
    questions: Sequence[QuestionId]
    length: int = 0
    ended_at: datetime | None = None

    @property
    def occasion(self) -> Occasion:
        """What its questions are asked for."""
        return Occasion(OccasionKind.CHALLENGE, self.id, self.group)


class Challenges(Protocol):
    """Challenges in the store."""

    def get(self, number: ChallengeId) -> Challenge | None:
        """One of them."""

    def begin(self, one: Challenge) -> Challenge:
        """Remember one; its id is given now."""

    def save(self, one: Challenge) -> None:
        """Remember its length, and whether it has ended."""

    def open_of(self, member: MemberId) -> Challenge | None:
        """The one in which somebody is."""

    def first_of(self, member: MemberId, day: date) -> Challenge | None:
        """Somebody's first one of a day: it alone earns."""

    def best(self, member: MemberId) -> int:
        """Somebody's longest one; 0 without any."""

    def take_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one."""
