"""What a feature declares about itself to the rest of the domain, beside its use cases.

Each area lists its features in its own `__init__`; `domain.features` puts the lists together. There is no discovery.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from domain.admin.agreement import Unlogged
    from domain.admin.audit import AuditAction
    from domain.clock.schedule import Schedule
    from domain.ids import BranchId, ChatId, MemberId
    from domain.life.meeting.model import Meeting
    from domain.messaging.chat import Chat
    from domain.messaging.message import Button, Message, Subject
    from domain.messaging.poll import LastCount, Tally
    from domain.missing import Missing
    from domain.people.actor import Actor
    from domain.people.person import Person
    from domain.points.event import Event
    from domain.report.features import Stores
    from domain.reporting import Export, Section
    from domain.study.menu import StudyEntry
    from domain.study.sets.model import QuestionSet
    from domain.today import Today
    from domain.upcoming import Upcoming
    from domain.voice.suggestion.life import Case
    from domain.work.task import Task


@dataclass(frozen=True, slots=True)
class GroupJob:
    """What a schedule runs for each group: `run(stores, group, slot)`."""

    schedule: Schedule
    run: Callable[[Stores, Chat, datetime], object]


@dataclass(frozen=True, slots=True)
class EnterpriseJob:
    """What a schedule runs once for all: `run(stores, slot)`.

    An `irreversible` one erases, closes, or says what is overdue: it waits while the clock cannot be trusted
    (`domain.clock.trust`), and runs afterwards.
    """

    schedule: Schedule
    run: Callable[[Stores, datetime], object]
    irreversible: bool = False


@dataclass(frozen=True, slots=True)
class PollHooks:
    """What happens to the polls whose subject is of a `kind` (`survey`)."""

    kind: str
    voted: Callable[[Stores, Subject, MemberId, Sequence[int], datetime], None]
    counted: Callable[[Stores, Subject, Tally], None] | None = None
    closed: Callable[[Stores, Subject, LastCount, datetime], None] | None = None
    unknown: Callable[[Stores, Subject], None] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that must be done first, which /start says in private above all that waits today.

    `name` is that of its line in `welcome.j2`; those of a low `order` come first. `count` tells how much of it waits
    for somebody, which the line may show; where it is 0, nothing is offered. What is not `pressing` is said at the
    first /start alone.
    """

    name: str
    order: int
    count: Callable[[Stores, Actor], int]
    pressing: bool = True


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's part in what goes on elsewhere; whatever it has none of stays empty.

    `merged` gets the awaited member and the known one, and when; `left` the member, who has noted it, and when.
    `forgotten` gets a member who is about to be erased, and when.
    `changed` gets a member for whom something else is to be done than before, a name of the cause that is unique, and
    when. `departed` gets a group, the member who has left it, and when. `placed` gets a person whose account is known
    and who has another branch or role on the roster now. `branch_closed` gets the branch, who has closed it, and when;
    `branch_reopened` one whose closing is taken back, when it was closed, who takes it back, and when. `kept` tells how
    many points of a member stay when the rest is erased. `named` tells what the things of a kind are called in the
    audit log. `events` are what it reports to `points.award`.
    `task_ended` gets a task that was done or withdrawn, and when; `meeting_ended` a meeting that is over, and when;
    `test_done` a test, who has answered all of it, how many of a hundred are right, and when.
    `suggestion_step` is its button for a suggestion that is being answered, where something else may become of it.
    `current` makes the messages that are refreshed, by the kind of their subject; `None` where nothing is left to show.
    `study_menu` stands under /study in private, `study_desk` behind its button for who is in charge.
    `upcoming` are its lines on the calendar of the coming two weeks.
    `unlogged` tells what holds and does not follow from the audit log.
    """

    name: str
    jobs: tuple[GroupJob | EnterpriseJob, ...] = ()
    polls: PollHooks | None = None
    merged: Callable[[Stores, MemberId, MemberId, datetime], None] | None = None
    left: Callable[[Stores, MemberId, MemberId | None, datetime], None] | None = None
    forgotten: Callable[[Stores, MemberId, datetime], None] | None = None
    departed: Callable[[Stores, ChatId, MemberId, datetime], None] | None = None
    placed: Callable[[Stores, Person, datetime], None] | None = None
    changed: Callable[[Stores, MemberId, str, datetime], None] | None = None
    branch_closed: Callable[[Stores, BranchId, MemberId | None, datetime], None] | None = None
    branch_reopened: Callable[[Stores, BranchId, datetime, MemberId | None, datetime], None] | None = None
    task_ended: Callable[[Stores, Task, datetime], None] | None = None
    meeting_ended: Callable[[Stores, Meeting, datetime], None] | None = None
    test_done: Callable[[Stores, QuestionSet, MemberId, int, datetime], None] | None = None
    suggestion_step: Callable[[Stores, Case], Button | None] | None = None
    kept: Callable[[Stores, MemberId], int] | None = None
    offers: tuple[Offer, ...] = ()
    today: tuple[Today, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    study_menu: tuple[StudyEntry, ...] = ()
    study_desk: tuple[StudyEntry, ...] = ()
    missing: Missing | None = None
    events: tuple[Event, ...] = ()
    section: Section | None = None
    export: Export | None = None
    audit: tuple[AuditAction, ...] = ()
    named: Mapping[str, Callable[[Stores, int], str | None]] = field(default_factory=dict)
    current: Mapping[str, Callable[[Stores, Subject, datetime], Message | None]] = field(default_factory=dict)
    unlogged: Callable[[Stores], Sequence[Unlogged]] | None = None


def declared_in(names: Mapping[str, object]) -> tuple[Feature, ...]:
    """The features of the modules among names: an area's list is what it imports, in the order of the alphabet."""
    found = (getattr(one, "FEATURE", None) for one in names.values())
    return tuple(one for one in found if isinstance(one, Feature))
