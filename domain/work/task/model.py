"""What a task is, and what can be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.refusal import Refusal
from domain.work.task.light import USUAL, YELLOW_DAYS, Lamp, Light
from domain.work.task.reminders import MORNING, Reminder, always, reminders

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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
