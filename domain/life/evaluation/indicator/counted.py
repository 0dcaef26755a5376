"""What the store counts by itself, and what it has to give for what is counted here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.life.evaluation.indicator.model import figure
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import figures, meant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import (
        BranchId,
        InspectionRoundId,
        MeetingId,
        MemberId,
        PersonId,
        RoundId,
        TaskId,
        TrainingId,
    )
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Period, Tally, Window, Within, Word
    from domain.life.evaluation.indicator.tree import Parents
    from domain.life.features import Stores
    from domain.life.meeting.kinds import Kind
    from domain.life.training.model import Record, Training
    from domain.people.branch import Branch
    from domain.work.task import Happening


class Stay(NamedTuple):
    """Somebody on the roster was in a branch from a moment up to another, within a period; `member`: their account."""

    person: PersonId
    name: str
    member: MemberId | None
    branch: BranchId
    since: datetime
    until: datetime


class HeldMeeting(NamedTuple):
    """A meeting of a branch whose check-in has begun."""

    branch: BranchId
    kind: Kind
    starts_at: datetime
    meeting: MeetingId


class Post(NamedTuple):
    """A secretary or member of the committee of a branch, from a moment up to another (`None`: still)."""

    branch: BranchId
    since: datetime
    until: datetime | None


class Late(NamedTuple):
    """A task that was not done at the end of a period; `due_at` and `owner` are those of today."""

    task: TaskId
    title: str
    giver: MemberId
    owner: MemberId
    branch: BranchId | None
    due_at: datetime
    events: Sequence[tuple[Happening, datetime, str]]


class Learnt(NamedTuple):
    """What somebody has read or answered last in a month."""

    at: datetime
    title: str


class Indicators(Protocol):
    """What the store counts for all branches or persons at once. Moments are from `since` up to, not with, `until`."""

    def parents(self) -> Parents:
        """The tree, with closed branches."""

    def stays(self, period: Period, within: Within) -> Sequence[Stay]:
        """Who was in which branch, and when; by person, the earliest first."""

    def absences(self, period: Period) -> Mapping[PersonId, Sequence[tuple[date, date | None]]]:
        """Leave within a period: first day, and first day back."""

    def counted(self, word: Word, period: Period, within: Within) -> Mapping[BranchId, Tally]:
        """The tallies of branches, without what is below them."""

    def counted_people(self, word: Word, period: Period, within: Within) -> Mapping[PersonId, Tally]:
        """The tallies of persons."""

    def listed(self, word: Word, branches: Collection[BranchId], asked: Asked, window: Window) -> Page:
        """What happened to branches, the newest first."""

    def listed_people(self, word: Word, people: Collection[PersonId], asked: Asked, window: Window) -> Page:
        """What happened to persons, the newest first."""

    def standing(self, period: Period) -> Sequence[Branch]:
        """The branches that were open at any time of a period."""

    def held(self, since: datetime, until: datetime, within: Within) -> Sequence[HeldMeeting]:
        """The meetings of branches that began between two moments, the oldest first."""

    def posts(self) -> Sequence[Post]:
        """Who ever was secretary or member of a committee."""

    def late_tasks(self, period: Period, members: Collection[MemberId] | None) -> Sequence[Late]:
        """Tasks (of some members, `None`: all) not done at the end of a period: due in it, or postponed since.

        Those that were handed on since are among them, whoever has them now.
        """

    def histories(self, batches: Collection[TaskId]) -> Mapping[TaskId, Sequence[Late]]:
        """The tasks of some commands that were not withdrawn, with what has happened to them."""

    def studied(self, months: Sequence[datetime], members: Collection[MemberId] | None) -> Mapping[MemberId, int]:
        """In which months members have studied (`None`: all): bit 0 is from the first moment to the second."""

    def learnt(
        self, members: Collection[MemberId], months: Sequence[datetime]
    ) -> Mapping[tuple[MemberId, int], Learnt]:
        """What some members have read or answered last, by month."""

    def rounds(self, title: str, period: Period) -> Sequence[RoundId]:
        """The rounds of a questionnaire that were closed in a period."""

    def closings(self) -> Mapping[BranchId, datetime]:
        """When branches were closed, of those that were."""

    def final_inspections(self, period: Period) -> Sequence[InspectionRoundId]:
        """The rounds of cross-inspection that became final in a period."""

    def required_trainings(self, period: Period) -> Sequence[Training]:
        """The trainings that were planned and required at the end of a period, by quarter; as none is withdrawn."""

    def training_records(
        self, trainings: Collection[TrainingId], stays: Collection[Stay] | None, last: date
    ) -> Sequence[Record]:
        """Who has done these trainings until a day (`None`: all of them), oldest first."""

    def outside_the_party(self) -> Collection[PersonId]:
        """Who is no member of the party, where somebody has said so."""


class HasIndicators(Protocol):
    """Stores with this one among them."""

    @property
    def indicators(self) -> Indicators:
        """See `Indicators`."""


def of_branches(word: Word) -> Source[BranchId]:
    """What the store counts by itself, of branches."""

    def read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
        return figures(stores, stores.indicators.counted(word, asked.period, asked.within), asked)

    def entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
        return stores.indicators.listed(word, meant(stores, branch, asked), asked, window)

    return Source(read, entries)


def of_people(word: Word) -> Source[PersonId]:
    """What the store counts by itself, of persons."""

    def read(stores: Stores, asked: Asked) -> Mapping[PersonId, Figure]:
        found = stores.indicators.counted_people(word, asked.period, asked.within)
        return {one: figure(tally) for one, tally in found.items()}

    def entries(stores: Stores, person: PersonId, asked: Asked, window: Window) -> Page:
        return stores.indicators.listed_people(word, {person}, asked, window)

    return Source(read, entries)
