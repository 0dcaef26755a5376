"""The store of indicators."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from domain.ids import BranchId, InspectionRoundId, MeetingId, MemberId, PersonId, RoundId, TaskId, TrainingId
from domain.life.evaluation.indicator import ADOPTED, ANSWERED, ATTENDANCE, QUESTIONS, TASKS
from domain.life.evaluation.indicator.counted import HeldMeeting, Late, Learnt, Post, Stay
from domain.life.evaluation.indicator.model import (
    A_DAY,
    EVERYWHERE,
    HIDDEN,
    Asked,
    Page,
    Period,
    Tally,
    Window,
    Within,
    Word,
)
from domain.life.meeting.kinds import Kind
from domain.life.training.model import Record, Training
from domain.people.branch import Branch
from domain.work.task import Happening
from storage.life.indicators import (
    attendance,
    inspection,
    meetings,
    questions,
    satisfaction,
    stays,
    study,
    suggestions,
    tasks,
    training,
)
from storage.life.indicators.counting import Counting, to_entries, to_tally
from storage.life.training_rows import to_record, to_training
from storage.people.branch import branches, to_branch

CLOSINGS = select(branches.c.id, branches.c.closed_at).where(branches.c.closed_at.is_not(None))
PARENTS = select(branches.c.id, branches.c.parent_id)
Event = tuple[Happening, datetime, str]
FEW = 5  # people; of fewer nothing is listed that would tell on them
OF_BRANCHES: Final[Mapping[Word, Counting]] = {
    ADOPTED: suggestions.ADOPTED,
    ANSWERED: suggestions.ANSWERED,
    ATTENDANCE: attendance.BRANCHES,
    QUESTIONS: questions.BRANCHES,
    TASKS: tasks.BRANCHES,
}
OF_PEOPLE: Final[Mapping[Word, Counting]] = {ATTENDANCE: attendance.PEOPLE, TASKS: tasks.PEOPLE}


class Indicators:
    """See `domain.life.evaluation.indicator.Indicators`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._stays: dict[tuple[Period, Within], list[Stay]] = {}
        self._given: dict[tuple[Period, Within], str] = {}

    def parents(self) -> Mapping[BranchId, BranchId | None]:
        """The tree, with closed branches."""
        rows = self.connection.execute(PARENTS)
        return {BranchId(one): None if parent is None else BranchId(parent) for one, parent in rows}

    def stays(self, period: Period, within: Within) -> Sequence[Stay]:
        """Who was in which branch, and when; by person, the earliest first. Read once in a transaction."""
        known = self._stays.get((period, within))
        if known is None:
            moments: dict[date, Any] = {}
            statement = stays.DURING if within == EVERYWHERE else stays.DURING_IN
            statement = statement if within.people is None else stays.DURING_OF
            some = within.branches if within.people is None else within.people
            values = _days(period) if some is None else {**_days(period), "among": sorted(some)}
            known = [stays.to_stay(row, period, moments) for row in self.connection.execute(statement, values)]
            self._stays[period, within] = known
        return known

    def absences(self, period: Period) -> Mapping[PersonId, Sequence[tuple[date, date | None]]]:
        """Leave within a period: first day, and first day back."""
        return stays.to_absences(self.connection.execute(stays.AWAY, _days(period)))

    def counted(self, word: Word, period: Period, within: Within) -> Mapping[BranchId, Tally]:
        """The tallies of branches, without what is below them."""
        found = self._tallies(OF_BRANCHES[word], period, within, within.branches)
        return {BranchId(one): tally for one, tally in found.items()}

    def counted_people(self, word: Word, period: Period, within: Within) -> Mapping[PersonId, Tally]:
        """The tallies of persons."""
        found = self._tallies(OF_PEOPLE[word], period, within, within.people)
        return {PersonId(one): tally for one, tally in found.items()}

    def _tallies(
        self, counting: Counting, period: Period, within: Within, some: Collection[int] | None
    ) -> dict[int, Tally]:
        if some is None or counting.some is None:
            rows = self.connection.execute(counting.tallies, self._values(period, within))
        else:
            rows = self.connection.execute(counting.some, {**_span(period), "among": sorted(some)})
        return {one: to_tally(part, of) for one, part, of in rows}

    def _values(self, period: Period, within: Within) -> dict[str, Any]:
        """What any statement takes that counts or lists."""
        given = self._given.get((period, within))
        if given is None:
            given = self._given[period, within] = stays.given(self.stays(period, within), self.connection.dialect)
        return {**_span(period), "stays": given}

    def listed(self, word: Word, branches: Collection[BranchId], asked: Asked, window: Window) -> Page:
        """What happened to branches, the newest first."""
        return self._page(OF_BRANCHES[word], branches, asked, window)

    def listed_people(self, word: Word, people: Collection[PersonId], asked: Asked, window: Window) -> Page:
        """What happened to persons, the newest first."""
        return self._page(OF_PEOPLE[word], people, asked, window)

    def _page(self, counting: Counting, among: Collection[int], asked: Asked, window: Window) -> Page:
        values = {**self._values(asked.period, asked.within), "among": sorted(among)}
        if counting.few is not None and 0 < self.connection.execute(counting.few, values).scalar_one() < FEW:
            return HIDDEN
        total = self.connection.execute(counting.listing.total, values).scalar_one()
        rows = self.connection.execute(counting.listing.page, {**values, "first": window.first, "most": window.most})
        return Page(to_entries(rows.all()), total)

    def standing(self, period: Period) -> Sequence[Branch]:
        """The branches that were open at any time of a period."""
        return [to_branch(row) for row in self.connection.execute(meetings.STANDING, {"since": period.since})]

    def held(self, since: datetime, until: datetime, within: Within) -> Sequence[HeldMeeting]:
        """The meetings of branches that began between two moments, the oldest first."""
        values: dict[str, Any] = {"since": since, "until": until}
        if within.branches is None:
            rows = self.connection.execute(meetings.HELD, values)
        else:
            rows = self.connection.execute(meetings.HELD_BY, {**values, "among": sorted(within.branches)})
        return [HeldMeeting(BranchId(of), Kind(kind), at, MeetingId(one)) for of, kind, at, one in rows]

    def posts(self) -> Sequence[Post]:
        """Who ever was secretary or member of a committee."""
        return [Post(BranchId(of), since, until) for of, since, until in self.connection.execute(meetings.POSTS)]

    def late_tasks(self, period: Period, members: Collection[MemberId] | None) -> Sequence[Late]:
        """Tasks (of some members, `None`: all) not done at the end of a period: due in it, or postponed since."""
        if members is None:
            events = self._events(tasks.EVENTS, _span(period))
            return [_late(row, events) for row in self.connection.execute(tasks.LATE, _span(period))]
        values = {**_span(period), "members": sorted(members)}
        events = self._events(tasks.EVENTS_OF_SOME, values)
        return [_late(row, events) for row in self.connection.execute(tasks.LATE_OF, values)]

    def histories(self, batches: Collection[TaskId]) -> Mapping[TaskId, Sequence[Late]]:
        """The tasks of some commands that were not withdrawn, with what has happened to them."""
        found: dict[TaskId, list[Late]] = {}
        values = {"batches": sorted(batches)}
        events = self._events(tasks.EVENTS_OF, values) if batches else {}
        for batch, *row in self.connection.execute(tasks.OF, values) if batches else ():
            found.setdefault(TaskId(batch), []).append(_late(row, events))
        return found

    def _events(self, statement: Any, values: Mapping[str, Any]) -> Mapping[int, Sequence[Event]]:
        events: dict[int, list[Event]] = {}
        for number, what, at, note in self.connection.execute(statement, values):
            events.setdefault(number, []).append((Happening(what), at, note))
        return events

    def studied(self, months: Sequence[datetime], members: Collection[MemberId] | None) -> Mapping[MemberId, int]:
        """In which months members have studied (`None`: all): bit 0 is from the first moment to the second."""
        if members is None:
            rows = self.connection.execute(study.masks(len(months) - 1), study.bounds(months))
        else:
            values = {**study.bounds(months), "members": sorted(members)}
            rows = self.connection.execute(study.masks_of(len(months) - 1), values)
        return {MemberId(one): int(mask) for one, mask in rows}

    def learnt(
        self, members: Collection[MemberId], months: Sequence[datetime]
    ) -> Mapping[tuple[MemberId, int], Learnt]:
        """What some members have read or answered last, by month."""
        values = {"since": months[0], "until": months[-1], "members": sorted(members)}
        found: dict[tuple[MemberId, int], Learnt] = {}
        for member, at, title in self.connection.execute(study.LEARNT, values):
            month = sum(at >= one for one in months) - 1
            found[MemberId(member), month] = Learnt(at, title)
        return found

    def rounds(self, title: str, period: Period) -> Sequence[RoundId]:
        """The rounds of a questionnaire that were closed in a period."""
        rows = self.connection.execute(satisfaction.ROUNDS, {"title": title, **_span(period)})
        return [RoundId(one) for one in rows.scalars()]

    def closings(self) -> Mapping[BranchId, datetime]:
        """When branches were closed, of those that were."""
        return {BranchId(one): at for one, at in self.connection.execute(CLOSINGS)}

    def final_inspections(self, period: Period) -> Sequence[InspectionRoundId]:
        """The rounds of cross-inspection that became final in a period."""
        return [InspectionRoundId(one) for one in self.connection.execute(inspection.FINAL, _span(period)).scalars()]

    def required_trainings(self, period: Period) -> Sequence[Training]:
        """The trainings that were planned and required at the end of a period, by quarter; as none is withdrawn."""
        rows = self.connection.execute(training.REQUIRED, {"until": period.until})
        return [replace(to_training(row), withdrawn_at=None) for row in rows]

    def training_records(
        self, trainings: Collection[TrainingId], stays: Collection[Stay] | None, last: date
    ) -> Sequence[Record]:
        """Who has done these trainings until a day (`None`: all of them), oldest first."""
        values: dict[str, Any] = {"trainings": sorted(trainings), "last": last}
        if stays is None:
            return [to_record(row) for row in self.connection.execute(training.DONE, values)]
        values["people"] = sorted({one.person for one in stays})
        values["members"] = sorted({one.member for one in stays if one.member is not None})
        return [to_record(row) for row in self.connection.execute(training.DONE_BY, values)]

    def outside_the_party(self) -> Collection[PersonId]:
        """Who is no member of the party, where somebody has said so."""
        return frozenset(PersonId(one) for one in self.connection.execute(training.OUTSIDE).scalars())


def _late(row: Sequence[Any], events: Mapping[int, Sequence[Event]]) -> Late:
    """A task with its history."""
    one, title, giver, owner, of, due_at = row
    branch = None if of is None else BranchId(of)
    return Late(TaskId(one), title, MemberId(giver), MemberId(owner), branch, due_at, events.get(one, ()))


def _span(period: Period) -> dict[str, Any]:
    return {"since": period.since, "until": period.until}


def _days(period: Period) -> dict[str, Any]:
    return {"first": period.first, "after": period.last + A_DAY}
