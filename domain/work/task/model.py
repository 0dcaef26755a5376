"""What a task is, and what can be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.refusal import Refusal
from domain.work.task.light import USUAL, YELLOW_DAYS, Lamp, Light
from domain.work.task.reminders import MORNING, Reminder, always, reminders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from domain.ids import BranchId, ChatId, MemberId, TaskId
    from domain.messaging.chat import Chat
    from domain.messaging.quiet import Quiet
    from domain.people.member import Member
    from domain.points.points import Credit


class TaskNotFound(Refusal):
    """No task has that number."""

    text = "task.not_found"


class TaskWithdrawn(Refusal):
    """The task was taken back: nobody has to do it any more."""

    text = "amending.withdrawn"


class NotYourTask(Refusal):
    """Somebody else is responsible for the task."""

    text = "task.not_yours"


class NotAmongOwners(Refusal):
    """The command gave the actor no task."""

    text = "task.not_among"


class AlreadyDone(Refusal):
    """The task was finished before."""

    text = "task.already_done"


class WaitsForReview(Refusal):
    """The task's result was handed in and waits for its reviewer."""

    text = "task_review.waits"


class TooManyOwners(Refusal):
    """One command names more people than a task may have."""

    text = "task.too_many_owners"


class SameOwner(Refusal):
    """A task was to be reassigned to its own owner, or to several people at once."""

    text = "task.same_owner"


class PastDeadline(Refusal):
    """A deadline that has passed already."""

    text = "amending.past_deadline"


class AlreadyGiven(Refusal):
    """The command was edited after its tasks had been given."""

    text = "task.already_given"


class State(StrEnum):
    """Where a task stands; who brought it there and when is in its history.

    Only a task with a reviewer is submitted and returned; without one its owner's word makes it done.
    """

    GIVEN = "given"
    ACCEPTED = "accepted"  # its owner has said that they do it; nobody has to say so
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Grade(StrEnum):
    """How well a result meets the standard, by its reviewer."""

    EXCELLENT = "excellent"  # 优秀
    GOOD = "good"  # 良好
    PASSED = "passed"  # 合格


class LinkKind(StrEnum):
    """What a task serves."""

    GOAL = "goal"
    STEP = "step"  # of a run of a procedure
    DUTY = "duty"  # an entry of a responsibility list
    MEETING = "meeting"
    SUGGESTION = "suggestion"
    FINDING = "finding"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Link:
    """What the tasks of a command serve: a goal, a step of a procedure, a meeting, …, by its number."""

    kind: LinkKind
    number: int


class Happening(StrEnum):
    """What happens to a task, as its history keeps it."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    REOPENED = "reopened"  # 完成 was taken back
    WITHDRAWN = "withdrawn"
    POSTPONED = "postponed"
    REASSIGNED = "reassigned"
    CHANGED = "changed"  # its words
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """One line of a task's history. `by` is nobody where the clock did it; `note` is a reason, or what was before."""

    task: TaskId
    what: Happening
    by: MemberId | None
    at: datetime
    note: str = ""


class Listed(StrEnum):
    """How a group's reminder lists a task."""

    CALLED = "called"  # with the name of its owner, who is notified
    NAMED = "named"  # with the name of its owner, who was notified earlier
    COUNTED = "counted"  # without a name: the owner was told in private, or wants no reminders


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the title, and how its result is judged."""

    title: str
    standard: str = ""
    outcome: str = ""
    resources: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A task of one owner. Tasks given to several people by one command share a `batch` (the first one's id).

    Owners who do it `together` are finished by the first of them who finishes it. Where a `branch` owns the task,
    `owner` is who leads the branch. `submitted_at` is the last moment at which its result was handed to the `reviewer`.

    `listed_at` is the moment of the last reminder that had it, and `listed` says how the group's reminder showed it.
    `lamp` is that of its group where somebody has asked for it (`rules.lit`), else the usual one; it is not stored.
    """

    id: TaskId
    batch: TaskId
    group: ChatId
    owner: Member
    giver: Member
    plan: Plan
    due_at: datetime
    given_at: datetime
    done_at: datetime | None = None
    reminder: Reminder | None = None
    remind_at: datetime | None = None
    listed_at: datetime | None = None
    listed: Listed | None = None
    state: State = State.GIVEN
    submitted_at: datetime | None = None
    grade: Grade | None = None
    reviewer: MemberId | None = None
    branch: BranchId | None = None
    together: bool = False
    lamp: Lamp = field(default=USUAL, compare=False, repr=False)

    @property
    def source(self) -> str:
        """The source of its credit in the ledger."""
        return f"task:{self.id}"

    @property
    def earns(self) -> bool:
        """Whether it earns points: not if its owner gave it, nor if it is not known who did.

        A group's anonymous administrators speak as the group, and one of them may be the owner.
        """
        return self.giver.is_person and self.giver.id != self.owner.id

    @property
    def ended_at(self) -> datetime | None:
        """When its owner was ready: with a reviewer when it was handed in last, else when it was done."""
        return self.submitted_at or self.done_at

    @property
    def on_time(self) -> bool:
        """Whether its owner was ready before its deadline."""
        return self.ended_at is not None and self.ended_at <= self.due_at

    @property
    def is_begun(self) -> bool:
        """Whether its owner has still to finish it: it is neither done nor waits for its reviewer."""
        return self.done_at is None and self.state is not State.SUBMITTED

    def light(self, at: datetime) -> Light:
        """How near its deadline is; once it is submitted, how near it was then."""
        handed_in = self.submitted_at if self.state is State.SUBMITTED else None
        return self.lamp.light(self.due_at, min(at, handed_in or at))

    def finished(self, at: datetime) -> Task:
        """The task, done now (but never before it was given, if two clocks differ).

        Raises AlreadyDone, WaitsForReview.
        """
        self.check_begun()
        return replace(self, done_at=max(at, self.given_at), state=State.DONE, reminder=None, remind_at=None)

    def check_begun(self) -> None:
        """Raises AlreadyDone, WaitsForReview."""
        if self.done_at is not None:
            raise AlreadyDone(task=self)
        if self.state is State.SUBMITTED:
            raise WaitsForReview(task=self)

    def reminded_after(
        self,
        at: datetime,
        group: Chat,
        quiet: Quiet | None,
        morning: time = MORNING,
        is_workday: Callable[[date], bool] = always,
        *,
        yellow: int = YELLOW_DAYS,
        since: date | None = None,
    ) -> Task:
        """The task with the first reminder that is still to come after a moment; see `reminders`."""
        first = group.day(at) if since is None else since
        coming = reminders(
            self.due_at,
            group,
            quiet,
            morning,
            is_workday=is_workday,
            given_at=self.given_at,
            yellow=yellow,
            since=first,
        )
        which, when = next((which, when) for which, when in coming if when > at)
        return replace(self, reminder=which, remind_at=when)


@dataclass(frozen=True, slots=True)
class Away:
    """An owner who is on leave when the task is due. `last` is the last day of leave, `None` if not known."""

    owner: Member
    last: date | None


@dataclass(frozen=True, slots=True)
class Around:
    """Who else has to do with the tasks of a command.

    Their reviewer, who `reviews_here` on the card where no private chat is open, their helpers, and the branch that
    owns them (its name).
    """

    reviewer: Member | None = None
    reviews_here: bool = False
    helpers: Sequence[Member] = ()
    branch: str = ""


NOBODY_ELSE = Around()


@dataclass(frozen=True, slots=True)
class Given:
    """Tasks that one command has given.

    The giver is told about owners who are `away` at the deadline, owners without a known account (`waiting`), and
    people who were left out because they have `gone`.
    """

    tasks: Sequence[Task]
    away: Sequence[Away] = ()
    waiting: Sequence[str] = ()
    gone: Sequence[str] = ()
    around: Around = NOBODY_ELSE

    @property
    def task(self) -> Task:
        """The first of them: they differ in number and owner only."""
        return self.tasks[0]


@dataclass(frozen=True, slots=True)
class Finished:
    """A task that was just finished, with what it earned; or handed in, with who reviews it."""

    task: Task
    credit: Credit | None
    reviewer: Member | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Open tasks by deadline; `more` of them are not listed."""

    tasks: Sequence[Task]
    more: int
    own: bool
    at: datetime


class Tasks(Protocol):
    """Tasks in the store."""

    def get(self, number: TaskId) -> Task | None:
        """One task."""

    def add(self, task: Task, source: str) -> Task:
        """Remember a task; its id (and its batch, where that is 0) are given now. `source` is its command."""

    def add_batch(self, several: Sequence[Task], source: str) -> list[Task]:
        """Remember the tasks of one command, at least one; their ids and their batch are given now."""

    def withdraw(self, number: TaskId, at: datetime) -> None:
        """Take a task back: it is not found any more, and its number is not used again."""

    def reassign(self, number: TaskId, owner: MemberId) -> None:
        """Make a task somebody else's."""

    def title(self, number: TaskId) -> str | None:
        """A task's title, also where it was withdrawn."""

    def given_by(self, source: str) -> list[Task]:
        """The tasks that a command has given."""

    def batch(self, batch: TaskId) -> list[Task]:
        """The tasks of one command."""

    def save(self, task: Task) -> None:
        """Remember what has changed about a task."""

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything that one member is responsible for to another, who is the same person."""

    def open_of(self, owner: MemberId, limit: int) -> list[Task]:
        """A member's open tasks, the next deadline first."""

    def open_in(self, group: ChatId, limit: int) -> list[Task]:
        """A group's open tasks, the next deadline first."""

    def to_remind(self, at: datetime, groups: int) -> list[Task]:
        """Open tasks with a due reminder, by group and owner, of at most so many groups.

        Those of people who have left are not among them, nor what waits for its review.
        """

    def save_reminders(self, tasks: Sequence[Task]) -> None:
        """Remember when tasks remind next, and how they were listed."""

    def own_in(self, batch: TaskId, owner: MemberId) -> list[Task]:
        """A member's tasks of one command."""

    def ended_of(self, owner: MemberId, since: datetime) -> list[Task]:
        """A member's tasks that were done or handed in after a moment, the newest first."""

    def waiting_for(self, reviewer: MemberId, limit: int) -> list[Task]:
        """The tasks that wait for a reviewer, the one that has waited longest first."""

    def reviewed_by(self, reviewer: MemberId) -> list[Task]:
        """All open tasks whose reviewer is somebody."""

    def round(self, group: ChatId) -> list[Task]:
        """The open tasks on a group's last reminder, by deadline."""

    def in_hand(self, owners: Collection[MemberId]) -> list[Task]:
        """The open tasks of members in groups where they are, but for what waits for its review, by deadline."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Task]:
        """A group's tasks that were given, fell due or were done between two moments, by number; at most so many."""

    def note(self, *events: TaskEvent) -> None:
        """Add to the history of tasks, at least one line."""

    def history(self, number: TaskId) -> list[TaskEvent]:
        """What has happened to a task, oldest first."""

    def link(self, batch: TaskId, link: Link) -> None:
        """Say what the tasks of a command serve; saying it again changes nothing."""

    def links(self, batch: TaskId) -> list[Link]:
        """What the tasks of a command serve."""

    def linked_to(self, link: Link) -> list[Task]:
        """The tasks that serve something, without withdrawn ones, by number."""
