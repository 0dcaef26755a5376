"""What is needed of the store to tell how tasks went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, TaskId
    from domain.work.task.history import Happening, LinkKind


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a task, and when."""

    what: Happening
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """A task that is done, with its history, oldest first. `serves` is what its command was given for."""

    task: TaskId
    batch: TaskId
    group: ChatId
    given_at: datetime
    due_at: datetime
    done_at: datetime
    submitted_at: datetime | None = None
    together: bool = False
    serves: Sequence[LinkKind] = ()
    steps: Sequence[Step] = ()


class LeanFigures(Protocol):
    """The tasks that are done, in the store."""

    def ended(self, groups: Sequence[ChatId], since: datetime, until: datetime) -> list[Ended]:
        """The tasks of groups that were done between two moments, by number; none that was withdrawn."""


class HasLean(Protocol):
    """Stores with this one among them."""

    @property
    def lean(self) -> LeanFigures:
        """See `LeanFigures`."""
