"""What a training is, whom it is for, who has done it, and what may be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import plain
from domain.messaging.message import Subject
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import (
        BranchId,
        ChatId,
        MeetingId,
        MemberId,
        PersonId,
        QuestionSetId,
        RecordId,
        SessionId,
        TrainingId,
    )
    from domain.life.training.quarter import Quarter

MAX_SUBJECT_CHARS, MAX_ROLE_CHARS = 60, 30
MAX_MINUTES = 200 * 60
MAX_VALID_MONTHS = 120
FARTHEST_QUARTERS = 8  # a plan reaches two years ahead
HUNDRED, USUAL_PASS = 100, 60  # marks
SOON = timedelta(days=60)  # so long before its end a certificate is running out
OPEN_DAYS = 7  # a test can be answered on the day of its session and so many days after it
TEST_QUESTIONS = 10


class TrainingNotFound(Refusal):
    """There is no such training, or it is another branch's."""

    text = "training.not_found"


class WithdrawnAlready(Refusal):
    """The training was taken out of the plan."""

    text = "training.withdrawn_already"


class NoSubject(Refusal):
    """A training has to be about something."""

    text = "training.no_subject"


class WrongHours(Refusal):
    """No hours at all, or more than anybody gives."""

    text = "training.wrong_hours"


class WrongQuarter(Refusal):
    """A quarter that is over, or too far ahead."""

    text = "training.wrong_quarter"


class WrongValidity(Refusal):
    """A certificate cannot be valid for so many months."""

    text = "training.wrong_validity"


class WrongPassMark(Refusal):
    """A pass mark is one of a hundred."""

    text = "training.wrong_pass"


class UnknownAudience(Refusal):
    """No role on the roster of the branch and no branch below it goes by that name."""

    text = "training.unknown_audience"


class AllDone(Refusal):
    """Nobody of the group has to come: all have done it, or it is for none of them."""

    text = "training.all_done"


class NobodyToTest(Refusal):
    """Nobody who was there and has an account has still to pass."""

    text = "training.nobody_to_test"


class NotHeldYet(Refusal):
    """The session has not ended."""

    text = "training.not_held"


class CertificateNotFound(Refusal):
    """There is no such certificate, or it is somebody else's."""

    text = "training.no_certificate"


class Scope(StrEnum):
    """Whom of a group's branch a training is for."""

    EVERYBODY = "everybody"
    PARTY = "party"  # party members, with those on probation
    BRANCH = "branch"  # a branch below it, with all below that
    ROLE = "role"  # those with a role by the roster's words


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a training is for. `name` is that of the branch or the role."""

    scope: Scope = Scope.EVERYBODY
    branch: BranchId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Exam:
    """Questions about a topic (all of them where it is empty), and how many of a hundred have to be right."""

    topic: str
    pass_mark: int = USUAL_PASS


@dataclass(frozen=True, slots=True)
class Training:
    """A line of the plan of a group.

    `branch` is that of the group when it was planned: its people and those below it are meant. `valid_months` is how
    long a certificate holds, for ever without it. `need` says what asked for it, in words of the store.
    """

    id: TrainingId
    group: ChatId
    branch: BranchId | None
    subject: str
    whom: Whom
    minutes: int
    quarter: Quarter
    required: bool
    planner: MemberId
    planned_at: datetime
    valid_months: int | None = None
    test: Exam | None = None
    need: str = ""
    withdrawn_at: datetime | None = None

    @property
    def key(self) -> str:
        """What trainings about the same have in common."""
        return plain.key(self.subject)

    @property
    def hours(self) -> float:
        """How long it takes."""
        return self.minutes / 60


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting at which a training is held; `settled_at` is when its attendance was looked at."""

    id: SessionId
    training: TrainingId
    meeting: MeetingId
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Somebody has done a training: a person on the roster, else an account.

    `percent` is what their test came to, where there was one. `session` is missing where it was before the plan.
    """

    id: RecordId
    training: TrainingId
    person: PersonId | None
    member: MemberId | None
    got_on: date
    valid_until: date | None
    percent: int | None = None
    session: SessionId | None = None

    @property
    def number(self) -> str:
        """What stands on the certificate."""
        return f"{self.got_on:%Y%m%d}-{self.id:04}"

    @property
    def subject(self) -> Subject:
        """What points for it are for."""
        return Subject("training_record", self.id)


class Trainings(Protocol):
    """Trainings in the store."""

    def add(self, training: Training, source: str) -> Training:
        """Remember a training; its id is given now. `source` is unique."""

    def planned_by(self, source: str) -> Training | None:
        """The training of a source."""

    def get(self, training: TrainingId) -> Training | None:
        """One of them, also one that was withdrawn."""

    def withdraw(self, training: TrainingId, at: datetime) -> None:
        """It is not in the plan any more."""

    def of_group(self, group: ChatId) -> list[Training]:
        """The plan of a group by quarter, without what was withdrawn."""

    def over(self, branches: Collection[BranchId], group: ChatId | None) -> list[Training]:
        """What was planned by these branches or by a group, by quarter, without what was withdrawn."""

    def hold(self, training: TrainingId, meeting: MeetingId) -> Session:
        """A meeting is a session of a training; once for each meeting."""

    def session(self, number: SessionId) -> Session | None:
        """One session."""

    def session_of(self, meeting: MeetingId) -> Session | None:
        """The session that a meeting is."""

    def sessions(self, training: TrainingId) -> list[Session]:
        """The sessions of a training, oldest first."""

    def settle(self, session: SessionId, at: datetime) -> None:
        """The attendance of a session was looked at."""

    def put_test(self, session: SessionId, test: QuestionSetId) -> None:
        """A test was given to those of a session."""

    def tests(self, session: SessionId) -> list[QuestionSetId]:
        """The tests of a session, oldest first."""

    def session_tested(self, test: QuestionSetId) -> Session | None:
        """The session that a test belongs to."""

    def record(self, record: Record) -> Record | None:
        """Remember that somebody has done it; its id is given now. `None` where that is known of the same day."""

    def get_record(self, record: RecordId) -> Record | None:
        """One record."""

    def records(self, trainings: Collection[TrainingId], within: BranchId | None = None) -> list[Record]:
        """Who has done these trainings, oldest first; of people on the roster those of a branch and below alone."""

    def records_of(self, person: PersonId | None, member: MemberId) -> list[Record]:
        """What somebody has done, by person or by account, oldest first."""

    def in_span(self, group: ChatId, since: date, until: date) -> Sequence[tuple[Training, Record]]:
        """What was finished of a group's sessions and plan from a day up to, not including, another; oldest first."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: what either has done or planned is the known one's."""
