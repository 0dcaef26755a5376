"""Tasks: a deadline, one responsible person, an expected outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from domain import points
from domain.ids import TaskId
from domain.member import resolve
from domain.message import Button
from domain.points import Credit, Rule
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.chat import Chat
    from domain.ids import ChatId, MemberId
    from domain.member import Member, Mention, Present
    from domain.message import Buttons
    from domain.stores import Stores

MOST_OWNERS = 20
LISTED = 15
QUIET_FROM, QUIET_UNTIL = time(21, 30), time(8)
MORNING = time(9)
PRESSING = timedelta(days=1, hours=16)  # from the morning before until the end of the day


class TaskNotFound(Refusal):
    """No task has that number."""

    text = "task.not_found"


class NotYourTask(Refusal):
    """Somebody else is responsible for the task."""

    text = "task.not_yours"


class AlreadyDone(Refusal):
    """The task was finished before."""

    text = "task.already_done"


class TooManyOwners(Refusal):
    """One command names more people than a task may have."""

    text = "task.too_many_owners"


class AlreadyGiven(Refusal):
    """The command was edited after its tasks had been given."""

    text = "task.already_given"


class Light(StrEnum):
    """How near a deadline is: blue, yellow within a day, red once it has passed."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


class Reminder(StrEnum):
    """When an open task speaks up."""

    DAY_BEFORE = "day_before"
    TWO_HOURS = "two_hours"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the title, and how its result is judged."""

    title: str
    standard: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A task of one owner. Tasks given to several people by one command share a `batch` (the first one's id)."""

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

    @property
    def source(self) -> str:
        """The cause of its credit."""
        return f"task:{self.id}"

    @property
    def on_time(self) -> bool:
        """Whether it was finished before its deadline."""
        return self.done_at is not None and self.done_at <= self.due_at

    def light(self, at: datetime) -> Light:
        """How near its deadline is."""
        if self.due_at < at:
            return Light.RED
        return Light.YELLOW if self.due_at - at < timedelta(days=1) else Light.BLUE

    def finished(self, at: datetime) -> Task:
        """The task once it is done. Raises AlreadyDone."""
        if self.done_at is not None:
            raise AlreadyDone(task=self)
        return replace(self, done_at=at, reminder=None, remind_at=None)

    def reminded_after(self, at: datetime, group: Chat) -> Task:
        """The task with the first reminder that is still to come after a moment."""
        coming = [(when, which) for which, when in reminders(self.due_at, group) if when > at]
        when, which = min(coming, default=(None, None))
        return replace(self, reminder=which, remind_at=when)


@dataclass(frozen=True, slots=True)
class Given:
    """Tasks that one command has given."""

    tasks: Sequence[Task]

    @property
    def task(self) -> Task:
        """The first of them: they differ in number and owner only."""
        return self.tasks[0]


@dataclass(frozen=True, slots=True)
class Finished:
    """A task that was just finished, with what it earned."""

    task: Task
    credit: Credit | None


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

    def to_remind(self, at: datetime) -> list[Task]:
        """Open tasks whose reminder is due, by group and owner."""

    def pressing(self, owner: MemberId, group: ChatId, before: datetime) -> list[Task]:
        """A member's open tasks in a group whose deadline is before a moment, the next one first."""


def reminders(due_at: datetime, group: Chat) -> list[tuple[Reminder, datetime]]:
    """When a task reminds its owner: the morning before, two hours before, once overdue; never at night.

    What would fall into the night comes at its end, or not at all when the deadline has passed by then.
    """
    due = group.local(due_at)
    morning_before = datetime.combine(due.date() - timedelta(days=1), MORNING, due.tzinfo)
    two_hours = _after_the_night(due - timedelta(hours=2))
    planned = [(Reminder.DAY_BEFORE, morning_before)]
    if two_hours < due:
        planned.append((Reminder.TWO_HOURS, two_hours))
    planned.append((Reminder.OVERDUE, _after_the_night(due + timedelta(minutes=1))))
    return planned


def _after_the_night(moment: datetime) -> datetime:
    if moment.time() >= QUIET_FROM:
        return datetime.combine(moment.date() + timedelta(days=1), QUIET_UNTIL, moment.tzinfo)
    if moment.time() < QUIET_UNTIL:
        return datetime.combine(moment.date(), QUIET_UNTIL, moment.tzinfo)
    return moment


def give(
    stores: Stores,
    *,
    group: Chat,
    giver: Member,
    mentions: Sequence[Mention],
    plan: Plan,
    due_at: datetime,
    source: str,
    at: datetime,
) -> Given:
    """Give one task to each person named in a command.

    Raises UnknownName, AmbiguousName, TooManyOwners, AlreadyGiven.
    """
    owners = [resolve(stores, mention, group.id, at) for mention in mentions]
    return give_to(stores, group=group, giver=giver, owners=owners, plan=plan, due_at=due_at, source=source, at=at)


def give_to(
    stores: Stores,
    *,
    group: Chat,
    giver: Member,
    owners: Sequence[Member],
    plan: Plan,
    due_at: datetime,
    source: str,
    at: datetime,
) -> Given:
    """Give one task to each owner. `source` is the command, so that editing it gives nothing twice.

    Raises TooManyOwners, AlreadyGiven.
    """
    earlier = stores.tasks.given_by(source)
    if earlier:
        raise AlreadyGiven(task=earlier[0])
    owners = list({owner.id: owner for owner in owners}.values())
    if len(owners) > MOST_OWNERS:
        raise TooManyOwners(most=MOST_OWNERS)
    tasks: list[Task] = []
    for owner in owners:
        batch = tasks[0].batch if tasks else TaskId(0)
        task = Task(TaskId(0), batch, group.id, owner, giver, plan, due_at, at).reminded_after(at, group)
        tasks.append(stores.tasks.add(task, source))
    return Given(tasks)


def card_buttons(tasks: Sequence[Task]) -> Buttons:
    """A button for each task of a card that is still open."""
    text = "task.done_button" if len(tasks) == 1 else "task.done_button_of"
    return [[Button(text, f"task.done:{t.id}", {"task": t})] for t in tasks if t.done_at is None]


def finish(stores: Stores, *, number: TaskId, by: MemberId, at: datetime) -> Finished:
    """Mark a member's own task done and credit them: on time earns more than late.

    Raises TaskNotFound, NotYourTask, AlreadyDone.
    """
    task = stores.tasks.get(number)
    if task is None or not (task.owner.id == by or stores.members.is_in(task.group, by)):
        raise TaskNotFound(number=number)  # what other groups do is not told
    if task.owner.id != by:
        raise NotYourTask(task=task)
    done = task.finished(at)
    stores.tasks.save(done)
    rule = Rule.TASK_ON_TIME if done.on_time else Rule.TASK_LATE
    credit = points.award(stores, by, done.group, rule, source=done.source, cause=done.plan.title, at=at)
    _redraw(stores, done, at)
    return Finished(done, credit)


def _redraw(stores: Stores, done: Task, at: datetime) -> None:
    tasks = stores.tasks.batch(done.batch)
    card = f"tasks:{done.batch}"
    stores.outbox.rewrite(
        card, "task.given", {"tasks": tasks}, key=f"task.redraw:{done.id}", buttons=card_buttons(tasks)
    )
    left = stores.tasks.pressing(done.owner.id, done.group, at + PRESSING)
    if left:
        values = _digest(stores.chats.get(done.group), left, at)
        key = f"task.unremind:{done.id}"
        buttons = card_buttons(left[:LISTED])
        stores.outbox.rewrite(reminder_about(done), "task.reminder", values, key=key, buttons=buttons)
    else:
        stores.outbox.take_back(reminder_about(done), key=f"task.unremind:{done.id}")


def listing(stores: Stores, *, present: Present, at: datetime) -> Listing:
    """Open tasks: in a group the group's, in private one's own."""
    own = not present.chat.is_group
    if own:
        found = stores.tasks.open_of(present.member.id, limit=100)
    else:
        found = stores.tasks.open_in(present.chat.id, limit=100)
    return Listing(found[:LISTED], len(found[LISTED:]), own, at)


def own_open(stores: Stores, *, owner: MemberId, at: datetime) -> Listing:
    """A member's own open tasks, to choose the finished one from."""
    found = stores.tasks.open_of(owner, limit=100)
    return Listing(found[:LISTED], len(found[LISTED:]), own=True, at=at)


def reminder_about(task: Task) -> str:
    """The name of the one reminder that an owner has for a group."""
    return f"task.reminder:{task.group}:{task.owner.id}"


def remind(stores: Stores, slot: datetime) -> None:
    """Tell owners what is due or overdue: one message for each owner and group, in place of the one before."""
    due = stores.tasks.to_remind(slot)
    for _, tasks in groupby(due, key=reminder_about):
        _remind_owner(stores, list(tasks), slot)


def _remind_owner(stores: Stores, due: Sequence[Task], slot: datetime) -> None:
    first, about = due[0], reminder_about(due[0])
    group = stores.chats.get(first.group)
    for task in due:
        stores.tasks.save(task.reminded_after(slot, group))
    if not group.active:  # the bot was removed from it: its tasks are no longer ours to follow up
        return
    pressing = stores.tasks.pressing(first.owner.id, first.group, slot + PRESSING)
    key = f"task.remind:{first.id}:{first.reminder}"
    stores.outbox.take_back(about, key=f"{key}:before")
    stores.outbox.say(
        first.owner.private or group.id,
        "task.reminder",
        _digest(group, pressing, slot),
        key=key,
        about=about,
        buttons=card_buttons(pressing[:LISTED]),
    )


def _digest(group: Chat, tasks: Sequence[Task], at: datetime) -> dict[str, object]:
    """What a reminder shows: no more tasks than a message can hold, and how many it leaves out."""
    return {"tasks": tasks[:LISTED], "more": len(tasks[LISTED:]), "owner": tasks[0].owner, "group": group, "at": at}
