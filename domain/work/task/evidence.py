"""Evidence of a result: words, pictures and files that owners and helpers hand in as replies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import Subject
from domain.work.task.history import Happening

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import EvidenceId, MemberId, TaskId
    from domain.messaging.message import Attached
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.model import Task

MAX_TEXT_CHARS = 1000
MAX_PIECES = 30  # of one task, since it was given or returned
MAX_SHOWN = 10  # files that a reviewer gets at once


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    TEXT = "text"
    PICTURE = "picture"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence, one for each message; a picture or file may come with words.

    `task` is nothing while its sender has not said yet what it is for. `source` is its message, `album` what the
    platform calls the album that it is part of. `file` is one that the platform keeps.
    """

    id: EvidenceId
    task: TaskId | None
    by: MemberId
    at: datetime
    kind: EvidenceKind
    source: str
    text: str = ""
    file: Attached | None = None
    name: str = ""
    album: str = ""


class Evidences(Protocol):
    """Evidence and helpers of tasks, in the store."""

    def put(self, evidence: Evidence) -> bool:
        """Keep a piece; of a message that was edited its words. False where the message was kept before."""

    def of(self, task: TaskId, since: datetime | None) -> list[Evidence]:
        """The evidence of a task that came after a moment, oldest first."""

    def kept(self, source: str) -> Evidence | None:
        """The piece that a message has brought."""

    def album(self, by: MemberId, album: str) -> Evidence | None:
        """The first piece of an album of somebody."""

    def loose(self, by: MemberId) -> list[Evidence]:
        """What somebody has sent without saying for which task."""

    def settle(self, by: MemberId, task: TaskId) -> int:
        """All that is loose of somebody is for a task; how many pieces."""

    def drop_loose(self, by: MemberId, before: datetime) -> None:
        """Forget what somebody has sent before a moment without saying what for."""

    def drop(self, task: TaskId, by: MemberId, since: datetime | None) -> int:
        """Forget what somebody has handed in for a task after a moment; how many pieces."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one."""

    def add_helpers(self, batch: TaskId, helpers: Sequence[MemberId]) -> None:
        """Say who helps with the tasks of a command."""

    def helpers(self, batch: TaskId) -> list[Member]:
        """Who helps with the tasks of a command."""

    def helped_by(self, member: MemberId, limit: int) -> list[Task]:
        """The open tasks that somebody helps with, the next deadline first."""


def gathered(task: TaskId, by: MemberId) -> Subject:
    """The subject of what somebody is told about the evidence that they have handed in."""
    return Subject("task_evidence", task, by)


def since_returned(stores: Stores, task: Task) -> datetime | None:
    """When a task's result was returned last, or it became its owner's: what came before was for an earlier result."""
    anew = (Happening.RETURNED, Happening.REASSIGNED)
    found = [one.at for one in stores.tasks.history(task.id) if one.what in anew]
    return found[-1] if found else None


def current(stores: Stores, task: Task) -> list[Evidence]:
    """The evidence of the result that waits, or is being gathered; of those who do it together, all of theirs."""
    rows = stores.tasks.batch(task.batch) if task.together else [task]
    since = since_returned(stores, task)
    return sorted((piece for one in rows for piece in stores.evidence.of(one.id, since)), key=lambda piece: piece.id)
