"""The weekly summary of a group: what was done, what is late, what people talk about, and the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import Feature, GroupJob
from domain.messaging.chat import monday
from domain.messaging.message import Message
from domain.people import person
from domain.people.permission import Permission, require
from domain.points import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.person import Rate
    from domain.points.points import Board
    from domain.report.stores import Stores

TOPICS = 3
A_WEEK = timedelta(days=7)
A_MOMENT = timedelta(microseconds=1)  # a week ends with the Sunday, not with the first moment of Monday
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class StudyWeek:
    """Items shown, readings credited, quiz answers and right ones."""

    items: int
    read: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class TaskWeek:
    """Tasks finished on time and late in the week; open and overdue ones at its end."""

    on_time: int
    late: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class SurveyWeek:
    """Surveys published and the votes in them."""

    published: int
    voters: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag or keyword and how many suggestions of the week have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What can be counted together: how many people have taken part, the week's study and its tasks."""

    active: int
    study: StudyWeek
    tasks: TaskWeek


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many suggestions were made, and what they are most about."""

    count: int
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class Summary:
    """A group's week. `active` have taken part; `rate` tells of how many (`None` where no roster is known)."""

    monday: date
    sunday: date
    active: int
    rate: Rate | None
    study: StudyWeek
    tasks: TaskWeek
    surveys: SurveyWeek
    suggestions: int
    topics: Sequence[Topic]
    board: Board
    so_far: bool = False
    prompts: int = 0  # what each person got of the bot without asking, on average

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        happened = (self.active, self.tasks.on_time, self.tasks.late, self.tasks.overdue, self.suggestions)
        return not any(happened) and not self.surveys.published


class Summaries(Protocol):
    """What a group's week adds up to, between two moments."""

    def counts(self, group: ChatId, since: datetime, until: datetime) -> Counts:
        """How many people have studied, finished a task, voted or suggested something; the week's study and tasks."""

    def participants(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has studied, finished a task, voted or suggested something."""

    def surveys(self, group: ChatId, since: datetime, until: datetime) -> SurveyWeek:
        """The week's surveys."""

    def suggestions(self, group: ChatId, since: datetime, until: datetime, topics: int) -> Suggested:
        """What was suggested, with so many topics at most."""


def week(stores: Stores, group: Chat, first: date, at: datetime) -> Summary:
    """What a group's week, which starts on the Monday `first`, adds up to at a moment within or after it."""
    end = group.start_of(first + A_WEEK)
    span = (group.id, group.start_of(first), min(at, end))
    counts = stores.summaries.counts(*span)
    suggested = stores.summaries.suggestions(*span, topics=TOPICS)
    return Summary(
        monday=first,
        sunday=first + A_WEEK - timedelta(days=1),
        active=counts.active,
        rate=_rate(stores, group, *span[1:]),
        study=counts.study,
        tasks=counts.tasks,
        surveys=stores.summaries.surveys(*span),
        suggestions=suggested.count,
        topics=suggested.topics,
        board=points.board(stores, group=group, monday=first),
        so_far=at < end,
        prompts=stores.burdens.of_group(*span).each,
    )


def _rate(stores: Stores, group: Chat, since: datetime, until: datetime) -> Rate | None:
    if group.branch is None:
        return None
    took_part = stores.summaries.participants(group.id, since, until)
    return person.participation(stores, group, took_part, since, until - A_MOMENT)


def this_week(stores: Stores, actor: Actor) -> Summary:
    """The group's week so far."""
    require(stores, actor, Permission.SEE_SUMMARY)
    return week(stores, actor.group, actor.group.week(actor.now), actor.now)


def post(stores: Stores, group: Chat, slot: datetime) -> None:
    """Post the summary of the week that ends, from Friday on, else of the week before; say nothing of an empty one."""
    day = group.day(slot)
    ends = day.weekday() >= FRIDAY
    first = monday(day) if ends else monday(day) - A_WEEK
    summary = week(stores, group, first, slot)
    if not summary.empty:
        key = f"summary:{group.id}:{first}{':so_far' if ends else ''}"  # moved from Friday to Monday, both are said
        stores.outbox.send(group.id, Message("summary.week", {"summary": summary}), key=key)


# Mondays at 09:00; a late one is posted all the same.
WEEKLY = Schedule("summary.post", cron="0 9 * * 1", scope=Scope.GROUP, late=Late.MERGE)
FEATURE = Feature("summary", jobs=(GroupJob(WEEKLY, post),))
