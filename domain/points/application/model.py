"""What an application for an item of the scheme is, what it is refused for, and what the store keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.admin.audit import AuditAction
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import ApplicationId, BranchId, ChatId, MemberId
    from domain.people.member import Member
    from domain.points.event import RuleName

APPLICATION_APPROVED = AuditAction("application.approved")
APPLICATION_REFUSED = AuditAction("application.refused")
MAX_TEXT_CHARS = 500
MAX_OPEN = 5  # applications of one person that wait


class NothingToApplyFor(Refusal):
    """The scheme of the day has no item that members apply for."""

    text = "application.nothing"


class NotAnItem(Refusal):
    """The scheme of the day has no such item, or members do not apply for it."""

    text = "application.not_an_item"


class NoHome(Refusal):
    """They belong to no group, so that no ledger has a place for it."""

    text = "application.no_home"


class WrongEvidence(Refusal):
    """No words, or too many."""

    text = "application.wrong_evidence"


class AlreadyApplied(Refusal):
    """The same was applied for on the same day in the same words."""

    text = "application.already_applied"


class TooManyApplications(Refusal):
    """Somebody has many applications that wait."""

    text = "application.too_many"


class ApplicationOver(Refusal):
    """There is no such application, or it is somebody else's."""

    text = "application.over"


class ApplicationAnswered(Refusal):
    """It is past the step that a button stands for."""

    text = "application.answered"


class OwnApplication(Refusal):
    """Nobody approves what they have applied for."""

    text = "application.own"


class ItemGone(Refusal):
    """The scheme of its day has no such item any more, or its group is not served: nothing can be given."""

    text = "application.item_gone"


class NoFile(Refusal):
    """The photo or file cannot be had."""

    text = "application.no_file"


class State(StrEnum):
    """What has become of an application."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STANDING = (State.OPEN, State.APPROVED)  # the same is not applied for again


@dataclass(frozen=True, slots=True)
class File:
    """A photo or file as the platform names it, and how its name ends."""

    ending: str
    id: str


class Place(NamedTuple):
    """By what those in charge are found: the branch of the one who applies, or (`None`) their group."""

    branch: BranchId | None
    group: ChatId | None


@dataclass(frozen=True, slots=True)
class Application:
    """An item that somebody has applied for with evidence.

    `branch` is theirs at that moment, by the roster: whoever is in charge of it answers. `points` are what it gave.
    """

    id: ApplicationId
    by: Member
    group: ChatId
    branch: BranchId | None
    item: str
    text: str
    file: File | None
    day: date
    at: datetime
    state: State = State.OPEN
    reason: str = ""
    points: int | None = None

    @property
    def source(self) -> str:
        """Its name in the ledger."""
        return f"application:{self.id}"

    @property
    def place(self) -> Place:
        """By what those are found who answer."""
        return Place(self.branch, self.group if self.branch is None else None)

    def moved(self, state: State, *, reason: str = "", points: int | None = None) -> Application:
        """The same in its next state."""
        return replace(self, state=state, reason=reason, points=points)


@dataclass(frozen=True, slots=True)
class Offered:
    """An item as people see it: what it is called, what evidence is asked for, what it gives."""

    rule: RuleName
    ask: str
    points: int
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An application as people see it; `worth`: what its item gives by the scheme of its day, if it has it."""

    application: Application
    rule: RuleName
    worth: int | None


class Applications(Protocol):
    """Applications in the store."""

    def add(self, application: Application, source: str) -> Application:
        """Remember a new one; its id is given now."""

    def made_by(self, source: str) -> Application | None:
        """The one that a form has made."""

    def get(self, number: ApplicationId) -> Application | None:
        """One application, if there is such a one."""

    def open_of(self, member: MemberId, most: int) -> list[Application]:
        """Somebody's own that wait, the oldest first."""

    def has(self, member: MemberId, item: str, text: str, day: date) -> bool:
        """Whether the same stands that was applied for on a day in the same words."""

    def places(self) -> list[Place]:
        """Where some wait."""

    def waiting(self, places: Collection[Place], most: int) -> list[Application]:
        """Those that wait in some places, the oldest first."""

    def answer(self, application: Application, by: MemberId | None, at: datetime) -> bool:
        """Remember what became of one that waits. False where somebody else has answered it."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: what the first has applied for is the other's."""


class HasApplications(Protocol):
    """Stores with this one among them."""

    @property
    def applications(self) -> Applications:
        """See `Applications`."""


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody may apply for, and what of theirs waits."""

    offered: Sequence[Offered]
    own: Sequence[Shown]
