"""Requests for extensions: what they are, and the message to those who answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import Action, Button, Message, Subject
from domain.work.task.model import TaskNotFound

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ExtensionId, MemberId, TaskId
    from domain.messaging.message import Buttons
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.model import Task


class State(StrEnum):
    """What has become of a request."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    OVER = "over"  # the task was done, withdrawn, given to somebody else or postponed before there was an answer


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for another deadline: `was` is the one that the task had, `due_at` the one that is asked for."""

    id: ExtensionId
    task: TaskId
    member: MemberId
    was: datetime
    due_at: datetime
    reason: str
    asked_at: datetime
    state: State = State.OPEN
    by: MemberId | None = None
    answered_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as people see it: with its task, who has asked, and who has answered."""

    extension: Extension
    task: Task
    member: Member
    by: Member | None = None


class Extensions(Protocol):
    """Requests for extensions in the store."""

    def add(self, extension: Extension) -> Extension:
        """Remember a request; its id is given now."""

    def get(self, number: ExtensionId) -> Extension | None:
        """One request."""

    def save(self, extension: Extension) -> None:
        """Remember what has become of a request."""

    def open_for(self, task: TaskId) -> Extension | None:
        """The request about a task that waits for its answer."""

    def waiting(self, giver: MemberId, most: int) -> list[Extension]:
        """The open requests about open tasks that somebody has given, the first deadline first."""


class HasExtensions(Protocol):
    """Stores with this one among them."""

    @property
    def extensions(self) -> Extensions:
        """See `Extensions`."""


def subject_of(number: ExtensionId) -> Subject:
    """What the message to those who answer is about."""
    return Subject("extension", number)


def shown(stores: Stores, extension: Extension, task: Task | None = None) -> Shown:
    """A request with its task and people. Raises TaskNotFound for a task that was withdrawn."""
    found = task or stores.tasks.get(extension.task)
    if found is None:
        raise TaskNotFound(number=extension.task)
    by = None if extension.by is None else stores.members.get(extension.by)
    return Shown(extension, found, stores.members.get(extension.member), by)


def card(stores: Stores, extension: Extension, task: Task | None = None) -> Message:
    """The message to those who answer, as it is now."""
    return card_of(shown(stores, extension, task))


def card_of(request: Shown) -> Message:
    """The same."""
    about = request.extension
    return Message("extending.card", {"shown": request}, buttons(about), subject_of(about.id))


def buttons(extension: Extension) -> Buttons:
    """同意 and 不同意, while nobody has answered."""
    if extension.state is not State.OPEN:
        return ()
    row = [
        Button("extending.grant_button", Action("extension.grant", extension.id)),
        Button("extending.refuse_button", Action("extension.refuse", extension.id)),
    ]
    return [row]


def refresh_card(stores: Stores, extension: Extension, task: Task | None = None) -> None:
    """Let the message to those who answer say how it stands."""
    subject = subject_of(extension.id)
    stores.outbox.edit(subject, card(stores, extension, task), key=f"{subject}:{extension.state}")


def over(stores: Stores, task: Task, at: datetime) -> None:
    """Nobody has to answer any more: the task ended, or changed before."""
    extension = stores.extensions.open_for(task.id)
    if extension is None:
        return
    ended = replace(extension, state=State.OVER, answered_at=at)
    stores.extensions.save(ended)
    refresh_card(stores, ended, task)
