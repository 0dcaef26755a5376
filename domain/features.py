"""All features, and what they do together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from domain.admin import features as admin
from domain.admin.audit import kind_of
from domain.clock import features as clock
from domain.feature import GroupJob
from domain.life import features as life
from domain.messaging import features as messaging
from domain.people import features as people
from domain.people.welcome import Offered
from domain.points import features as points
from domain.points.event import ITEM_APPROVED
from domain.report import features as report
from domain.study import features as study
from domain.voice import features as voice
from domain.work import features as work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.admin.agreement import Unlogged
    from domain.feature import Feature, PollHooks
    from domain.ids import BranchId, ChatId, MemberId
    from domain.life.meeting.model import Meeting
    from domain.messaging.message import Button, Message, Subject
    from domain.messaging.poll import LastCount, Tally
    from domain.missing import Company, Gap
    from domain.people.actor import Actor
    from domain.people.person import Person
    from domain.points.event import Event, EventName
    from domain.report.features import Stores
    from domain.reporting import Material, Span, Told, Week
    from domain.study.sets.model import QuestionSet
    from domain.today import Part
    from domain.upcoming import Coming, Days
    from domain.voice.suggestion.life import Case
    from domain.work.task import Task

AREAS = (study, work, voice, points, life, report, people, clock, messaging, admin)
FEATURES: tuple[Feature, ...] = tuple(feature for area in AREAS for feature in area.FEATURES)
JOBS = tuple(job for feature in FEATURES for job in feature.jobs)
GROUP_SCHEDULES = tuple(job.schedule for job in JOBS if isinstance(job, GroupJob))
POLLS = {feature.polls.kind: feature.polls for feature in FEATURES if feature.polls is not None}
OFFERS = tuple(sorted((one for feature in FEATURES for one in feature.offers), key=lambda one: one.order))
UPCOMING = sorted((one for feature in FEATURES for one in feature.upcoming), key=lambda one: one.order)
TODAY = sorted((one for feature in FEATURES for one in feature.today), key=lambda one: one.order)
STUDY_MENU = sorted((one for feature in FEATURES for one in feature.study_menu), key=lambda one: one.order)
STUDY_DESK = sorted((one for feature in FEATURES for one in feature.study_desk), key=lambda one: one.order)
MISSING = sorted((one.missing for one in FEATURES if one.missing is not None), key=lambda one: one.order)
CHANGED = tuple(one.changed for one in FEATURES if one.changed is not None)
CURRENT = {kind: make for feature in FEATURES for kind, make in feature.current.items()}
EVENTS = {event.name: event for feature in FEATURES for event in feature.events} | {ITEM_APPROVED.name: ITEM_APPROVED}
SECTIONS = sorted((one.section for one in FEATURES if one.section is not None), key=lambda section: section.order)
EXPORTS = sorted((one.export for one in FEATURES if one.export is not None), key=lambda export: export.order)
AUDIT_KINDS = tuple(dict.fromkeys(kind_of(action) for feature in FEATURES for action in feature.audit))
NAMED = {kind: called for feature in FEATURES for kind, called in feature.named.items()}


@dataclass(frozen=True, slots=True)
class FeatureHooks:
    """See `domain.hooks.Hooks`."""

    stores: Stores

    def events(self) -> Mapping[EventName, Event]:
        """See `domain.hooks.Hooks`."""
        return EVENTS

    def merged(self, awaited: MemberId, known: MemberId, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.merged is not None:
                feature.merged(self.stores, awaited, known, at)

    def left(self, member: MemberId, by: MemberId | None, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.left is not None:
                feature.left(self.stores, member, by, at)

    def forgotten(self, member: MemberId, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.forgotten is not None:
                feature.forgotten(self.stores, member, at)

    def departed(self, group: ChatId, member: MemberId, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.departed is not None:
                feature.departed(self.stores, group, member, at)

    def placed(self, person: Person, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.placed is not None:
                feature.placed(self.stores, person, at)

    def changed(self, member: MemberId, cause: str, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for changed in CHANGED:
            changed(self.stores, member, cause, at)

    def branch_closed(self, branch: BranchId, by: MemberId | None, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.branch_closed is not None:
                feature.branch_closed(self.stores, branch, by, at)

    def branch_reopened(self, branch: BranchId, closed_at: datetime, by: MemberId | None, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.branch_reopened is not None:
                feature.branch_reopened(self.stores, branch, closed_at, by, at)

    def task_ended(self, task: Task, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.task_ended is not None:
                feature.task_ended(self.stores, task, at)

    def meeting_ended(self, meeting: Meeting, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.meeting_ended is not None:
                feature.meeting_ended(self.stores, meeting, at)

    def test_done(self, test: QuestionSet, member: MemberId, percent: int, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for feature in FEATURES:
            if feature.test_done is not None:
                feature.test_done(self.stores, test, member, percent, at)

    def suggestion_steps(self, case: Case) -> Sequence[Button]:
        """See `domain.hooks.Hooks`."""
        steps = (feature.suggestion_step for feature in FEATURES)
        found = (step(self.stores, case) for step in steps if step is not None)
        return [one for one in found if one is not None]

    def kept(self, member: MemberId) -> int:
        """See `domain.hooks.Hooks`."""
        return sum(feature.kept(self.stores, member) for feature in FEATURES if feature.kept is not None)

    def offered(self, actor: Actor, limit: int) -> Sequence[Offered]:
        """See `domain.hooks.Hooks`."""
        counted = (Offered(one.name, one.count(self.stores, actor), one.pressing) for one in OFFERS)
        return list(islice((one for one in counted if one.count), limit))

    def today(self, actor: Actor) -> Sequence[Part]:
        """See `domain.hooks.Hooks`."""
        told = (one.tell(self.stores, actor) for one in TODAY)
        return [part for part in told if part is not None]

    def upcoming_in(self, group: ChatId, days: Days) -> Sequence[Coming]:
        """See `domain.hooks.Hooks`."""
        return [line for one in UPCOMING for line in one.in_group(self.stores, group, days)]

    def upcoming_of(self, member: MemberId, days: Days) -> Sequence[Coming]:
        """See `domain.hooks.Hooks`."""
        return [line for one in UPCOMING for line in one.of_member(self.stores, member, days)]

    def study_menu(self, actor: Actor) -> Sequence[Part]:
        """See `domain.hooks.Hooks`."""
        told = (one.tell(self.stores, actor) for one in STUDY_MENU)
        return [part for part in told if part is not None]

    def study_desk(self, actor: Actor) -> Sequence[Part]:
        """See `domain.hooks.Hooks`."""
        told = (one.tell(self.stores, actor) for one in STUDY_DESK)
        return [part for part in told if part is not None]

    def missing(self, company: Company) -> Sequence[Gap]:
        """See `domain.hooks.Hooks`."""
        return [gap for one in MISSING for gap in one.find(self.stores, company)]

    def current(self, subject: Subject, at: datetime) -> Message | None:
        """See `domain.hooks.Hooks`."""
        return CURRENT[subject.kind](self.stores, subject, at)

    def told(self, week: Week) -> Sequence[Told]:
        """See `domain.hooks.Hooks`."""
        told = (section.tell(self.stores, week) for section in SECTIONS)
        return [one for one in told if one is not None]

    def exported(self, span: Span) -> Sequence[Material]:
        """See `domain.hooks.Hooks`."""
        return [export.read(self.stores, span) for export in EXPORTS]

    def voted(self, poll: Subject, member: MemberId, options: Sequence[int], at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for hooks in self._of(poll):
            hooks.voted(self.stores, poll, member, options, at)

    def counted(self, poll: Subject, tally: Tally) -> None:
        """See `domain.hooks.Hooks`."""
        for hooks in self._of(poll):
            if hooks.counted is not None:
                hooks.counted(self.stores, poll, tally)

    def closed(self, poll: Subject, count: LastCount, at: datetime) -> None:
        """See `domain.hooks.Hooks`."""
        for hooks in self._of(poll):
            if hooks.closed is not None:
                hooks.closed(self.stores, poll, count, at)

    def poll_unknown(self, poll: Subject) -> None:
        """See `domain.hooks.Hooks`."""
        for hooks in self._of(poll):
            if hooks.unknown is not None:
                hooks.unknown(self.stores, poll)

    def called(self, kind: str, number: int) -> str | None:
        """See `domain.hooks.Hooks`."""
        named = NAMED.get(kind)
        return None if named is None else named(self.stores, number)

    def unlogged(self) -> Sequence[Unlogged]:
        """See `domain.hooks.Hooks`."""
        found = (feature.unlogged(self.stores) for feature in FEATURES if feature.unlogged is not None)
        return [one for some in found for one in some]

    @staticmethod
    def _of(poll: Subject) -> Iterator[PollHooks]:
        """What the feature that has posted a poll does; none where no feature posts such polls any more."""
        if poll.kind in POLLS:
            yield POLLS[poll.kind]
