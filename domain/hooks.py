"""What happens elsewhere when something happens here, without knowing by whom it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.admin.agreement import Unlogged
    from domain.ids import BranchId, ChatId, MemberId
    from domain.life.meeting.model import Meeting
    from domain.messaging.message import Button, Message, Subject
    from domain.messaging.poll import LastCount, Tally
    from domain.missing import Company, Gap
    from domain.people.actor import Actor
    from domain.people.person import Person
    from domain.people.welcome import Offered
    from domain.points.event import Event, EventName
    from domain.reporting import Material, Span, Told, Week
    from domain.study.sets.model import QuestionSet
    from domain.today import Part
    from domain.upcoming import Coming, Days
    from domain.voice.suggestion.life import Case
    from domain.work.task import Task


class Hooks(Protocol):
    """What the features have declared for an event, run for this transaction's stores."""

    def events(self) -> Mapping[EventName, Event]:
        """All events that features report, by name, and that of items that were approved."""

    def merged(self, awaited: MemberId, known: MemberId, at: datetime) -> None:
        """Somebody has the user name that was waited for: all that waits is theirs, but no right.

        Both are the same member where nothing was known of them before.
        """

    def left(self, member: MemberId, by: MemberId | None, at: datetime) -> None:
        """The roster says that somebody with an account has left."""

    def forgotten(self, member: MemberId, at: datetime) -> None:
        """Somebody is about to be erased."""

    def departed(self, group: ChatId, member: MemberId, at: datetime) -> None:
        """The platform says that somebody has left a group."""

    def placed(self, person: Person, at: datetime) -> None:
        """The roster says that somebody whose account is known has another branch or role, or is back."""

    def changed(self, member: MemberId, cause: str, at: datetime) -> None:
        """Somebody has something else to do than before; `cause` is unique."""

    def branch_closed(self, branch: BranchId, by: MemberId | None, at: datetime) -> None:
        """A branch is no more."""

    def branch_reopened(self, branch: BranchId, closed_at: datetime, by: MemberId | None, at: datetime) -> None:
        """The closing of a branch was taken back, by whom and when; `closed_at` is when it had been closed."""

    def task_ended(self, task: Task, at: datetime) -> None:
        """A task was done or withdrawn."""

    def meeting_ended(self, meeting: Meeting, at: datetime) -> None:
        """A meeting has ended: who was there is final."""

    def test_done(self, test: QuestionSet, member: MemberId, percent: int, at: datetime) -> None:
        """Somebody has answered all of a test, so many of a hundred right."""

    def suggestion_steps(self, case: Case) -> Sequence[Button]:
        """What else may become of a suggestion, by feature, in their order."""

    def kept(self, member: MemberId) -> int:
        """How many points of a member stay when their name is erased."""

    def offered(self, actor: Actor, limit: int) -> Sequence[Offered]:
        """What /start offers somebody in private, what matters most first, no more than `limit`."""

    def today(self, actor: Actor) -> Sequence[Part]:
        """What waits for somebody in private today, by feature, in their order."""

    def upcoming_in(self, group: ChatId, days: Days) -> Sequence[Coming]:
        """What the calendar of a group shows, by feature, in their order."""

    def upcoming_of(self, member: MemberId, days: Days) -> Sequence[Coming]:
        """What somebody's own calendar shows, by feature, in their order."""

    def study_menu(self, actor: Actor) -> Sequence[Part]:
        """What else there is to study for somebody in private, by feature, in their order."""

    def study_desk(self, actor: Actor) -> Sequence[Part]:
        """What there is for who is in charge of study somewhere, by feature, in their order."""

    def missing(self, company: Company) -> Sequence[Gap]:
        """What people of a group have not done yet, by feature, in their order."""

    def current(self, subject: Subject, at: datetime) -> Message | None:
        """The message about a subject as it is now; `None` where nothing is left to show."""

    def told(self, week: Week) -> Sequence[Told]:
        """What the features say of a group's week, in their order."""

    def exported(self, span: Span) -> Sequence[Material]:
        """What the features have of a group's work, in their order."""

    def voted(self, poll: Subject, member: MemberId, options: Sequence[int], at: datetime) -> None:
        """Somebody has voted in a poll, or taken their vote back (no options)."""

    def counted(self, poll: Subject, tally: Tally) -> None:
        """The platform tells how a poll stands."""

    def closed(self, poll: Subject, count: LastCount, at: datetime) -> None:
        """A poll has been stopped; `count` is the platform's last, where it gave one."""

    def poll_unknown(self, poll: Subject) -> None:
        """Nobody knows whether a poll was posted."""

    def called(self, kind: str, number: int) -> str | None:
        """The name of what the audit log calls `kind:number`; `None` where it has none."""

    def unlogged(self) -> Sequence[Unlogged]:
        """What holds and does not follow from the audit log, or the other way round."""
