"""What is needed of the store for tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, TaskId
    from domain.work.task.history import Link, TaskEvent
    from domain.work.task.model import Task


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
